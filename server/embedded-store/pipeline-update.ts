import { fail } from './errors.ts'
import { compileExpression, type ExpressionContext } from './expressions.ts'
import { stageParts } from './pipeline.ts'
import { compileAddFields, compileProject, compileUnset } from './projection.ts'
import { type Doc, isDoc, type Value } from './values.ts'

function stageOf(stage: Value, context: ExpressionContext): (doc: Doc) => Doc {
  const [name, operand] = stageParts(stage)
  switch (name) {
    case '$set':
    case '$addFields':
      return isDoc(operand)
        ? compileAddFields(operand, context)
        : fail(40272, `${name} specification stage must be an object`)
    case '$unset':
      return compileUnset(operand)
    case '$project':
      return isDoc(operand)
        ? compileProject(operand, context).project
        : fail(15969, '$project specification must be an object')
    case '$replaceWith':
    case '$replaceRoot': {
      const target = name === '$replaceWith' ? operand : isDoc(operand) ? operand.get('newRoot') : undefined
      if (target === undefined) return fail(40231, 'no newRoot specified for the $replaceRoot stage')
      const root = compileExpression(target, context)
      return (doc) => {
        const value = root(doc)
        return isDoc(value) ? value : fail(40228, "'newRoot' expression must evaluate to an object")
      }
    }
    default:
      return fail('InvalidOptions', `${name} is not allowed to be used within an update`)
  }
}

/** Compiles the stages of a pipeline-style update to one function on a document. */
export function compileDocStages(stages: readonly Value[], context: ExpressionContext): (doc: Doc) => Doc {
  const changes = stages.map((stage) => stageOf(stage, context))
  return (doc) => changes.reduce((current, change) => change(current), doc)
}
