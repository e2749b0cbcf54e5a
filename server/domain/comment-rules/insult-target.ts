import type { Word } from '../persian-text/index.ts'

const SECOND = new Set(
  'تو شما شماها خودت خودتون خودتان توی تورو شمارو ترا تویی شمایی امثال امثالت امثالتون هستی هستید هستین نیستی نیستید نیستین بودی بودید شدی شدید ای اید بابات ننت مادرت پدرت عمت بهت بهتون ازت ازتون برات براتون to too shoma khodet khodetoon hasti hastid hastin'.split(
    ' ',
  ),
)
const POINTING = new Set(
  'این اینا اینها ایناها اون اونا اونها همین همون یه یک مشتی مشت عجب چه مثل مث مثه عین مانند شبیه انگار انگاری عینهو همچون بابا ای همه همشون همتون کل تمام اینارو اونارو'.split(
    ' ',
  ),
)
const SEEMING = new Set('انگار انگاری عینهو'.split(' '))
const PEOPLE = new Set(
  'آدم ادم انسان مرد زن پسر دختر مسئول مسئولین مسئولان مسولین رئیس رییس وزیر وزرا نماینده نمایندگان مدیر مدیران مجری بازیگر خبرنگار آخوند آخوندا آخوندها ملا دولت حکومت رژیم نظام سران قوم ملت مردم شاه رهبر سردار سپاه بسیجی طرفدار هوادار هوادارا داور مربی خواننده سلبریتی هنرمند مجلس نماینده مداح مداحا اصلاحطلب اصولگرا حزب حزباللهی انقلابی'.split(
    ' ',
  ),
)
const COPULA = new Set('است هست هستند هستن هستش اند بود بودن بودند شده شدن شدند ن نیست نیستن'.split(' '))
const SECOND_VERB = /^(?:ن?می\u200c?|ب|ن)?\p{L}{2,}(?:ید|ین)$|^ن?می\u200c?\p{L}{2,}ی$/u

const REACH = 5

/** A word with drawn-out letters written once. */
function undrawn(word: string): string {
  return /(.)\1\1/u.test(word) ? word.replace(/(.)\1{2,}/gu, '$1') : word
}

/** How many letters of the rest count as nothing else, and as little else: a name, a title. */
const ALMOST_ALONE = 6
const SHORT = 14

/** The letters of the other words, counted no further than needed; letters are counted, for torn text has more words. */
function lettersBeside(words: readonly Word[], from: number, to: number): number {
  let count = 0
  for (let at = 0; at < words.length && count <= SHORT; at++)
    if (at < from || at >= to) count += undrawn(words[at]!.joined).length
  return count
}

/** Peoples, provinces and creeds that are abused as such; with their plurals, save where a verb is spelled alike. */
const PEOPLES =
  /^(?:(?:ترک|کرد)(?:ها|های|ا|ای)|(?:لر|عرب|بلوچ|ترکمن|قشقایی|گیلک|رشتی|مازنی|اصفهانی|قزوینی|تبریزی|مشهدی|تهرانی|شیرازی|یزدی|کرمانی|آبادانی|ابادانی|بختیاری|همدانی|افغان|افغانی|افاغنه|پاکستانی|سیاهپوست|یهودی|جهود|مسیحی|ارمنی|سنی|شیعه|بهایی|مجوس|گبر|زرتشتی|مسلمان|مسلمون|آتئیست|اتئیست|شهرستانی|روستایی)(?:ها|های|ا|ای|یا|یای)?)$/u
/** Callings that are abused right before the word. */
const PROFESSIONS =
  /^(?:معلم|دکتر|پزشک|مهندس|پرستار|راننده|پلیس|مامور|مأمور|سرباز|قاضی|وکیل|خبرنگار|نویسنده|کارگردان|بازیگر|بازیکن|دروازهبان|مربی|سرمربی|داور|کمکداور|گزارشگر|مجری|کارشناس|شهردار|استاندار|فرماندار|وزیر|نماینده|سخنگو|کارمند|دلال|املاکی|بنگاهی|آخوند|ملا|مداح|بسیجی|سپاهی)(?:ها|های|ا|ای|هایی)?$/u
