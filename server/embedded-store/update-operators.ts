import { Decimal128, Int32, Timestamp } from 'bson'
import { compareValues, equalValues } from './compare.ts'
import { fail } from './errors.ts'
import { compileElementFilter, type FilterContext } from './matcher.ts'
import { add, asBigInt, integer, multiply } from './numbers.ts'
import { indexOfPart, splitPath } from './paths.ts'
import { compileSort } from './sort.ts'
import {
  type Doc,
  int32,
  isDoc,
  isNumeric,
  type Numeric,
  show,
  toInteger,
  toNumber,
  typeNameOf,
  type Value,
} from './values.ts'

/** What an operator may know of the document that it works on. */
export interface Place {
  /** The name of the field, for messages. */
  field: string
  /** The document before the update. */
  root: Doc
  /** The `_id` of the document, for messages. */
  id: Value | undefined
  inserting: boolean
}

/** Changes one value: gets the old one (undefined: missing), gives the new one (undefined: no field). */
export interface Operator {
  change: (value: Value | undefined, place: Place) => Value | undefined
  /** Where its path runs through a scalar: leaves things as they are, fails, or fails only if it would put something there. */
  blocked: 'ignore' | 'refuse' | 'refuse creating'
}

function strict(change: Operator['change']): Operator {
  return { change, blocked: 'refuse creating' }
}

function inDocument(place: Place): string {
  return place.id === undefined ? '{}' : `{_id: ${show(place.id)}}`
}

function arithmetic(name: '$inc' | '$mul', operand: Value, path: string): Operator {
  if (!isNumeric(operand)) {
    const verb = name === '$inc' ? 'increment' : 'multiply'
    return fail('TypeMismatch', `Cannot ${verb} with non-numeric argument: {${path}: ${show(operand)}}`)
  }
  return strict((value, place) => {
    if (value === undefined) return name === '$inc' ? operand : zeroLike(operand)
    if (!isNumeric(value)) {
      return fail(
        'TypeMismatch',
        `Cannot apply ${name} to a value of non-numeric type. ${inDocument(place)} has the field '${place.field}' of non-numeric type ${typeNameOf(value)}`,
      )
    }
    const result = name === '$inc' ? add(value, operand) : multiply(value, operand)
    return (
      result ??
      fail(
        'BadValue',
        `Failed to apply ${name} operations to current value ((NumberLong)${show(value)}) for document ${inDocument(place)}`,
      )
    )
  })
}

function zeroLike(operand: Numeric): Value {
  if (operand instanceof Int32) return int32(0)
  if (typeof operand === 'bigint') return 0n
  return operand instanceof Decimal128 ? Decimal128.fromString('0') : 0
}

function bound(name: '$min' | '$max', operand: Value): Operator {
  const wanted = name === '$min' ? -1 : 1
  return strict((value) =>
    value === undefined || Math.sign(compareValues(operand, value)) === wanted ? operand : value,
  )
}

let lastSecond = 0
let lastOrdinal = 0

/** A timestamp of this moment; those of one second are counted, so that each is greater than the one before. */
export function nextTimestamp(now: Date): Timestamp {
  const second = Math.max(Math.floor(now.getTime() / 1000), lastSecond)
  lastOrdinal = second === lastSecond ? lastOrdinal + 1 : 1
  lastSecond = second
  return new Timestamp({ t: second, i: lastOrdinal })
}

function currentDate(operand: Value, now: Date, path: string): Operator {
  let type: Value | undefined = 'date'
  if (isDoc(operand)) {
    for (const key of operand.keys()) {
      if (key !== '$type') fail('BadValue', `Unrecognized $currentDate option: ${key}`)
    }
    type = operand.get('$type')
    if (type !== 'date' && type !== 'timestamp') {
      fail(
        'BadValue',
        "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
      )
    }
  } else if (typeof operand !== 'boolean') {
    fail(
      'BadValue',
      `${typeNameOf(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}) for the field ${path}.`,
    )
  }
  return strict(type === 'date' ? () => now : () => nextTimestamp(now))
}

interface Push {
  items: Value[]
  position: number | undefined
  slice: number | undefined
  sort: ((a: Value, b: Value) => number) | undefined
}

