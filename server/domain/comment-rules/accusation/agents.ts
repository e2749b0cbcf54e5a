import { telling } from '../../topic/common.ts'
import { labelOf } from './labels.ts'
import type { Predicate } from './predicates.ts'
import { BETWEEN, has, list, OBJECT } from './scan.ts'
import type { Setting } from './setting.ts'
import { PREPOSITIONS, type Subject } from './subjects.ts'
import { FICTION, OTHERS } from './targets.ts'
import { tie } from './ties.ts'
import type { Token } from './tokens.ts'
import { verbOf } from './verbs.ts'

/** Verbs of the third person plural, written or spoken; «می‌کند» is none. */
const PLURAL = /[نتدرش](?:ن|ند)$/

const LOOSE_AGENTS = list('مردم ما من خودم خودمان خودمون ادم انسان کسی دشمن بیگانه مواد')
const OPENERS = list('و که ولی اما چون اگر اگه چرا حتی الان حالا خب پس تا این همین')

const MANY = list('مردم ما بعضی برخی دیگران بعضیا خودمان خودمون رسانه')

/** Whether an agent is one, and no subject of a plural verb: «پسرم … پولش را خوردند». */
const alone = (word: string): boolean => !MANY.has(word) && !/(?:ها|های|ان|ین|ا)$/.test(word)

const WITNESSES = list('من ما خودم خودمان خودمون')

/** «من خودم دیدم پول می‌گرفت»: the speaker only saw it. */
function witnessed(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from + 1; at < to; at++) if (verbOf(tokens[at]!.joined)?.person === 1) return true
  return false
}

/** Whether the clause begins with an agent of its own: «همسایه برق می‌دزدد». */
export function doneByOthers(tokens: readonly Token[], predicate: Predicate, subject: Subject | undefined): boolean {
  let start = predicate.from
  while (start > 0 && tokens[start - 1]!.clause === tokens[predicate.from]!.clause) start--
  while (start < predicate.from && OPENERS.has(tokens[start]!.joined)) start++
  for (let at = start; at < predicate.from; at++) {
    const token = tokens[at]!
    if (at >= start + 2 && LOOSE_AGENTS.has(token.joined)) continue
    if (alone(token.joined) && PLURAL.test(tokens[predicate.to - 1]!.joined)) continue
    if (WITNESSES.has(token.joined) && witnessed(tokens, at, predicate.from)) continue
    const agent = OTHERS.has(token.joined) || labelOf(token.joined)?.stand === 'many'
    if (
      !agent ||
      OBJECT.has(tokens[at + 1]?.joined ?? '') ||
      /^(?:.{2,}های|اب|نان|نون|سهم|حقوق|مالیات|زمین|از|به|با|برای|پول|پولهای|حق|جیب|خون|سر|مال|جان|به)$/.test(
        tokens[at - 1]?.joined ?? '',
      )
    )
      continue
    return !subject || subject.from >= predicate.to || tokens[subject.from]!.sentence !== token.sentence
  }
  return false
}

function nearest(
  subjects: readonly Subject[],
  tokens: readonly Token[],
  predicate: Predicate,
  free: boolean,
): Subject | undefined {
  const sentence = tokens[predicate.from]!.sentence
  const fits = (each: Subject) => tokens[each.from]!.sentence === sentence && (!free || each.stands === 'free')
  const outside = subjects.filter((each) => each.from < predicate.from && fits(each))
  const before = outside.length > 0 ? outside : subjects.filter((each) => each.from < predicate.to && fits(each))
  const last = before.findLast(({ kind }) => kind !== 'pointer') ?? before.at(-1)
  return last ?? subjects.find((each) => each.from >= predicate.to && fits(each))
}

function earlier(subjects: readonly Subject[], tokens: readonly Token[], predicate: Predicate): Subject | undefined {
  const sentence = tokens[predicate.from]!.sentence
  return subjects
    .filter((each) => tokens[each.from]!.sentence < sentence && tokens[each.from]!.sentence >= sentence - 2)
    .filter(
      (each) => each.kind === 'name' || (each.stands !== 'oblique' && tokens[each.from]!.sentence === sentence - 1),
    )
    .at(-1)
}

