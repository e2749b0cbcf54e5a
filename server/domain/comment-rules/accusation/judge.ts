import type { NameProfile } from '../../names/index.ts'
import { telling } from '../../topic/common.ts'
import type { Family } from './deeds.ts'
import { KIN, labelOf } from './deeds.ts'
import { type Predicate, predicatesOf } from './predicates.ts'
import { PREPOSITIONS, type Subject, subjectsOf } from './subjects.ts'
import { BEFORE_LABEL, FICTION, OTHERS } from './targets.ts'
import type { Token } from './tokens.ts'
import { COPULAS, verbOf } from './verbs.ts'

/** Which wrongdoing an article itself reports: of each of its names, of any of them, and of anybody at all. */
export interface Reported {
  byName: ReadonlyMap<number, ReadonlySet<Family>>
  ofSomebody: ReadonlySet<Family>
  anybody: ReadonlySet<Family>
}

/** What is known beside the comment: the article's names, what it reports, and whether the comment answers another. */
export interface Setting {
  names: NameProfile | undefined
  reported: Reported | undefined
  answers: boolean
}

/** One undue attribution: who (undefined when only pointed at) is said to have done what, how surely, and where. */
export interface Accusation {
  family: Family
  score: number
  predicate: Predicate
  subject: Subject | undefined
  name: number | undefined
}

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '))

const NOT_ASSERTED = list(
  'ایا کاش ایکاش کاشکی امیدوارم امیدواریم خدانکند خدانکنه انشاالله انشااله انشالله ایشالا ایشالله مبادا شایعه شایعات تهمت تهمتی تهمتها افترا ندیدیم ندیدم نشنیدیم نشنیدم بگوییم بگویم بگوید بگه نگویید نگوید نگید نگین نگوییم میترسم ثابت ادعا ادعای',
)
const CONDITIONS = list('اگر اگه چنانچه گر وگر')
const OFFICIAL = list('دادستان دادستانی دادگاه قاضی پلیس قوه سخنگوی کمیسیون مرجع وکیل وکیلش بازپرس')
const HEARERS = list('کسانی کسایی اونایی انهایی کسی کی')
const SAID = list('گفت گفته گفتند اعلام نوشته نوشت')
const REFUTED = list('تکذیب تبریه تبرئه نادرست')
const ASSERTING_QUESTION = list('مگر مگه چطور چطوری چجوری چگونه چند چقدر چقد چرا')
const NO_SPEAKER = list('به کی کسی نمیشود نمیشه نمیتوان نباید')
const PAST_DENIALS = list('نبود نبودند نبودن')
const THEN = list('پس')
const WHERE = list('کجا کجاست کجاس کو کیه چیه چرا چطور')
const OR = list('یا')
const OTHERWISE = list('نه شایعه دروغ خیر')
const NEITHER = list('نه')
const THINK = list('فکر')
const WHY = list('چرا')
const OBJECT = list('را رو')
const PACK = list('مشت مشتی باند دسته لانه حکومت پر گروه جماعت طایفه خاندان قشر')
const EPITHETS = list(
  'بزرگ بزرگی معروف معروفی اصلی حرفهای کثیف واقعی پست قهار سر سرگردنه گردنه رسمی علنی آشکار اشکار تمام عیار تمامعیار بیشرف بیوجدان بینالمللی ادبی به ملت مردم کشور وطن زمین ارز',
)
const NO_COPULA = list('خواست راست ماست کاست پوست دوست برخاست درخواست')
const BETWEEN = list('تو توی در این همین ان اون همه از')
const LOOSE_AGENTS = list('مردم ما من خودم خودمان خودمون ادم انسان کسی دشمن بیگانه مواد')
const OPENERS = list('و که ولی اما چون اگر اگه چرا حتی الان حالا خب پس تا این همین')

const sentenceStart = (tokens: readonly Token[], at: number): number => {
  let start = at
  while (start > 0 && tokens[start - 1]!.sentence === tokens[at]!.sentence) start--
  return start
}

const sentenceEnd = (tokens: readonly Token[], at: number): number => {
  let end = at
  while (end < tokens.length && tokens[end]!.sentence === tokens[at]!.sentence) end++
  return end
}

const has = (tokens: readonly Token[], from: number, to: number, words: ReadonlySet<string>): boolean => {
  for (let at = Math.max(0, from); at < Math.min(to, tokens.length); at++)
    if (words.has(tokens[at]!.joined)) return true
  return false
}

/** «اگر دزد نبود، …» supposes what is not so, and thereby says that it is. */
function counterfactual(tokens: readonly Token[], predicate: Predicate): boolean {
  if (!predicate.denied) return false
  return has(tokens, predicate.to, predicate.to + 2, PAST_DENIALS) || has(tokens, predicate.to, predicate.to + 5, THEN)
}

