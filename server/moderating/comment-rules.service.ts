import { findByCodes } from '../../models/articles.ts'
import { keptPolicy, savePolicy } from '../../models/comment-policy.ts'
import { latestComments } from '../../models/moderation.ts'
import { allSections } from '../../models/sections.ts'
import { compilePolicy, forgetPolicy } from '../commenting/comment-policy.service.ts'
import { inspectUnder } from '../commenting/inspecting.service.ts'
import type { ChangedPolicy, CommentPolicy, PolicyChange } from '../domain/comment-policy.ts'
import { applyChange } from '../domain/comment-policy.ts'
import type { Verdict } from '../domain/comment-rules/types.ts'
import type { StaffMember } from '../domain/staff.ts'
import { NewsroomError } from '../errors.ts'

const RUN_OVER = 2_000
const AT_A_TIME = 20

/** One comment that a change would judge otherwise. */
export interface ChangedVerdict {
  id: string
  body: string
  before: Verdict
  after: Verdict
}

/** What a change would do to the latest comments, before it is saved. */
export interface DryRun {
  sentence: string
  looked: number
  changes: ChangedVerdict[]
}

async function wanted(policy: CommentPolicy, change: PolicyChange): Promise<Extract<ChangedPolicy, { ok: true }>> {
  if (change.kind === 'scores' && change.section !== '') {
    const known = (await allSections()).some(({ slug }) => slug === change.section)
    if (!known) throw new NewsroomError('invalid', 'section', 'این سرویس در فهرست سرویس‌ها نیست.')
  }
  const changed = applyChange(policy, change)
  if (!changed.ok) throw new NewsroomError('invalid', 'policy', changed.fault)
  return changed
}

/** Runs a change over the latest 2,000 comments without saving it; comments whose article is gone are left out, and so is whether a text repeats another. */
export async function tryChange(change: PolicyChange): Promise<DryRun> {
  const kept = await keptPolicy()
  const { policy, sentence } = await wanted(kept.policy, change)
  const [was, will] = [compilePolicy(kept), compilePolicy({ revision: kept.revision, policy })]
  const comments = change.kind === 'mode' ? [] : await latestComments(RUN_OVER)
  const articles = await findByCodes([...new Set(comments.map(({ articleCode }) => articleCode))])
  const articleOf = new Map(articles.map((article) => [article.code, article]))
  const changes: ChangedVerdict[] = []
  let looked = 0
  for (const { id, body, name, articleCode } of comments) {
    const article = articleOf.get(articleCode)
    if (!article) continue
    looked += 1
    if (looked % AT_A_TIME === 0) await new Promise((resolve) => setImmediate(resolve))
    const [before, after] = [was, will].map((rules) => inspectUnder(rules, { text: body, name }, article).verdict)
    if (before !== after) changes.push({ id, body, before: before!, after: after! })
  }
  return { sentence, looked, changes }
}

/** Saves a change on the revision that was seen; a colleague's change meanwhile is never overwritten. */
export async function saveChange(
  change: PolicyChange,
  revision: number,
  member: StaffMember,
  now: Date,
): Promise<string> {
  const kept = await keptPolicy()
  const { policy, sentence } = await wanted(kept.policy, change)
  const step = { at: now, by: { id: member.id, name: member.name }, what: sentence }
  if (kept.revision !== revision || !(await savePolicy(revision, policy, step))) {
    throw new NewsroomError('conflict', 'changed', 'همکار دیگری قاعده‌ها را تغییر داده است. صفحه را دوباره باز کنید.')
  }
  forgetPolicy()
  return sentence
}
