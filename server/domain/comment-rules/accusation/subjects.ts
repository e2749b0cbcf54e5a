import { type NameProfile, placesOf } from '../../names/index.ts'
import { telling } from '../../topic/common.ts'
import { labelOf } from './labels.ts'
import { ADDRESS, FIGURES, POINTERS } from './targets.ts'
import type { Token } from './tokens.ts'
import { verbOf } from './verbs.ts'

/** Somebody in a text who may be accused: words [from, to), the article's name it is (if one), how sure it is that somebody real is meant, and how it stands in its clause. */
export interface Subject {
  from: number
  to: number
  name: number | undefined
  kind: 'name' | 'figure' | 'pointer'
  certainty: number
  stands: 'free' | 'object' | 'oblique'
}

const OBJECT_MARKS = new Set(['را', 'رو'])
/** Prepositions that make what follows no agent. */
export const PREPOSITIONS: ReadonlySet<string> = new Set([
  'از',
  'به',
  'با',
  'برای',
  'واسه',
  'برا',
  'علیه',
  'ضد',
  'مثل',
  'بدون',
  'درباره',
  'جلوی',
  'ب',
  'کنار',
])
const THIS = new Set(['این', 'همین', 'اون', 'ان', 'همون', 'همان'])
const FIGURE_ENDINGS = /^(.{3,}?)(?:هایی|هایش|های|ها|مون|مان|ایی|ای|ی|ش|م|ه|و|ا)$/

function isFigure(joined: string): boolean {
  if (FIGURES.has(joined)) return true
  const rest = FIGURE_ENDINGS.exec(joined)?.[1]
  return rest !== undefined && FIGURES.has(rest)
}

function standing(tokens: readonly Token[], from: number, to: number): Subject['stands'] {
  const after = tokens[to]
  if (after && OBJECT_MARKS.has(after.joined)) return 'object'
  const near = tokens[from - 1]
  const before = near && THIS.has(near.joined) ? tokens[from - 2] : near
  return before && PREPOSITIONS.has(before.joined) ? 'oblique' : 'free'
}

/** The subjects of a text in order: the article's names, «آقای …», public figures and bodies by role, words that point to somebody. */
export function subjectsOf(tokens: readonly Token[], names: NameProfile | undefined): Subject[] {
  const pointing = names ? 0.75 : 0.5
  const places = names ? placesOf(tokens, names) : []
  const found: Subject[] = []
  const add = (from: number, to: number, kind: Subject['kind'], certainty: number, name?: number) =>
    found.push({ from, to, name, kind, certainty, stands: standing(tokens, from, to) })
  let place = 0
  for (let at = 0; at < tokens.length; at++) {
    while (places[place] && places[place]!.from < at) place++
    const named = places[place]
    if (named?.from === at) {
      const before = found.at(-1)
      if (before?.kind === 'figure' && before.to === at && names?.names[named.name]?.kind === 'body') {
        at = named.to - 1
        continue
      }
      add(at, named.to, 'name', 1, named.name)
      at = named.to - 1
      continue
    }
    const word = tokens[at]!.joined
    if (isFigure(word)) add(at, at + 1, 'figure', 0.95)
    else if (ADDRESS.has(word)) {
      const next = tokens[at + 1]
      if (THIS.has(tokens[at - 1]?.joined ?? '') && (!next || labelOf(next.joined) === undefined)) {
        add(at, at + 1, 'pointer', pointing)
        continue
      }
      if (
        !next ||
        next.clause !== tokens[at]!.clause ||
        isFigure(next.joined) ||
        places.some(({ from }) => from === at + 1)
      )
        continue
      const label = labelOf(next.joined) !== undefined
      if (!label && (verbOf(next.joined) || telling(next.joined, next.joined) <= 0.3)) continue
      add(at, label ? at + 1 : at + 2, label ? 'pointer' : 'figure', label ? 0.8 : 0.85)
      if (!label) at++
    } else if (POINTERS.has(word)) add(at, at + 1, 'pointer', pointing)
  }
  return found
}
