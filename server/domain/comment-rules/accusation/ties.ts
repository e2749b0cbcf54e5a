import { type Family, labelOf } from './labels.ts'
import type { Predicate } from './predicates.ts'
import { BETWEEN, has, list, OBJECT } from './scan.ts'
import { PREPOSITIONS, type Subject } from './subjects.ts'
import { BEFORE_LABEL } from './targets.ts'
import type { Token } from './tokens.ts'
import { COPULAS, DENIALS, verbOf } from './verbs.ts'

const PACK = list('مشت مشتی باند دسته لانه حکومت پر گروه جماعت طایفه خاندان قشر')
const EPITHETS = list(
  'بزرگ بزرگی معروف معروفی اصلی حرفهای کثیف واقعی پست قهار سر سرگردنه گردنه رسمی علنی آشکار اشکار تمام عیار تمامعیار بیشرف بیوجدان بینالمللی ادبی به ملت مردم کشور وطن زمین ارز',
)
const NO_COPULA = list('خواست راست ماست کاست پوست دوست برخاست درخواست')
const OWNED: ReadonlySet<Family> = new Set(['bribe', 'favour', 'corruption'] as const)

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
    if (verb) return verb.person === 1 || (verb.open && verb.person === 2)
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

/** «زمین‌خوار! کلاهبردار!»: a sentence of its own. */
function exclaimed(tokens: readonly Token[], at: number): boolean {
  const { sentence } = tokens[at]!
  return tokens[at - 1]?.sentence !== sentence && tokens[at + 2]?.sentence !== sentence
}

/** «قاچاقچی برنج شده رئیس هیئت‌مدیره»: what somebody was and has become. */
function becomes(tokens: readonly Token[], at: number, subjects: readonly Subject[]): boolean {
  for (let near = at + 1; near <= at + 2 && tokens[near]?.clause === tokens[at]!.clause; near++)
    if (/^شد(?:ه|ن|ند|هاند)?$/.test(tokens[near]!.joined)) return subjects.some(({ from }) => from === near + 1)
  return false
}

/** A clause of nothing but labels beside others: «قاتل جلاد، این دکتر نیست». */
function onlyLabels(tokens: readonly Token[], at: number): boolean {
  const clause = tokens.filter((token) => token.clause === tokens[at]!.clause)
  return clause.length <= 3 && clause.every(({ joined }) => labelOf(joined) !== undefined || EPITHETS.has(joined))
}

const ROBBED = list('بانک شرکت فروشگاه کارخانه کارخونه داروخانه صرافی موسسه دانشگاه مغازه')

/** «دزدهای شهرداری»: thieves of an office, which are its people, while thieves of a bank have robbed it. */
function ofBody(tokens: readonly Token[], at: number, subjects: readonly Subject[]): boolean {
  if (PREPOSITIONS.has(tokens[at - 1]?.joined ?? '')) return false
  return subjects.some(({ from, kind }) => from === at + 1 && kind === 'figure' && !ROBBED.has(tokens[from]!.joined))
}

/** How a label is tied to somebody: `adjacent` to a subject or «این», as what its clause says (`said`), alone, or not at all. */
export function tie(
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
  const copula = !ends && (COPULAS.has(tokens[next]!.joined) || DENIALS.has(tokens[next]!.joined))
  for (let near = at + 1; stand !== 'is' && near <= at + 3 && tokens[near]?.clause === clause; near++) {
    if (subjects.some((each) => each.from === near)) break
    if (OBJECT.has(tokens[near]!.joined)) return dismissed(tokens, near, at, subjects) ? 'adjacent' : undefined
  }
  const before = tokens[at - 1]
  if (/تر$/.test(tokens[at]!.joined) && tokens[at + 1]?.joined === 'از') return 'said'
  if (stand === 'many') {
    if (before && PACK.has(before.joined)) return 'adjacent'
    const owned = OWNED.has(predicate.family) && !PREPOSITIONS.has(before?.joined ?? '')
    if (owned && subjects.some((each) => each.from === at + 1)) return 'said'
    if (predicate.family === 'theft' && ofBody(tokens, at, subjects)) return 'said'
    if (ends && before?.clause !== clause && subjects.length > 0) return 'said'
    return before?.joined === 'از' && has(tokens, at + 1, at + 4, COPULAS) ? 'said' : undefined
  }
  if (stand === 'vague')
    return copula && subjects.some((each) => each.from < at && tokens[each.from]!.clause === clause)
      ? 'said'
      : undefined
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
  if (becomes(tokens, at, subjects)) return 'said'
  if (onlyLabels(tokens, at)) return 'alone'
  if (ends && (tokens.length <= 3 || exclaimed(tokens, at))) return 'alone'
  if (ends && subjects.some((each) => each.from < at && tokens[each.from]!.clause === clause && each.stands === 'free'))
    return 'said'
  if (before?.joined === 'و' && labelOf(tokens[at - 2]?.joined ?? '')) return 'said'
  return undefined
}
