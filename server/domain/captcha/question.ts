import { inPersianWords } from './answer.ts'
import type { Chance } from './chance.ts'

/** A small sum in Persian words for people who cannot see the picture, and its answer in Latin digits. */
export interface WordQuestion {
  question: string
  answer: string
}

/** Asks for a sum, a difference or a product whose answer lies between 1 and 30. */
export function askInWords(chance: Chance): WordQuestion {
  const a = 2 + chance(9)
  const b = 1 + chance(9)
  const [x, y] = [inPersianWords(Math.max(a, b)), inPersianWords(Math.min(a, b))]
  const forms: [string, number][] = [
    [`${x} به‌علاوهٔ ${y}؟`, a + b],
    [`${y} به‌علاوهٔ ${x}؟`, a + b],
    [`حاصل جمع ${x} و ${y}؟`, a + b],
    [`اگر ${y} را به ${x} بیفزاییم، چند می‌شود؟`, a + b],
  ]
  if (a !== b)
    forms.push([`${x} منهای ${y}؟`, Math.abs(a - b)], [`از ${x} اگر ${y} کم شود، چند می‌ماند؟`, Math.abs(a - b)])
  if (b <= 3 && a <= 10) forms.push([`${x} ضرب در ${y}؟`, a * b])
  const [question, answer] = forms[chance(forms.length)]!
  return { question, answer: String(answer) }
}
