import type { Predicate } from './predicates.ts'
import { has, list, OFFICIAL, sentenceEnd, sentenceStart } from './scan.ts'
import type { Token } from './tokens.ts'
import { verbOf } from './verbs.ts'

const NOT_ASSERTED = list(
  'ایا کاش ایکاش کاشکی امیدوارم امیدواریم خدانکند خدانکنه انشاالله انشااله انشالله ایشالا ایشالله مبادا شایعه شایعات تهمت تهمتی تهمتها افترا ندیدیم ندیدم نشنیدیم نشنیدم بگوییم بگویم بگوید بگه نگویید نگوید نگید نگین نگوییم میترسم ثابت ادعا ادعای',
)
const CONDITIONS = list('اگر اگه چنانچه گر وگر')
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
export function unasserted(tokens: readonly Token[], predicate: Predicate): boolean {
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
