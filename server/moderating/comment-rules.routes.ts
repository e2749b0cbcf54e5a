import type { Request, Response } from 'express'
import { Router } from 'express'
import { keptPolicy, policyHistory } from '../../models/comment-policy.ts'
import { allSections } from '../../models/sections.ts'
import { COMMENT_MODE_LABELS } from '../domain/article.ts'
import { COMMENT_STATE_LABELS } from '../domain/comment.ts'
import { scoresShown } from '../domain/comment-policy.ts'
import { RULES } from '../domain/comment-rules/index.ts'
import { toPersianDigits } from '../domain/persian-text/index.ts'
import { NewsroomError } from '../errors.ts'
import type { House } from '../house.ts'
import { typed } from '../http/form.ts'
import { renderPage } from '../http/views.ts'
import { allowedTo, signedIn } from '../signing-in/guards.ts'
import { readChange, revisionSeen, typedScores, typedWord, wordsQuery } from './comment-rules.form.ts'
import type { DryRun } from './comment-rules.service.ts'
import { saveChange, tryChange } from './comment-rules.service.ts'
import { searchQuery, wordsView } from './comment-words.view.ts'

const SHOWN_CHANGES = 50
const VERDICTS = { clean: 'بی‌اشکال', hold: 'برای بررسی', refuse: 'رد' } as const
const OWN_THRESHOLDS = new Map(RULES.map(({ code, threshold }) => [code, threshold]))

function percentOf(score: number | null | undefined): string {
  return score === null || score === undefined ? '' : toPersianDigits(Math.round(score * 100))
}

/** How many verdicts change from what to what, most first. */
function turnsOf(changes: DryRun['changes']) {
  const turns = new Map<string, { before: string; after: string; count: number }>()
  for (const { before, after } of changes) {
    const turn = turns.get(`${before} ${after}`) ?? { before: VERDICTS[before], after: VERDICTS[after], count: 0 }
    turn.count += 1
    turns.set(`${before} ${after}`, turn)
  }
  return [...turns.values()].sort((a, b) => b.count - a.count)
}

function runView({ sentence, looked, all, since, withoutArticle, changes }: DryRun) {
  return {
    sentence,
    looked,
    all,
    since,
    whole: looked >= all,
    withoutArticle,
    count: changes.length,
    turns: turnsOf(changes),
    more: Math.max(0, changes.length - SHOWN_CHANGES),
    changes: changes.slice(0, SHOWN_CHANGES).map(({ id, body, state, before, after }) => ({
      id,
      line: body.replace(/\s+/g, ' ').slice(0, 160),
      state: COMMENT_STATE_LABELS[state],
      before: VERDICTS[before],
      after: VERDICTS[after],
    })),
  }
}

interface Shown {
  status?: number
  fault?: string
  run?: DryRun
}

async function rulesPage(req: Request, res: Response, shown: Shown): Promise<void> {
  const [{ revision, policy }, history, sections] = await Promise.all([keptPolicy(), policyHistory(), allSections()])
  const again = req.method === 'POST' ? req.body : undefined
  const back = Object.fromEntries(new URLSearchParams(typed(['back'], again).back))
  const words = wordsView(policy, wordsQuery.parse(again ? back : req.query), typedWord(again))
  const scores = typedScores(again)
  const asked = scores?.section ?? typed(['section'], req.query).section
  const section = sections.some(({ slug }) => slug === asked) ? asked : ''
  const kept = shown.fault === undefined ? undefined : scores?.fields
  res.status(shown.status ?? 200)
  renderPage(res, 'moderating/rules', {
    layout: 'desk',
    title: 'قاعده‌های نظرات',
    room: 'moderation',
    revision,
    fault: shown.fault ?? '',
    done: req.query.done === '1' ? (history[0]?.what ?? '') : '',
    run: shown.run ? runView(shown.run) : null,
    resend: shown.run ? fieldsAgain(again, revision) : [],
    words,
    section,
    chips: [{ slug: '', name: 'همهٔ سایت' }, ...sections].map(({ slug, name }) => ({
      name,
      href: `/desk/moderation/rules${slug === '' ? '' : `?section=${encodeURIComponent(slug)}`}#scores-title`,
      current: slug === section,
    })),
    scores: scoresShown(policy, section).map(({ code, label, threshold, refuse }) => ({
      code,
      label,
      threshold: kept?.[`hold-${code}`] ?? percentOf(threshold),
      own: percentOf((section === '' ? undefined : policy.thresholds[code]) ?? OWN_THRESHOLDS.get(code)),
      refuse: kept?.[`refuse-${code}`] ?? percentOf(refuse),
    })),
    modes: Object.entries(COMMENT_MODE_LABELS).map(([value, label]) => ({
      value,
      label,
      chosen: value === policy.mode,
    })),
    history,
  })
}

/** Every plain field of a form but its token, to be sent once more on the revision that the trial saw. */
function fieldsAgain(body: unknown, revision: number): { name: string; value: string }[] {
  const fields = typeof body === 'object' && body !== null ? body : {}
  const kept = Object.entries({ ...fields, revision: String(revision) })
  return kept.flatMap(([name, value]) => (typeof value === 'string' && name !== 'formToken' ? [{ name, value }] : []))
}

async function tryAndShow(req: Request, res: Response): Promise<void> {
  const read = readChange(req.body)
  if (!read.ok) return await rulesPage(req, res, { status: 422, fault: read.fault })
  try {
    await rulesPage(req, res, { run: await tryChange(read.change) })
  } catch (error) {
    if (!(error instanceof NewsroomError) || error.kind !== 'invalid') throw error
    await rulesPage(req, res, { status: 422, fault: error.sentence })
  }
}

async function save(house: House, req: Request, res: Response): Promise<void> {
  const read = readChange(req.body)
  if (!read.ok) return await rulesPage(req, res, { status: 422, fault: read.fault })
  const { member } = signedIn(res)
  try {
    await saveChange(read.change, revisionSeen(req.body), member, house.now())
  } catch (error) {
    if (!(error instanceof NewsroomError) || (error.kind !== 'invalid' && error.kind !== 'conflict')) throw error
    // What a colleague changed meanwhile is shown, and the same change tried on it.
    const run = error.kind === 'conflict' && read.change.kind !== 'mode' ? await triedAnew(read.change) : undefined
    return await rulesPage(req, res, { status: error.status, fault: error.sentence, ...(run ? { run } : {}) })
  }
  house.log.info({ by: member.id, change: read.change.kind }, 'comment policy changed')
  const back = wordsQuery.parse(Object.fromEntries(new URLSearchParams(typed(['back'], req.body).back)))
  const query = new URLSearchParams(searchQuery(back, back.page))
  query.set('done', '1')
  res.redirect(303, `/desk/moderation/rules?${query}`)
}

/** The trial of a change on the rules as they now stand, or nothing where it no longer fits them. */
async function triedAnew(change: Parameters<typeof tryChange>[0]): Promise<DryRun | undefined> {
  try {
    return await tryChange(change)
  } catch (error) {
    if (error instanceof NewsroomError) return undefined
    throw error
  }
}

/** The chief's page of words, scores and modes: each change is shown on the latest comments before it is saved. */
export function commentRulesRoutes(house: House): Router {
  const router = Router()
  router.use(allowedTo('set-comment-rules'))
  router.get('/', (req, res) => rulesPage(req, res, {}))
  router.post('/try', tryAndShow)
  router.post('/save', (req, res) => save(house, req, res))
  return router
}
