import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { builtInEntries, compileLexicon, insult } from '../../server/domain/comment-rules/insult.ts'
import { EXCEPTIONS } from '../../server/domain/comment-rules/lexicon/insults.ts'
import { prepareComment } from '../../server/domain/comment-rules/prepare.ts'

const look = (text: string) => insult.look(prepareComment({ text }), {})
const caught = (text: string) => look(text).score >= insult.threshold

const CAUGHT = [
  'حر0مزاده‌ها',
  'اح🙂مق',
  'جـ,نـ,ده',
  'a7magh',
  'bisho0r',
  'to gosale hasti',
  'مرتیکهٔ بی‌شعور',
  'خفههههه شوووو',
  'ب‌ی‌ش‌ر‌ف',
  'بي شر فا',
  'جاااکش',
  'ج.ا.ک.ش',
  'ج ا ک ش',
  'جا*ش بی‌ناموس',
  'احمغ',
  'ای ج**ش',
  'کصافت',
  'خاکبرسرت',
  'گم شید برید',
  'گمش و',
  'تو الاغی',
  'koskesh',
  'KosKesh',
  'خفە شو',
]

const PASSED = [
  'کلاس 3م و اتاق 2نفره',
  'خوب،شد که آمدید؛سگ،گربه و پرنده بیاورید',
  'بازی 2بر1 شد😍کسی باور نمی‌کرد',
  'عملکرد وزیر',
  'کی رای می‌آورد؟',
  'چیز دیگری نگفت',
  'آنگلا مرکل صدراعظم بود',
  'اسکلهٔ بندر دیر',
  'اراضی اشغالی',
  'گاوآهن و گاو شیری',
  'به گام‌های بلند',
  'به درک مسائل نیاز است',
  'لعنت به این زندگی',
  'مردم بدبخت چه کنند',
  'بچه باز گریه کرد',
  'دوربین ترمال خریدم',
  'مرز ایران',
  'قول داد',
  'حیض و نفاس',
  'سر و گردن',
  'خری نداشت که بار ببرد',
  'کسی نمی‌داند کدام کس',
  'خرما و خرید و خروس',
  'سگ نگهبان باغ',
  'گفت‌وگوها ادامه دارد',
  'هزار پدر و مادر آمدند',
  'آزمایش انگل روده',
]

test('insults are caught in plain and in torn, drawn-out, masked, misspelled and Latin writing', () => {
  assert.deepEqual(
    CAUGHT.filter((text) => !caught(text)),
    [],
  )
})

test('words that only look or sound like insults pass', () => {
  assert.deepEqual(PASSED.filter(caught), [])
})

test('a word that insults by its aim is weaker without one, yet counts', () => {
  const aimed = look('تو یک گاو هستی').score
  const grazing = look('گاو در دشت چرا می‌کند').score
  assert.ok(aimed >= insult.threshold && grazing < insult.threshold && grazing > 0)
})

test('every severe or plain entry is caught alone, between other words and with hidden letters', () => {
  const harmless = new Set(EXCEPTIONS)
  const hide = ['\u200b', 'ـ', '\u064e', '\u200d']
  const missed: string[] = []
  for (const { word, strength, score } of builtInEntries()) {
    if (strength === 'context' || harmless.has(word) || score < insult.threshold) continue
    const hidden = [...word].map((letter, at) => letter + hide[at % hide.length]).join('')
    if (![word, `امروز، ${word}، دیدم`, hidden].every(caught)) missed.push(word)
  }
  assert.deepEqual(missed, [])
})

test('repeating the last letters of words hides nothing', () => {
  const entries = builtInEntries().filter(({ strength }) => strength === 'severe')
  fc.assert(
    fc.property(fc.constantFrom(...entries), fc.integer({ min: 2, max: 6 }), ({ word }, times) => {
      const drawn = word.replace(/\p{L}(?=\s|$)/gu, (letter) => letter.repeat(times))
      assert.ok(!caught(word) || caught(drawn), drawn)
    }),
  )
})

test('entries are added, left out and excepted at run time', () => {
  const lexicon = compileLexicon([{ word: 'زردک', sense: 'آزمایشی', strength: 'insult', score: 0.8 }], ['زردک پلو'])
  const score = (text: string) => insult.look(prepareComment({ text }), { lexicon }).score
  assert.ok(score('ای زر‌دک‌ها') >= insult.threshold)
  assert.equal(score('زردک پلو پختم'), 0)
  assert.equal(score('احمق'), 0)
})

test('no entry stands twice', () => {
  const seen = new Set<string>()
  const twice = builtInEntries().filter(({ word }) => seen.size === seen.add(word).size)
  assert.deepEqual(twice, [])
  assert.ok(seen.size > 1_500)
})
