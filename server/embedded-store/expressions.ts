import { fail } from './errors.ts'
import type { Doc, Value } from './values.ts'

/** What an expression may look up besides the document. */
export interface ExpressionContext {
  now: Date
  variables?: ReadonlyMap<string, Value | undefined>
}

/** A compiled expression; a missing result is undefined. */
export type Expression = (doc: Doc) => Value | undefined

/** Compiles an aggregation expression. */
export function compileExpression(_expression: Value, _context: ExpressionContext): Expression {
  return fail('NotImplemented', 'aggregation expressions are not supported yet')
}
