import { existsSync, readFileSync } from 'node:fs'
import { inspect, prepareArticle, RULES, ruleView } from '../server/domain/comment-rules/index.ts'
import { asComment, prepareComment, prepareText } from '../server/domain/comment-rules/prepare.ts'
import type { ArticleText } from '../server/domain/comment-rules/types.ts'
import { chanceOf, learn, teach } from '../server/domain/learning/index.ts'
import { DEMO_ARTICLES } from '../server/operating/demo/articles.ts'
import { seededChance } from '../server/operating/generating/chance.ts'
import { madeUpComment } from '../server/operating/generating/texts.ts'
import type { Bench } from './index.ts'

const COMMENTS = 4_000
const DECISIONS = 5_000
const INSULTS = ['احمق‌ها', 'بی‌شعور', 'خفه شو', 'آدم کثافت', 'مرتیکه', 'نفهم']
const SHARED = new URL('../../shared/data/moderation/', import.meta.url)
const REAL = { 'insult.jsonl': 'comments on news', 'clean.jsonl': 'reviews and news, longer' }

/** Seconds of one core that a task takes: the time of the processor, so that busy neighbours do not count. */
function coreSeconds(task: () => void): number {
  const started = process.cpuUsage()
  task()
  const { user, system } = process.cpuUsage(started)
  return (user + system) / 1e6
}

function perSecond(texts: readonly string[], each: (text: string) => void): number {
  for (const text of texts) each(text)
  const seconds = coreSeconds(() => {
    for (const text of texts) each(text)
  })
  return Math.round(texts.length / seconds)
}

/** Texts of the allowed length that are hard on pattern matching. */
function worstTexts(): Record<string, string> {
  return {
    'one letter a thousand times': 'ک'.repeat(1_000),
    'letters with spaces': 'ک '.repeat(500),
    'letters with dots': 'ب.'.repeat(500),
    'mask signs': 'ک*'.repeat(500),
    'beginnings of insults': 'بی ش'.repeat(250),
    digits: '1234 '.repeat(200),
    'half-spaces': 'م\u200c'.repeat(500),
    emoji: '💩'.repeat(500),
    links: 'http://a.ir '.repeat(83),
    'marks on marks': `ب${'\u064e'.repeat(999)}`,
  }
}

function sizeOf(value: unknown): number {
  const seen = new Set<unknown>()
  const measure = (one: unknown): number => {
    if (typeof one === 'string') return one.length * 2
    if (typeof one === 'number') return 8
    if (typeof one !== 'object' || one === null || seen.has(one)) return 4
    seen.add(one)
    if (ArrayBuffer.isView(one)) return one.byteLength
    if (one instanceof Map) return [...one].reduce((sum, [key, inner]) => sum + measure(key) + measure(inner) + 16, 0)
    if (one instanceof Set) return [...one].reduce((sum: number, inner) => sum + measure(inner) + 12, 0)
    return Object.values(one).reduce((sum: number, inner) => sum + measure(inner) + 8, 0)
  }
  return measure(value)
}

/** The benchmark of the comment rules. */
export const bench: Bench = {
  name: 'rules',
  summary: 'comments per second on one core, worst inputs, learning, size of a prepared article',
  async run() {
    const chance = seededChance(11)
    const texts = Array.from({ length: COMMENTS }, () => madeUpComment(chance).body)
    const { kicker, title, lead, body, tags } = DEMO_ARTICLES[0]!
    const article: ArticleText = { kicker, title, lead, body: body.join('\n'), tags }
    const prepared = prepareArticle(article)
    const rows: Record<string, unknown>[] = []
    const all = perSecond(texts, (text) => inspect({ text }, { article: prepared }))
    rows.push({ what: 'all rules', 'comments/s': all, 'share of the goal of 10,000/s': (all / 10_000).toFixed(2) })
    const comments = texts.map((text) => prepareComment({ text }))
    rows.push({ what: 'reading a comment', 'comments/s': perSecond(texts, (text) => prepareComment({ text })) })
    for (const rule of RULES) {
      let at = 0
      const speed = perSecond(texts, () =>
        rule.look(asComment(comments[at++ % comments.length]!.text), { article: prepared }),
      )
      rows.push({ what: rule.code, 'comments/s': speed })
    }
    for (const [file, kind] of Object.entries(REAL)) {
      const place = new URL(file, SHARED)
      if (!existsSync(place)) continue
      const real = readFileSync(place, 'utf8')
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { text: string }).text)
      rows.push({
        what: `all rules, ${kind}`,
        'comments/s': perSecond(real, (text) => inspect({ text }, { article: prepared })),
      })
    }
    console.table(rows)
    console.table(
      Object.entries(worstTexts()).map(([what, text]) => {
        inspect({ text }, { article: prepared })
        const seconds = coreSeconds(() => {
          for (let i = 0; i < 20; i++) inspect({ text }, { article: prepared })
        })
        return { 'worst input': what, 'ms (goal: under 5)': ((seconds * 1000) / 20).toFixed(2) }
      }),
    )
    const decisions = Array.from({ length: DECISIONS }, (_, i) => {
      const refused = i % 3 === 0
      const said = madeUpComment(chance).body
      const text = prepareText(refused ? `${INSULTS[i % INSULTS.length]} ${said}` : said)
      return { text, rules: ruleView(text), refused }
    })
    const started = performance.now()
    const model = learn(decisions)!
    const learning = (performance.now() - started) / 1000
    const taught = performance.now()
    for (const decision of decisions.slice(0, 500)) teach(model, decision)
    const perLesson = (performance.now() - taught) / 500
    let at = 0
    console.table([
      { what: `learning ${DECISIONS} decisions`, figure: `${learning.toFixed(2)} s`, goal: '10 s' },
      { what: 'one more decision', figure: `${perLesson.toFixed(3)} ms`, goal: 'milliseconds' },
      {
        what: 'asking the taught model',
        figure: `${perSecond(texts, () => chanceOf(model, decisions[at++ % DECISIONS]!.text, { insult: 0, spans: 0, marks: [] }))}/s`,
        goal: '',
      },
      {
        what: 'a prepared article',
        figure: `${(sizeOf({ topic: prepared.topic, names: prepared.names }) / 1024).toFixed(1)} KB`,
        goal: '50 KB',
      },
    ])
  },
}
