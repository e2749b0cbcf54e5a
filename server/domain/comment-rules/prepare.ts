import type { Language } from '../language/index.ts'
import { detectLanguage } from '../language/index.ts'
import { prepareNames } from '../names/index.ts'
import { foldWithMap, words } from '../persian-text/index.ts'
import { prepareTopic } from '../topic/index.ts'
import { prepareReported } from './accusation/index.ts'
import type { PreparedArticle, PreparedComment, PreparedText } from './rule.ts'
import type { ArticleText, CommentText } from './types.ts'

/** Reads a text once for all rules. */
export function prepareText(text: string): PreparedText {
  const folded = foldWithMap(text)
  return { text, ...folded, words: words(text, folded) }
}

/** A comment of texts that are read already. */
export function asComment(
  text: PreparedText,
  beside: { name?: PreparedText; parent?: PreparedText } = {},
): PreparedComment {
  let language: Language | undefined
  return {
    text,
    ...beside,
    get language() {
      language ??= detectLanguage(text.text)
      return language
    },
  }
}

/** Reads a comment once for all rules. */
export function prepareComment({ text, name, parent }: CommentText): PreparedComment {
  return asComment(prepareText(text), {
    ...(name ? { name: prepareText(name) } : {}),
    ...(parent ? { parent: prepareText(parent) } : {}),
  })
}

/** Reads an article once for all its comments. */
export function prepareArticle(article: ArticleText): PreparedArticle {
  const names = prepareNames(article)
  return { article, names, topic: prepareTopic(article), reported: prepareReported(article, names) }
}
