import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { detectLanguage, NEAR } from '../../server/domain/language/index.ts'
import { NEIGHBOUR_TEXTS } from './language-neighbours.ts'
import { PERSIAN_TEXTS } from './language-persian.ts'

const TEXTS: [code: string, ...texts: string[]][] = [
  [
    'fa',
    'عالی بود',
    'میخام برم خونه',
    'ممنون از خبرتون',
    'هيچ كس نمي داند',
    'کتابهایشان را آوردند',
    'چه قیامتی شد امروز',
  ],
  ['ar', 'لا أعرف ماذا أقول', 'هذا الكتاب جميل جدا', 'ذهبت إلى السوق'],
  ['ur', 'مجھے یہ خبر پسند ہے', 'آپ کہاں جا رہے ہیں؟'],
  ['ps', 'زه نن ښوونځي ته ځم', 'دا خبر ډېر ښه دی'],
  ['ckb', 'ئەمڕۆ کەشەکە زۆر خۆشە', 'من نازانم بۆچی وا دەکەن'],
  ['azb', 'من سنی چوخ ایستیرم', 'گئجه گلدی، قیز قاپینی آچدی'],
  ['mzn', 'مه ریکا خنه ره بورده', 'وه گته که مره ندومبه'],
  ['glk', 'مرا بوگفت کی ایتا زاک باموبو', 'اونا بیدم بازین بوشوم'],
  ['en', 'This is very good news'],
  ['fa-Latn', 'salam, khubi? in khabar ro didi'],
  ['tr', 'Bu haber çok güzeldi'],
]

for (const [code, ...texts] of TEXTS) {
  for (const text of texts) test(`«${text}» is ${code}`, () => assert.equal(detectLanguage(text).code, code))
}

const lines = (texts: string): string[] => texts.trim().split('\n')
const isStopped = (text: string): boolean => detectLanguage(text).foreign >= 0.5

test('Persian passes in spoken spellings, with turns of Dari and with names and songs of the neighbours', () => {
  assert.deepEqual(lines(PERSIAN_TEXTS).filter(isStopped), [])
})

for (const [code, texts] of NEIGHBOUR_TEXTS)
  test(`nineteen of twenty short comments in ${code} are stopped, also when typed with Persian letters`, () => {
    const passed = lines(texts).filter((text) => !isStopped(text))
    assert.ok(passed.length <= lines(texts).length / 20, passed.join('\n'))
  })

test('foreign stretches lie within the text and cover the foreign words', () => {
  const text = 'به قول معروف: this is the end of the story my dear friend and that is all'
  const { code, spans } = detectLanguage(text)
  assert.equal(code, 'en')
  assert.deepEqual(spans, [[text.indexOf('this'), text.length]])
})

test('a text that begins with half-spaces is read by its letters', () => {
  assert.equal(detectLanguage('هر فیلم ‌که ‌حذف کنند ‌بیشتر ‌دیده می‌شود').code, 'fa')
})

const SHARED = new URL('../../../shared/data/moderation/langid.jsonl', import.meta.url)
test('real texts are told apart as well as the rules promise', {
  skip: existsSync(SHARED) ? false : 'needs ../shared/data/moderation',
}, () => {
  const rows = readFileSync(SHARED, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { text: string; lang: string; persian: boolean })
  const stopped = (some: typeof rows) =>
    some.filter(({ text }) => detectLanguage(text).foreign >= 0.5).length / some.length
  assert.ok(stopped(rows.filter(({ persian }) => persian)) <= 0.005)
  assert.ok(stopped(rows.filter(({ persian, lang }) => !persian && !NEAR.has(lang))) >= 0.985)
  assert.ok(stopped(rows.filter(({ lang }) => NEAR.has(lang))) >= 0.65)
})
