import { randomInt } from 'node:crypto'
import { fail } from './errors.ts'
import { compileExpression } from './expressions.ts'
import { compileFilter } from './matcher.ts'
import { passMeta } from './meta.ts'
import { splitPath } from './paths.ts'
import { compileAddFields, compileProject, compileUnset } from './projection.ts'
import { compileSort, sortItems } from './sort.ts'
import { perDocument, type Stage, type StageBuilder } from './stage-types.ts'
import { type Doc, docOf, int32, isDoc, isNumeric, show, toNumber, typeNameOf, type Value } from './values.ts'

const $match: StageBuilder = (operand, context) => {
  if (!isDoc(operand)) return fail(15959, 'the match filter must be an expression in an object')
  const test = compileFilter(operand, context)
  return function* (input) {
    for (const doc of input) if (test(doc)) yield doc
  }
}

/** The number of a `$limit` or `$skip`; throws where it is none. */
export function countOperand(name: string, operand: Value): number {
  const [type, range] = name === '$limit' ? [15957, 15958] : [15972, 15956]
  if (!isNumeric(operand))
    return fail(type!, `invalid argument to ${name} stage: Expected a number in: ${name}: ${show(operand)}`)
  const count = toNumber(operand)
  if (!Number.isInteger(count))
    fail(type!, `invalid argument to ${name} stage: Expected an integer: ${name}: ${show(operand)}`)
  if (count < 0)
    fail(5107200, `invalid argument to ${name} stage: Expected a non-negative number in: ${name}: ${show(operand)}`)
  if (name === '$limit' && count === 0) fail(range!, 'the limit must be positive')
  return count
}

const $limit: StageBuilder = (operand) => {
  const count = countOperand('$limit', operand)
  return function* (input) {
    let left = count
    for (const doc of input) {
      yield doc
      left--
      if (left === 0) return
    }
  }
}

const $skip: StageBuilder = (operand) => {
  const count = countOperand('$skip', operand)
  return function* (input) {
    let left = count
    for (const doc of input) {
      if (left > 0) left--
      else yield doc
    }
  }
}

/** A `$sort` that keeps only the first documents where a limit follows. */
export function sortStage(operand: Value, limit = Number.POSITIVE_INFINITY): Stage {
  if (!isDoc(operand)) return fail(15973, 'the $sort key specification must be an object')
  const sorter = compileSort(operand)
  return function* (input) {
    yield* sortItems(input, sorter, limit)
  }
}

const $project: StageBuilder = (operand, context) => {
  if (!isDoc(operand)) return fail(15969, '$project specification must be an object')
  return perDocument(compileProject(operand, context).project)
}

const $addFields: StageBuilder = (operand, context, name) => {
  if (!isDoc(operand)) return fail(40272, `${name} specification stage must be an object, got ${typeNameOf(operand)}`)
  return perDocument(compileAddFields(operand, context))
}

const $replaceRoot: StageBuilder = (operand, context, name) => {
  const target = name === '$replaceWith' ? operand : isDoc(operand) ? operand.get('newRoot') : undefined
  if (name === '$replaceRoot' && !isDoc(operand)) {
    fail(40229, `expected an object as specification for $replaceRoot stage, got ${typeNameOf(operand)}`)
  }
  if (target === undefined) return fail(40231, 'no newRoot specified for the $replaceRoot stage')
  const root = compileExpression(target, context)
  return perDocument((doc) => {
    const value = root(doc)
    if (!isDoc(value)) {
      return fail(
        40228,
        `'newRoot' expression ${name === '$replaceWith' ? 'in $replaceWith ' : ''}must evaluate to an object, but resulting value was: ${show(value)}. Type of resulting value: '${typeNameOf(value)}'. Input document: ${show(doc)}`,
      )
    }
    return passMeta(doc, value)
  })
}

/** Sets a nested field without changing the document; documents on the way are made where they are missing. */
export function withField(doc: Doc, parts: readonly string[], value: Value | undefined): Doc {
  const [first, ...rest] = parts
  const result: Doc = new Map(doc)
  if (rest.length > 0) {
    const inner = doc.get(first!)
    if (value === undefined && !isDoc(inner)) return doc
    result.set(first!, withField(isDoc(inner) ? inner : new Map(), rest, value))
  } else if (value === undefined) result.delete(first!)
  else result.set(first!, value)
  return passMeta(doc, result)
}

interface Unwind {
  parts: string[]
  index: string[] | undefined
  keepEmpty: boolean
}

