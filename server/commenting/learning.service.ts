import { decisionsFrom, keptModel, latestDecisions, modelMoment, type TaughtComment } from '../../models/taught.ts'
import { ruleView } from '../domain/comment-rules/index.ts'
import { prepareText } from '../domain/comment-rules/prepare.ts'
import type { Decision, Lesson, Model } from '../domain/learning/index.ts'
import { chanceOf, forget, freshModel, lessonOf, readModel, teach, weighWords } from '../domain/learning/index.ts'

const LOOK_EVERY_MS = 1000
const LATEST = 2000
const AT_A_TIME = 500
const MOST_LESSONS = 10_000

/** What one comment taught, kept so that a decision taken back can be forgotten. */
interface Taught {
  revision: number
  decision?: Decision
  lesson?: Lesson
}

/** What this process knows: the model of `newsroom learn`, or a fresh one, with every decision since; it may hold comments only when the newsroom ran `learn`. */
interface Knowledge {
  model: Model
  taught: 'holds' | 'ranks'
  baseAt: number | null
  seenUpTo: Date
  lessons: Map<string, Taught>
}

let known: Knowledge | undefined
let lookedAt = Number.NEGATIVE_INFINITY
let looking: Promise<Knowledge> | undefined

function learnFrom({ model, lessons }: Knowledge, comment: TaughtComment): void {
  const before = lessons.get(comment.id)
  if (before?.revision === comment.revision) return
  if (before?.decision && before.lesson) forget(model, before.decision, before.lesson)
  const taught: Taught = { revision: comment.revision }
  const decided = comment.state === 'published' ? 'publish' : comment.state === 'refused' ? 'refuse' : undefined
  const refused = decided && lessonOf(decided, comment.rule)
  if (refused !== undefined) {
    const text = prepareText(comment.body)
    taught.decision = { text, rules: ruleView(text), refused }
    taught.lesson = teach(model, taught.decision)
  }
  lessons.delete(comment.id)
  lessons.set(comment.id, taught)
  if (lessons.size > MOST_LESSONS) lessons.delete(lessons.keys().next().value!)
}

async function begin(base: Date | null): Promise<Knowledge> {
  const stored = base ? await keptModel() : null
  const knowledge: Knowledge = {
    model: stored ? readModel(stored) : freshModel(),
    taught: stored ? 'holds' : 'ranks',
    baseAt: base?.getTime() ?? null,
    seenUpTo: base ?? new Date(0),
    lessons: new Map(),
  }
  const comments = await latestDecisions(knowledge.seenUpTo, LATEST)
  for (const comment of comments) {
    learnFrom(knowledge, comment)
    if (knowledge.lessons.size % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  knowledge.seenUpTo = comments.at(-1)?.changedAt ?? knowledge.seenUpTo
  return knowledge
}

async function lookAgain(now: Date): Promise<Knowledge> {
  const base = await modelMoment()
  if (!known || known.baseAt !== (base?.getTime() ?? null)) known = await begin(base)
  const knowledge = known
  const changed = await decisionsFrom(knowledge.seenUpTo, AT_A_TIME)
  for (const comment of changed) learnFrom(knowledge, comment)
  knowledge.seenUpTo = changed.at(-1)?.changedAt ?? knowledge.seenUpTo
  lookedAt = now.getTime()
  return knowledge
}

/** The model with all that moderators decided up to a second ago, in whichever process; every process learns by itself from the stored decisions. */
export async function taughtModel(now: Date): Promise<Pick<Knowledge, 'model' | 'taught'>> {
  if (known && Math.abs(now.getTime() - lookedAt) < LOOK_EVERY_MS) return known
  looking ??= lookAgain(now).finally(() => {
    looking = undefined
  })
  return await looking
}

/** What past decisions say of one comment: the chance of refusal as an insult, and the words that spoke most on either side. */
export interface Suggestion {
  chance: number
  forRefusal: string[]
  forPublishing: string[]
}

const MOST_WORDS = 4
const LEAST_WEIGHT = 0.02

/** The suggestion for a comment and what it was made of; undefined while nothing was taught. */
export async function suggestionFor(body: string, now: Date): Promise<Suggestion | undefined> {
  const { model } = await taughtModel(now)
  if (model.decisions === 0) return undefined
  const text = prepareText(body)
  const weighed = weighWords(model, text).map(({ span, weight }) => ({ word: body.slice(...span), weight }))
  const strongest = (side: 1 | -1) => [
    ...new Set(
      weighed
        .filter(({ weight }) => side * weight >= LEAST_WEIGHT)
        .sort((a, b) => side * (b.weight - a.weight))
        .map(({ word }) => word),
    ),
  ]
  return {
    chance: chanceOf(model, text, ruleView(text)),
    forRefusal: strongest(1).slice(0, MOST_WORDS),
    forPublishing: strongest(-1).slice(0, MOST_WORDS),
  }
}
