/** `$jsonSchema`: draft 4 of JSON Schema with MongoDB's `bsonType`, compiled to a test on values. */
import { compareNumbers, compareValues, equalValues, keyOf } from './compare.ts'
import { decimalOf, divideParts } from './decimal.ts'
import { fail } from './errors.ts'
import { typeTest, type ValueTest } from './matcher-operators.ts'
import { asDecimal } from './numbers.ts'
import { compileRegex } from './regex.ts'
import { type Doc, isDoc, isNumeric, type Numeric, toInteger, toNumber, typeNameOf, type Value } from './values.ts'

/** Compiles the operand of one keyword; `schema` holds the keywords beside it. */
type Keyword = (operand: Value, schema: Doc, name: string) => ValueTest

const ALWAYS: ValueTest = () => true

function wrongType(name: string, wanted: string, operand: Value | undefined): never {
  return fail('TypeMismatch', `$jsonSchema keyword '${name}' must be ${wanted}, but found ${typeNameOf(operand)}`)
}

function docOperand(operand: Value | undefined, name: string): Doc {
  return isDoc(operand) ? operand : wrongType(name, 'an object', operand)
}

function listOperand(operand: Value, name: string): Value[] {
  if (!Array.isArray(operand)) return wrongType(name, 'an array', operand)
  return operand.length > 0 ? operand : fail('FailedToParse', `$jsonSchema keyword '${name}' cannot be an empty array`)
}

function numberOperand(operand: Value, name: string): Numeric {
  return isNumeric(operand) ? operand : wrongType(name, 'a number', operand)
}

function countOperand(operand: Value, name: string): number {
  const count = toInteger(operand)
  if (count === undefined || count < 0) {
    return fail('FailedToParse', `$jsonSchema keyword '${name}' must be a non-negative integer`)
  }
  return count
}

function textsOperand(operand: Value, name: string): string[] {
  return listOperand(operand, name).map((item) =>
    typeof item === 'string' ? item : wrongType(name, 'an array of strings', item),
  )
}

/** Applies a test to numbers only, or to texts, arrays or documents only; other values pass. */
function onNumbers(test: (value: Numeric) => boolean): ValueTest {
  return (value) => !isNumeric(value) || test(value)
}

function onTexts(test: (value: string) => boolean): ValueTest {
  return (value) => typeof value !== 'string' || test(value)
}

function onArrays(test: (value: Value[]) => boolean): ValueTest {
  return (value) => !Array.isArray(value) || test(value)
}

function onDocs(test: (value: Doc) => boolean): ValueTest {
  return (value) => !isDoc(value) || test(value)
}

function schemas(operand: Value, name: string): ValueTest[] {
  return listOperand(operand, name).map((item) => compileSchema(docOperand(item, name)))
}

const JSON_TYPES: Readonly<Record<string, string>> = {
  object: 'object',
  array: 'array',
  number: 'number',
  boolean: 'bool',
  string: 'string',
  null: 'null',
}

function typeKeyword(operand: Value): ValueTest {
  const names = typeof operand === 'string' ? [operand] : textsOperand(operand, 'type')
  const aliases = names.map((name) => {
    if (name === 'integer') fail('FailedToParse', "$jsonSchema type 'integer' is not currently supported.")
    return Object.hasOwn(JSON_TYPES, name) ? JSON_TYPES[name]! : fail('BadValue', `Unknown type name alias: ${name}`)
  })
  return typeTest(aliases)
}

/** A bound that `exclusive` beside it makes strict. */
function bound(exclusive: string, direction: 1 | -1): Keyword {
  return (operand, schema, name) => {
    const limit = numberOperand(operand, name)
    const strict = schema.get(exclusive) === true
    return onNumbers((value) => {
      const order = direction * compareNumbers(value, limit)
      return strict ? order < 0 : order <= 0
    })
  }
}

function exclusiveKeyword(partner: string): Keyword {
  return (operand, schema, name) => {
    if (typeof operand !== 'boolean') return wrongType(name, 'a boolean', operand)
    if (!schema.has(partner))
      fail('FailedToParse', `$jsonSchema keyword '${partner}' must be a present if '${name}' is present`)
    return ALWAYS
  }
}

function isMultiple(value: Numeric, of: Numeric): boolean {
  const quotient = toNumber(decimalOf(divideParts(asDecimal(value), asDecimal(of))))
  return Number.isInteger(quotient)
}

