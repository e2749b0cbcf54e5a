import type { Request, Response } from 'express'
import { Router } from 'express'
import { keptPolicy, policyHistory } from '../../models/comment-policy.ts'
import { allSections } from '../../models/sections.ts'
import { COMMENT_MODE_LABELS } from '../domain/article.ts'
import { STRENGTH_LABELS, scoresShown } from '../domain/comment-policy.ts'
import { RULES } from '../domain/comment-rules/index.ts'
import { fold, toPersianDigits } from '../domain/persian-text/index.ts'
import type { House } from '../house.ts'
import { typed } from '../http/form.ts'
import { renderPage } from '../http/views.ts'
import { allowedTo, signedIn } from '../signing-in/guards.ts'
import { readChange, revisionSeen } from './comment-rules.form.ts'
import type { DryRun } from './comment-rules.service.ts'
import { saveChange, tryChange } from './comment-rules.service.ts'

const SHOWN_CHANGES = 50
const VERDICTS = { clean: 'بی‌اشکال', hold: 'برای بررسی', refuse: 'رد' } as const
const OWN_THRESHOLDS = new Map(RULES.map(({ code, threshold }) => [code, threshold]))

function percentOf(score: number | null | undefined): string {
  return score === null || score === undefined ? '' : toPersianDigits(Math.round(score * 100))
}

interface Shown {
  status?: number
  fault?: string
  run?: DryRun
  resend?: { name: string; value: string }[]
}

function runView({ sentence, looked, changes }: DryRun) {
  return {
    sentence,
    looked,
    count: changes.length,
    more: Math.max(0, changes.length - SHOWN_CHANGES),
    changes: changes.slice(0, SHOWN_CHANGES).map(({ id, body, before, after }) => ({
      id,
      line: body.replace(/\s+/g, ' ').slice(0, 160),
      before: VERDICTS[before],
      after: VERDICTS[after],
    })),
  }
}

async function rulesPage(req: Request, res: Response, shown: Shown): Promise<void> {
  const [{ revision, policy }, history, sections] = await Promise.all([keptPolicy(), policyHistory(), allSections()])
  const { q, section: asked, done } = typed(['q', 'section', 'done'], req.query)
  const section = sections.some(({ slug }) => slug === asked) ? asked : ''
  res.status(shown.status ?? 200)
  renderPage(res, 'moderating/rules', {
    layout: 'desk',
    title: 'قاعده‌های نظرات',
    room: 'moderation',
    revision,
    fault: shown.fault ?? '',
    done: done === '1' ? (history[0]?.what ?? '') : '',
    run: shown.run ? runView(shown.run) : null,
    resend: shown.resend ?? [],
    q,
    words: policy.words
      .filter(({ word }) => fold(word).includes(fold(q.trim())))
      .map((entry) => ({
        ...entry,
        strengthLabel: STRENGTH_LABELS[entry.strength],
        exceptionsLine: entry.exceptions.join('، '),
      })),
    listed: policy.words.length,
    strengths: Object.entries(STRENGTH_LABELS).map(([value, label]) => ({ value, label })),
    section,
    chips: [{ slug: '', name: 'همهٔ سایت' }, ...sections].map(({ slug, name }) => ({
      name,
      href: `/desk/moderation/rules${slug === '' ? '' : `?section=${encodeURIComponent(slug)}`}`,
      current: slug === section,
    })),
    scores: scoresShown(policy, section).map(({ code, label, threshold, refuse }) => ({
      code,
      label,
      threshold: percentOf(threshold),
      own: percentOf((section === '' ? undefined : policy.thresholds[code]) ?? OWN_THRESHOLDS.get(code)),
      refuse: percentOf(refuse),
    })),
    modes: Object.entries(COMMENT_MODE_LABELS).map(([value, label]) => ({
      value,
      label,
      chosen: value === policy.mode,
    })),
    history,
  })
}

/** Every plain field of a form but its token, to be sent once more. */
function fieldsAgain(body: unknown): { name: string; value: string }[] {
  return Object.entries(typeof body === 'object' && body !== null ? body : {}).flatMap(([name, value]) =>
    typeof value === 'string' && name !== 'formToken' ? [{ name, value }] : [],
  )
}

/** The chief's page of words, scores and modes: each change is shown on the latest comments before it is saved. */
export function commentRulesRoutes(house: House): Router {
  const router = Router()
  router.use(allowedTo('set-comment-rules'))
  router.get('/', (req, res) => rulesPage(req, res, {}))
  router.post('/try', async (req, res) => {
    const read = readChange(req.body)
    if (!read.ok) return rulesPage(req, res, { status: 422, fault: read.fault })
    await rulesPage(req, res, { run: await tryChange(read.change), resend: fieldsAgain(req.body) })
  })
  router.post('/save', async (req, res) => {
    const read = readChange(req.body)
    if (!read.ok) return rulesPage(req, res, { status: 422, fault: read.fault })
    const { member } = signedIn(res)
    await saveChange(read.change, revisionSeen(req.body), member, house.now())
    house.log.info({ by: member.id, change: read.change.kind }, 'comment policy changed')
    res.redirect(303, '/desk/moderation/rules?done=1')
  })
  return router
}
