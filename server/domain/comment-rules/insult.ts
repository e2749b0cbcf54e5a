import { type Found, findAll, readingsOf, type Sounds } from './insult-match.ts'
import { aimOf } from './insult-target.ts'
import { isMeantForNobody, isOwnOath, isToldOrAdmiring } from './insult-tone.ts'
import { buildTrie, type TrieNode } from './insult-trie.ts'
import { EXCEPTIONS, INSULTS } from './lexicon/insults.ts'
import type { LexiconEntry } from './lexicon/types.ts'
import { NOTHING, type PreparedText, type Rule } from './rule.ts'
import type { Span } from './types.ts'

/** A lexicon ready for matching: its words, and phrases in which they mean no harm. */
export interface CompiledLexicon {
  words: TrieNode
  exceptions: TrieNode
}

/** The built-in entries, one a word. */
export function builtInEntries(): LexiconEntry[] {
  return INSULTS.flatMap(({ sense, strength, score, words }) => words.map((word) => ({ word, sense, strength, score })))
}

/** Makes a lexicon ready for matching; editors' entries come beside or in place of the built-in ones. */
export function compileLexicon(
  entries: readonly LexiconEntry[],
  exceptions: readonly string[] = EXCEPTIONS,
): CompiledLexicon {
  return {
    words: buildTrie(entries),
    exceptions: buildTrie(exceptions.map((word) => ({ word, sense: '', strength: 'insult', score: 0 }))),
  }
}

/** The lexicon as it comes. */
export const BUILT_IN: CompiledLexicon = compileLexicon(builtInEntries())

