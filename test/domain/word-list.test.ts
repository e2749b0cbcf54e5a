import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from '../../server/domain/comment-rules/index.ts'
import { checkWordList, compileWordList } from '../../server/domain/comment-rules/word-list.ts'

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
