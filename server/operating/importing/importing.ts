import { importArticle } from '../../../models/articles.ts'
import { allCommentsOf, createComment } from '../../../models/comments.ts'
import { sectionByName } from '../../../models/sections.ts'
import type { PublicArticle } from '../../domain/article.ts'
import { plainText } from '../../domain/article-text.ts'
import type { CommentState } from '../../domain/comment.ts'
import { inspect, prepareArticle } from '../../domain/comment-rules/index.ts'
import { findNames } from '../../domain/names/index.ts'
import { slugOf } from '../../domain/news-code.ts'
import { cleanInput } from '../../domain/persian-text/index.ts'
import { refusalRule } from '../../domain/refusal-rules.ts'
import { safeBody } from '../../domain/safe-html/index.ts'
import type { ArticleRecord, CommentRecord } from './record.ts'
import { fieldsOfRecord } from './record.ts'

/** What became of one record. */
export type RecordOutcome = { outcome: 'imported' | 'updated' | 'unchanged'; article: PublicArticle; comments: number }

function textOf(article: PublicArticle) {
  const { kicker, title, lead, body, tags, names } = article
  return { kicker, title, lead, body: plainText(body), tags, names }
}

async function importComments(article: PublicArticle, records: CommentRecord[]): Promise<number> {
  const existing = await allCommentsOf(article.code)
  const seen = new Map(existing.map((comment) => [`${comment.createdAt.getTime()} ${comment.body}`, comment]))
  const prepared = prepareArticle(textOf(article))
  let added = 0
  const bring = async (
    record: CommentRecord,
    parent: { id: string; depth: number; body: string } | null,
  ): Promise<void> => {
    const body = cleanInput(record.body)
    const createdAt = new Date(record.createdAt)
    const masks = record.masks ?? []
    if (masks.some(([start, end]) => start >= end || end > body.length))
      throw new Error('a mask lies outside its comment')
    let stored = seen.get(`${createdAt.getTime()} ${body}`)
    if (!stored) {
      const name = cleanInput(record.name ?? '')
      const state: CommentState = record.state
      stored = await createComment({
        articleCode: article.code,
        parent: parent ? { id: parent.id, depth: parent.depth } : null,
        name,
        email: '',
        body,
        createdAt,
        state,
        inspection: inspect({ text: body, name, ...(parent ? { parent: parent.body } : {}) }, { article: prepared }),
        rule: state === 'refused' ? refusalRule(record.rule ?? '') : null,
        agree: record.agree ?? 0,
        disagree: record.disagree ?? 0,
        masks,
        pick: record.pick ?? false,
        staff: record.staff === undefined ? null : { id: '', name: record.staff },
        fingerprint: '',
        subnet: '',
      })
      added += 1
    }
    for (const reply of record.replies ?? []) await bring(reply, { id: stored.id, depth: stored.depth, body })
  }
  for (const record of records) await bring(record, null)
  return added
}

/** Brings one record into the newsroom: the same record again changes nothing. */
export async function importRecord(record: ArticleRecord, now: Date): Promise<RecordOutcome> {
  const fields = fieldsOfRecord(record)
  const safe = safeBody(fields.body)
  if (!safe.ok) throw new Error(`the body is ${safe.reason.replaceAll('-', ' ')}`)
  fields.body = safe.html
  if (fields.section !== '') {
    const { sectionSlug: slug, sectionOrder: order } = record
    fields.section = (await sectionByName(fields.section, { slug, order })).slug
  }
  if (record.names === undefined) fields.names = findNames({ ...fields, body: plainText(fields.body) })
  const { outcome, article } = await importArticle(fields, {
    ...(record.code === undefined ? {} : { code: record.code }),
    slug: slugOf(fields.title),
    publishedAt: new Date(record.publishedAt),
    ...(record.withdrawnAt === undefined ? {} : { withdrawnAt: new Date(record.withdrawnAt) }),
    ...(record.correctedAt === undefined
      ? {}
      : { correction: { at: new Date(record.correctedAt), note: record.correctionNote } }),
    ...(record.commentMode === undefined ? {} : { commentMode: record.commentMode }),
    ...(record.reads === undefined ? {} : { pastReads: record.reads }),
    ...(record.author === undefined ? {} : { author: { id: '', name: record.author } }),
    now,
  })
  const comments = await importComments(article, record.comments)
  return { outcome, article, comments }
}
