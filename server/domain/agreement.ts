/** Cohen's kappa of two judges over the same cases: 1 is full agreement, 0 what chance alone would give; null without cases or where chance already explains everything (Cohen 1960). */
export function cohensKappa(cases: readonly (readonly [first: string, second: string])[]): number | null {
  const total = cases.length
  if (total === 0) return null
  const firsts = new Map<string, number>()
  const seconds = new Map<string, number>()
  let agreed = 0
  for (const [first, second] of cases) {
    if (first === second) agreed += 1
    firsts.set(first, (firsts.get(first) ?? 0) + 1)
    seconds.set(second, (seconds.get(second) ?? 0) + 1)
  }
  const observed = agreed / total
  let expected = 0
  for (const [label, count] of firsts) expected += (count / total) * ((seconds.get(label) ?? 0) / total)
  return expected === 1 ? null : (observed - expected) / (1 - expected)
}

/** The value below which a share (0 to 1) of the numbers lies; null without numbers. */
export function quantile(numbers: readonly number[], share: number): number | null {
  if (numbers.length === 0) return null
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}
