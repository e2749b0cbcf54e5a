import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { inspect, prepareArticle, RULES } from '../../server/domain/comment-rules/index.ts'
import { insult } from '../../server/domain/comment-rules/insult.ts'
import { DEFAULT_POLICY, decide } from '../../server/domain/comment-rules/policy.ts'
import { prepareComment } from '../../server/domain/comment-rules/prepare.ts'
import { RULE_CODES } from '../../server/domain/comment-rules/types.ts'
import { freshModel } from '../../server/domain/learning/index.ts'

const ARTICLE = prepareArticle({
  title: 'پل تازهٔ رودخانه به بهره‌برداری رسید',
  lead: 'شهردار گفت ساخت پل دو سال طول کشید.',
  tags: ['شهرداری'],
})

const PIECES = [
  'احمق',
  'بی‌شرف',
  'گاو',
  'تو',
  'شهردار دزد است',
  '09121234567',
  'https://example.test/x',
  'salam khubi',
  'هذا الخبر',
  'ی\u0651\u064e\u0670',
  '\ud83d',
  '\ude00',
  '😀',
  '👨‍👩‍👧',
  '\u202e',
  '\u200c\u200c',
  'ـــ',
  'ﷺ',
  'ﻼ',
  '*',
  '.',
  ' ',
  '\n',
  '٤',
]

/** Texts of any shape, in which insults, broken pairs, marks and invisible characters often meet. */
const anyText = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 40 })
  .map((pieces) => pieces.join('').slice(0, 1000))

test('every place lies in the text as received, in order, apart from the next; every score lies between 0 and 1', () => {
  const model = freshModel()
  fc.assert(
    fc.property(anyText, fc.boolean(), (text, taught) => {
      const found = inspect({ text }, { article: ARTICLE, ...(taught ? { model } : {}) })
      for (const { spans, why } of found.findings) {
        assert.notEqual(why, '')
        let last = 0
        for (const [start, end] of spans) {
          assert.ok(last <= start && start < end && end <= text.length, `${start}-${end} of ${text.length}`)
          last = end
        }
      }
      assert.deepEqual(Object.keys(found.scores), [...RULE_CODES])
      for (const score of [...Object.values(found.scores), found.rank, found.topic?.score ?? 0, found.language.score])
        assert.ok(score >= 0 && score <= 1, String(score))
    }),
    { numRuns: 400 },
  )
})

const CLEAN = (
  'سلام خبر امروز خوب بود ممنون از خبرنگار شهر ما آب برق مدرسه پل رودخانه باران هوا کتاب خواندن مردم کار خانه ' +
  'بازار گران ارزان مسئولان لطفاً رسیدگی کنید بیمارستان پزشک دارو کودک مادر پدر تیم بازی گل داور عملکرد کسی هیچ‌کس ' +
  'کوچه خیابان ماشین قطار فیلم موسیقی دانشگاه استاد امتحان نمره تشکر خدا قوت موفق باشید شما تو او این آن چرا چگونه'
).split(' ')

test('clean words, however many and in whatever order, never raise an insult to its threshold', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...CLEAN), { minLength: 1, maxLength: 60 }), (words) => {
      const { score } = insult.look(prepareComment({ text: words.join(' ') }), {})
      assert.ok(score < insult.threshold, words.join(' '))
    }),
    { numRuns: 500 },
  )
})

test('an insult stays found whatever clean words stand around it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...CLEAN), { maxLength: 20 }),
      fc.array(fc.constantFrom(...CLEAN), { maxLength: 20 }),
      (before, after) => {
        const { score } = insult.look(prepareComment({ text: [...before, 'بی‌شرف', ...after].join(' ') }), {})
        assert.ok(score >= insult.threshold)
      },
    ),
    { numRuns: 300 },
  )
})

test('no rule refuses alone what only a person can judge: near-Persian, topic, accusation, and what was only taught', () => {
  for (const rule of ['off-topic', 'accusation', 'personal-data', 'duplicate'] as const)
    assert.equal(decide([{ rule, score: 1, spans: [], why: '', certain: 1 }], DEFAULT_POLICY), 'hold')
  assert.equal(inspect({ text: 'ونه دل خله خجیره و مه ریکا ره خوانه' }).verdict, 'hold')
  const model = { ...freshModel(), bias: 50 }
  const { verdict, scores } = inspect({ text: 'خبر خوبی بود' }, { model })
  assert.equal(verdict, 'hold')
  assert.ok(scores.insult > 0.9)
  assert.equal(inspect({ text: 'خبر خوبی بود' }, { model, taught: 'ranks' }).verdict, 'clean')
})

test('every rule has its own code, label and threshold, and examples that it catches and passes', () => {
  assert.deepEqual(new Set(RULES.map(({ code }) => code)), new Set(RULE_CODES))
  for (const { code, label, threshold, examples } of RULES) {
    assert.ok(label !== '' && threshold > 0 && threshold < 1, code)
    assert.ok(examples.catches.length >= 2 && examples.passes.length >= 2, code)
  }
})
