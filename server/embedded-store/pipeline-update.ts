import { fail } from './errors.ts'
import type { ExpressionContext } from './expressions.ts'
import type { Doc, Value } from './values.ts'

/** Compiles the stages of a pipeline-style update to one function on a document. */
export function compileDocStages(_stages: readonly Value[], _context: ExpressionContext): (doc: Doc) => Doc {
  return fail('NotImplemented', 'pipeline-style updates are not supported yet')
}