const ALL_OF_THEM = new Set('همه همهشون همشون همگی جماعت کلا تماما همهشان همگیشون'.split(' '))
const VERY = new Set('خیلی چقدر چقد انقدر اینقدر اینقد انقد واقعا واقعن بسیار'.split(' '))

const BETWEEN = new Set('تو شما که شماها'.split(' '))
const OBJECT = new Set('رو را'.split(' '))

/** Whether the word is asked about with contempt: «… رو چه به وزارت», «… رو کی راه داده», «کی به این … گفت». */
function isAskedOf(words: readonly Word[], from: number, to: number): boolean {
  const [object, asked, then] = words.slice(to, to + 3).map(({ joined }) => joined)
  if (OBJECT.has(object ?? '') && (asked === 'کی' || (asked === 'چه' && then === 'به'))) return true
  if (OBJECT.has(object ?? '') && asked === 'از' && then === 'کجا') return true
  const [who, toward, pointing] = words.slice(Math.max(0, from - 3), from).map(({ joined }) => joined)
  return who === 'کی' && toward === 'به' && POINTING.has(pointing ?? '')
}

/** Whether «very» or «how» stands before the word, perhaps with whom it speaks to between («چقدر تو لجنی»). */
function isVery(words: readonly Word[], from: number): boolean {
  const before = words[from - 1]?.joined ?? ''
  return VERY.has(before) || (BETWEEN.has(before) && VERY.has(words[from - 2]?.joined ?? ''))
}

/** How a word stands: ended as «you are» and called out at the very beginning with the given sign after it. */
export interface Manner {
  youAre: boolean
  called: string
}

/** Whether a people is abused: right before the word, or as a whole somewhere before it. */
function isOfPeople(words: readonly Word[], from: number): boolean {
  const near = words.slice(Math.max(0, from - REACH), from).map(({ joined }) => joined)
  if (!near.some((word) => PEOPLES.test(word))) return false
  return PEOPLES.test(near.at(-1)!) || near.some((word) => ALL_OF_THEM.has(word))
}

/** How much stands near a word that aims it at somebody, from 0 to 1: a second person, a pointing word, people, a copula, or nothing else at all. */
export function aimOf(words: readonly Word[], from: number, to: number, manner: Manner): number {
  let you = 0
  let acts = 0
  let people = 0
  for (let at = Math.max(0, from - REACH); at < Math.min(words.length, to + REACH); at++) {
    if (at >= from && at < to) continue
    const word = words[at]!
    const joined = undrawn(word.joined)
    if (SECOND.has(joined)) you += 1
    else if (SECOND_VERB.test(undrawn(word.text))) acts += 1
    else if (PEOPLE.has(joined)) people += 1
  }
  let aim = (you > 0 ? 0.42 : 0) + (you > 1 ? 0.12 : 0) + (acts > 0 ? 0.22 : 0) + (people > 0 ? 0.14 : 0)
  const before = words[from - 1]
  const after = words[to]
  if (before && POINTING.has(undrawn(before.joined))) aim += 0.22
  if (before && SEEMING.has(before.joined)) aim += 0.2
  if (after && COPULA.has(undrawn(after.joined))) aim += 0.18
  if (manner.youAre && isVery(words, from)) aim += 0.65
  else if (manner.youAre && you > 0) aim += 0.15
  if (manner.called === '!') aim += 0.65
  else if (manner.called === '،') aim += 0.4
  if (before && PROFESSIONS.test(before.joined)) aim += 0.25
  if (after && ALL_OF_THEM.has(after.joined)) aim += 0.2
  if (isOfPeople(words, from)) aim += 0.65
  if (isAskedOf(words, from, to)) aim += 0.3
  const beside = lettersBeside(words, from, to)
  if (beside <= ALMOST_ALONE) aim += 0.45
  else if (beside <= SHORT) aim += 0.25
  return Math.min(1, aim)
}