function asksWhether(tokens: readonly Token[], predicate: Predicate, start: number, end: number): boolean {
  if (has(tokens, predicate.to, end, OR) && has(tokens, predicate.to, end, OTHERWISE)) return true
  if (!tokens[predicate.from]!.asks || has(tokens, start, predicate.from, ASSERTING_QUESTION)) return false
  if (has(tokens, predicate.to, end, WHERE)) return false
  return predicate.to >= (predicate.label ? end - 1 : end - 2)
}

/** What the verb's own form says: denied, of the speaker, only wished or ordered (but «دروغ نگو» accuses), or an infinitive. */
function deniedByForm(predicate: Predicate): boolean {
  const rebuke = predicate.open && predicate.person === 2 && predicate.denied
  if (rebuke) return false
  return (
    predicate.denied ||
    predicate.open ||
    predicate.infinitive ||
    predicate.person === 1 ||
    predicate.label?.stand === 'self'
  )
}

/** Whether the words before the predicate lay it in another's mouth: «دادستان گفت…», «به گفتهٔ…», «کی گفته…», «نمی‌شود گفت…», «به کسانی که می‌گویند…». */
function saidByAnother(tokens: readonly Token[], start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const before = tokens[at - 1]?.joined ?? ''
    const word = tokens[at]!.joined
    if (SAID.has(word) && (OFFICIAL.has(before) || NO_SPEAKER.has(before))) return true
    if (verbOf(word)?.verb === 'گفتن' && has(tokens, start, at, HEARERS)) return true
  }
  return false
}

/** Whether the sentence only asks, wishes, supposes, quotes or denies what the predicate says. */
function unasserted(tokens: readonly Token[], predicate: Predicate): boolean {
  const { from, to } = predicate
  const start = sentenceStart(tokens, from)
  const end = sentenceEnd(tokens, from)
  if (has(tokens, start, from, CONDITIONS)) return !counterfactual(tokens, predicate)
  if (deniedByForm(predicate)) return true
  if (tokens[from]!.quoted && !tokens[0]!.quoted) return true
  if (has(tokens, start, from, NOT_ASSERTED) || has(tokens, to, end, REFUTED)) return true
  if (NEITHER.has(tokens[from - 1]?.joined ?? '')) return true
  if (has(tokens, start, from, NEITHER) && has(tokens, to, end, NEITHER)) return true
  if (has(tokens, start, from, THINK) && has(tokens, start, from, WHY)) return true
  return saidByAnother(tokens, start, from) || asksWhether(tokens, predicate, start, end)
}

