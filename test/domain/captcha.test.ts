import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import path from 'node:path'
import { test } from 'node:test'
import sharp from 'sharp'
import {
  askInWords,
  drawChallenge,
  inPersianWords,
  loadOutlines,
  PICTURE,
  readAnswer,
} from '../../server/domain/captcha/index.ts'

const fonts = path.join(import.meta.dirname, '../../server/commenting/fonts')
const weights = ['Medium', 'Bold'].map((weight) => loadOutlines(path.join(fonts, `Vazirmatn-${weight}.ttf`)))

test('both weights have an outline of their own for each of the ten Persian digits', () => {
  for (const outlines of weights) {
    assert.equal(outlines.length, 10)
    const shapes = new Set(outlines.map((outline) => JSON.stringify(outline.contours)))
    assert.equal(shapes.size, 10)
    for (const outline of outlines) assert.ok(outline.width > 0.05 && outline.height > 0.1)
  }
})

test('an answer is read in any digits, with blanks, and in Persian words', () => {
  for (const [typed, read] of [
    ['۱۲۳۴۵', '12345'],
    ['12345', '12345'],
    ['١٢٣٤٥', '12345'],
    [' ۱ ۲ ۳ ۴ ۵ ', '12345'],
    ['\u200f۱۰\u200e', '10'],
    ['ده', '10'],
    ['ده.', '10'],
    ['هفت', '7'],
    ['هجده', '18'],
    ['هيجده', '18'],
    ['بیست و سه', '23'],
    ['بیست‌وسه', '23'],
    ['بیست\u200cو\u200cسه', '23'],
    ['سی', '30'],
    ['یک دو سه', '123'],
    ['', null],
    ['سلام', null],
    ['1e3', null],
    ['12345678901234567890', null],
    ['<b>12</b>', null],
  ] as const) {
    assert.equal(readAnswer(typed), read, JSON.stringify(typed))
  }
})

test('every number below 100 is understood as it is written in words', () => {
  for (let value = 0; value < 100; value++) assert.equal(readAnswer(inPersianWords(value)), String(value))
})

test('a question in words asks for a small number that can be typed in words or digits', () => {
  for (let i = 0; i < 500; i++) {
    const { question, answer } = askInWords(randomInt)
    assert.match(question, /؟$/)
    assert.ok(Number(answer) >= 1 && Number(answer) <= 30, question)
    assert.equal(readAnswer(inPersianWords(Number(answer))), answer)
  }
})

test('the same chance draws the same picture, another chance another one', () => {
  const fixed = (seed: number) => {
    let state = seed
    return (below: number) => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0
      return (state >>> 8) % below
    }
  }
  assert.equal(drawChallenge('12345', weights, fixed(1)).svg, drawChallenge('12345', weights, fixed(1)).svg)
  assert.notEqual(drawChallenge('12345', weights, fixed(1)).svg, drawChallenge('12345', weights, fixed(2)).svg)
})

test('every digit stands inside the picture, in order, and the picture is drawn at its size', async () => {
  for (let i = 0; i < 50; i++) {
    const { svg, places } = drawChallenge('08193', weights, randomInt, i % 2 ? 'hard' : 'plain')
    assert.equal(places.length, 5)
    for (const [left, right] of places) assert.ok(left > -12 && right < PICTURE.width + 12 && left < right)
    assert.doesNotMatch(svg, /NaN|Infinity|undefined/)
    const { width, height } = await sharp(Buffer.from(svg)).metadata()
    assert.deepEqual({ width, height }, { width: PICTURE.width, height: PICTURE.height })
  }
})
