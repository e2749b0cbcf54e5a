import { EXAMPLES } from './accusation/examples.ts'
import type { Accusation, Token } from './accusation/index.ts'
import { accusationsIn, FAMILIES, tokensOf } from './accusation/index.ts'
import type { Context, PreparedComment, Rule } from './rule.ts'
import { NOTHING } from './rule.ts'
import type { Span } from './types.ts'

const LEAST = 0.3

/** Whom the accusation means, as the comment or the article names them. */
function whom(
  { subject, name }: Accusation,
  tokens: readonly Token[],
  { text }: PreparedComment,
  context: Context,
): string {
  const known = name === undefined ? undefined : context.article?.names.names[name]
  if (known && subject?.kind !== 'figure') return `«${known.name}»`
  if (subject && subject.kind !== 'pointer')
    return `«${text.text.slice(tokens[subject.from]!.start, tokens[subject.to - 1]!.end)}»`
  return 'کسی که خبر یا نظر پیشین از او می‌گوید'
}

function spansOf({ subject, predicate }: Accusation, tokens: readonly Token[]): Span[] {
  const span = (from: number, to: number): Span => [tokens[from]!.start, tokens[to - 1]!.end]
  const spans = [span(predicate.from, predicate.to)]
  if (subject) spans.push(span(subject.from, subject.to))
  return spans
}

/** Wrongdoing laid to a person or body that the article itself does not report; it is always for a person to decide. */
export const accusation: Rule = {
  code: 'accusation',
  label: 'نسبت ناروا',
  threshold: 0.5,
  look(comment, context) {
    const { article } = context
    const tokens = tokensOf(comment.text.text, comment.text.words)
    const found = accusationsIn(tokens, {
      names: article?.names,
      reported: article?.reported,
      answers: comment.parent !== undefined,
    })
    const first = found[0]
    if (!first || first.score < LEAST) return NOTHING
    const spans = found.filter(({ score }) => score >= LEAST).flatMap((each) => spansOf(each, tokens))
    const why = `به ${whom(first, tokens, comment, context)} نسبت «${FAMILIES[first.family]}» داده شده و خبر چنین چیزی نگفته است.`
    return {
      score: Math.min(1, first.score),
      spans,
      why: article ? why : why.replace(' و خبر چنین چیزی نگفته است', ''),
    }
  },
  examples: EXAMPLES,
}
