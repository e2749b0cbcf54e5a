import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { everyPublic } from '../../../models/articles.ts'
import { allCommentsOf } from '../../../models/comments.ts'
import { allSections, type Section } from '../../../models/sections.ts'
import type { PublicArticle } from '../../domain/article.ts'
import type { Comment } from '../../domain/comment.ts'
import { publicState } from '../../domain/comment.ts'
import type { Command } from '../command.ts'
import { UsageError } from '../command.ts'
import type { CommentRecord } from '../importing/record.ts'
import { withNewsroom } from '../open-newsroom.ts'

function treeOf(comments: readonly Comment[], parentId: string | null): CommentRecord[] {
  return comments
    .filter((comment) => comment.parentId === parentId)
    .map((comment) => {
      const replies = treeOf(comments, comment.id)
      return {
        ...(comment.name === '' ? {} : { name: comment.name }),
        body: comment.body,
        createdAt: comment.createdAt.toISOString(),
        state: publicState(comment.state),
        ...(comment.rule ? { rule: comment.rule.code } : {}),
        ...(comment.agree === 0 ? {} : { agree: comment.agree }),
        ...(comment.disagree === 0 ? {} : { disagree: comment.disagree }),
        ...(comment.masks.length === 0
          ? {}
          : { masks: comment.masks.map(([start, end]): [number, number] => [start, end]) }),
        ...(comment.pick ? { pick: true } : {}),
        ...(comment.staff ? { staff: comment.staff.name } : {}),
        ...(replies.length === 0 ? {} : { replies }),
      }
    })
}

function sectionOf(slug: string, known: Section | undefined) {
  return known ? { section: known.name, sectionSlug: slug, sectionOrder: known.order } : { section: slug }
}

function recordOf(article: PublicArticle, section: Section | undefined, comments: CommentRecord[] | undefined) {
  const { code, kind, kicker, title, subtitle, lead, body, dateline, byline, source, tags, names, pictureText } =
    article
  return {
    code,
    kind,
    kicker,
    title,
    subtitle,
    lead,
    body,
    dateline,
    byline,
    source,
    ...sectionOf(article.section, section),
    tags,
    names,
    pictureText,
    publishedAt: article.publishedAt.toISOString(),
    ...(article.withdrawnAt ? { withdrawnAt: article.withdrawnAt.toISOString() } : {}),
    ...(article.correctedAt
      ? { correctedAt: article.correctedAt.toISOString(), correctionNote: article.correctionNote }
      : {}),
    ...(article.commentMode ? { commentMode: article.commentMode } : {}),
    ...(article.reads === 0 ? {} : { reads: article.reads }),
    ...(article.author ? { author: article.author.name } : {}),
    ...(comments ? { comments } : {}),
  }
}

/** Writes every article that is or was public as JSONL, with its comments when asked for. */
export const command: Command = {
  name: 'export',
  usage: 'export [--comments] > FILE.jsonl',
  summary: 'Writes every article as JSONL, with --comments its comments too; import reads it again.',
  async run({ args, stdout, env }) {
    let comments: boolean | undefined
    try {
      comments = parseArgs({ args, options: { comments: { type: 'boolean' } } }).values.comments
    } catch (error) {
      throw new UsageError((error as Error).message)
    }
    return await withNewsroom(env, async () => {
      const sections = new Map((await allSections()).map((section) => [section.slug, section]))
      for await (const article of everyPublic()) {
        const tree = comments ? treeOf(await allCommentsOf(article.code), null) : undefined
        const line = JSON.stringify(recordOf(article, sections.get(article.section), tree))
        if (!stdout.write(`${line}\n`)) await once(stdout, 'drain')
      }
      return 0
    })
  },
}