/** Whether the clause begins with an agent of its own: «همسایه برق می‌دزدد». */
function doneByOthers(tokens: readonly Token[], predicate: Predicate, subject: Subject | undefined): boolean {
  let start = predicate.from
  while (start > 0 && tokens[start - 1]!.clause === tokens[predicate.from]!.clause) start--
  while (start < predicate.from && OPENERS.has(tokens[start]!.joined)) start++
  for (let at = start; at < predicate.from; at++) {
    const token = tokens[at]!
    if (at >= start + 2 && LOOSE_AGENTS.has(token.joined)) continue
    const agent = OTHERS.has(token.joined) || labelOf(token.joined)?.stand === 'many'
    if (
      !agent ||
      OBJECT.has(tokens[at + 1]?.joined ?? '') ||
      /^(?:از|به|با|برای|پول|پولهای|حق|جیب|خون|سر|مال|جان|به)$/.test(tokens[at - 1]?.joined ?? '')
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
  const before = subjects.filter((each) => each.from < predicate.to && fits(each))
  const last = before.findLast(({ kind }) => kind !== 'pointer') ?? before.at(-1)
  return last ?? subjects.find((each) => each.from >= predicate.to && fits(each))
}

function earlier(subjects: readonly Subject[], tokens: readonly Token[], predicate: Predicate): Subject | undefined {
  const sentence = tokens[predicate.from]!.sentence
  return subjects
    .filter((each) => tokens[each.from]!.sentence < sentence && tokens[each.from]!.sentence >= sentence - 2)
    .at(-1)
}

/** «نادری قاتل مردم خوزستان است»: the clause has a subject, the label, some nouns and a copula at its end. */
function clauseSays(tokens: readonly Token[], at: number, clause: number, subjects: readonly Subject[]): boolean {
  if (PREPOSITIONS.has(tokens[at - 1]?.joined ?? '')) return false
  if (!subjects.some((each) => each.to <= at && tokens[each.from]!.clause === clause && each.stands === 'free'))
    return false
  for (let end = at + 1; end <= at + 5 && tokens[end]?.clause === clause; end++) {
    const word = tokens[end]!.joined
    if (word === 'نیست' && tokens[end - 1]!.joined === 'بیشتر') return true
    if (COPULAS.has(word) || (/.[او]ست$/.test(word) && !NO_COPULA.has(word))) return true
    if (verbOf(word) || word === 'که') return false
  }
  return false
}

/** «مدیران دزد را عزل کنید»: the label describes the subject before it, and both are the object of a demand. */
function dismissed(tokens: readonly Token[], mark: number, label: number, subjects: readonly Subject[]): boolean {
  if (mark !== label + 1 || !subjects.some((each) => each.to === label)) return false
  for (let at = mark + 1; at < mark + 4; at++) {
    const verb = verbOf(tokens[at]?.joined ?? '')
    if (verb) return verb.open && verb.person === 2
  }
  return false
}

/** «وزیر نیرو، دزد آب مردم»: a clause that only names somebody, and after it one that begins with the label and has no verb. */
function apposed(tokens: readonly Token[], at: number, subjects: readonly Subject[]): boolean {
  const { clause, sentence } = tokens[at]!
  const before = tokens[at - 1]
  if (!before || before.clause === clause || before.sentence !== sentence) return false
  const first = tokens.findIndex((token) => token.clause === before.clause)
  if (at - first > 4 || !subjects.some(({ from }) => from >= first && from < at)) return false
  for (let near = at + 1; tokens[near]?.clause === clause; near++) if (verbOf(tokens[near]!.joined)) return false
  return true
}

/** «دزد اصلی خود شهردار است»: a clause that begins with the label and ends with the subject, perhaps with a copula. */
function leads(tokens: readonly Token[], at: number, subjects: readonly Subject[]): boolean {
  const { clause } = tokens[at]!
  if (tokens[at - 1]?.clause === clause) return false
  const subject = subjects.find(({ from, stands }) => from > at && from <= at + 4 && stands === 'free')
  if (!subject || tokens[subject.from]!.clause !== clause) return false
  for (let near = at + 1; near < subject.from; near++) {
    const word = tokens[near]!.joined
    if (!EPITHETS.has(word) && !BETWEEN.has(word) && word !== 'خود') return false
  }
  const after = tokens[subject.to]
  if (after?.clause !== clause) return true
  return COPULAS.has(after.joined) || /.[او]ست$/.test(after.joined) || COPULAS.has(tokens[subject.to + 1]?.joined ?? '')
}

/** How a label is tied to somebody: `adjacent` to a subject or «این», as what its clause says (`said`), alone, or not at all. */
function tie(
  tokens: readonly Token[],
  predicate: Predicate,
  subjects: readonly Subject[],
): 'adjacent' | 'said' | 'alone' | undefined {
  const at = predicate.from
  const clause = tokens[at]!.clause
  const stand = predicate.label!.stand
  let next = at + 1
  while (tokens[next]?.clause === clause && EPITHETS.has(tokens[next]!.joined)) next++
  if (tokens[next]?.joined === 'و' && labelOf(tokens[next + 1]?.joined ?? '')) next += 2
  while (tokens[next]?.clause === clause && EPITHETS.has(tokens[next]!.joined)) next++
  const ends = tokens[next] === undefined || tokens[next]!.clause !== clause
  const copula = !ends && COPULAS.has(tokens[next]!.joined)
  for (let near = at + 1; stand !== 'is' && near <= at + 3 && tokens[near]?.clause === clause; near++) {
    if (subjects.some((each) => each.from === near)) break
    if (OBJECT.has(tokens[near]!.joined)) return dismissed(tokens, near, at, subjects) ? 'adjacent' : undefined
  }
  const before = tokens[at - 1]
  if (stand === 'many') {
    if (before && PACK.has(before.joined)) return 'adjacent'
    if (ends && before?.clause !== clause && subjects.length > 0) return 'said'
    return before?.joined === 'از' && has(tokens, at + 1, at + 4, COPULAS) ? 'said' : undefined
  }
  if (stand === 'vague') return copula ? 'said' : undefined
  if (
    stand === 'is' ||
    stand === 'you' ||
    copula ||
    clauseSays(tokens, at, clause, subjects) ||
    labelOf(tokens[next - 1]!.joined)?.stand === 'is'
  )
    return 'said'
  if (before && PACK.has(before.joined)) return 'adjacent'
  if (subjects.some((each) => each.to === at)) return 'adjacent'
  if (apposed(tokens, at, subjects) || leads(tokens, at, subjects)) return 'said'
  if (before?.clause === clause && BEFORE_LABEL.has(before.joined)) return 'adjacent'
  if (tokens.length <= 3 && ends) return 'alone'
  if (ends && subjects.some((each) => each.from < at && tokens[each.from]!.clause === clause && each.stands === 'free'))
    return 'said'
  if (before?.joined === 'و' && labelOf(tokens[at - 2]?.joined ?? '')) return 'said'
  return undefined
}

const MOST = 40

interface Attribution {
  subject: Subject | undefined
  certainty: number
}

function labelSubject(
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
  return pointed(tokens, predicate, subjects, setting, how === 'said' && tokens.length > 8)
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

/** Whether the clause begins with the deed, its object or adverbs, so that its agent stands elsewhere. */
function withoutAgent(tokens: readonly Token[], predicate: Predicate): boolean {
  for (let at = predicate.from - 1; at >= 0 && tokens[at]!.clause === tokens[predicate.from]!.clause; at--) {
    const { joined, text } = tokens[at]!
    if (OBJECT.has(joined)) return true
    if (telling(joined, text) > 0.3) return false
  }
  return true
}

/** «مدیرعامل گفت کلاهبرداری کرده‌اند»: who speaks of a deed has not done it. */
function speaks(tokens: readonly Token[], subject: Subject, predicate: Predicate): boolean {
  for (let at = subject.to; at < predicate.from; at++)
    if (verbOf(tokens[at]!.joined)?.verb === 'گفتن' && tokens[at]!.clause === tokens[predicate.from]!.clause)
      return true
  return false
}

/** Whether only «تو این» and the like stand between a deed and the one named after it. */
function reaches(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from; at < to; at++)
    if (!BETWEEN.has(tokens[at]!.joined)) return to === from + 1 && tokens[at]!.joined !== 'و'
  return true
}

function deedSubject(
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
  if (predicate.buys) {
    const bought =
      subjects.find((each) => each.from >= predicate.from - 1 && each.from < predicate.to) ??
      nearest(subjects, tokens, predicate, false)
    return bought && { subject: bought, certainty: bought.certainty }
  }
  const near = nearest(subjects, tokens, predicate, true)
  const follows = near !== undefined && near.from >= predicate.to
  if (near && !follows && speaks(tokens, near, predicate)) return undefined
  if (near && (!follows || reaches(tokens, predicate.to, near.from)))
    return { subject: near, certainty: follows ? near.certainty * 0.9 : near.certainty }
  const aside = nearest(subjects, tokens, predicate, false)
  if (aside && tokens[aside.from]!.clause === tokens[predicate.from]!.clause)
    return predicate.person === undefined ? { subject: aside, certainty: aside.certainty * 0.9 } : undefined
  if (predicate.person !== 2 && !withoutAgent(tokens, predicate)) return undefined
  return pointed(tokens, predicate, subjects, setting, predicate.person === undefined)
}

function rolesOf(names: NameProfile | undefined, word: string): number | undefined {
  const at = names?.names.findIndex(({ role }) => role?.replaceAll('\u200c', '').split(/\s+/).includes(word)) ?? -1
  return at >= 0 ? at : undefined
}

function isReported(
  family: Family,
  name: number | undefined,
  pointing: boolean,
  reported: Reported | undefined,
): boolean {
  if (!reported) return false
  const known = pointing ? reported.anybody : name === undefined ? reported.ofSomebody : reported.byName.get(name)
  if (!known) return false
  for (const each of known) if (KIN[each].includes(family)) return true
  return false
}

/** The undue attributions in a text, the surest first. */
export function accusationsIn(tokens: readonly Token[], setting: Setting): Accusation[] {
  const predicates = predicatesOf(tokens)
  if (predicates.length === 0) return []
  const subjects = subjectsOf(tokens, setting.names)
  const found: Accusation[] = []
  for (const predicate of predicates.slice(0, MOST)) {
    if (unasserted(tokens, predicate)) continue
    const tied = predicate.label
      ? labelSubject(tokens, predicate, subjects, setting)
      : deedSubject(tokens, predicate, subjects, setting)
    if (!tied || doneByOthers(tokens, predicate, tied.subject)) continue
    const { subject, certainty } = tied
    const name = subject ? (subject.name ?? rolesOf(setting.names, tokens[subject.from]!.joined)) : undefined
    const word = subject ? tokens[subject.from]!.joined : ''
    const pointing = subject === undefined || subject.kind === 'pointer'
    if (name === undefined && OFFICIAL.has(word)) {
      found.push({ family: predicate.family, score: predicate.weight * certainty, predicate, subject, name })
      continue
    }
    if (isReported(predicate.family, name, pointing, setting.reported)) continue
    found.push({ family: predicate.family, score: predicate.weight * certainty, predicate, subject, name })
  }
  return found.sort((one, other) => other.score - one.score)
}
