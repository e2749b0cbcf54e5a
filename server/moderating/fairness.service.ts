import { findComment } from '../../models/comments.ts'
import { decisionsByFinding, decisionTimes, refusalsByRule } from '../../models/moderation.ts'
import type { Judgement } from '../../models/second-looks.ts'
import { keepSecondLook, nextSecondLook, secondLooksSince } from '../../models/second-looks.ts'
import { cohensKappa, quantile } from '../domain/agreement.ts'
import type { Comment } from '../domain/comment.ts'
import { isRuleCode, REFUSAL_RULES } from '../domain/refusal-rules.ts'
import type { StaffMember } from '../domain/staff.ts'
import { NewsroomError, notFound } from '../errors.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const SAMPLE_DAYS = 14
const REPORT_DAYS = 30
const TIMES = 5_000

/** How moderators agree and how the rules fared in the last thirty days; times are in milliseconds, shares from 0 to 1, null without cases. */
export interface FairnessReport {
  looks: number
  kappa: number | null
  perRule: { code: string; label: string; looks: number; kappa: number | null; refusals: number }[]
  findings: { code: string; label: string; decided: number; overruledShare: number }[]
  time: { median: number | null; slow: number | null; decided: number }
}

/** The next comment for a blind second look by this member, or null. */
export async function openSecondLook(member: StaffMember, now: Date): Promise<Comment | null> {
  return await nextSecondLook(member.id, new Date(now.getTime() - SAMPLE_DAYS * DAY_MS))
}

function judgementOf(decision: string, rule: string): Judgement {
  if (decision === 'approve') return 'published'
  if (decision === 'refuse' && isRuleCode(rule)) return `refused:${rule}`
  throw new NewsroomError('invalid', 'rule', 'برای رد نظر، یکی از قاعده‌ها را انتخاب کنید.')
}

/** Keeps a blind second look; it changes nothing about the comment itself. False when a colleague was first. */
export async function judgeAgain(
  id: string,
  decision: string,
  rule: string,
  member: StaffMember,
  now: Date,
): Promise<boolean> {
  const second = judgementOf(decision, rule)
  const comment = await findComment(id)
  if (!comment?.decidedBy || (comment.state !== 'published' && comment.state !== 'refused')) {
    throw notFound('second-look', 'این نظر دیگر برای نگاه دوم در دست نیست.')
  }
  if (comment.decidedBy.id === member.id)
    throw new NewsroomError('forbidden', 'own-decision', 'نگاه دوم با همکار دیگری است.')
  const first: Judgement = comment.state === 'published' ? 'published' : `refused:${comment.rule?.code ?? ''}`
  return await keepSecondLook({
    commentId: id,
    first,
    firstBy: comment.decidedBy,
    second,
    secondBy: { id: member.id, name: member.name },
    at: now,
  })
}

/** The report on fairness, asked of the store. */
export async function fairnessReport(now: Date): Promise<FairnessReport> {
  const since = new Date(now.getTime() - REPORT_DAYS * DAY_MS)
  const [looks, byFinding, refusals, times] = await Promise.all([
    secondLooksSince(since),
    decisionsByFinding(since),
    refusalsByRule(since),
    decisionTimes(since, TIMES),
  ])
  const labelOf = (code: string) => (isRuleCode(code) ? REFUSAL_RULES[code].label : code)
  const under = (judgement: Judgement, code: string) => (judgement === `refused:${code}` ? 'refused' : 'other')
  return {
    looks: looks.length,
    kappa: cohensKappa(looks.map(({ first, second }) => [first, second] as const)),
    perRule: Object.keys(REFUSAL_RULES).map((code) => {
      const meeting = looks.filter(({ first, second }) => first === `refused:${code}` || second === `refused:${code}`)
      return {
        code,
        label: labelOf(code),
        looks: meeting.length,
        kappa:
          meeting.length === 0
            ? null
            : cohensKappa(looks.map(({ first, second }) => [under(first, code), under(second, code)] as const)),
        refusals: refusals.find(({ rule }) => rule === code)?.count ?? 0,
      }
    }),
    findings: byFinding.map(({ rule, published, refused }) => ({
      code: rule,
      label: labelOf(rule),
      decided: published + refused,
      overruledShare: published / (published + refused),
    })),
    time: { median: quantile(times, 0.5), slow: quantile(times, 0.9), decided: times.length },
  }
}
