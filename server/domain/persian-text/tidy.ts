/** Rows of pattern, replacement and a worked example. */
const STEPS: readonly (readonly [pattern: RegExp, replacement: string, from: string, to: string])[] = [
  [/[\u200b\u2060\ufeff\u00ad]+/g, '', 'کتا\u200bب', 'کتاب'],
  [/¬/g, '\u200c', 'می¬شود', 'می‌شود'],
  [/[^\S\n]*\u200c[^\S\n]*\u200c*/g, '\u200c', 'می ‌شود', 'می‌شود'],
  [/(^|[\s،؛؟!.»)])\u200c+/gm, '$1', '‌کتاب', 'کتاب'],
  [/\u200c+(?=$|[\s،؛؟!.«(])/gm, '', 'کتاب‌ ', 'کتاب '],
  [/ـ{2,}/g, 'ـ', 'سـلـــام', 'سـلـام'],
  [/[^\S\n]{2,}/g, ' ', 'این  خبر', 'این خبر'],
  [/[^\S\n]+(?=[،؛؟!](?:\s|$))/gm, '', 'چرا ؟', 'چرا؟'],
  [/[^\S\n]+$/gm, '', 'پایان ', 'پایان'],
  [/\n{3,}/g, '\n\n', 'یک\n\n\n\nدو', 'یک\n\nدو'],
]

/** The worked examples of `tidy`, for its test. */
export const TIDY_EXAMPLES: readonly (readonly [from: string, to: string])[] = STEPS.map(([, , from, to]) => [from, to])

const PERSIAN_ONLY = /[پچژگکی]/

/**
 * One spelling for showing: spaces, half-spaces and kashida in order.
 * Arabic ي and ك become ی and ک only in a text with letters that Persian alone uses, so that Arabic quotations keep theirs.
 */
export function tidy(text: string): string {
  let shown = text
  for (const [pattern, replacement] of STEPS) shown = shown.replace(pattern, replacement)
  if (PERSIAN_ONLY.test(shown)) shown = shown.replace(/[يى]/g, 'ی').replace(/ك/g, 'ک')
  return shown.trim()
}

const PLAIN = /^[\n\u0020-\u02ff\u0621-\u063f\u0641-\u064a\u0660-\u066f\u0671-\u06d3\u06f0-\u06fc]*$/
const graphemes = new Intl.Segmenter('fa', { granularity: 'grapheme' })

/** How many characters a person counts: letters with their marks, emoji and line breaks count once, half-spaces not at all. */
export function countCharacters(text: string): number {
  const visible = text.replaceAll('\u200c', '')
  if (PLAIN.test(visible)) return visible.length
  let count = 0
  for (const _ of graphemes.segment(visible)) count++
  return count
}

const CONTROLS =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]/g

/** What was typed, in the form that is stored: NFC, line feeds, no control or bidi override characters, at most four marks on a letter. Idempotent. */
export function cleanInput(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[\t\v\f]/g, ' ')
    .replace(CONTROLS, '')
    .normalize('NFC')
    .replace(/(\p{M}{4})\p{M}+/gu, '$1')
    .replace(/^[\s\u200b-\u200f\u2060]+|[\s\u200b\u200c\u2060]+$/g, '')
}
