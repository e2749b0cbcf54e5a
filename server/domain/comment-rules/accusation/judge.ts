import type { NameProfile } from '../../names/index.ts'
import { deedSubject, doneByOthers, labelSubject } from './agents.ts'
import { unasserted } from './assertion.ts'
import { type Family, KIN } from './labels.ts'
import { type Predicate, predicatesOf } from './predicates.ts'
import { OFFICIAL } from './scan.ts'
import type { Reported, Setting } from './setting.ts'
import { type Subject, subjectsOf } from './subjects.ts'
import type { Token } from './tokens.ts'

/** One undue attribution: who (undefined when only pointed at) is said to have done what, how surely, and where. */
export interface Accusation {
  family: Family
  score: number
  predicate: Predicate
  subject: Subject | undefined
  name: number | undefined
}

const MOST = 12

function rolesOf(names: NameProfile | undefined, word: string): number | undefined {
  const at = names?.names.findIndex(({ role }) => role?.replaceAll('\u200c', '').split(/\s+/).includes(word)) ?? -1
  return at >= 0 ? at : undefined
}

function isReported(
  family: Family,
  name: number | undefined,
  pointing: boolean,
  reported: Reported | undefined,
): boolean {
  if (!reported) return false
  const known = pointing ? reported.anybody : name === undefined ? reported.ofSomebody : reported.byName.get(name)
  if (!known) return false
  for (const each of known) if (KIN[each].includes(family)) return true
  return false
}

const PURPOSE = new Set(['که', 'تا'])

/** After «پول … گرفت از» these are customers, banks or beginnings, and no bribe is told. */
const HARMLESS_GIVERS = new Set(
  'ما من مردم ملت شما بانک صندوق دولت خزانه بودجه بیمه مشتری مشتریها مسافر مسافرها بیمار اول اینجا انجا کجا قبل این همین هر راننده'.split(
    ' ',
  ),
)

/** Whether somebody beside the accused stands by a deed from whom it was taken. */
function hasGiver(
  tokens: readonly Token[],
  { from, to, giver }: Predicate,
  accused: Subject | undefined,
  subjects: readonly Subject[],
): boolean {
  if (giver === 'taken' && accused && accused.kind !== 'pointer' && accused.from < from) {
    if (PURPOSE.has(tokens[to]?.joined ?? '')) return true
    for (let at = Math.max(0, from - 5); at < to - 1; at++)
      if (tokens[at]!.joined === 'از' && !HARMLESS_GIVERS.has(tokens[at + 1]!.joined)) return true
  }
  return subjects.some((each) => {
    if (each === accused || each.kind === 'pointer' || each.from < from - 5 || each.from > to) return false
    if (accused && (each.from === accused.to || each.to === accused.from)) return false
    return giver === 'near' || tokens[each.from - 1]?.joined === 'از'
  })
}

/** The undue attributions in a text, the surest first. */
export function accusationsIn(tokens: readonly Token[], setting: Setting): Accusation[] {
  const predicates = predicatesOf(tokens)
  if (predicates.length === 0) return []
  const subjects = subjectsOf(tokens, setting.names)
  const found: Accusation[] = []
  for (const predicate of predicates.slice(0, MOST)) {
    if (unasserted(tokens, predicate)) continue
    const tied = predicate.label
      ? labelSubject(tokens, predicate, subjects, setting)
      : deedSubject(tokens, predicate, subjects, setting)
    if (!tied || doneByOthers(tokens, predicate, tied.subject)) continue
    if (predicate.giver && !hasGiver(tokens, predicate, tied.subject, subjects)) continue
    const { subject, certainty } = tied
    const name = subject ? (subject.name ?? rolesOf(setting.names, tokens[subject.from]!.joined)) : undefined
    const pointing = subject === undefined || subject.kind === 'pointer'
    const apart = name === undefined && subject !== undefined && OFFICIAL.has(tokens[subject.from]!.joined)
    if (!apart && isReported(predicate.family, name, pointing, setting.reported)) continue
    found.push({ family: predicate.family, score: predicate.weight * certainty, predicate, subject, name })
  }
  return found.sort((one, other) => other.score - one.score)
}