/** To whom a predicate belongs, and how surely; without a subject, to whoever is pointed at. */
export interface Attribution {
  subject: Subject | undefined
  certainty: number
}

const clauseLength = (tokens: readonly Token[], at: number): number =>
  tokens.filter(({ clause }) => clause === tokens[at]!.clause).length

/** Whom a label names, or undefined when it names nobody. */
export function labelSubject(
  tokens: readonly Token[],
  predicate: Predicate,
  subjects: readonly Subject[],
  setting: Setting,
): Attribution | undefined {
  const how = tie(tokens, predicate, subjects)
  if (!how || has(tokens, predicate.from - 3, predicate.from + 2, FICTION)) return undefined
  const touching = subjects.find((each) => each.to === predicate.from)
  if (touching && how === 'adjacent') return { subject: touching, certainty: touching.certainty }
  const near = nearest(subjects, tokens, predicate, true) ?? nearest(subjects, tokens, predicate, false)
  if (near && (how === 'said' || how === 'adjacent')) return { subject: near, certainty: near.certainty }
  return pointed(
    tokens,
    predicate,
    subjects,
    setting,
    how === 'said' && tokens.length > 8 && clauseLength(tokens, predicate.from) > 4,
  )
}

/** Nobody stands in the sentence: whoever an earlier sentence, the comment answered or the article speaks of. */
function pointed(
  tokens: readonly Token[],
  predicate: Predicate,
  subjects: readonly Subject[],
  setting: Setting,
  doubtful: boolean,
): Attribution | undefined {
  const before = earlier(subjects, tokens, predicate)
  if (before) return { subject: before, certainty: before.certainty * 0.85 }
  if (setting.answers) return { subject: undefined, certainty: 0.72 }
  const known = setting.names !== undefined && setting.names.names.length > 0
  return known && !doubtful ? { subject: undefined, certainty: 0.65 } : undefined
}

const ADVERBS = list(
  'عمدا الکی رسما علنا راحت قشنگ خیلی همه همش بازم هنوز دیگه دیگر عملا واقعا حتما اخرش بابت سر شب روز',
)
const THINGS = list('سریال فیلم طرح پروژه برنامه قرارداد وام سد جشنواره مناقصه خیریه همایش')
const NO_OBJECT = list('خودرو دارو نیرو رادیو تابلو بانو گلو عمو ابرو مترو یورو')

/** «توافقو», «پولشو»: an object with its mark grown on. */
const grownObject = (word: string): boolean => word.length > 3 && word.endsWith('و') && !NO_OBJECT.has(word)

/** Whether a preposition stands up to two words before. */
const ruled = (tokens: readonly Token[], at: number): boolean =>
  PREPOSITIONS.has(tokens[at - 1]?.joined ?? '') || PREPOSITIONS.has(tokens[at - 2]?.joined ?? '')

/** Whether the clause begins with the deed, its object or adverbs, so that its agent stands elsewhere. */
function withoutAgent(tokens: readonly Token[], predicate: Predicate): boolean {
  const first = tokens[predicate.from - 2]
  const opens = first === undefined || first.clause !== tokens[predicate.from]!.clause
  const many = PLURAL.test(tokens[predicate.to - 1]!.joined)
  if (opens && many && has(tokens, predicate.from, predicate.to, OBJECT)) return true
  for (let at = predicate.from - 1; at >= 0 && tokens[at]!.clause === tokens[predicate.from]!.clause; at--) {
    const { joined, text } = tokens[at]!
    if (joined === 'که' && verbOf(tokens[at - 1]?.joined ?? '')) return true
    if (OBJECT.has(joined) || grownObject(joined)) return true
    if (ADVERBS.has(joined) || ruled(tokens, at)) continue
    if (predicate.person === undefined && THINGS.has(joined)) continue
    if (telling(joined, text) > 0.3) return false
  }
  return true
}

const ANYBODY = list('کسی کسانی کسایی اونی اونایی هرکی هرکس هر ادمی ادمایی انها انهایی')

