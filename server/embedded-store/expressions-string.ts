import { BSONRegExp, Timestamp } from 'bson'
import { compareStrings } from './compare.ts'
import { fail } from './errors.ts'
import {
  argumentsOf,
  type Builder,
  type Expression,
  isNullish,
  namedArguments,
  optionalArgument,
  type Scope,
} from './expression-types.ts'
import { textOf } from './expressions-convert.ts'
import { compileRegex } from './regex.ts'
import { type Doc, int32, isNumeric, toInteger, toNumber, typeNameOf, type Value } from './values.ts'

/** Text as `$toUpper`, `$substr` and their kin take it: null is empty, numbers and dates are written out. */
function coerced(value: Value | undefined): string {
  if (isNullish(value)) return ''
  if (typeof value === 'string') return value
  if (isNumeric(value) || value instanceof Date || value instanceof Timestamp) return textOf(value)
  return fail(16007, `can't convert from BSON type ${typeNameOf(value)} to String`)
}

const $concat: Builder = (operand, scope) => {
  const parts = argumentsOf(operand, scope, '$concat', 0, Number.POSITIVE_INFINITY)
  return (doc) => {
    let text = ''
    for (const part of parts) {
      const value = part(doc)
      if (isNullish(value)) return null
      if (typeof value !== 'string') return fail(16702, `$concat only supports strings, not ${typeNameOf(value)}`)
      text += value
    }
    return text
  }
}

const $substrCP: Builder = (operand, scope) => {
  const [input, from, count] = argumentsOf(operand, scope, '$substrCP', 3)
  return (doc) => {
    const text = coerced(input!(doc))
    const start = toInteger(from!(doc)) ?? fail(34450, '$substrCP: starting index must be a numeric type')
    const length = toInteger(count!(doc)) ?? fail(34452, '$substrCP: length must be a numeric type')
    if (start < 0) fail(34455, '$substrCP: the starting index must be nonnegative integer.')
    if (length < 0) fail(34454, '$substrCP: length must be a nonnegative integer.')
    return Array.from(text)
      .slice(start, start + length)
      .join('')
  }
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}

const $substrBytes: Builder = (operand, scope, name) => {
  const [input, from, count] = argumentsOf(operand, scope, name, 3)
  return (doc) => {
    const bytes = Buffer.from(coerced(input!(doc)))
    const start = whole(from!(doc), 16034, `${name}:  starting index must be a numeric type`)
    const length = whole(count!(doc), 16035, `${name}:  length must be a numeric type`)
    if (start < 0) fail(50752, `${name}:  starting index must be non-negative`)
    const end = length < 0 ? bytes.length : Math.min(bytes.length, start + length)
    if (isContinuation(bytes[start])) {
      fail(28656, `${name}:  Invalid range, starting index is a UTF-8 continuation byte.`)
    }
    if (end < bytes.length && isContinuation(bytes[end])) {
      fail(28657, `${name}:  Invalid range, ending index is in the middle of a UTF-8 character.`)
    }
    return bytes.toString('utf8', start, Math.max(start, end))
  }
}

function whole(value: Value | undefined, code: number, message: string): number {
  return isNumeric(value) ? Math.trunc(toNumber(value)) : fail(code, message)
}

function casing(change: (text: string) => string): Builder {
  return (operand, scope, name) => {
    const [input] = argumentsOf(operand, scope, name, 1)
    return (doc) => change(coerced(input!(doc)))
  }
}

const $strcasecmp: Builder = (operand, scope) => {
  const [left, right] = argumentsOf(operand, scope, '$strcasecmp', 2)
  return (doc) => int32(compareStrings(upperAscii(coerced(left!(doc))), upperAscii(coerced(right!(doc)))))
}

function upperAscii(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase())
}

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

function lengthOf(code: number, measure: (text: string) => number): Builder {
  return (operand, scope, name) => {
    const [input] = argumentsOf(operand, scope, name, 1)
    return (doc) => {
      const value = input!(doc)
      if (typeof value !== 'string') {
        return fail(code, `${name} requires a string argument, found: ${typeNameOf(value)}`)
      }
      return int32(measure(value))
    }
  }
}

