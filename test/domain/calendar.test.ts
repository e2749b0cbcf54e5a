import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { describe, test } from 'node:test'
import {
  dayBounds,
  daysInMonth,
  formatDate,
  formatFullDate,
  formatGregorian,
  formatHijri,
  formatHour,
  formatMoment,
  formatRelative,
  formatShort,
  fromJalali,
  JALALI_MONTHS,
  jalaliOf,
  monthBounds,
  parseJalali,
  stepDays,
  yearBounds,
} from '../../server/domain/calendar/index.ts'
import { toPersianDigits } from '../../server/domain/persian-text/digits.ts'

const at = (iso: string) => new Date(iso)

describe('a moment as people read it', () => {
  const MOMENTS: [iso: string, shown: string][] = [
    ['2016-08-08T13:53:00Z', '۱۸ مرداد ۱۳۹۵، ۱۸:۲۳'],
    ['2026-03-20T20:29:59Z', '۲۹ اسفند ۱۴۰۴، ۲۳:۵۹'],
    ['2026-03-20T20:30:00Z', '۱ فروردین ۱۴۰۵، ۰۰:۰۰'],
    ['2025-03-20T12:00:00Z', '۳۰ اسفند ۱۴۰۳، ۱۵:۳۰'],
    ['2030-03-20T12:00:00Z', '۳۰ اسفند ۱۴۰۸، ۱۵:۳۰'],
    // Summer time stood an hour ahead until 1401 and never after.
    ['2022-06-01T12:00:00Z', '۱۱ خرداد ۱۴۰۱، ۱۶:۳۰'],
    ['2023-06-01T12:00:00Z', '۱۱ خرداد ۱۴۰۲، ۱۵:۳۰'],
    ['2022-09-21T19:29:00Z', '۳۰ شهریور ۱۴۰۱، ۲۳:۵۹'],
    ['2022-09-22T12:00:00Z', '۳۱ شهریور ۱۴۰۱، ۱۵:۳۰'],
    // No summer time in 1385 and 1386.
    ['2006-07-01T12:00:00Z', '۱۰ تیر ۱۳۸۵، ۱۵:۳۰'],
    ['2008-07-01T12:00:00Z', '۱۱ تیر ۱۳۸۷، ۱۶:۳۰'],
  ]
  for (const [iso, shown] of MOMENTS)
    test(`${iso} is ${shown}`, () => {
      assert.equal(formatMoment(at(iso)), shown)
      assert.equal(parseJalali(shown)?.toISOString(), at(iso.replace(/:\d\dZ/, ':00Z')).toISOString())
    })

  test('date, hour, weekday and the two other calendars are given apart', () => {
    const moment = at('2016-08-08T13:53:00Z')
    assert.equal(formatDate(moment), '۱۸ مرداد ۱۳۹۵')
    assert.equal(formatHour(moment), '۱۸:۲۳')
    assert.equal(formatFullDate(moment), 'دوشنبه ۱۸ مرداد ۱۳۹۵')
    assert.equal(formatGregorian(moment), '۸ اوت ۲۰۱۶')
    assert.match(formatHijri(moment), /^[۴۵] ذی.?قعده ۱۴۳۷$|^[۴۵] ذی.*قعد.* ۱۴۳۷$/)
  })

  const RELATIVE: [secondsAgo: number, shown: string][] = [
    [0, 'چند لحظه پیش'],
    [59, 'چند لحظه پیش'],
    [60, '۱ دقیقه پیش'],
    [5 * 60 + 59, '۵ دقیقه پیش'],
    [3 * 3600, '۳ ساعت پیش'],
    [25 * 3600, 'دیروز'],
    [4 * 86400, '۴ روز پیش'],
    [8 * 86400, '۱۰ مرداد ۱۳۹۵'],
    [-3600, '۱۸ مرداد ۱۳۹۵، ۱۹:۲۳'],
  ]
  for (const [seconds, shown] of RELATIVE)
    test(`${seconds} seconds ago reads ${shown}`, () => {
      const now = at('2016-08-08T13:53:00Z')
      assert.equal(formatRelative(new Date(now.getTime() - seconds * 1000), now), shown)
    })

  test('a list shows the hour of today, the day of this year, and the year of another', () => {
    const now = at('2016-08-08T13:53:00Z')
    assert.equal(formatShort(at('2016-08-08T03:00:00Z'), now), '۰۷:۳۰')
    assert.equal(formatShort(at('2016-08-07T03:00:00Z'), now), '۱۷ مرداد')
    assert.equal(formatShort(at('2015-08-07T03:00:00Z'), now), '۱۶ مرداد ۱۳۹۴')
  })
})

