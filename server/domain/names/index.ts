import type { ArticleName, ArticleText } from '../comment-rules/types.ts'
import { stem, type Word, words } from '../persian-text/index.ts'
import { telling } from '../topic/common.ts'
import { isEveryday } from '../topic/field-index.ts'
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

/** What a body is called for short: «شرکت سازه‌گستر پایا» is «سازه‌گستر پایا» or «سازه‌گستر», if these are no everyday words. */
function shortForms(whole: readonly string[]): string[][] {
  const strange = (word: string) =>
    word.length > 3 && !isEveryday(word, stem(word)) && telling(word, stem(word)) > 0.6 && !/ی$/.test(word)
  const at = whole.findIndex((word, place) => place > 0 && strange(word))
  if (at < 0) return []
  return at < whole.length - 1 ? [whole.slice(at), [whole[at]!]] : [whole.slice(at)]
}

function spellings({ name, kind, forms }: ArticleName): string[] {
  const whole = joinedOf(name)
  const family = kind === 'person' && whole.length > 1 ? [whole.at(-1)!] : []
  const others = (forms ?? []).map((form) => joinedOf(form))
  const short = kind === 'body' ? shortForms(whole) : []
  return [whole, family, ...short, ...others]
    .filter((parts) => parts.length > 1 || (parts[0] !== undefined && telling(parts[0], parts[0]) > 0.3))
    .map((parts) => parts.join(''))
}

/** Tags of words that the thesaurus does not know: clubs, places and works that the article is about. */
function namesInTags(tags: readonly string[]): ArticleName[] {
  return tags
    .filter((tag) => {
      const parts = words(tag)
      const strange = ({ joined, text }: Word) => !isEveryday(joined, stem(text)) && telling(joined, stem(text)) > 0.6
      return parts.length > 0 && parts.length < 4 && parts.every(strange)
    })
    .map((name) => ({ name, kind: 'body' }))
}

/** The names that the reporter settled, or else those found in the text and the tags, prepared once for all comments. */
export function prepareNames(article: ArticleText): NameProfile {
  const found = article.names ?? findNames(article)
  const known = new Set(found.map(({ name }) => joinedOf(name).join('')))
  const tagged = article.names ? [] : namesInTags(article.tags ?? [])
  const names = [...found, ...tagged.filter(({ name }) => !known.has(joinedOf(name).join('')))]
  const keys = new Map<string, number>()
  for (const [at, name] of names.entries())
    for (const spelling of spellings(name)) if (!keys.has(spelling)) keys.set(spelling, at)
  return { names, keys }
}

/** A name with a spoken ending grown on: «نیکخواهه», «توفانو». */
const spokenName = (word: string, keys: ReadonlyMap<string, number>): number | undefined =>
  word.length > 5 && /[هون]$/.test(word) ? keys.get(word.slice(0, -1)) : undefined

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
    const name = best ? undefined : spokenName(text[from]!.joined, keys)
    if (name !== undefined) best = { from, to: from + 1, name }
    if (!best) continue
    found.push(best)
    from = best.to - 1
  }
  return found
}