const $split: Builder = (operand, scope) => {
  const [input, by] = argumentsOf(operand, scope, '$split', 2)
  return (doc) => {
    const text = input!(doc)
    const separator = by!(doc)
    if (isNullish(text) || isNullish(separator)) return null
    if (typeof text !== 'string') {
      return fail(
        40085,
        `$split requires an expression that evaluates to a string as a first argument, found: ${typeNameOf(text)}`,
      )
    }
    if (typeof separator !== 'string') {
      return fail(
        40086,
        `$split requires an expression that evaluates to a string as a second argument, found: ${typeNameOf(separator)}`,
      )
    }
    if (separator === '') fail(40087, '$split requires a non-empty separator')
    return text.split(separator)
  }
}

/** A place inside a text in bytes or in code points. */
interface Units {
  count: (text: string) => number
  /** The UTF-16 position of the given unit. */
  position: (text: string, unit: number) => number
}

const CODE_POINTS: Units = {
  count: (text) => Array.from(text).length,
  position: (text, unit) => Array.from(text).slice(0, unit).join('').length,
}

const BYTES: Units = {
  count: (text) => Buffer.byteLength(text),
  position: (text, unit) => Buffer.from(text).toString('utf8', 0, unit).length,
}

function indexOf(units: Units, codes: { text: number; token: number }): Builder {
  return (operand, scope, name) => {
    const [input, search, from, to] = argumentsOf(operand, scope, name, 2, 4)
    return (doc) => {
      const text = input!(doc)
      if (isNullish(text)) return null
      if (typeof text !== 'string') {
        return fail(codes.text, `${name} requires a string as the first argument, found: ${typeNameOf(text)}`)
      }
      const token = search!(doc)
      if (typeof token !== 'string') {
        return fail(codes.token, `${name} requires a string as the second argument, found: ${typeNameOf(token)}`)
      }
      const start = from ? index(from(doc), name) : 0
      const end = to ? Math.min(index(to(doc), name), units.count(text)) : units.count(text)
      if (start > end) return int32(-1)
      const cut = units.position(text, end)
      const at = text.slice(0, cut).indexOf(token, units.position(text, start))
      return int32(at < 0 ? -1 : units.count(text.slice(0, at)))
    }
  }
}

function index(value: Value | undefined, name: string): number {
  const number =
    toInteger(value) ?? fail(40096, `${name} requires an integral index, found a value of type: ${typeNameOf(value)}`)
  if (number < 0) fail(40097, `${name} requires a nonnegative index, found: ${number}`)
  return number
}

const WHITESPACE = '\0\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a'

function trimming(left: boolean, right: boolean): Builder {
  return (operand, scope, name) => {
    const named = namedArguments(operand, name, ['input'], ['chars'])
    const input = scope.compile(named.get('input')!)
    const chars = optionalArgument(named, 'chars', scope)
    return (doc) => {
      const text = input(doc)
      if (isNullish(text)) return null
      if (typeof text !== 'string') {
        return fail(50699, `${name} requires its input to be a string, got ${typeNameOf(text)} instead.`)
      }
      const given = chars ? chars(doc) : WHITESPACE
      if (isNullish(given)) return null
      if (typeof given !== 'string') {
        return fail(50700, `${name} requires 'chars' to be a string, got ${typeNameOf(given)} instead.`)
      }
      const set = new Set(given)
      const points = Array.from(text)
      let start = 0
      let end = points.length
      while (left && start < end && set.has(points[start]!)) start++
      while (right && end > start && set.has(points[end - 1]!)) end--
      return points.slice(start, end).join('')
    }
  }
}

interface Search {
  text: string
  regex: RegExp
}