function elementOrder(sort: Value): (a: Value, b: Value) => number {
  const direction = toInteger(sort)
  if (direction !== undefined) {
    if (direction !== 1 && direction !== -1) fail('BadValue', 'The $sort element value must be either 1 or -1')
    return (a, b) => direction * compareValues(a, b)
  }
  if (!isDoc(sort))
    return fail(
      'BadValue',
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    )
  if (sort.size === 0) fail('BadValue', 'The $sort pattern is empty when it should be a set of fields.')
  const sorter = compileSort(sort)
  const asDoc = (value: Value) => (isDoc(value) ? value : new Map<string, Value>())
  return (a, b) => sorter.compare(asDoc(a), asDoc(b))
}

function pushOf(operand: Value): Push {
  if (!isDoc(operand) || !operand.has('$each')) {
    return { items: [operand], position: undefined, slice: undefined, sort: undefined }
  }
  const push: Push = { items: eachOf(operand, '$push'), position: undefined, slice: undefined, sort: undefined }
  for (const [key, value] of operand) {
    if (key === '$each') continue
    if (key === '$slice') push.slice = whole(value, '$slice')
    else if (key === '$position') push.position = whole(value, '$position')
    else if (key === '$sort') push.sort = elementOrder(value)
    else fail('BadValue', `Unrecognized clause in $push: ${key}`)
  }
  return push
}

function whole(value: Value, clause: string): number {
  return (
    toInteger(value) ??
    fail('BadValue', `The value for ${clause} must be an integer value but was given type: ${typeNameOf(value)}`)
  )
}

function eachOf(operand: ReadonlyMap<string, Value>, name: string): Value[] {
  const each = operand.get('$each')
  if (Array.isArray(each)) return each
  return name === '$push'
    ? fail('BadValue', `The argument to $each in $push must be an array but it was of type: ${typeNameOf(each)}`)
    : fail('TypeMismatch', `The argument to $each in ${name} must be an array but it was of type ${typeNameOf(each)}`)
}

function arrayFor(value: Value | undefined, place: Place): Value[] {
  if (value === undefined) return []
  if (Array.isArray(value)) return value
  return fail(
    'BadValue',
    `The field '${place.field}' must be an array but is of type ${typeNameOf(value)} in document ${inDocument(place)}`,
  )
}

function push(operand: Value): Operator {
  const { items, position, slice, sort } = pushOf(operand)
  return strict((value, place) => {
    const old = arrayFor(value, place)
    if (items.length === 0 && value !== undefined && slice === undefined && sort === undefined) return value
    const at = position === undefined ? old.length : position < 0 ? Math.max(0, old.length + position) : position
    let result = [...old.slice(0, at), ...items, ...old.slice(at)]
    if (sort) result.sort(sort)
    if (slice !== undefined) result = slice < 0 ? result.slice(slice) : result.slice(0, slice)
    return result
  })
}

function addToSet(operand: Value): Operator {
  const several = isDoc(operand) && operand.keys().next().value === '$each'
  if (several && operand.size > 1) {
    const other = [...operand.keys()][1]!
    fail('BadValue', `Found unexpected fields after $each in $addToSet: ${other}`)
  }
  const items = several ? eachOf(operand, '$addToSet') : [operand]
  return strict((value, place) => {
    if (value !== undefined && !Array.isArray(value)) {
      fail(
        'BadValue',
        `Cannot apply $addToSet to non-array field. Field named '${place.field}' has non-array type ${typeNameOf(value)}`,
      )
    }
    const old = arrayFor(value, place)
    const result = [...old]
    for (const item of items) if (!result.some((other) => equalValues(other, item))) result.push(item)
    return value !== undefined && result.length === old.length ? value : result
  })
}

function cull(name: string, removes: (value: Value) => boolean): Operator {
  return {
    blocked: 'refuse',
    change: (value) => {
      if (value === undefined) return value
      if (!Array.isArray(value)) return fail('BadValue', `Cannot apply ${name} to a non-array value`)
      const kept = value.filter((item) => !removes(item))
      return kept.length === value.length ? value : kept
    },
  }
}

function pop(operand: Value, path: string): Operator {
  const direction = isNumeric(operand)
    ? toNumber(operand)
    : fail('FailedToParse', `Expected a number in: ${path}: ${show(operand)}`)
  if (direction !== 1 && direction !== -1) fail('FailedToParse', `$pop expects 1 or -1, found: ${show(operand)}`)
  return {
    blocked: 'refuse',
    change: (value, place) => {
      if (value === undefined) return value
      if (!Array.isArray(value)) {
        return fail(
          'TypeMismatch',
          `Path '${place.field}' contains an element of non-array type '${typeNameOf(value)}'`,
        )
      }
      if (value.length === 0) return value
      return direction === 1 ? value.slice(0, -1) : value.slice(1)
    },
  }
}

