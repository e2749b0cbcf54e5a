import { desk } from './commenting-desk.ts'
import { intake } from './commenting-intake.ts'
import type { Bench } from './index.ts'

function row(what: string, figure: string): void {
  process.stdout.write(`  ${what.padEnd(52)} ${figure.padStart(14)}\n`)
}

function percentile(sorted: number[], share: number): string {
  return `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)} ms`
}

function againstGoal(what: string, times: number[], goal: number): void {
  const sorted = times.toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  row(`${what}: median`, percentile(sorted, 0.5))
  row(`${what}: 95th percentile`, percentile(sorted, 0.95))
  row(`${what}: median against the goal of ${goal} ms`, `${(median / goal).toFixed(2)} x`)
}

/** How fast comments come in, and how fast the desk opens and decides while a hundred thousand wait; `args`: seconds, connections, waiting. */
export const bench: Bench = {
  name: 'commenting',
  summary:
    'comments over HTTP, every rule on, each on disk before its 201 (goal: 300/s, p99 under 100 ms); then the desk with 100,000 waiting',
  async run(args) {
    const result = await intake(Number(args[0] ?? 8), Number(args[1] ?? 16))
    const sorted = result.times.sort((a, b) => a - b)
    row('comments a second', (sorted.length / result.seconds).toFixed(0))
    row('median', percentile(sorted, 0.5))
    row('99th percentile', percentile(sorted, 0.99))
    row('accepted, otherwise answered', `${result.accepted}, ${result.others}`)
    row('stored', String(result.stored))
    const { waiting, pages, decisions } = await desk(Number(args[2] ?? 100_000))
    againstGoal(`queue page, ${waiting} waiting`, pages, 50)
    againstGoal(`decision, ${waiting} waiting`, decisions, 20)
    if (result.stored < result.accepted) throw new Error('comments that were accepted are not in the store')
  },
}
