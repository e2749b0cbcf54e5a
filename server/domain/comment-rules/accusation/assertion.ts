import type { Predicate } from './predicates.ts'
import { has, list, OFFICIAL, sentenceEnd, sentenceStart } from './scan.ts'
import type { Token } from './tokens.ts'
import { DENIALS, verbOf } from './verbs.ts'

const NOT_ASSERTED = list(
  'ایا کاش ایکاش کاشکی امیدوارم امیدواریم خدانکند خدانکنه انشاالله انشااله انشالله ایشالا ایشالله مبادا شایعه شایعات تهمت تهمتی تهمتها افترا ندیدیم ندیدم نشنیدیم نشنیدم بگوییم بگویم بگوید بگه نگویید نگوید نگید نگین نگوییم نمیگم نمیگیم نمیگویم نمیگوییم محرز میترسم ثابت ادعا ادعای',
)
const CONDITIONS = list('اگر اگه چنانچه گر وگر')
const HEARERS = list('کسانی کسایی اونایی انهایی کسی کی هیچکس هیشکی هیچکی')
const ADDRESSED = list('میگی میگید میگین میگویی میگویید گفتی گفتید گفتین')
const HEARSAY = list('میگن میگند میگویند گفتن گفتند نوشتهاند نوشتن شنیدیم شنیدم میگفتند')
const BUT = list('ولی اما بعد درصورتیکه درحالیکه لیکن')
const UNTIL = list('تا')
const WHO = list('کی چقدر چقد چند چندتا کجا چرا')
const REVEALS = list('معلوم مشخص میفهمید میفهمیم میفهمن میفهمند برملا')
const TAGS = list('مگه مگر نه درسته دیگه')
const RUMOURS = list('تهمت شایعه ادعا')
const SUCH = list('همون همان همونی همانی')
const SAID = list('گفت گفته گفتند اعلام نوشته نوشت')
const REFUTED = list('تکذیب تبریه تبرئه نادرست نادرسته کذب کذبه')
const FALSE_NEWS = new Set([...REFUTED, ...list('جعلی جعلیه شایعه شایعهست دروغه الکیه')])
const ASSERTING_QUESTION = list('مگر مگه چطور چطوری چجوری چگونه چند چقدر چقد چرا')
const NO_SPEAKER = list('به کی کسی نمیشود نمیشه نمیتوان نباید')
const PAST_DENIALS = list('نبود نبودند نبودن')
const PART = list('شخصیت کاراکتر')
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
  if (!tokens[predicate.from]!.asks || predicate.sly || has(tokens, start, predicate.to, ASSERTING_QUESTION))
    return false
  if (predicate.person === 2 && has(tokens, start, end, WHO)) return false
  if (SUCH.has(tokens[start]!.joined) || tokens[predicate.to]?.joined === 'که') return false
  if (has(tokens, Math.max(predicate.to, end - 2), end, TAGS) && !has(tokens, predicate.to, end, OR)) return false
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
    const says = verbOf(word)
    if (says?.verb !== 'گفتن' || !has(tokens, start, at, HEARERS)) continue
    if (!(says.negated && has(tokens, start, at, WHY))) return true
  }
  return false
}

/** Whether a word of doubt stands there, except «تهمت نیست». */
function doubted(tokens: readonly Token[], start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const word = tokens[at]!.joined
    if (NOT_ASSERTED.has(word) && !(RUMOURS.has(word) && DENIALS.has(tokens[at + 1]?.joined ?? ''))) return true
  }
  return false
}

/** «تا رشوه نگیرد امضا نمی‌کند»: what must be so before anything is done. */
function untilDone(tokens: readonly Token[], predicate: Predicate, start: number, end: number): boolean {
  if (!predicate.open || !predicate.denied || !has(tokens, start, predicate.from, UNTIL)) return false
  for (let at = predicate.to; at < end; at++) {
    const word = tokens[at]!.joined
    if (word.startsWith('نمی') || DENIALS.has(word)) return true
  }
  return false
}

/** «شما می‌گویید دزد است», «می‌گویند دزد است، ولی…»: another's word that the speaker does not share. */
function otherVoice(tokens: readonly Token[], predicate: Predicate, start: number, end: number): boolean {
  for (let at = start; at < predicate.from; at++) {
    const word = tokens[at]!.joined
    if (ADDRESSED.has(word) && predicate.person !== 2) return !has(tokens, at, predicate.from, BUT)
    if (HEARSAY.has(word) && (has(tokens, predicate.to, end, BUT) || has(tokens, end, end + 6, FALSE_NEWS))) return true
  }
  return false
}

/** «دزدتر از وزیر ندیدم» says that he is. */
const outdoes = (tokens: readonly Token[], { label, from }: Predicate): boolean =>
  label !== undefined && /تر$/.test(tokens[from]!.joined) && tokens[from + 1]?.joined === 'از'

/** Whether the sentence only asks, wishes, supposes, quotes or denies what the predicate says. */
export function unasserted(tokens: readonly Token[], predicate: Predicate): boolean {
  const { from, to } = predicate
  const start = sentenceStart(tokens, from)
  const end = sentenceEnd(tokens, from)
  if (outdoes(tokens, predicate) || untilDone(tokens, predicate, start, end)) return false
  if (has(tokens, start, from, CONDITIONS) && !has(tokens, start, from, REVEALS))
    return !predicate.sly && !counterfactual(tokens, predicate)
  if (deniedByForm(predicate)) return true
  if (tokens[from]!.quoted && !tokens[0]!.quoted) return true
  if (has(tokens, start, from, PART)) return true
  if (doubted(tokens, start, from) || has(tokens, to, end, REFUTED)) return true
  if (NEITHER.has(tokens[from - 1]?.joined ?? '')) return true
  if (has(tokens, start, from, NEITHER) && has(tokens, to, end, NEITHER)) return true
  if (has(tokens, start, from, THINK) && has(tokens, start, from, WHY)) return true
  if (otherVoice(tokens, predicate, start, end)) return true
  return saidByAnother(tokens, start, from) || asksWhether(tokens, predicate, start, end)
}
