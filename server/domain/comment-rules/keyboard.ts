const ROWS = ['ضصثقفغعهخحجچ', 'شسیبلاتنمکگ', 'ظطزرذدپو', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/** Of every letter, 32 times the number of its row plus its place in it; 0 is no key. */
const keys = new Uint16Array(0x700)
for (const [row, letters] of ROWS.entries())
  for (const [place, letter] of [...letters].entries()) keys[letter.charCodeAt(0)] = (row + 1) * 32 + place

function keyAt(word: string, at: number): number {
  const code = word.charCodeAt(at)
  return code < 0x700 ? keys[code]! : 0
}

/** The share of steps in a word of five letters and more that go to the next key of the same row. */
export function rollOf(word: string): number {
  if (word.length < 5) return 0
  let steps = 0
  for (let at = 1; at < word.length; at++) if (Math.abs(keyAt(word, at) - keyAt(word, at - 1)) === 1) steps += 1
  return steps / (word.length - 1)
}

/** Whether a word of four keys and more goes along a row in one direction. */
export function isRun(word: string): boolean {
  if (word.length < 4) return false
  const step = keyAt(word, 1) - keyAt(word, 0)
  if (Math.abs(step) !== 1) return false
  for (let at = 2; at < word.length; at++) if (keyAt(word, at) - keyAt(word, at - 1) !== step) return false
  return true
}

/** Whether all letters of a word lie on one row of keys. */
export function isOnOneRow(word: string): boolean {
  const row = keyAt(word, 0) >> 5
  if (row === 0) return false
  for (let at = 1; at < word.length; at++) if (keyAt(word, at) >> 5 !== row) return false
  return true
}
