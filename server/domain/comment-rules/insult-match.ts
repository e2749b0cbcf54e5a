import { type Ending, soundOf, type TrieNode } from './insult-trie.ts'
import type { LexiconEntry } from './lexicon/types.ts'

/** What stands before a letter: nothing, a half-space, a dot or dash, a space, or a stronger break. */
const GAP = { none: 0, half: 1, dot: 2, space: 3, break: 4 } as const

/** A text as a run of sounds: each with its spelling, its first and last place in the folded text, how often it stands in a row, and the gap before it; `torn` when many letters stand alone. */
export interface Sounds {
  letters: number[]
  spelled: number[]
  first: number[]
  last: number[]
  runs: number[]
  gaps: number[]
  torn: boolean
}

/** An entry found in a run of sounds: from the first sound up to the last of its ending. */
export interface Found {
  entry: LexiconEntry
  from: number
  to: number
  broken: boolean
}

const LETTER = /[\p{L}\p{N}]/u
const DOTS = ".۔-_·•~/\\'`|+"
const MASK = '*#×@$%'
const WILD = 0
const AND = 'و'.charCodeAt(0)

/** Letters and digits that honest writers leave alone: «و», and «ک», «ب» for «که», «به». */
const SHORTHAND = new Set([...'وکب0123456789'].map((letter) => letter.charCodeAt(0)))

const KIND = { letter: 1, mask: 2, other: 3 } as const
const kinds = new Uint8Array(0x10000)

/** What a unit of folded text is: a letter or digit, a mask sign, or a gap of the given strength (as `other` plus GAP). */
function kindOf(code: number): number {
  const known = kinds[code]!
  if (known) return known
  const character = String.fromCharCode(code)
  let kind: number = KIND.other + GAP.break
  if (LETTER.test(character)) kind = KIND.letter
  else if (MASK.includes(character)) kind = KIND.mask
  else if (character === '\u200c') kind = KIND.other + GAP.half
  else if (character === ' ') kind = KIND.other + GAP.space
  else if (DOTS.includes(character)) kind = KIND.other + GAP.dot
  kinds[code] = kind
  return kind
}

/** Digits that stand for a letter within a word of Latin letters. */
const LATIN_DIGITS: Record<string, string> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 'h' }
const JOINTS = ',،;؛'

const isLatinLetter = (code: number): boolean => code >= 0x61 && code <= 0x7a
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39
const isLetter = (code: number): boolean => kindOf(code) === KIND.letter && !isDigit(code)

/** What a lone digit between two letters stands for: a letter in a word of Latin letters, else any letter; 0 when it stands for itself. */
function hiddenBehindDigit(folded: string, at: number): number {
  const before = folded.charCodeAt(at - 1)
  const after = folded.charCodeAt(at + 1)
  if (!isLetter(before) || !isLetter(after)) return 0
  if (!isLatinLetter(before)) return MASK.charCodeAt(0)
  return isLatinLetter(after) ? (LATIN_DIGITS[folded[at]!] ?? '').charCodeAt(0) || 0 : 0
}

/** How far a sign that is no letter parts what stands beside it: a picture or a comma closed in by letters no more than a space. */
function gapOf(kind: number, folded: string, at: number): number {
  const code = folded.charCodeAt(at)
  if (kind - KIND.other !== GAP.break) return kind - KIND.other
  if (code >= 0xd800 && code <= 0xdfff) return GAP.space
  const closedIn =
    JOINTS.includes(folded[at]!) && isLetter(folded.charCodeAt(at - 1)) && isLetter(folded.charCodeAt(at + 1))
  return closedIn ? GAP.space : GAP.break
}

/** Whether the letter is the «ی» that links a word in «ه» to the next one («لقمه‌ی حروم»), which others leave out. */
function isLinkingYe(folded: string, at: number): boolean {
  return folded[at] === 'ی' && folded[at - 1] === '\u200c' && folded[at - 2] === 'ه' && folded[at + 1] === ' '
}

