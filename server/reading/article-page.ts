import { leadAsRead, type PublicArticle, signedBy } from '../domain/article.ts'
import { articlePath } from '../domain/news-code.ts'
import { picturePath, SHARED_FILE } from '../domain/picture.ts'
import { shortPath } from '../domain/short-link.ts'
import type { ReadableArticle } from './article.service.ts'

/** A published comment as structured data needs it. */
export interface KnownComment {
  id: string
  name: string
  body: string
  createdAt: Date
}

/** schema.org `NewsArticle` that says what the page shows, and no more. */
export function newsArticleData(
  { article, sectionName, words }: Pick<ReadableArticle, 'article' | 'sectionName' | 'words'>,
  site: { name: string; url: string },
  comments: { count: number; shown: KnownComment[] },
): Record<string, unknown> {
  const address = `${site.url}${articlePath(article)}`
  const signed = signedBy(article)
  const publisher = { '@type': 'NewsMediaOrganization', name: site.name, url: `${site.url}/` }
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': address,
    url: address,
    mainEntityOfPage: address,
    inLanguage: 'fa-IR',
    identifier: String(article.code),
    headline: article.title,
    ...(article.kicker === '' ? {} : { alternativeHeadline: article.kicker }),
    description: leadAsRead(article),
    articleBody: words,
    ...(sectionName === '' ? {} : { articleSection: sectionName }),
    keywords: article.tags,
    datePublished: article.publishedAt.toISOString(),
    dateModified: (article.correctedAt ?? article.publishedAt).toISOString(),
    ...(article.picture ? { image: [`${site.url}${picturePath(article.picture.id, SHARED_FILE)}`] } : {}),
    ...(article.dateline === '' ? {} : { dateline: article.dateline }),
    author: signed === '' ? publisher : { '@type': 'Person', name: signed },
    publisher,
    isAccessibleForFree: true,
    commentCount: comments.count,
    comment: comments.shown.map(({ id, name, body, createdAt }) => ({
      '@type': 'Comment',
      '@id': `${address}#comment-${id}`,
      text: body,
      dateCreated: createdAt.toISOString(),
      author: { '@type': 'Person', name },
    })),
  }
}

/** Links that share an article elsewhere, all by its short link. */
export function shareLinks(article: PublicArticle, siteUrl: string): { name: string; address: string }[] {
  const link = encodeURIComponent(`${siteUrl}${shortPath(article.code)}`)
  const title = encodeURIComponent(article.title)
  return [
    { name: 'تلگرام', address: `https://t.me/share/url?url=${link}&text=${title}` },
    { name: 'بله', address: `https://ble.ir/share/url?url=${link}&text=${title}` },
    { name: 'واتساپ', address: `https://wa.me/?text=${title}%20${link}` },
    { name: 'ایکس', address: `https://x.com/intent/post?url=${link}&text=${title}` },
    { name: 'رایانامه', address: `mailto:?subject=${title}&body=${link}` },
  ]
}
