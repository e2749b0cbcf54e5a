import { fail } from './errors.ts'
import type { ExpressionContext } from './expression-types.ts'
import type { Doc, Value } from './values.ts'

/** A stage at work: documents in, documents out, as they are asked for. */
export type Stage = (input: Iterable<Doc>) => Iterable<Doc>

/** What a pipeline needs besides its stages. */
export interface PipelineContext extends ExpressionContext {
  /** The documents of another collection that match a filter (through its indexes where there are any), for `$lookup` and `$unionWith`. */
  source?: (collection: string, filter: Doc) => Iterable<Doc>
  /** Serves `$text` in the first stage. */
  text?: (query: Doc) => (doc: Doc) => boolean
}

/** Compiles one stage. */
export type StageBuilder = (operand: Value, context: PipelineContext, name: string) => Stage

/** A stage that changes each document by itself. */
export function perDocument(change: (doc: Doc) => Doc): Stage {
  return function* (input) {
    for (const doc of input) yield change(doc)
  }
}

/** The documents of a collection; an error where the pipeline cannot reach other collections. */
export function sourceOf(context: PipelineContext): (collection: string, filter: Doc) => Iterable<Doc> {
  return context.source ?? fail('InternalError', 'this pipeline has no access to other collections')
}
