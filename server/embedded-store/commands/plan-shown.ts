/** A plan as explain shows it, in the words of MongoDB's stages. */
import type { Interval } from '../bounds.ts'
import type { Plan } from '../planner.ts'
import { type Doc, docOf, type Value } from '../values.ts'

/** The winning plan; `sorts` says that the question has a sort. */
export function showPlan(plan: Plan, sorts: boolean): Doc {
  const reached = shown(plan)
  const sorted = plan.kind !== 'or' && plan.kind !== 'none' && plan.sorted
  return sorts && !sorted ? docOf(['stage', 'SORT'], ['inputStage', reached]) : reached
}

function shown(plan: Plan): Doc {
  switch (plan.kind) {
    case 'none':
      return docOf(['stage', 'EOF'])
    case 'table':
      return docOf(['stage', 'COLLSCAN'], ['direction', plan.reverse ? 'backward' : 'forward'])
    case 'or':
      return docOf(['stage', 'OR'], ['inputStages', plan.branches.map(shown)])
    case 'text':
      return docOf(['stage', 'TEXT_MATCH'], ['indexName', plan.index.spec.name], ['search', plan.expression ?? ''])
    case 'index': {
      const { index, used } = plan
      const scan = docOf(
        ['stage', 'IXSCAN'],
        ['keyPattern', index.spec.key],
        ['indexName', index.spec.name],
        ['isMultiKey', index.multikey !== 0],
        ['isUnique', index.spec.unique],
        ['isSparse', index.spec.sparse],
        ['isPartial', index.spec.partial !== undefined],
        ['direction', plan.reverse ? 'backward' : 'forward'],
        [
          'indexBounds',
          boundsShown(
            plan.index.spec.fields.map(({ path }) => path),
            used,
          ),
        ],
        ['ranges', plan.ranges.length],
      )
      const input = plan.merged ? docOf(['stage', 'SORT_MERGE'], ['inputStage', scan]) : scan
      return docOf(['stage', 'FETCH'], ['inputStage', input])
    }
  }
}

function boundsShown(paths: string[], used: Interval[][]): Doc {
  return new Map(paths.map((path, place): [string, Value] => [path, (used[place] ?? []).map(intervalShown)]))
}

function intervalShown({ low, lowOpen, high, highOpen }: Interval): string {
  return `${lowOpen ? '(' : '['}${low.toString('hex')}, ${high.toString('hex')}${highOpen ? ')' : ']'}`
}
