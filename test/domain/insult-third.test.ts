import assert from 'node:assert/strict'
import { test } from 'node:test'
import { insult } from '../../server/domain/comment-rules/insult.ts'
import { prepareComment } from '../../server/domain/comment-rules/prepare.ts'
import { THIRD_CLEAN, THIRD_DISGUISED, THIRD_INSULTS } from './insult-third.ts'

/** Every third text is kept apart: nobody reads its errors. */
const isKept = (index: number): boolean => index % 3 === 2
const isFlagged = (text: string): boolean => insult.look(prepareComment({ text }), {}).score >= insult.threshold

function figures(kept: boolean): { precision: number; recall: number; line: string } {
  const part = (texts: readonly string[]) => texts.filter((_, index) => isKept(index) === kept)
  const [plain, disguised, clean] = [part(THIRD_INSULTS), part(THIRD_DISGUISED), part(THIRD_CLEAN)]
  const caught = plain.filter(isFlagged).length
  const unmasked = disguised.filter(isFlagged).length
  const wrong = clean.filter(isFlagged).length
  const precision = (caught + unmasked) / (caught + unmasked + wrong)
  const recall = (caught + unmasked) / (plain.length + disguised.length)
  const line = `precision ${precision.toFixed(3)} recall ${recall.toFixed(3)}, plain ${caught} of ${plain.length}, disguised ${unmasked} of ${disguised.length}, clean flagged ${wrong} of ${clean.length}`
  return { precision, recall, line }
}

test('a third judge finds no text in two of the lists', () => {
  const all = [...THIRD_INSULTS, ...THIRD_DISGUISED, ...THIRD_CLEAN]
  assert.equal(new Set(all).size, 340)
})

test('the insult rule is measured on the comments of a third judge', (context) => {
  for (const kept of [false, true]) context.diagnostic(`${kept ? 'kept apart' : 'two thirds'}: ${figures(kept).line}`)
  assert.ok(figures(false).precision >= 0.95 && figures(false).recall >= 0.85)
  assert.ok(figures(true).precision >= 0.9 && figures(true).recall >= 0.7)
})