const SIGNS: { sign: RegExp; score: number; why: string }[] = [
  { sign: /🖕/gu, score: 0.85, why: 'نشانهٔ «🖕» توهین است.' },
  {
    sign: /(?<![\p{L}\u200c])(?:(?:مادر|ننه|خواهر|خوار)\s?|[کكگج]|بی[\s\u200c]?[نشغ])[*#×@]{2,}|(?<!\p{L})[کكگجحدپ][*#×@]{3,}\p{L}/gu,
    score: 0.7,
    why: 'به نظر می‌رسد واژهٔ زشتی با ستاره پوشیده شده است.',
  },
  { sign: /💩/gu, score: 0.75, why: 'نشانهٔ «💩» توهین است.' },
  { sign: /(?<=^|\s)[کك]\s?(?:\.{2,}|…)/gu, score: 0.6, why: 'به نظر می‌رسد واژهٔ زشتی با نقطه پوشیده شده است.' },
]

interface Notice {
  score: number
  span: Span
  why: string
  certain: boolean
}

function spanOf({ map, folded }: PreparedText, sounds: Sounds, from: number, to: number): Span {
  const end = sounds.last[to - 1]!
  return [map[sounds.first[from]!]!, end + 1 < folded.length ? map[end + 1]! : map[folded.length]!]
}

/** The words of the comment that a span touches: from, to. */
function wordsAt({ words }: PreparedText, [start, end]: Span): [number, number] {
  let from = words.findIndex((word) => word.end > start)
  if (from === -1) from = words.length
  let to = from
  while (to < words.length && words[to]!.start < end) to += 1
  return [from, to]
}

/** What a word of each sense is, as the end of a sentence. */
const KINDS: Record<string, string> = {
  'دشنام جنسی': 'دشنام جنسی است',
  'دشنام با فضولات': 'دشنام است',
  'دشنام به آبرو و خانواده': 'دشنام به آبرو و خانوادهٔ کسی است',
  'توهین به منش و آبرو': 'توهین به منش کسی است',
  'توهین به خرد': 'توهین به خرد کسی است',
  'تحقیر و دشنام': 'تحقیر کسی است',
  'دستور خاموشی و راندن': 'راندن توهین‌آمیز کسی است',
  نفرین: 'نفرین است',
  'تهدید و آرزوی مرگ': 'تهدید یا آرزوی مرگ کسی است',
  'فهرست تحریریه': 'در فهرست تحریریه توهین شمرده شده است',
}

/** Senses whose words are verbs, spoken at somebody whatever their ending. */
const SPOKEN_AT = new Set(['دستور خاموشی و راندن', 'نفرین', 'تهدید و آرزوی مرگ'])

const NO_MANNER = { youAre: false, called: '' }

/** What is left of a score when the word is meant for nobody. */
const FOR_NOBODY = 0.3

/** How much a word says you are so: its ending beyond the entry is the verb's. */
function saysYouAre(shown: string, word: string): boolean {
  return /(?:ی|ید|ین)$/u.test(shown) && !/(?:ی|ید|ین)$/u.test(word)
}

/** Whether the ending beyond the entry speaks of the writer («احمقم», «سرمون»). */
function saysOfUs(shown: string, word: string): boolean {
  return /(?:مون|مان|م)$/u.test(shown) && !/(?:مون|مان|م)$/u.test(word)
}

/** Whether a vice is named, not a person of that vice («مفت‌خوری», «بی‌غیرتی»). */
function isVice(shown: string, word: string): boolean {
  return /(?<!ها)ی$/u.test(shown) && !/ی$/u.test(word) && /^بی |(?:خور|خوار|لیس|مال|فروش|ریش)$/u.test(word)
}

/** Sexual and other filth counts however it is told. */
function isHarmless(
  { text, words }: PreparedText,
  { entry }: Found,
  shown: string,
  place: [number, number],
  span: Span,
) {
  const severe = entry.strength === 'severe'
  if (severe && entry.sense !== 'دشنام به آبرو و خانواده') return false
  if (isToldOrAdmiring(text, words, place, span) || isOwnOath(words, place[1])) return true
  if (isVice(shown, entry.word) && aimOf(words, ...place, NO_MANNER) < 0.2) return true
  return !severe && (isMeantForNobody(words, place) || (!SPOKEN_AT.has(entry.sense) && saysOfUs(shown, entry.word)))
}

function noticeOf(text: PreparedText, sounds: Sounds, one: Found): Notice {
  const { entry, from, to, broken } = one
  const span = spanOf(text, sounds, from, to)
  const shown = text.text.slice(...span).trim()
  const place = wordsAt(text, span)
  const meant = isHarmless(text, one, shown, place, span) ? FOR_NOBODY : 1
  if (entry.strength === 'context') {
    const manner = {
      youAre: saysYouAre(shown, entry.word),
      called: span[0] === 0 && !entry.word.startsWith('به ') ? (text.text[span[1]] ?? '') : '',
    }
    const aim = Math.max(broken ? 0.5 : sounds.torn ? 0.35 : 0, aimOf(text.words, ...place, manner))
    const score = meant * Math.min(0.9, entry.score * (0.7 + 1.8 * aim))
    return { score, span, why: `«${shown}» رو به شخص به کار رفته و توهین است.`, certain: false }
  }
  return {
    score: meant * entry.score,
    span,
    why: broken
      ? `«${shown}» واژهٔ توهین‌آمیزی است که جدا نوشته شده.`
      : `«${shown}» ${KINDS[entry.sense] ?? 'توهین است'}.`,
    certain: entry.strength === 'severe' && !broken,
  }
}

/** How many letters an exception may have before the word that it excuses. */
const LONGEST_LEAD = 24

/** What counts of a reading: the strongest and longest entry at each place that no exception covers. */
function countedIn(sounds: Sounds, { text, map }: PreparedText, lexicon: CompiledLexicon): Found[] {
  const found = findAll(sounds, lexicon.words)
  if (found.length === 0) return found
  const harmless = found.flatMap(({ from }, at) =>
    found[at - 1]?.from === from ? [] : findAll(sounds, lexicon.exceptions, from - LONGEST_LEAD, from + 1),
  )
  const isOtherA = ({ from, entry }: Found) => text[map[sounds.first[from]!]!] === 'آ' && !entry.word.startsWith('آ')
  const best = new Map<number, Found>()
  for (const one of found) {
    if (harmless.some((other) => other.from <= one.from && one.to <= other.to && !isOtherA(other))) continue
    if (isOtherA(one)) continue
    const other = best.get(one.from)
    if (!other || one.entry.score > other.entry.score || (one.entry.score === other.entry.score && one.to > other.to))
      best.set(one.from, one)
  }
  return [...best.values()]
}

function lookAt(text: PreparedText, lexicon: CompiledLexicon): Notice[] {
  const notices: Notice[] = []
  for (const sounds of readingsOf(text.folded)) {
    const counted = countedIn(sounds, text, lexicon)
    for (const one of counted) {
      const notice = noticeOf(text, sounds, one)
      if (!notices.some(({ span }) => span[0] === notice.span[0])) notices.push(notice)
    }
  }
  for (const { sign, score, why } of SIGNS) {
    for (const match of text.text.matchAll(sign)) {
      notices.push({ score, span: [match.index, match.index + match[0].length], why, certain: false })
    }
  }
  return notices
}

/** Every entry found in a text by word, sense and strength, aimed at somebody or not: what a learner may weigh anew. */
export function marksOf({ folded }: PreparedText, lexicon: CompiledLexicon = BUILT_IN): string[] {
  return readingsOf(folded)
    .flatMap((sounds) => findAll(sounds, lexicon.words))
    .flatMap(({ entry }) => [`entry ${entry.word}`, `sense ${entry.sense}`, `strength ${entry.strength}`])
}

const SHOWN_FROM = 0.3

/** Insults to natural and legal persons: words of the lexicon in any disguise, weighed by whether they are aimed at somebody. */
export const insult: Rule = {
  code: 'insult',
  label: 'توهین',
  threshold: 0.66,
  look({ text, name }, { lexicon = BUILT_IN }) {
    const notices = lookAt(text, lexicon)
    const inName = name ? lookAt(name, lexicon).filter(({ score }) => score >= 0.8) : []
    if (notices.length === 0 && inName.length === 0) return NOTHING
    const all = [...notices, ...inName]
    const top = all.reduce((best, one) => (one.score > best.score ? one : best))
    const score = 1 - all.reduce((rest, one) => rest * (1 - one.score), 1)
    return {
      score: Math.min(0.99, score),
      spans: notices.filter((one) => one.score >= SHOWN_FROM).map((one) => one.span),
      why: notices.includes(top) ? top.why : 'نام فرستنده توهین‌آمیز است.',
      certain: all.some((one) => one.certain),
    }
  },
  examples: {
    catches: [
      { text: 'این مدیر احمق است.' },
      { text: 'بی شعور کیست؟' },
      { text: 'اح مق‌های بی‌سواد' },
      { text: 'خفه شو بابا' },
      { text: 'تو یک الاغی' },
      { text: 'شما همه‌تان مثل گاو می‌فهمید' },
      { text: 'بیــــشرف' },
      { text: 'ا.ح.م.ق' },
      { text: 'احمققققق' },
      { text: 'کا‌سه لیس' },
      { text: 'ahmagh' },
      { text: 'بی‌ش*ف' },
    ],
    passes: [
      { text: 'عملکرد شهردار خوب بود.' },
      { text: 'کسی نیامد و هیچ‌کس نپرسید.' },
      { text: 'کی‌روش سرمربی تیم شد.' },
      { text: 'گاو و گوسفند روستا را واکسن زدند.' },
      { text: 'فیلم سگ‌کشی را دیدم.' },
      { text: 'تخم‌مرغ گران شده است.' },
      { text: 'خرید امروز خوب بود.' },
      { text: 'بیماری روانی درمان دارد.' },
      { text: 'گوهر این شهر مردم آن‌اند.' },
      { text: 'خدا بیامرزدش، مرد بزرگی بود.' },
      { text: 'کن فیکون شد.' },
      { text: 'مار در باغ دیده شد.' },
    ],
  },
}
