import type { Finding, Span } from './comment-rules/types.ts'
import { REFUSAL_RULES } from './refusal-rules.ts'

/** A stretch of a comment's text: plain, or marked by one or more rules. */
export interface Stretch {
  text: string
  rules: { code: string; label: string }[]
}

/** The sign that stands for a covered part of a text. */
export const MASK = '[…]'

/** Cuts a text at the places of its findings, so that each stretch carries the rules that noticed it. */
export function markedText(text: string, findings: readonly Finding[]): Stretch[] {
  const cuts = new Set([0, text.length])
  for (const { spans } of findings) for (const [start, end] of spans) cuts.add(start).add(end)
  const places = [...cuts].filter((place) => place >= 0 && place <= text.length).sort((a, b) => a - b)
  return places.slice(0, -1).map((start, i) => {
    const end = places[i + 1]!
    const rules = findings
      .filter(({ spans }) => spans.some(([from, to]) => from <= start && end <= to))
      .map(({ rule }) => ({ code: rule, label: REFUSAL_RULES[rule].label }))
    return { text: text.slice(start, end), rules }
  })
}

/** The text as readers see it: covered parts replaced by the mask's sign. */
export function maskedText(text: string, masks: readonly Span[]): string {
  const sorted = [...masks].sort((a, b) => a[0] - b[0])
  let shown = ''
  let at = 0
  for (const [start, end] of sorted) {
    if (start < at) continue
    shown += text.slice(at, start) + MASK
    at = end
  }
  return shown + text.slice(at)
}
