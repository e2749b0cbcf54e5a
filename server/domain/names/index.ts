import type { ArticleName, ArticleText } from '../comment-rules/types.ts'

/** The names of an article, ready for looking them up in comments. */
export interface NameProfile {
  names: readonly ArticleName[]
}

/** The persons and bodies that an article speaks of, as found in its text. */
export function findNames(_article: ArticleText): ArticleName[] {
  return []
}

/** The names that the reporter settled, or else those found in the text, prepared once for all comments. */
export function prepareNames(article: ArticleText): NameProfile {
  return { names: article.names ?? findNames(article) }
}
