import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from '../../server/domain/comment-rules/index.ts'
import {
  checkWordList,
  compileWordList,
  differenceBetween,
  type WordListEntry,
} from '../../server/domain/comment-rules/word-list.ts'

const ADDED = { word: 'زردک', strength: 'insult', exceptions: ['مربای زردک'] } as const
const OFF = { word: 'احمق', strength: 'off', exceptions: [] } as const

test('a word that editors add is found in its inflections and disguises', () => {
  const lexicon = compileWordList([ADDED])
  for (const text of ['این زردک چه می‌گوید', 'زردک‌ها آمدند', 'ز.ر.د.ک', 'زرررردک']) {
    assert.ok(
      inspect({ text }, { lexicon }).findings.some(({ rule }) => rule === 'insult'),
      text,
    )
  }
})

test('an exception lets the word pass where it is harmless, and nowhere else', () => {
  const lexicon = compileWordList([ADDED])
  assert.equal(inspect({ text: 'مربای زردک درست کردم' }, { lexicon }).verdict, 'clean')
  assert.equal(inspect({ text: 'مربای زردک خوردم ای زردک' }, { lexicon }).verdict, 'hold')
})

test('a word of the lexicon that editors switch off is found no more, in any spelling', () => {
  assert.equal(inspect({ text: 'این مدیر احمق است' }).verdict, 'hold')
  assert.equal(inspect({ text: 'این مدیر احمق است' }, { lexicon: compileWordList([OFF]) }).verdict, 'clean')
  assert.equal(inspect({ text: 'این مدیر اهمغ است' }, { lexicon: compileWordList([OFF]) }).verdict, 'clean')
})

test('a severe word that editors add is refused, one that insults only in context is held only when aimed', () => {
  const lexicon = compileWordList([
    { word: 'زردک', strength: 'severe', exceptions: [] },
    { word: 'هویج', strength: 'context', exceptions: [] },
  ])
  assert.equal(inspect({ text: 'برو زردک' }, { lexicon }).verdict, 'refuse')
  assert.equal(inspect({ text: 'تو یک هویجی' }, { lexicon }).verdict, 'hold')
  assert.equal(inspect({ text: 'کنار خیابان هویج می‌فروشند و مردم می‌خرند' }, { lexicon }).verdict, 'clean')
})

test('faults of a list are told line by line', () => {
  const faults = checkWordList([
    { word: 'ک', strength: 'insult', exceptions: [] },
    ADDED,
    { word: 'زر‌دک', strength: 'off', exceptions: [] },
    { word: 'هویج', strength: 'insult', exceptions: ['باقالی'] },
  ])
  assert.deepEqual(
    faults.map(({ at }) => at),
    [0, 2, 3],
  )
})

test('a word listed as it is keeps its strength, its sense and its inflections, and only gains exceptions', () => {
  const lexicon = compileWordList([{ word: 'احمق', strength: 'as-is', exceptions: ['احمق‌های بزرگ سینما'] }])
  for (const text of ['این مدیر احمق است', 'این احمق‌ها را ببینید', 'ا.ح.م.ق']) {
    assert.deepEqual(inspect({ text }, { lexicon }), inspect({ text }), text)
  }
  const film = 'نمایش احمق‌های بزرگ سینما آغاز شد'
  assert.equal(inspect({ text: film }).verdict, 'hold')
  assert.equal(inspect({ text: film }, { lexicon }).verdict, 'clean')
})

test('only a word of the lexicon can be listed as it is, and only with exceptions', () => {
  assert.match(checkWordList([{ word: 'زردک', strength: 'as-is', exceptions: ['مربای زردک'] }])[0]!.message, /شدت/)
  assert.match(checkWordList([{ word: 'احمق', strength: 'as-is', exceptions: [] }])[0]!.message, /بی‌آزار/)
  assert.deepEqual(checkWordList([{ word: 'احمق', strength: 'as-is', exceptions: ['احمق و ابله'] }]), [])
})

test('every text that two lists judge differently holds what they treat differently', () => {
  const lists: WordListEntry[][] = [
    [],
    [ADDED],
    [OFF],
    [ADDED, OFF],
    [{ word: 'خر', strength: 'off', exceptions: [] }],
    [{ word: 'احمق', strength: 'as-is', exceptions: ['احمق‌های بزرگ'] }],
    [{ word: 'احمق', strength: 'severe', exceptions: [] }],
  ]
  const texts = ['این مدیر احمق است', 'احمق‌های بزرگ شهر', 'ا‌ح‌م‌ق‌ها', 'ahmagh', 'خرهای شهر', 'تو خری', 'زردک‌ها آمدند']
  texts.push('مربای زردک خوردم', 'سلام، خسته نباشید', 'ز.ر.د.ک', 'اهمق', 'بی‌شعور')
  const judged = lists.map((list) => {
    const lexicon = compileWordList(list)
    return texts.map((text) => JSON.stringify(inspect({ text }, { lexicon })))
  })
  let differing = 0
  lists.forEach((one, i) => {
    lists.slice(i + 1).forEach((other, j) => {
      const concerned = differenceBetween(one, other)
      texts.forEach((text, at) => {
        if (judged[i]![at] === judged[i + 1 + j]![at]) return
        differing += 1
        assert.ok(concerned(text), text)
      })
    })
  })
  assert.ok(differing > 25)
  assert.equal(differenceBetween([], [ADDED])('سلام، خسته نباشید'), false)
})