function bit(operand: Value, path: string): Operator {
  if (!isDoc(operand)) {
    return fail(
      'BadValue',
      `The $bit modifier is not compatible with a ${typeNameOf(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    )
  }
  if (operand.size === 0) {
    fail('BadValue', `You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}`)
  }
  const steps = [...operand].map(([name, mask]): [string, bigint | Int32] => {
    if (name !== 'and' && name !== 'or' && name !== 'xor') {
      fail(
        'BadValue',
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${path}: ${show(operand)}}`,
      )
    }
    if (!(mask instanceof Int32) && typeof mask !== 'bigint') {
      return fail(
        'BadValue',
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeNameOf(mask)}' is not supported here: {${name}: ${show(mask)}}`,
      )
    }
    return [name, mask]
  })
  return strict((value = int32(0), place) => {
    if (!(value instanceof Int32) && typeof value !== 'bigint') {
      return fail(
        'BadValue',
        `Cannot apply $bit to a value of non-integral type.${inDocument(place)} has the field ${place.field} of non-integer type ${typeNameOf(value)}`,
      )
    }
    let long = typeof value === 'bigint'
    let result = asBigInt(value)
    for (const [name, mask] of steps) {
      long ||= typeof mask === 'bigint'
      const bits = asBigInt(mask)
      result = name === 'and' ? result & bits : name === 'or' ? result | bits : result ^ bits
    }
    return long ? result : integer(result)
  })
}

function valueToMove(root: Doc, from: string, parts: readonly string[], id: Value | undefined): Value | undefined {
  let value: Value | undefined = root
  for (const part of parts) {
    if (Array.isArray(value) && indexOfPart(part) !== undefined) {
      fail('BadValue', `The source field cannot be an array element, '${from}' in doc with _id: ${show(id)}`)
    }
    value = value instanceof Map ? value.get(part) : undefined
  }
  return value
}

/** The two halves of a `$rename`: one takes the value away, the other puts it where it belongs. */
export function renameOperators(from: string, to: Value): { source: Operator; target: Operator } {
  if (typeof to !== 'string') {
    return fail('BadValue', `The 'to' field for $rename must be a string: ${from}: ${show(to)}`)
  }
  if (from === to) fail('BadValue', `The source and target field for $rename must differ: ${from}: "${to}"`)
  for (const path of [from, to]) {
    if (/(?:^|\.)\$(?:\[.*\])?(?:\.|$)/.test(path)) {
      fail('BadValue', `The source and destination fields for $rename may not be dynamic: ${path}`)
    }
  }
  const parts = splitPath(from)
  return {
    source: { blocked: 'ignore', change: () => undefined },
    target: strict((value, place) => valueToMove(place.root, from, parts, place.id) ?? value),
  }
}

/** The operator that an update names, with its operand for one path; throws FailedToParse (9) for an unknown one. */
export function operatorOf(
  name: string,
  operand: Value,
  path: string,
  context: FilterContext & { now: Date },
): Operator {
  switch (name) {
    case '$set':
      return strict(() => operand)
    case '$setOnInsert':
      return strict((value, place) => (place.inserting ? operand : value))
    case '$unset':
      return { blocked: 'ignore', change: () => undefined }
    case '$inc':
    case '$mul':
      return arithmetic(name, operand, path)
    case '$min':
    case '$max':
      return bound(name, operand)
    case '$currentDate':
      return currentDate(operand, context.now, path)
    case '$push':
      return push(operand)
    case '$addToSet':
      return addToSet(operand)
    case '$pull':
      return cull('$pull', compileElementFilter(operand, context))
    case '$pullAll': {
      if (!Array.isArray(operand))
        return fail('BadValue', `$pullAll requires an array argument but was given a ${typeNameOf(operand)}`)
      return cull('$pullAll', (value) => operand.some((other) => equalValues(other, value)))
    }
    case '$pop':
      return pop(operand, path)
    case '$bit':
      return bit(operand, path)
    default:
      return fail(
        'FailedToParse',
        `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
      )
  }
}
