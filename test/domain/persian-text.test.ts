import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  cleanInput,
  countCharacters,
  fold,
  foldWithMap,
  sentences,
  stem,
  TIDY_EXAMPLES,
  tidy,
  words,
} from '../../server/domain/persian-text/index.ts'

const PERSIAN = [...'ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی']
const persianWord = fc
  .array(fc.constantFrom(...PERSIAN), { minLength: 1, maxLength: 12 })
  .map((letters) => letters.join(''))
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((codes) => String.fromCharCode(...codes)),
  fc
    .array(
      fc.oneof(persianWord, fc.constantFrom(' ', '\u200c', '\u200b', 'ـ', 'ً', 'ﷺ', 'ﻻ', '\u200f', '😀', '.', '\n')),
    )
    .map((parts) => parts.join('')),
)

const FOLDED: [from: string, to: string][] = [
  ['كتابي', 'کتابی'],
  ['مدرسة', 'مدرسه'],
  ['نامهٔ', 'نامه'],
  ['نامۀ', 'نامه'],
  ['مسؤول', 'مسوول'],
  ['رأی', 'رای'],
  ['آمریکا', 'امریکا'],
  ['سلـــام', 'سلام'],
  ['سَلامٌ', 'سلام'],
  ['سل\u200bام', 'سلام'],
  ['\u202eسلام\u202c', 'سلام'],
  ['ﺳﻼم', 'سلام'],
  ['ﷲ', 'الله'],
  ['۱۲٣', '123'],
  ['ہے', 'هی'],
  ['ڪتاب', 'کتاب'],
  ['ټول', 'تول'],
  ['ئێمە', 'ییمه'],
  ['می‌شود', 'می‌شود'],
  ['می¬شود', 'می‌شود'],
  ['SALAM', 'salam'],
  ['ｓａｌａｍ', 'salam'],
  ['𝐬𝐚𝐥𝐚𝐦', 'salam'],
  ['şıté', 'site'],
  ['شی\u00a0ئ', 'شی ی'],
  ['a\ud800b', 'a\ufffdb'],
  ['\ufe70', ''],
]

test('fold gives one spelling to what is read alike', () => {
  for (const [from, to] of FOLDED) assert.equal(fold(from), to, from)
})

test('fold is idempotent for any text', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const once = fold(text)
      assert.equal(fold(once), once)
    }),
    { numRuns: 2000 },
  )
})

test('folding every character of the plane twice changes nothing more', () => {
  for (let code = 0; code < 0x10000; code++) {
    const once = fold(String.fromCharCode(code))
    assert.equal(fold(once), once, code.toString(16))
  }
})

test('the map leads every folded character back into the original', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const { folded, map } = foldWithMap(text)
      assert.equal(folded, fold(text))
      assert.equal(map.length, folded.length + 1)
      assert.equal(map[folded.length], text.length)
      for (let at = 0; at < folded.length; at++) {
        assert.ok(map[at]! < text.length)
        assert.ok(map[at]! <= map[at + 1]!)
      }
    }),
    { numRuns: 1000 },
  )
})

test('a long text keeps its offsets', () => {
  const text = 'ـس'.repeat(50_000)
  const { folded, map } = foldWithMap(text)
  assert.equal(folded.length, 50_000)
  assert.equal(map[49_999], 99_999)
})

test('disguises by letters, kashida, marks and invisible characters fold to the same word', () => {
  const hidden = fc.array(
    fc.constantFrom(
      'ـ',
      '\u200b',
      '\u200d',
      '\u200e',
      '\u200f',
      '\u202a',
      '\u202e',
      '\u2060',
      '\ufeff',
      '\u00ad',
      'َ',
      'ِ',
      'ّ',
      'ٰ',
      '\u0301',
    ),
    { maxLength: 3 },
  )
  const twin: Record<string, string[]> = {
    ی: ['ي', 'ى', 'ے', 'ې', 'ێ', 'ئ', 'ﻳ', 'ﯼ'],
    ک: ['ك', 'ڪ', 'ﻛ', 'ﮐ'],
    ه: ['ة', 'ہ', 'ھ', 'ە', 'ﻩ'],
    و: ['ؤ', 'ۆ', 'ۇ', 'ﻭ'],
    ا: ['أ', 'إ', 'آ', 'ٱ', 'ﺍ'],
    ن: ['ں', 'ﻧ'],
    ت: ['ٹ', 'ټ', 'ﺗ'],
  }
  fc.assert(
    fc.property(persianWord, fc.infiniteStream(hidden), fc.infiniteStream(fc.nat(9)), (word, hiding, choosing) => {
      let disguised = ''
      for (const letter of word) {
        const twins = [letter, ...(twin[letter] ?? [])]
        disguised += twins[choosing.next().value % twins.length] + hiding.next().value.join('')
      }
      assert.equal(fold(disguised), word)
    }),
  )
})

