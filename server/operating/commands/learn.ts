import { writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { ruleView } from '../../domain/comment-rules/index.ts'
import { prepareText } from '../../domain/comment-rules/prepare.ts'
import type { Decision } from '../../domain/learning/index.ts'
import { learn, lessonOf, writeModel } from '../../domain/learning/index.ts'
import type { Command } from '../command.ts'
import { UsageError } from '../command.ts'
import { withNewsroom } from '../open-newsroom.ts'

const line = z.object({
  text: z.string(),
  decision: z.enum(['publish', 'refuse']),
  rule: z.string().optional(),
})

/** Teaches from past decisions on standard input. */
export const command: Command = {
  name: 'learn',
  usage: 'learn [--out FILE] < decisions.jsonl',
  summary:
    'Teaches from past decisions; with --out into a file for `inspect-comments --model`, else into the newsroom.',
  async run({ args, stdin, stdout, stderr, env }) {
    let out: string | undefined
    try {
      out = parseArgs({ args, options: { out: { type: 'string' } } }).values.out
    } catch (error) {
      throw new UsageError((error as Error).message)
    }
    const decisions: Decision[] = []
    let number = 0
    let faults = 0
    for await (const text of createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1
      if (text.trim() === '') continue
      try {
        const { text: body, decision, rule } = line.parse(JSON.parse(text))
        const refused = lessonOf(decision, rule ?? null)
        if (refused === undefined) continue
        const prepared = prepareText(body)
        decisions.push({ text: prepared, rules: ruleView(prepared), refused })
      } catch (error) {
        faults += 1
        stderr.write(`line ${number}: ${error instanceof z.ZodError ? error.issues[0]!.message : 'is not JSON'}\n`)
      }
    }
    const model = learn(decisions)
    if (!model) throw new Error('at least ten refused and ten published comments are needed')
    if (out === undefined) {
      const { keepModel } = await import('../../../models/taught.ts')
      await withNewsroom(env, () => keepModel(writeModel(model), new Date()))
    } else await writeFile(out, writeModel(model))
    stdout.write(`learned from ${model.decisions} decisions\n`)
    return faults === 0 ? 0 : 1
  },
}
