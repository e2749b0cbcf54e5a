import { fold, type Word } from '../../persian-text/index.ts'

/** A word of a comment with its clause and sentence (numbers from 0), whether it stands in quotation marks, and whether its sentence asks. */
export interface Token extends Word {
  clause: number
  sentence: number
  quoted: boolean
  asks: boolean
}

const SENTENCE_MARK = /[.!?؟\n؛…]/
const CLAUSE_MARK = /[،,:()؛-]/
const OPENS = /[«“]/
const CLOSES = /[»”]/

/** Words that are also written apart; each is read as one word. */
const ONE_WORD = [
  'حیف و میل,ساخت و پاخت,بخور بخور,زد و بند,فک و فامیل,پول شویی,کلاه برداری,حق سکوت,حق حساب,پارتی بازی,فامیل بازی,بیت المال,لفت و لیس,ماست مالی,رفیق بازی,کم فروشی,گران فروشی,کار چاق کن,سو استفاده',
  'رشوه خوار,رشوه خواری,رشوه گیر,رشوه بگیر,رشوه خور,کلاه بردار,زمین خوار,زمین خواری,رانت خوار,رانت خواری,ربا خوار,نزول خور,حرام خور,حروم خور,آدم کش,آدم فروش,دروغ گو,دروغ گوی,دروغ گویی,وطن فروش,باج گیر,دست کج,مال مردم خور,اختلاس گر,شکنجه گر,پول شو,پرونده ساز,هم دست',
  'حق بیمه,ضمانت نامه,وکالت نامه,پایان کار,پسر دایی,پسر عمو,پسر خاله,دختر خاله,دختر عمو,پسر عمه,سطل آشغال,بده بستونه,هلال احمر,هیئت امنا,بده بستون,سفید امضا,دوز و کلک,سر و سر,دست دوم,کارت هدیه,کد ملی,بی محل,آزمایش نشده,نون خور,نان خور,چراغ سبز,دو برابر,روز روشن,سهمیه ای,بیمه ای,زلزله زده,زلزله زده‌ها,سیل زده,شیر خشک,کم بهره,صدقه سر,ثبت نام,سر گردنه گیر,پیش پرداخت,حق السکوت,تاریخ انقضا,رنگ شده,قوم و خویش,ایل و تبار,هم سفره,هم کاسه,هم پیاله,خون آشام,حقوق بگیر,مزد بگیر,دست پرورده,خیمه شب بازی,صحنه سازی,سیاه بازی,شایعه سازی,دروغ پراکنی,بی ضامن,یه شبه,یک شبه,باد آورده,پشت پرده,دو دفتره,قلم به مزد,گردنه گیر,دله دزد,هپلی هپو,نصف نصف,سر به نیست,حق و حساب,دست کاری,دست نشانده,سر سپرده,جیره خوار,خبر چین,کاسب تحریم,خیانت کار,رفیق باز,ویژه خوار,گاو بندی,بده بستان,بند و بست,آزار و اذیت,هر چی,پاسخ نامه,صورت جلسه,پایان نامه,فک و فامیل,باند بازی,نظر سنجی,قرعه کشی,شرط بندی,فیلم نامه,تاریخ گذشته,کپک زده,وزارت خونه,سفارت خونه,ملک پدری,از ما بهترون,از ما بهتران,نور چشمی,نور چشمی‌ها,دست درازی,رد پای,رد پا,زیر میزی,زیر میز,پرونده سازی,ملا خور,مدیر عامل,مدیر کل,رئیس جمهور,رییس جمهور,هیئت مدیره,هیات مدیره,آقا زاده,آقا زاده‌ها,خدا نکند,خدا نکنه,ان شاء الله,ان شا الله,ای کاش,حجت الاسلام,آیت الله,ژن خوب,تهیه کننده,صدا و سیما',
]

const joins = new Map<string, { rest: string[]; whole: string }[]>()
for (const entry of ONE_WORD.flatMap((line) => line.split(','))) {
  const [head, ...rest] = entry.split(' ').map((word) => fold(word).replaceAll('\u200c', '')) as [string, ...string[]]
  const known = joins.get(head) ?? []
  known.push({ rest, whole: [head, ...rest].join('') })
  joins.set(head, known)
}

function lengthOfJoin(words: readonly Word[], at: number): number {
  const head = words[at]!.joined
  const next = words[at + 1]?.joined
  if (next === 'تر' || next === 'ترین') return 2
  if (head === 'می' || head === 'نمی') return at + 1 < words.length ? 2 : 1
  if (head.length === 1) {
    let end = at
    while (words[end]?.joined.length === 1) end++
    return end - at >= 3 ? end - at : 1
  }
  for (const { rest } of joins.get(head) ?? [])
    if (rest.every((word, offset) => words[at + 1 + offset]?.joined === word)) return rest.length + 1
  return 1
}

/** The words of a text with what the marks between them say; words that belong together are one. */
export function tokensOf(text: string, words: readonly Word[]): Token[] {
  const tokens: Token[] = []
  let clause = 0
  let sentence = 0
  let quoted = false
  let asksFrom = 0
  let last = 0
  const close = (gap: string) => {
    if (/[?؟]/.test(gap)) for (let at = asksFrom; at < tokens.length; at++) tokens[at]!.asks = true
    asksFrom = tokens.length
  }
  for (let at = 0; at < words.length; ) {
    const word = words[at]!
    const length = lengthOfJoin(words, at)
    const end = words[at + length - 1]!.end
    const joined =
      length === 1
        ? word.joined
        : words
            .slice(at, at + length)
            .map((part) => part.joined)
            .join('')
    if (word.start - last !== 1 || text[last] !== ' ') {
      const gap = text.slice(last, word.start)
      if (CLOSES.test(gap)) quoted = false
      if (SENTENCE_MARK.test(gap)) {
        close(gap)
        sentence++
        clause++
      } else if (CLAUSE_MARK.test(gap)) clause++
      if (OPENS.test(gap)) quoted = true
    }
    tokens.push({ text: word.text, joined, start: word.start, end, clause, sentence, quoted, asks: false })
    last = end
    at += length
  }
  close(text.slice(last))
  return tokens
}
