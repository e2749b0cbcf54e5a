import { DROPPED, HALF_SPACE, HALF_SPACE_TWINS, LOOK_ALIKES } from './letters.ts'

/** A text in its one spelling for comparing; `map[i]` is the UTF-16 offset in the original of `folded[i]`, `map[folded.length]` the original's length. */
export interface Folded {
  folded: string
  map: Uint16Array | Uint32Array
}

const SAME = new Map<string, string>()
for (const [target, sources] of LOOK_ALIKES) for (const source of sources) SAME.set(source, target)

const UNKNOWN = 0
const GONE = 1
const LONG = 2
const table = new Uint16Array(0x10000)
const long = new Map<number, string>()

function digitValue(character: string): string | undefined {
  if (!/^\p{Nd}$/u.test(character)) return undefined
  const code = character.codePointAt(0)!
  let zero = code
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--
  return code < 0x10000 ? String(code - zero) : undefined
}

function foldOnce(character: string): string {
  if (HALF_SPACE_TWINS.includes(character)) return HALF_SPACE
  if (DROPPED.test(character)) return ''
  const twin = SAME.get(character)
  if (twin) return twin
  const code = character.codePointAt(0)!
  if (code >= 0xe0000 && code <= 0xe01ef) return ''
  if (code >= 0xac00 && code <= 0xd7a3) return character
  if (character === '\n' || character === '\r' || code === 0x85 || code === 0x2028 || code === 0x2029) return '\n'
  if (code === 0x2800 || /^\s$/.test(character)) return ' '
  const digit = digitValue(character)
  if (digit !== undefined) return digit
  const lower = character.toLowerCase().normalize('NFKD')
  const parts = [...lower].filter((part) => !DROPPED.test(part))
  if (parts.length > 1 && parts.length < [...lower].length && parts.every((part) => part === ' ')) return ''
  const bare = parts.join('')
  return bare === ' ' && lower !== ' ' ? '' : bare
}

function foldCharacter(character: string): string {
  let before = character
  for (let round = 0; round < 4; round++) {
    const after = [...before].map(foldOnce).join('')
    if (after === before) break
    before = after
  }
  return before
}

function learn(code: number): number {
  const folded = foldCharacter(String.fromCodePoint(code))
  if (code >= 0x10000 || folded.length > 1) {
    long.set(code, folded)
    if (code < 0x10000) table[code] = LONG
    return LONG
  }
  const entry = folded.length === 0 ? GONE : folded.charCodeAt(0)
  table[code] = entry
  return entry
}

function longFold(code: number): string {
  if (!long.has(code)) learn(code)
  return long.get(code)!
}

let buffer = new Uint16Array(4096)
let offsets = new Uint32Array(4096)

function room(needed: number): void {
  if (needed <= buffer.length) return
  const bigger = new Uint16Array(needed * 2)
  bigger.set(buffer)
  const biggerOffsets = new Uint32Array(needed * 2)
  biggerOffsets.set(offsets)
  buffer = bigger
  offsets = biggerOffsets
}

/** Writes the folded text and the offsets into the shared buffers, which are free again once the caller has copied them. */
function write(text: string): number {
  let length = 0
  for (let index = 0; index < text.length; index++) {
    if (length + 24 > buffer.length) room(length + 24)
    let code = text.charCodeAt(index)
    const start = index
    if (code >= 0xd800 && code <= 0xdfff) {
      const next = text.charCodeAt(index + 1)
      if (code < 0xdc00 && next >= 0xdc00 && next <= 0xdfff) {
        code = ((code - 0xd800) << 10) + (next - 0xdc00) + 0x10000
        index++
      } else code = 0xfffd
    }
    let target = code < 0x10000 ? table[code]! : LONG
    if (target === UNKNOWN) target = learn(code)
    if (target === GONE) continue
    if (target !== LONG) {
      buffer[length] = target
      offsets[length++] = start
      continue
    }
    const expanded = longFold(code)
    for (let at = 0; at < expanded.length; at++) {
      buffer[length] = expanded.charCodeAt(at)
      offsets[length++] = start
    }
  }
  offsets[length] = text.length
  return length
}

function read(length: number): string {
  let folded = ''
  for (let at = 0; at < length; at += 4096)
    folded += String.fromCharCode.apply(null, buffer.subarray(at, Math.min(length, at + 4096)) as unknown as number[])
  return folded
}

/** One spelling for comparing: letters, digits, case, marks and invisible characters no longer tell texts apart; half-spaces stay. Idempotent. */
export function fold(text: string): string {
  return read(write(text))
}

/** `fold` with the way back to the original: see `Folded`. */
export function foldWithMap(text: string): Folded {
  const length = write(text)
  const folded = read(length)
  const map = text.length < 0x10000 ? Uint16Array.from(offsets.subarray(0, length + 1)) : offsets.slice(0, length + 1)
  return { folded, map }
}
