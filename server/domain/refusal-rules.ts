import type { RefusalRule } from './comment.ts'
import type { RuleCode } from './comment-rules/types.ts'
import { RULE_CODES } from './comment-rules/types.ts'

/** The two rules published at every comment form, in their order. */
export const PUBLISHED_RULES = [
  'نظرات حاوی توهین و هرگونه نسبت ناروا به اشخاص حقیقی و حقوقی منتشر نمی‌شود.',
  'نظراتی که غیر از زبان فارسی یا غیر مرتبط با خبر باشد منتشر نمی‌شود.',
] as const

/** One rule under which a comment may be refused: a short word for the desk, the sentence that its writer reads, the version of that sentence. */
interface RuleTexts {
  label: string
  text: string
  version: number
}

/** The texts of all rules under which comments are refused. */
export const REFUSAL_RULES = {
  insult: { label: 'توهین', text: 'نظرات حاوی توهین به اشخاص حقیقی و حقوقی منتشر نمی‌شود.', version: 1 },
  accusation: { label: 'نسبت ناروا', text: 'نسبت ناروا به اشخاص حقیقی و حقوقی منتشر نمی‌شود.', version: 1 },
  'non-persian': { label: 'غیرفارسی', text: 'نظراتی که به زبانی غیر از فارسی باشد منتشر نمی‌شود.', version: 1 },
  'off-topic': { label: 'غیرمرتبط', text: 'نظراتی که با خبر مرتبط نباشد منتشر نمی‌شود.', version: 1 },
  advertising: { label: 'تبلیغ', text: 'تبلیغ و پیوند تبلیغاتی در نظرات منتشر نمی‌شود.', version: 1 },
  'personal-data': {
    label: 'اطلاعات شخصی',
    text: 'برای حفظ حریم خصوصی، شمارهٔ تماس، نشانی و دیگر اطلاعات شخصی در نظرات منتشر نمی‌شود.',
    version: 1,
  },
  duplicate: { label: 'تکراری', text: 'نظر تکراری منتشر نمی‌شود؛ می‌توانید به نظر مشابه رأی بدهید.', version: 1 },
  gibberish: { label: 'نامفهوم', text: 'نوشته‌ای که معنای روشنی ندارد منتشر نمی‌شود.', version: 1 },
} as const satisfies Record<RuleCode, RuleTexts>

/** Whether a word is the code of a rule. */
export function isRuleCode(code: unknown): code is RuleCode {
  return typeof code === 'string' && (RULE_CODES as readonly string[]).includes(code)
}

/** The rule as it is stored with a refusal: its code with the text and version that hold now; null for a word that is no rule. */
export function refusalRule(code: string): RefusalRule | null {
  if (!isRuleCode(code)) return null
  const { text, version } = REFUSAL_RULES[code]
  return { code, text, version }
}