function regexArguments(operand: Value, scope: Scope, name: string): (doc: Doc) => Search | null {
  const named = namedArguments(operand, name, ['input', 'regex'], ['options'])
  const input = scope.compile(named.get('input')!)
  const pattern = scope.compile(named.get('regex')!)
  const options = optionalArgument(named, 'options', scope)
  return (doc) => {
    const text = input(doc)
    const regex = pattern(doc)
    const flags = options?.(doc)
    if (!isNullish(text) && typeof text !== 'string') {
      return fail(51104, `${name} needs 'input' to be of type string`)
    }
    if (!isNullish(regex) && typeof regex !== 'string' && !(regex instanceof BSONRegExp)) {
      return fail(51105, `${name} needs 'regex' to be of type string or regex`)
    }
    if (!isNullish(flags) && typeof flags !== 'string')
      return fail(51106, `${name} needs 'options' to be of type string`)
    if (isNullish(regex) || isNullish(text)) return null
    if (typeof regex === 'string') return { text, regex: compileRegex(regex, flags ?? '') }
    if (flags && regex.options !== '')
      fail(51107, `${name}: found regex option(s) specified in both 'regex' and 'option' fields`)
    return { text, regex: compileRegex(regex.pattern, flags ?? regex.options) }
  }
}

function found(text: string, match: RegExpExecArray): Doc {
  return new Map<string, Value>([
    ['match', match[0]],
    ['idx', int32(Array.from(text.slice(0, match.index)).length)],
    ['captures', match.slice(1).map((capture: string | undefined) => capture ?? null)],
  ])
}

const $regexFindAll: Builder = (operand, scope) => {
  const search = regexArguments(operand, scope, '$regexFindAll')
  return (doc) => {
    const asked = search(doc)
    if (!asked) return []
    const { text, regex } = asked
    return Array.from(text.matchAll(new RegExp(regex.source, `${regex.flags}g`)), (match) => found(text, match))
  }
}

function replacing(all: boolean): Builder {
  return (operand, scope, name) => {
    const named = namedArguments(operand, name, ['input', 'find', 'replacement'])
    const parts: [string, number, Expression][] = (
      [
        ['input', 51746],
        ['find', 51745],
        ['replacement', 51744],
      ] as const
    ).map(([key, code]) => [key, code, scope.compile(named.get(key)!)])
    return (doc) => {
      const values: string[] = []
      let empty = false
      for (const [key, code, part] of parts) {
        const value = part(doc)
        if (isNullish(value)) empty = true
        else if (typeof value !== 'string')
          fail(code, `${name} requires that '${key}' be a string, found: ${typeNameOf(value)}`)
        else values.push(value)
      }
      if (empty) return null
      const [text, find, replacement] = values as [string, string, string]
      return all ? text.replaceAll(find, () => replacement) : text.replace(find, () => replacement)
    }
  }
}

/** The string operators of the expression language. */
export const stringExpressions: Readonly<Record<string, Builder>> = {
  $concat,
  $substr: $substrBytes,
  $substrBytes,
  $substrCP,
  $toUpper: casing(upperAscii),
  $toLower: casing(lowerAscii),
  $strcasecmp,
  $strLenCP: lengthOf(34471, (text) => Array.from(text).length),
  $strLenBytes: lengthOf(34473, (text) => Buffer.byteLength(text)),
  $split,
  $indexOfCP: indexOf(CODE_POINTS, { text: 40093, token: 40094 }),
  $indexOfBytes: indexOf(BYTES, { text: 40091, token: 40092 }),
  $trim: trimming(true, true),
  $ltrim: trimming(true, false),
  $rtrim: trimming(false, true),
  $regexMatch: (operand, scope, name) => {
    const search = regexArguments(operand, scope, name)
    return (doc) => {
      const asked = search(doc)
      return asked?.regex.test(asked.text) ?? false
    }
  },
  $regexFind: (operand, scope, name) => {
    const search = regexArguments(operand, scope, name)
    return (doc) => {
      const asked = search(doc)
      const match = asked?.regex.exec(asked.text)
      return asked && match ? found(asked.text, match) : null
    }
  },
  $regexFindAll,
  $replaceOne: replacing(false),
  $replaceAll: replacing(true),
}
