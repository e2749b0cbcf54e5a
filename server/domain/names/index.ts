import type { ArticleName, ArticleText } from '../comment-rules/types.ts'
import { type Word, words } from '../persian-text/index.ts'
import { telling } from '../topic/common.ts'
import { findNames } from './find.ts'

export { findNames } from './find.ts'

/** The names of an article, ready for finding them in comments; `keys` leads from a spelling without any space to an index of `names`. */
export interface NameProfile {
  names: readonly ArticleName[]
  keys: ReadonlyMap<string, number>
}

/** A name of the article in a text: words [from, to) speak of `names[name]`. */
export interface NamePlace {
  from: number
  to: number
  name: number
}

const LONGEST = 5

const joinedOf = (text: string): string[] => words(text).map(({ joined }) => joined)

function spellings({ name, kind, forms }: ArticleName): string[] {
  const whole = joinedOf(name)
  const family = kind === 'person' && whole.length > 1 ? [whole.at(-1)!] : []
  const others = (forms ?? []).map((form) => joinedOf(form))
  return [whole, family, ...others]
    .filter((parts) => parts.length > 1 || (parts[0] !== undefined && telling(parts[0], parts[0]) > 0.3))
    .map((parts) => parts.join(''))
}

/** The names that the reporter settled, or else those found in the text, prepared once for all comments. */
export function prepareNames(article: ArticleText): NameProfile {
  const names = article.names ?? findNames(article)
  const keys = new Map<string, number>()
  for (const [at, name] of names.entries())
    for (const spelling of spellings(name)) if (!keys.has(spelling)) keys.set(spelling, at)
  return { names, keys }
}

/** Where a text speaks of the article's names, the longest spelling first, spaces and half-spaces aside. */
export function placesOf(text: readonly Word[], { keys }: NameProfile): NamePlace[] {
  const found: NamePlace[] = []
  if (keys.size === 0) return found
  for (let from = 0; from < text.length; from++) {
    let spelling = ''
    let best: NamePlace | undefined
    for (let to = from + 1; to <= Math.min(text.length, from + LONGEST); to++) {
      spelling += text[to - 1]!.joined
      const name = keys.get(spelling)
      if (name !== undefined) best = { from, to, name }
    }
    if (!best) continue
    found.push(best)
    from = best.to - 1
  }
  return found
}