/** A key under which documents with the same fields in any order are one. */
function unorderedKey(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(unorderedKey).join()}]`
  if (!isDoc(value)) return keyOf(value)
  const fields = [...value].map(([name, inner]) => `${JSON.stringify(name)}${unorderedKey(inner)}`)
  return `{${fields.sort().join()}}`
}

function patterns(schema: Doc): [RegExp, ValueTest][] {
  const given = schema.get('patternProperties')
  if (given === undefined) return []
  return [...docOperand(given, 'patternProperties')].map(([pattern, inner]) => [
    compileRegex(pattern, ''),
    compileSchema(docOperand(inner, 'patternProperties')),
  ])
}

function additionalProperties(operand: Value, schema: Doc): ValueTest {
  const known = new Set(isDoc(schema.get('properties')) ? (schema.get('properties') as Doc).keys() : [])
  const matching = patterns(schema)
  const test = typeof operand === 'boolean' ? () => operand : compileSchema(docOperand(operand, 'additionalProperties'))
  return onDocs((doc) =>
    [...doc].every(([name, value]) => known.has(name) || matching.some(([regex]) => regex.test(name)) || test(value)),
  )
}

function dependencies(operand: Value): ValueTest {
  const tests = [...docOperand(operand, 'dependencies')].map(([name, needed]): [string, ValueTest] => {
    if (isDoc(needed)) return [name, compileSchema(needed)]
    const fields = textsOperand(needed, 'dependencies')
    return [name, onDocs((doc) => fields.every((field) => doc.has(field)))]
  })
  return onDocs((doc) => tests.every(([name, test]) => !doc.has(name) || test(doc)))
}

function items(operand: Value, schema: Doc): ValueTest {
  if (isDoc(operand)) {
    const test = compileSchema(operand)
    return onArrays((array) => array.every(test))
  }
  if (!Array.isArray(operand)) return wrongType('items', 'an object or an array', operand)
  const tests = operand.map((item) => compileSchema(docOperand(item, 'items')))
  const more = schema.get('additionalItems') ?? true
  const rest = typeof more === 'boolean' ? () => more : compileSchema(docOperand(more, 'additionalItems'))
  return onArrays((array) => array.every((item, index) => (tests[index] ?? rest)(item)))
}

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  title: () => ALWAYS,
  description: () => ALWAYS,
  bsonType: (operand) => typeTest(operand),
  type: typeKeyword,
  enum: (operand, _, name) => {
    const values = listOperand(operand, name)
    return (value) => values.some((allowed) => equalValues(allowed, value))
  },
  allOf: (operand, _, name) => {
    const tests = schemas(operand, name)
    return (value) => tests.every((test) => test(value))
  },
  anyOf: (operand, _, name) => {
    const tests = schemas(operand, name)
    return (value) => tests.some((test) => test(value))
  },
  oneOf: (operand, _, name) => {
    const tests = schemas(operand, name)
    return (value) => tests.filter((test) => test(value)).length === 1
  },
  not: (operand, _, name) => {
    const test = compileSchema(docOperand(operand, name))
    return (value) => !test(value)
  },
  maximum: bound('exclusiveMaximum', 1),
  minimum: bound('exclusiveMinimum', -1),
  exclusiveMaximum: exclusiveKeyword('maximum'),
  exclusiveMinimum: exclusiveKeyword('minimum'),
  multipleOf: (operand, _, name) => {
    const of = numberOperand(operand, name)
    if (compareValues(of, 0) <= 0) fail('FailedToParse', "$jsonSchema keyword 'multipleOf' must have a positive value")
    return onNumbers((value) => isMultiple(value, of))
  },
  maxLength: (operand, _, name) => {
    const most = countOperand(operand, name)
    return onTexts((text) => Array.from(text).length <= most)
  },
  minLength: (operand, _, name) => {
    const least = countOperand(operand, name)
    return onTexts((text) => Array.from(text).length >= least)
  },
  pattern: (operand, _, name) => {
    if (typeof operand !== 'string') return wrongType(name, 'a string', operand)
    const regex = compileRegex(operand, '')
    return onTexts((text) => regex.test(text))
  },
  maxItems: (operand, _, name) => {
    const most = countOperand(operand, name)
    return onArrays((array) => array.length <= most)
  },
  minItems: (operand, _, name) => {
    const least = countOperand(operand, name)
    return onArrays((array) => array.length >= least)
  },
  uniqueItems: (operand, _, name) => {
    if (typeof operand !== 'boolean') return wrongType(name, 'a boolean', operand)
    return operand ? onArrays((array) => new Set(array.map(unorderedKey)).size === array.length) : ALWAYS
  },
  items,
  additionalItems: (operand) => {
    if (typeof operand !== 'boolean') compileSchema(docOperand(operand, 'additionalItems'))
    return ALWAYS
  },
  maxProperties: (operand, _, name) => {
    const most = countOperand(operand, name)
    return onDocs((doc) => doc.size <= most)
  },
  minProperties: (operand, _, name) => {
    const least = countOperand(operand, name)
    return onDocs((doc) => doc.size >= least)
  },
  required: (operand, _, name) => {
    const fields = textsOperand(operand, name)
    return onDocs((doc) => fields.every((field) => doc.has(field)))
  },
  properties: (operand, _, name) => {
    const tests = [...docOperand(operand, name)].map(([field, inner]): [string, ValueTest] => [
      field,
      compileSchema(docOperand(inner, name)),
    ])
    return onDocs((doc) => tests.every(([field, test]) => !doc.has(field) || test(doc.get(field))))
  },
  patternProperties: (_operand, schema) => {
    const matching = patterns(schema)
    return onDocs((doc) =>
      [...doc].every(([name, value]) => matching.every(([regex, test]) => !regex.test(name) || test(value))),
    )
  },
  additionalProperties,
  dependencies,
}

/** Compiles a schema to a test; throws FailedToParse (9) or TypeMismatch (14) where MongoDB refuses it. */
export function compileSchema(schema: Doc): ValueTest {
  if (schema.has('type') && schema.has('bsonType')) {
    fail('FailedToParse', "Cannot specify both $jsonSchema keywords 'type' and 'bsonType'")
  }
  const tests = [...schema].map(([name, operand]) => {
    const keyword = Object.hasOwn(KEYWORDS, name) ? KEYWORDS[name] : undefined
    if (keyword) return keyword(operand, schema, name)
    const planned = ['$ref', '$schema', 'default', 'definitions', 'format', 'id'].includes(name)
    return fail(
      'FailedToParse',
      planned ? `$jsonSchema keyword '${name}' is not currently supported` : `Unknown $jsonSchema keyword: ${name}`,
    )
  })
  return (value) => tests.every((test) => test(value))
}