test('words have their joined form and their place in the original', () => {
  const text = '«ﮐﺘـﺎب‌ها» را مي‌خوانَم، سال ۱۴۰۳!'
  const found = words(text)
  assert.deepEqual(
    found.map((word) => [word.text, word.joined, text.slice(word.start, word.end)]),
    [
      ['کتاب‌ها', 'کتابها', 'ﮐﺘـﺎب‌ها'],
      ['را', 'را', 'را'],
      ['می‌خوانم', 'میخوانم', 'مي‌خوانَم'],
      ['سال', 'سال', 'سال'],
      ['1403', '1403', '۱۴۰۳'],
    ],
  )
})

test('words of any text lie inside it, in order, without overlap', () => {
  fc.assert(
    fc.property(anything, (text) => {
      let before = 0
      for (const word of words(text)) {
        assert.ok(word.start < word.end && word.end <= text.length)
        assert.ok(word.start >= before || word.start >= 0)
        before = word.end
      }
    }),
    { numRuns: 1000 },
  )
})

test('sentences end where a reader breathes', () => {
  const text = 'سلام. نرخ ۳.۵ درصد شد؟! «نه.» خب…\nپایان'
  assert.deepEqual(
    sentences(text).map((sentence) => sentence.text),
    ['سلام.', 'نرخ ۳.۵ درصد شد؟!', '«نه.»', 'خب…', 'پایان'],
  )
  for (const { text: part, start, end } of sentences(text)) assert.equal(text.slice(start, end), part)
})

const STEMS: [word: string, stem: string][] = [
  ['کتاب‌ها', 'کتاب'],
  ['کتابهایشان', 'کتاب'],
  ['کتاب‌هایی', 'کتاب'],
  ['کتابم', 'کتاب'],
  ['خانه‌اش', 'خانه'],
  ['دوستانشان', 'دوست'],
  ['بزرگ‌ترین', 'بزرگ'],
  ['بزرگترین', 'بزرگ'],
  ['بزرگتر', 'بزرگ'],
  ['می‌کنند', 'کن'],
  ['میکنند', 'کن'],
  ['نمی‌کند', 'کن'],
  ['می‌گوید', 'گو'],
  ['می‌رفتند', 'رفت'],
  ['بگیرید', 'گیر'],
  ['نویسندگان', 'نویسنده'],
  ['اطلاعات', 'اطلاع'],
  ['مسئولان', 'مسول'],
  ['مسؤولین', 'مسول'],
  ['مسئول', 'مسول'],
  ['ایران', 'ایران'],
  ['ایرانی', 'ایران'],
  ['ایرانیان', 'ایران'],
  ['سازمان', 'سازمان'],
  ['تهران', 'تهران'],
  ['میدان', 'میدان'],
  ['دختر', 'دختر'],
  ['عملکرد', 'عملکرد'],
  ['دانش', 'دانش'],
  ['وزرا', 'وزیر'],
  ['گل', 'گل'],
]

test('light stems lead inflected words back', () => {
  for (const [word, expected] of STEMS) assert.equal(stem(fold(word)), fold(expected), word)
})

test('stems never crash and never grow much', () => {
  fc.assert(
    fc.property(persianWord, (word) => {
      assert.ok(stem(word).length >= 1 && stem(word).length <= word.length + 2)
    }),
  )
})

test('tidy puts spaces and half-spaces in order, and is settled after one pass', () => {
  for (const [from, to] of TIDY_EXAMPLES) assert.equal(tidy(from), tidy(to).trim(), from)
  assert.equal(tidy('می ‌ شود كه  بیایي ؟'), 'می‌شود که بیایی؟')
  assert.equal(tidy('بسم الله الرحمن الرحيم'), 'بسم الله الرحمن الرحيم')
  fc.assert(
    fc.property(anything, (text) => {
      assert.equal(tidy(tidy(text)), tidy(text))
    }),
  )
})

test('characters are counted as people count them', () => {
  assert.equal(countCharacters('سلام'), 4)
  assert.equal(countCharacters('سَلامٌ'), 4)
  assert.equal(countCharacters('می‌شود'), 5)
  assert.equal(countCharacters('👨‍👩‍👧‍👦🇮🇷'), 2)
  assert.equal(countCharacters('یک\nدو'), 5)
})

test('what is stored keeps what was typed and loses what does harm', () => {
  assert.equal(cleanInput(' می‌شود\r\nبله\u0000 '), 'می‌شود\nبله')
  assert.equal(cleanInput('\u202eabc\u202c'), 'abc')
  assert.equal(cleanInput('a\ud800'), 'a\ufffd')
  assert.equal(cleanInput(`س${'\u064b\u0301\u0302'.repeat(30)}`).length, 5)
  assert.equal(cleanInput('كتابي ـ'), 'كتابي ـ')
  fc.assert(
    fc.property(anything, (text) => {
      const once = cleanInput(text)
      assert.equal(cleanInput(once), once)
      assert.ok(once.isWellFormed())
    }),
    { numRuns: 1000 },
  )
})