/** Whether a deed is too plain to be a stranger's or a story's: grave, and neither «کسی که …» nor a part in a film stands before it. */
function plain(tokens: readonly Token[], predicate: Predicate): boolean {
  if (predicate.weight < 0.8) return false
  const { sentence } = tokens[predicate.from]!
  for (let at = predicate.from - 1; at >= 0 && tokens[at]!.sentence === sentence; at--)
    if (ANYBODY.has(tokens[at]!.joined) || FICTION.has(tokens[at]!.joined)) return false
  return true
}

/** «داروی تاریخ‌گذشته می‌زنند»: a plural verb, and no plural before it that could be its agent. */
function impersonal(tokens: readonly Token[], predicate: Predicate): boolean {
  if (predicate.weight < 0.75 || !PLURAL.test(tokens[predicate.to - 1]!.joined)) return false
  for (let at = predicate.from - 1; at >= 0 && tokens[at]!.clause === tokens[predicate.from]!.clause; at--)
    if (/..(?:ها|هایی|ان|ین|ا|و)$/.test(tokens[at]!.joined) && !ruled(tokens, at)) return false
  return true
}

/** «مدیرعامل گفت کلاهبرداری کرده‌اند»: who speaks of a deed has not done it. */
function speaks(tokens: readonly Token[], subject: Subject, predicate: Predicate): boolean {
  for (let at = subject.to; at < predicate.from; at++)
    if (verbOf(tokens[at]!.joined)?.verb === 'گفتن' && tokens[at]!.clause === tokens[predicate.from]!.clause)
      return true
  return false
}

const TO_THEM = list('ازشون ازش بهشون بهش براشون ازمون بهمون ازما دیگه هم خود')

/** Whether only «تو این» and the like stand between a deed and the one named after it. */
function reaches(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from; at < to; at++)
    if (!BETWEEN.has(tokens[at]!.joined) && !TO_THEM.has(tokens[at]!.joined))
      return to === from + 1 && tokens[at]!.joined !== 'و'
  return true
}

/** Who did a deed, or undefined when nobody who matters did. */
export function deedSubject(
  tokens: readonly Token[],
  predicate: Predicate,
  subjects: readonly Subject[],
  setting: Setting,
): Attribution | undefined {
  if (predicate.genitive) {
    const named = subjects.find(
      ({ from }) => from === predicate.to || (from === predicate.to + 1 && BETWEEN.has(tokens[predicate.to]!.joined)),
    )
    return named && { subject: named, certainty: named.certainty }
  }
  if (predicate.hinted) {
    const meant = nearest(subjects, tokens, predicate, true) ?? nearest(subjects, tokens, predicate, false)
    return meant ? { subject: meant, certainty: meant.certainty } : pointed(tokens, predicate, subjects, setting, false)
  }
  if (predicate.buys) {
    const bought =
      subjects.find((each) => each.from >= predicate.from - 1 && each.from < predicate.to) ??
      nearest(subjects, tokens, predicate, false)
    return bought && { subject: bought, certainty: bought.certainty }
  }
  const near = nearest(subjects, tokens, predicate, true)
  const follows = near !== undefined && near.from >= predicate.to
  if (near && !follows && speaks(tokens, near, predicate)) return undefined
  if (near && (!follows || predicate.person === 2 || reaches(tokens, predicate.to, near.from)))
    return { subject: near, certainty: follows ? near.certainty * 0.9 : near.certainty }
  const aside = nearest(subjects, tokens, predicate, false)
  if (
    aside &&
    !(aside.kind === 'pointer' && aside.from >= predicate.to) &&
    tokens[aside.from]!.clause === tokens[predicate.from]!.clause
  )
    return predicate.person === undefined
      ? { subject: aside, certainty: aside.certainty * 0.9 }
      : aside.stands === 'object' ||
          (aside.from >= predicate.to && PLURAL.test(tokens[predicate.to - 1]!.joined)) ||
          (aside.from > predicate.from && aside.to < predicate.to)
        ? pointed(tokens, predicate, [], setting, false)
        : undefined
  const lone = predicate.person === 2 || withoutAgent(tokens, predicate) || impersonal(tokens, predicate)
  if (!lone && !plain(tokens, predicate)) return undefined
  const known = lone ? subjects : subjects.filter(({ kind }) => kind === 'name')
  return pointed(tokens, predicate, known, setting, predicate.person === undefined && predicate.weight < 0.82)
}
