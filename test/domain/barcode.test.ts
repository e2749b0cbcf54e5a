import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { barcodeOf } from '../../server/domain/barcode.ts'

/** Bars and gaps as one line of dark and light modules. */
function modules(number: number): string {
  const { bars, width } = barcodeOf(number)
  const line = Array.from({ length: width }, () => '0')
  for (const bar of bars) line.fill('1', bar.start, bar.start + bar.width)
  return line.join('')
}

describe('the barcode of a news code', () => {
  test('for an even number of digits is start C, pairs, check and stop', () => {
    // 12 34: start 105, values 12 and 34, check (105 + 12 + 2 * 34) % 103 = 82.
    assert.equal(modules(1234), ['11010011100', '10110011100', '10001011000', '10010011110', '1100011101011'].join(''))
  })

  test('for an odd number of digits spells the first alone, then changes to pairs', () => {
    // 7, change, 35: start 104, values 23, 99, 35, check (104 + 23 + 198 + 105) % 103 = 18.
    const line = modules(735)
    assert.equal(line.length, 11 * 5 + 13)
    assert.ok(line.startsWith('1101001000011101101110'))
    assert.ok(line.endsWith('1100011101011'))
  })

  test('grows by eleven modules for each pair', () => {
    assert.equal(barcodeOf(12).width, 46)
    assert.equal(barcodeOf(3735708).width, 90)
    assert.equal(barcodeOf(999_999_999_999).width, 101)
  })

  for (const number of [-1, 1.5, Number.NaN, 2 ** 60])
    test(`${number} has none`, () => assert.throws(() => barcodeOf(number), RangeError))
})