describe('a Jalali date as people type it', () => {
  const TYPED: [typed: string, iso: string | null][] = [
    ['۱۸ مرداد ۱۳۹۵، ۱۸:۲۳', '2016-08-08T13:53:00.000Z'],
    ['18 مرداد 1395, 18:23', '2016-08-08T13:53:00.000Z'],
    ['١٨ مرداد ١٣٩٥ ١٨:٢٣', '2016-08-08T13:53:00.000Z'],
    ['1395/05/18', '2016-08-07T19:30:00.000Z'],
    ['۱۳۹۵/۵/۱۸ - ۱۸:۲۳', '2016-08-08T13:53:00.000Z'],
    ['1395-05-18 18:23:59', '2016-08-08T13:53:00.000Z'],
    ['دوشنبه ۱۸ مردادماه ۱۳۹۵ - ۱۸:۲۳', '2016-08-08T13:53:00.000Z'],
    ['دوشنبه، ۱۸ امرداد ماه ۱۳۹۵ ساعت ۱۸:۲۳', '2016-08-08T13:53:00.000Z'],
    ['سه شنبه ۱۹ آبان ۱۴۰۰', '2021-11-09T20:30:00.000Z'],
    ['سه‌شنبه ۱۹ ابان ۱۴۰۰', '2021-11-09T20:30:00.000Z'],
    ['۲۸ ارديبهشت ۱۴۰۰', '2021-05-17T19:30:00.000Z'],
    ['', null],
    ['فردا', null],
    ['1404/12/30', null],
    ['1403/12/30', '2025-03-19T20:30:00.000Z'],
    ['۳۲ دی ۱۴۰۰', null],
    ['۳۱ مهر ۱۴۰۰', null],
    ['۱۳۹۵/۱۳/۰۱', null],
    ['۱۸ مرداد ۱۳۹۵، ۲۴:۰۰', null],
    ['۱۸ مرداد ۱۳۹۵، ۱۸:۶۰', null],
    ['۱۸ آگوست ۱۳۹۵', null],
    ['جلسهٔ ۱۸ مرداد ۱۳۹۵', null],
  ]
  for (const [typed, iso] of TYPED)
    test(`«${typed}» is ${iso ?? 'no date'}`, () => assert.equal(parseJalali(typed)?.toISOString() ?? null, iso))

  test('an hour that summer time skipped counts from after the gap', () => {
    assert.equal(fromJalali(1401, 1, 2, 0, 30).toISOString(), '2022-03-21T21:00:00.000Z')
  })

  test('days and hours that do not exist are refused', () => {
    assert.throws(() => fromJalali(1404, 12, 30), RangeError)
    assert.throws(() => fromJalali(1404, 1, 1, 24), RangeError)
    assert.throws(() => fromJalali(0, 1, 1), RangeError)
  })
})

test('every day from 1300 to 1500 goes to an instant and back, and days follow each other without gap', () => {
  let previousEnd = fromJalali(1300, 1, 1).getTime()
  let days = 0
  for (let year = 1300; year <= 1500; year++)
    for (let month = 1; month <= 12; month++)
      for (let day = 1; day <= daysInMonth(year, month); day++) {
        const { from, to } = dayBounds({ year, month, day })
        if (from.getTime() !== previousEnd) assert.fail(`gap before ${year}/${month}/${day}`)
        const back = jalaliOf(from)
        if (back.year !== year || back.month !== month || back.day !== day) assert.fail(`${year}/${month}/${day}`)
        const last = jalaliOf(new Date(to.getTime() - 1))
        if (last.day !== day) assert.fail(`end of ${year}/${month}/${day}`)
        previousEnd = to.getTime()
        days++
      }
  assert.equal(days, 73_414)
})

test('leap years are those of the official calendar', () => {
  const leap = Array.from({ length: 201 }, (_, place) => 1300 + place).filter((year) => daysInMonth(year, 12) === 30)
  assert.deepEqual(
    leap.filter((year) => year >= 1370 && year <= 1412),
    [1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412],
  )
})

test('printed dates of every month are read back', () => {
  JALALI_MONTHS.forEach((name, place) => {
    assert.equal(
      parseJalali(toPersianDigits(`9 ${name} 1399، 09:05`))?.getTime(),
      fromJalali(1399, place + 1, 9, 9, 5).getTime(),
    )
  })
})

test('months and years begin and end where their days do', () => {
  assert.deepEqual(monthBounds(1403, 12), { from: fromJalali(1403, 12, 1), to: fromJalali(1404, 1, 1) })
  assert.deepEqual(yearBounds(1404), { from: fromJalali(1404, 1, 1), to: fromJalali(1405, 1, 1) })
  assert.deepEqual(stepDays({ year: 1404, month: 1, day: 1 }, -1), { year: 1403, month: 12, day: 30 })
})

test('the machine’s own zone changes nothing', () => {
  const script = `
    import { formatMoment, parseJalali } from ${JSON.stringify(path.resolve('server/domain/calendar/index.ts'))}
    console.log(formatMoment(new Date('2016-08-08T13:53:00Z')), parseJalali('1401/01/01 00:00').toISOString())`
  for (const zone of ['UTC', 'Asia/Tehran', 'America/New_York', 'Pacific/Auckland']) {
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
    })
    assert.equal(run.stdout.trim(), '۱۸ مرداد ۱۳۹۵، ۱۸:۲۳ 2022-03-20T20:30:00.000Z', run.stderr)
  }
})
