import type { NameProfile } from '../../names/index.ts'
import { sentences, words } from '../../persian-text/index.ts'
import type { ArticleText } from '../types.ts'
import { accusationsIn } from './judge.ts'
import { type Family, familyNamed } from './labels.ts'
import type { Reported } from './setting.ts'
import { subjectsOf } from './subjects.ts'
import { FICTION } from './targets.ts'
import { type Token, tokensOf } from './tokens.ts'

export { type Accusation, accusationsIn } from './judge.ts'
export type { Family } from './labels.ts'
export { FAMILIES } from './labels.ts'
export type { Reported, Setting } from './setting.ts'
export { type Token, tokensOf } from './tokens.ts'

const CONVICTED = /محکوم|متهم|اتهام|بازداشت|دستگیر|محاکمه|به جرم|کیفرخواست|اعتراف/

const speaks = (sentence: string): boolean => /گفت|افزود/.test(sentence.replace(/به گفتهٔ?/, ''))

const namesIn = (tokens: readonly Token[], names: NameProfile): ReadonlySet<number> =>
  new Set(subjectsOf(tokens, names).flatMap(({ name }) => name ?? []))

/** What an article itself reports of wrongdoing, so that a comment that repeats it attributes nothing unduly. */
export function prepareReported(article: ArticleText, names: NameProfile): Reported {
  const byName = new Map<number, Set<Family>>()
  const anybody = new Set<Family>()
  const accused = new Set<number>()
  const ofSomebody = new Set<Family>()
  const note = (name: number, family: Family) => {
    ofSomebody.add(family)
    const known = byName.get(name)
    if (known) known.add(family)
    else byName.set(name, new Set([family]))
  }
  const text = [article.kicker, article.title, article.lead, article.body, ...(article.tags ?? [])]
    .filter(Boolean)
    .join('\n')
  for (const { text: sentence } of sentences(text)) {
    const tokens = tokensOf(sentence, words(sentence))
    if (tokens.some(({ joined }) => FICTION.has(joined) && joined !== 'بازی')) continue
    const spoken = namesIn(tokens, names)
    if (spoken.size === 1 && CONVICTED.test(sentence) && !speaks(sentence))
      for (const name of spoken) if (names.names[name]?.kind === 'person') accused.add(name)
    const mentioned = new Set(tokens.flatMap(({ joined }) => familyNamed(joined) ?? []))
    for (const family of mentioned) anybody.add(family)
    if (mentioned.size === 0) continue
    const setting = { names, reported: undefined, answers: false }
    for (const { family, name } of accusationsIn(tokens, setting)) if (name !== undefined) note(name, family)
    if (!CONVICTED.test(sentence) || speaks(sentence)) continue
    for (const name of namesIn(tokens, names)) for (const family of mentioned) note(name, family)
  }
  for (const name of accused) byName.set(name, new Set([...(byName.get(name) ?? []), ...anybody]))
  return { byName, ofSomebody, anybody }
}
