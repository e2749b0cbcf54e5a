import mongoose from 'mongoose'
import { answerHash } from '../../server/commenting/captcha.service.ts'
import { VALUE_OF_QUESTION } from './word-questions.ts'

/** The digits of an open challenge, found as only someone with the newsroom's secret can: by trying all. */
export async function digitsOf(secret: Buffer, key: string): Promise<string> {
  const doc = await mongoose.connection
    .collection<{ _id: string; articleCode: number | null; reader: string; pictureAnswer: string }>('captchas')
    .findOne({ _id: key })
  if (!doc) throw new Error('no challenge is open under this key')
  const bound = { key, articleCode: doc.articleCode, reader: doc.reader }
  for (let number = 0; number < 100_000; number++) {
    const digits = String(number).padStart(5, '0')
    if (answerHash(secret, bound, digits) === doc.pictureAnswer) return digits
  }
  throw new Error('no five digits answer this challenge')
}

/** The answer to a question in words, as a program would work it out. */
export function answerInWords(question: string): string {
  for (const [pattern, answer] of VALUE_OF_QUESTION) {
    const found = pattern.exec(question)
    if (found) return String(answer(found))
  }
  throw new Error(`this question is not understood: ${question}`)
}
