import { readAnswer } from '../../server/domain/captcha/index.ts'

const value = (word: string | undefined) => Number(readAnswer(word ?? ''))

/** How each form of the questions in words is worked out. */
export const VALUE_OF_QUESTION: [RegExp, (found: RegExpExecArray) => number][] = [
  [/^(\S+) به‌علاوهٔ (\S+)؟$/, ([, a, b]) => value(a) + value(b)],
  [/^حاصل جمع (\S+) و (\S+)؟$/, ([, a, b]) => value(a) + value(b)],
  [/^اگر (\S+) را به (\S+) بیفزاییم/, ([, a, b]) => value(a) + value(b)],
  [/^(\S+) منهای (\S+)؟$/, ([, a, b]) => value(a) - value(b)],
  [/^از (\S+) اگر (\S+) کم شود/, ([, a, b]) => value(a) - value(b)],
  [/^(\S+) ضرب در (\S+)؟$/, ([, a, b]) => value(a) * value(b)],
]