function unwindOf(operand: Value): Unwind {
  const spec = typeof operand === 'string' ? docOf(['path', operand]) : operand
  if (!isDoc(spec)) {
    return fail(
      15981,
      `expected either a string or an object as specification for $unwind stage, got ${typeNameOf(operand)}`,
    )
  }
  const keepEmpty = spec.get('preserveNullAndEmptyArrays') ?? false
  const index = spec.get('includeArrayIndex')
  const path = spec.get('path')
  for (const key of spec.keys()) {
    if (!['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex'].includes(key)) {
      fail(28811, `unrecognized option to $unwind stage: ${key}`)
    }
  }
  if (typeof keepEmpty !== 'boolean')
    return fail(28809, 'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage')
  if (index !== undefined && (typeof index !== 'string' || index === '')) {
    return fail(28810, 'expected a non-empty string for the includeArrayIndex option to $unwind stage')
  }
  if (index?.startsWith('$'))
    fail(28822, `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${index}`)
  if (path === undefined) return fail(28812, 'no path specified to $unwind stage')
  if (typeof path !== 'string')
    return fail(28808, `expected a string as the path for $unwind stage, got ${typeNameOf(path)}`)
  if (!path.startsWith('$')) fail(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`)
  return { parts: splitPath(path.slice(1)), index: index === undefined ? undefined : splitPath(index), keepEmpty }
}

function nestedValue(doc: Doc, parts: readonly string[]): Value | undefined {
  let current: Value | undefined = doc
  for (const part of parts) current = isDoc(current) ? current.get(part) : undefined
  return current
}

const $unwind: StageBuilder = (operand) => {
  const { parts, index, keepEmpty } = unwindOf(operand)
  return function* (input) {
    for (const doc of input) {
      const value = nestedValue(doc, parts)
      if (Array.isArray(value) && value.length > 0) {
        for (const [at, item] of value.entries()) {
          const unwound = withField(doc, parts, item)
          yield index ? withField(unwound, index, BigInt(at)) : unwound
        }
      } else if (!Array.isArray(value) && value !== undefined && value !== null) {
        yield index ? withField(doc, index, null) : doc
      } else if (keepEmpty) {
        const bare = Array.isArray(value) ? withField(doc, parts, undefined) : doc
        yield index ? withField(bare, index, null) : bare
      }
    }
  }
}

const $count: StageBuilder = (operand) => {
  if (typeof operand !== 'string') return fail(40156, 'the count field must be a non-empty string')
  if (operand === '') fail(40157, 'the count field must be a non-empty string')
  if (operand.startsWith('$')) fail(40158, 'the count field cannot be a $-prefixed path')
  if (operand.includes('.')) fail(40160, "the count field cannot contain '.'")
  return function* (input) {
    let count = 0
    for (const _ of input) count++
    if (count > 0) yield docOf([operand, int32(count)])
  }
}

/** `$sample`: each document is as likely as any other to be drawn; the drawn ones come in random order. */
const $sample: StageBuilder = (operand) => {
  const size = isDoc(operand) && operand.size === 1 ? operand.get('size') : undefined
  if (!isDoc(operand)) return fail(28745, 'the $sample stage specification must be an object')
  if (size === undefined) return fail(28749, '$sample stage must specify a size')
  if (!isNumeric(size)) return fail(28746, 'size argument to $sample must be a number')
  const count = Math.trunc(toNumber(size))
  if (count <= 0) fail(28747, 'size argument to $sample must be a positive integer')
  return function* (input) {
    const drawn: Doc[] = []
    let seen = 0
    for (const doc of input) {
      seen++
      if (drawn.length < count) drawn.push(doc)
      else {
        const place = randomInt(seen)
        if (place < count) drawn[place] = doc
      }
    }
    for (let at = drawn.length - 1; at > 0; at--) {
      const other = randomInt(at + 1)
      ;[drawn[at], drawn[other]] = [drawn[other]!, drawn[at]!]
    }
    yield* drawn
  }
}

/** The stages that look at one document at a time, and those that order, count and draw. */
export const basicStages: Readonly<Record<string, StageBuilder>> = {
  $match,
  $limit,
  $skip,
  $sort: (operand) => sortStage(operand),
  $project,
  $set: $addFields,
  $addFields,
  $unset: (operand) => perDocument(compileUnset(operand)),
  $replaceRoot,
  $replaceWith: $replaceRoot,
  $unwind,
  $count,
  $sample,
}
