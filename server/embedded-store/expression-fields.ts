import { isDoc, type Value } from './values.ts'

/** The top-level fields that an expression may read; undefined where it may read the whole document. */
export function fieldsOfExpression(expression: Value | undefined): Set<string> | undefined {
  const fields = new Set<string>()
  return gather(expression, fields) ? fields : undefined
}

function gather(expression: Value | undefined, fields: Set<string>): boolean {
  if (typeof expression === 'string') {
    if (expression.startsWith('$$')) {
      const [name, first] = expression.slice(2).split('.')
      if (name !== 'ROOT' && name !== 'CURRENT') return true
      if (first === undefined) return false
      fields.add(first)
    } else if (expression.startsWith('$')) fields.add(expression.slice(1).split('.')[0]!)
    return true
  }
  if (Array.isArray(expression)) return expression.every((item) => gather(item, fields))
  if (!isDoc(expression)) return true
  for (const [name, operand] of expression) {
    if (name === '$literal' || name === '$const' || name === '$meta') continue
    if (name === '$getField' && !(isDoc(operand) && operand.has('input'))) return false
    if (name === 'sortBy') {
      if (!isDoc(operand)) continue
      for (const path of operand.keys()) fields.add(path.split('.')[0]!)
    } else if (!gather(operand, fields)) return false
  }
  return true
}
