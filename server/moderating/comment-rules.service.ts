import { findByCode } from '../../models/articles.ts'
import { keptPolicy, savePolicy } from '../../models/comment-policy.ts'
import { countReadersComments, latestComments } from '../../models/moderation.ts'
import { allSections } from '../../models/sections.ts'
import { compilePolicy, forgetPolicy } from '../commenting/comment-policy.service.ts'
import { inspectUnder } from '../commenting/inspecting.service.ts'
import type { PublicArticle } from '../domain/article.ts'
import type { CommentState } from '../domain/comment.ts'
import type { ChangedPolicy, CommentPolicy, PolicyChange } from '../domain/comment-policy.ts'
import { applyChange } from '../domain/comment-policy.ts'
import type { Verdict } from '../domain/comment-rules/types.ts'
import { differenceBetween } from '../domain/comment-rules/word-list.ts'
import type { StaffMember } from '../domain/staff.ts'
import { NewsroomError } from '../errors.ts'

/** How many of the latest comments a trial covers: of words, where most texts need no judging, and of scores. */
const WORDS_OVER = 20_000
const SCORES_OVER = 2_000
const AT_A_TIME = 20

/** One comment that a change would judge otherwise. */
export interface ChangedVerdict {
  id: string
  body: string
  state: CommentState
  before: Verdict
  after: Verdict
}

/** What a change would do to the latest comments, before it is saved: how many were looked at of how many, back to which moment, and how many could not be judged because their article is gone. */
export interface DryRun {
  sentence: string
  looked: number
  all: number
  since: Date | null
  withoutArticle: number
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

/** Asks for each article once, in full: the rules judge by its whole text. */
function wholeArticles(): (code: number) => Promise<PublicArticle | null> {
  const known = new Map<number, PublicArticle | null>()
  return async (code) => {
    let article = known.get(code)
    if (article === undefined) {
      article = await findByCode(code)
      known.set(code, article)
    }
    return article
  }
}

/** Runs a change over the latest comments without saving it; what was taught and whether a text repeats another are left out. */
export async function tryChange(change: PolicyChange): Promise<DryRun> {
  const kept = await keptPolicy()
  const { policy, sentence } = await wanted(kept.policy, change)
  const run: DryRun = { sentence, looked: 0, all: 0, since: null, withoutArticle: 0, changes: [] }
  if (change.kind === 'mode') return run
  const [was, will] = [compilePolicy(kept), compilePolicy({ revision: kept.revision, policy })]
  const ofWords = change.kind !== 'scores'
  const concerned = ofWords ? differenceBetween(kept.policy.words, policy.words) : () => true
  const articleOf = wholeArticles()
  run.all = await countReadersComments()
  for await (const comment of latestComments(ofWords ? WORDS_OVER : SCORES_OVER)) {
    const { id, body, name, state, createdAt } = comment
    run.looked += 1
    if (run.since === null || createdAt < run.since) run.since = createdAt
    if (run.looked % AT_A_TIME === 0) await new Promise((resolve) => setImmediate(resolve))
    if (!concerned(body) && !concerned(name)) continue
    const article = await articleOf(comment.articleCode)
    if (!article) run.withoutArticle += 1
    else {
      const [before, after] = [was, will].map((rules) => inspectUnder(rules, { text: body, name }, article).verdict)
      if (before !== after) run.changes.push({ id, body, state, before: before!, after: after! })
    }
  }
  return run
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
    throw new NewsroomError(
      'conflict',
      'changed',
      'همکار دیگری در این میان قاعده‌ها را تغییر داده است. آنچه می‌بینید تازه است؛ اگر هنوز لازم است، دوباره ذخیره کنید.',
    )
  }
  forgetPolicy()
  return sentence
}