const MASKED = /\p{L}[*#×@$%]+\p{L}/u

/** The ways to read a folded text: with masks in place of letters, and, where it has masks, with masks strewn between them. */
export function readingsOf(folded: string): Sounds[] {
  return MASKED.test(folded) ? [soundsOfText(folded), soundsOfText(folded, true)] : [soundsOfText(folded)]
}

/** The folded text as a run of sounds; a repeated letter counts once, a mask sign or a lone digit between letters stands for any letter, or a mask for no more than a dot. */
export function soundsOfText(folded: string, masksAreDots = false): Sounds {
  const letters: number[] = []
  const spelled: number[] = []
  const first: number[] = []
  const last: number[] = []
  const runs: number[] = []
  const gaps: number[] = []
  let gap: number = GAP.break
  for (let at = 0; at < folded.length; at++) {
    let code = folded.charCodeAt(at)
    if (gap === GAP.none && isDigit(code)) code = hiddenBehindDigit(folded, at) || code
    if (isLinkingYe(folded, at)) continue
    let kind = kindOf(code)
    if (kind === KIND.mask && masksAreDots) kind = KIND.other + GAP.dot
    if (kind === KIND.mask) {
      if (gap !== GAP.none || !isLetterAfterMasks(folded, at)) kind = KIND.other + GAP.break
    }
    if (kind > KIND.mask) {
      gap = Math.max(gap, MASK.includes(folded[at]!) && masksAreDots ? GAP.dot : gapOf(kind, folded, at))
      continue
    }
    const sound = kind === KIND.mask ? WILD : soundOf(code)
    const previous = letters.length - 1
    if (gap <= GAP.half && sound !== WILD && letters[previous] === sound) {
      last[previous] = at
      runs[previous]! += 1
      gap = GAP.none
      continue
    }
    letters.push(sound)
    spelled.push(code)
    first.push(at)
    last.push(at)
    runs.push(1)
    gaps.push(gap)
    gap = GAP.none
  }
  return { letters, spelled, first, last, runs, gaps, torn: isTorn(spelled, gaps) }
}

/** Whether the mask signs from here on, at most two, lead on to a letter. */
function isLetterAfterMasks(folded: string, at: number): boolean {
  const next = at + 1 < folded.length ? kindOf(folded.charCodeAt(at + 1)) : KIND.other
  if (next !== KIND.mask) return next === KIND.letter
  return at + 2 < folded.length && kindOf(folded.charCodeAt(at + 2)) === KIND.letter
}

/** Whether letters stand alone so often that somebody tore the words apart. */
function isTorn(spelled: number[], gaps: number[]): boolean {
  let pieces = 0
  let alone = 0
  for (let at = 0; at < gaps.length; at++) {
    if (gaps[at] === GAP.none) continue
    pieces += 1
    const ends = at + 1 === gaps.length || gaps[at + 1]! !== GAP.none
    if (ends && !SHORTHAND.has(spelled[at]!)) alone += 1
  }
  return alone * 6 >= pieces && alone > 0 && (alone > 1 || pieces < 6)
}

const asSounds = (list: string): Set<string> =>
  new Set(
    list.split(' ').map((word) => String.fromCharCode(...[...word].map((letter) => soundOf(letter.charCodeAt(0))))),
  )

/** Endings that a noun or adjective of the lexicon may carry without a space. */
const ENDINGS = asSounds(
  'ا ان انه اند اش ات ام ای ایی اس ایم اید این است ه ها های هایی هاش هات هاتون هاشون هامون هارو هاست هایه هاتان هاشان ی یی یا یای یه یم ید ین ییم یید م ت ش تون تان شون شان مون مان و رو تر ترین تره تری ترند ن ند ست هستی هستن هستند هستید هستین هست هم ک کا گی گری بازی بازا جان جون ایه اتون اشون تو شو تونو شونو ha haye haro hayi ey e i am et esh etoon eto',
)

/** Whether the sounds after a word are nothing or an ending that it may carry. */
export function isEnding(sounds: string): boolean {
  return sounds === '' || ENDINGS.has(sounds)
}

/** Short everyday words: letters joined over a space are no hidden insult when all their pieces are such words. */
const EVERYDAY = asSounds(
  'از به با در که را و یا تا بر هر هم من تو ما او ان این انها شما کس کسی کسانی چه چی چند چون پس پیش بی نه نی ها های می نمی است هست بود شد شده شو کن کنم کنه کرد کند کنی کار باز بار بد خوب دل سر دست پا جان تن رو روی رود راه ره ده دو سه یک یه شش صد گو گوش گل اب نان نام نامه مرد زن بچه پدر مادر خواهر کوه شب روز سال ماه خانه شهر ده کشور جا جای حال حرف سخن خدا یاد باد شاد داد زد دید رفت امد گفت خر خرید کل همه هیچ بعد قبل الان دیگر دیگه فقط خیلی خود بنده اقا خانم جدا کم کمی پول مال مالی ملت دولت کی کو کجا لب شور شرف پست فطرت لقمه زاده خور مفت وطن فروش کاسه لیس اصل نسب ریشه رگ عار صفت رحم غذا غذای مرغ تخم سیب اش اند ای ام ات ایم اید مان تان شان تر ترین گاه گام گاو گر گرم سرد نرم گرد درد زرد برد خورد نور دور شور جور طور مور زور بو مو جو سو نو لو خو قو دم کم غم سم نم بم هم رم جم خم پر سر در بر تر کر گر نر زر شر فر قر ور من تن زن ظن فن کن خوش خوشی روش دوش هوش موش گوشت پشت مشت دشت زشت کشت هشت رنگ سنگ جنگ تنگ بند قند چند کند دنده خنده زنده بنده نمره تیم بیم نیم سیم نیت قیمت کف صف لطف طرف حرف برف ظرف گاز ناز ساز باز راز نیاز ساک پاک خاک تاک جن دین چین زین نشد نبود ندارد دارم داره دارد بگو بده بره بری برم بشه شدم شدی شدن میشه میده میره ولی اگه اگر مثل بهتر عمه عمو خاله دایی چیز دیگری دیگر رای توی',
)

const pieceOf = (sounds: Sounds, from: number, to: number) => String.fromCharCode(...sounds.letters.slice(from, to))

/** Whether letters written apart where the word has no seam may still be that word; `to` is where its last piece ends. */
function mayBeHidden(
  sounds: Sounds,
  from: number,
  { entry, spelling: { letters, seams } }: Ending,
  breaks: number[],
  to: number,
): boolean {
  const length = letters.length
  if (length < 3) return false
  const odd = breaks.filter((at) => !seams.has(at - from))
  const cuts = [from, ...breaks, Math.max(to, from + length)]
  const pieces = cuts.slice(1).map((cut, i) => ({ start: cuts[i]!, size: cut - cuts[i]! }))
  const alone = pieces.some(({ start, size }) => size === 1 && sounds.spelled[start] !== AND)
  if (sounds.torn) return entry.strength !== 'context' || length > 3 || alone
  if (entry.strength === 'context' && length < 4) return false
  if (!odd.some((at) => sounds.gaps[at] === GAP.space)) return true
  const strange = ({ start, size }: { start: number; size: number }) =>
    size > 1 && !EVERYDAY.has(pieceOf(sounds, start, start + size))
  if (length < 4) return alone && pieces.every((piece) => piece.size === 1 || strange(piece))
  if (alone) return true
  const torn = pieces.filter(({ start, size }) => odd.includes(start) || odd.includes(start + size))
  const seamsKept = [...seams].every((seam) => breaks.includes(from + seam))
  if (seams.size > 0 && seamsKept) return torn.some(strange)
  if (seams.size > 0 && length < 6) return pieces.length === 2 && pieces[1]!.size === 1 && strange(pieces[0]!)
  return torn.every((piece) => strange(piece) || (piece.size === 1 && pieces[0]!.size > 2))
}

/** Where the word that goes on after a match ends: its border, or -1 when what follows is no ending; a letter written twice may be the word's last and the ending's first («بی‌کفایت‌ترین»). */
function borderAfter(sounds: Sounds, end: number, length: number): number {
  let stop = end
  while (stop < sounds.letters.length && sounds.gaps[stop]! <= GAP.half) stop += 1
  if (stop === end) return end
  if (length <= 3 && sounds.gaps[end] !== GAP.half) return -1
  const ending = pieceOf(sounds, end, stop)
  if (ENDINGS.has(ending)) return stop
  const shared = sounds.runs[end - 1]! > 1 && ENDINGS.has(pieceOf(sounds, end - 1, stop))
  return shared ? stop : -1
}

/** Short words, exceptions (score 0) and words that insult only by aim must be spelled as they are; sounds may be exchanged in the others. */
function spelledWell(sounds: Sounds, from: number, { entry, spelling }: Ending): boolean {
  const { spelled, repeats } = spelling
  const length = spelled.length
  const exact = length <= 3 || entry.strength === 'context' || entry.score === 0
  for (let i = 0; i < length; i++) {
    const at = from + i
    if (exact && sounds.letters[at] !== WILD && sounds.spelled[at] !== spelled[i]) return false
    const run = sounds.runs[at]!
    if (repeats[i]! > 1 && (entry.score === 0 ? run !== repeats[i] : (length <= 5 || i === length - 1) && run === 1))
      return false
  }
  return true
}

function take(sounds: Sounds, from: number, end: Ending, breaks: number[], wild: number, found: Found[]): void {
  const { letters, seams } = end.spelling
  const length = letters.length
  if (wild > 0 && (length < 4 || end.entry.strength === 'context')) return
  if (!spelledWell(sounds, from, end)) return
  const after = from + length
  const to = borderAfter(sounds, after, length)
  if (to === -1) return
  const odd = breaks.length === 0 ? breaks : breaks.filter((place) => !seams.has(place - from))
  if (odd.length > 0 && !mayBeHidden(sounds, from, end, breaks, to)) return
  found.push({ entry: end.entry, from, to, broken: odd.length > 0 })
}

function walk(
  sounds: Sounds,
  start: TrieNode,
  from: number,
  at: number,
  breaks: number[],
  wild: number,
  found: Found[],
) {
  let node = start
  for (; at < sounds.letters.length; at++) {
    const gap = at === from ? GAP.none : sounds.gaps[at]!
    if (gap === GAP.break) return
    const letter = sounds.letters[at]!
    if (letter === WILD) {
      if (wild >= 2) return
      for (const child of node.children()) {
        for (const end of child.ends) take(sounds, from, end, breaks, wild + 1, found)
        walk(sounds, child, from, at + 1, breaks, wild + 1, found)
      }
      return
    }
    const child = node.child(letter)
    if (!child) return
    if (gap >= GAP.dot) breaks = [...breaks, at]
    node = child
    for (const end of node.ends) take(sounds, from, end, breaks, wild, found)
  }
}

/** Every entry that stands in the run of sounds between borders, hidden or plain, and begins from one place up to another. */
export function findAll(sounds: Sounds, root: TrieNode, first = 0, end = sounds.letters.length): Found[] {
  const found: Found[] = []
  for (let from = Math.max(0, first); from < end; from++)
    if (sounds.gaps[from]! >= GAP.dot) walk(sounds, root, from, from, [], 0, found)
  return found
}
