import { PLACE } from './script.ts'

/** A sign within a word that speaks for a language: the word in its lexicon spelling is matched. */
const SIGNS: [place: number, weight: number, pattern: RegExp][] = [
  [PLACE.azb, 0.9, /[گدویسکبچتنمق]ئ(?!و[لم])|ائ(?!ی|[لمن]ه?$|ات)|[گسکدبیچتاقهل]ؤ(?!ا)|ؤز|^اؤ|^دؤ/],
  [
    PLACE.azb,
    0.6,
    /^\p{L}{2,}(?:لار|لری|لاری|لرین|لارین|لاردا|لرده|لردن|لاردان|لره|لارا|یندا|یندن|یندان|یینده|دیر|دیلار|دیلر|دولار|میش|موش|میشدی|موشدو|ماق|ییر|ییب|اجاق|جک|ونون|ینین|سونلار|سینلر|میشدیر|دوغو|دیغی|دیگی|ارکن|سینا|سیندا|سیندن|مادی|مهدی|میرم|ماسین|لیغی|لیگی|لیقی)$/u,
  ],
  [
    PLACE.azb,
    0.3,
    /^\p{L}{2,}(?:یب|وب|دی|دو|دیم|دیق|یرم|یرسن|میر|مور|ینا|ونا|ونه|لیق|لیک|سیز|یجی|مدن|وندا|ونده|ماز|یله|دن|دان|سی|لر)$/u,
  ],
  [
    PLACE.azb,
    0.8,
    /^(?:گئت|ائت|ائل|اولور|اولد|اولم|اولس|اولا|وئر|گؤر|دئی|دئم|دئد|بیلم|بیلیر|بیلد|ایسته?[ییمد]|چیخ|دوشد|دوشو|یازد|یازی[رب]|اوخو|باخی|باخد|باخا|توتد|توتو|گتیر|آپاری|آپارد|قاچد|قاچی|اوتور|یاتد|یاتی|قالخ|سئو|اؤل|یاشا[یدمر]|چالیش|باشلا|سوروش|دانیشی|دانیشد|سؤیل|ائشیت|گؤندر|قازان|اوینا|آغلا|قورتار|ائوی|ائول|اورگ|اوزون|قیزی|اوغلا|اوشاق|آروا|کیشی|بؤیو|کیچی|گؤز|سؤز|اؤز|گون[وده]|گئج|یوخ[ودس]|چوخ|بیرینج|بیری|بیرد|ایکی|اوچ|دؤر|یئد|ایچر|ائشی|قاباغ|اوسته|آلتی|یانین|آراس)\p{L}*$/u,
  ],
  [
    PLACE.azb,
    0.9,
    /^\p{L}{2,}(?:یرسیز|یرسز|یرسن|یرسینیز|یریک|یرلر|یرلار|ورسوز|ورسونوز|ورسان|ورسن|ارسان|ارسیز|ارسینیز|میرسن|میرسیز|میرسز|میریک|میرلر|میرلار|مورام|مورسان|ماسین|مسین|لانیب|لنیب|ییبلر|ییبلار|میشیک|میشیق|میشم|میشام)$/u,
  ],
  [PLACE.mzn, 0.8, /^\p{L}{2,}(?:ردمه|ستمه|شتمه|یتمه|دیمه|مبه|نده|ننه|سسه|سمه|سنه|سسی|مومه|نونه|ئمه|ئنه)$/u],
  [PLACE.mzn, 0.8, /^(?:ه|ها)(?:کر|کن|دا|نیش|رش|یت)\p{L}*$/u],
  [PLACE.glk, 0.8, /^(?:بو|نو|بۊ|نۊ)(?:کو|کۊ|گو|گۊ|گذ|خو|خۊ|بو|بۊ|ست|شو|شۊ|دو|پر|تا|سو|شک|رس)\p{L}*$/u],
  [PLACE.glk, 0.6, /^(?:فا|دو|وا|جو|چا)(?:گیر|گیت|ده|دم|کود|کون|رس|خس|گرد|بوس|کفت)\p{L}*$/u],
  [
    PLACE.ckb,
    0.5,
    /^(?:ده|نا)[کبچرگلزخنتم]\p{L}{2,}(?:یت|ات|یتن|ین|ێت)$|(?:هکان|هکانی|هکانم|هکهی|یهکه|ییه|یهوه|هوهی|ێک|یەک)$/u,
  ],
  [PLACE.azb, 0.4, /^ئ/],
  [PLACE.ckb, 0.7, /^ئ|^هه$|^خه$/],
  [PLACE.ps, 0.5, /^\p{L}{2,}(?:ونه|ونو|ېږی|یږی|ول|ولو|وی|یدل)$/u],
]

/** Adds to one word's tally what its beginning and its ending say. */
export function weighForms(spelling: string, tally: Float64Array): void {
  for (const [place, weight, pattern] of SIGNS) if (pattern.test(spelling)) tally[place] = tally[place]! + weight
}

/** Kurdish in the older spelling, where he and a half-space stand for the short vowel. */
export const KURDISH_SPELLING =
  /ه\u200c(?!ها|ا[یمتشن]|مان|تان|شان|تر|ی|وار|گی|گان|ش$|م$|ت$|ر[اویس]|ور|س[ابت]|د[اه]|بر|پ|نا|نگ|نش)\p{L}|^ئه/u

/** Gilaki's own spelling: hamza on a letter in the midst or at the end of a word that Arabic would not write so. */
export const GILAKI_SPELLING = /ˇ|\p{L}[أۊ]\p{L}|\p{L}أ$|ؤ$/u

/** Vowel signs within a word or short a at its end: Persian writes at most the linking e. */
export const MARKED = /[\u064e\u064f\u0652]|\u0650\p{L}/u

/** Uyghur writes i within a word without dots. */
export const UYGHUR_SPELLING = /\p{L}ى\p{L}/u
