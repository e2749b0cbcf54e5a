import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { PreparedArticle } from '../../domain/comment-rules/index.ts'
import { inspect, prepareArticle } from '../../domain/comment-rules/index.ts'
import type { Model } from '../../domain/learning/index.ts'
import { readModel } from '../../domain/learning/index.ts'
import type { Command } from '../command.ts'
import { UsageError } from '../command.ts'

const article = z.object({
  kicker: z.string().optional(),
  title: z.string(),
  lead: z.string().optional(),
  body: z.string().optional(),
  tags: z.array(z.string()).optional(),
})

const line = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  text: z.string(),
  name: z.string().optional(),
  article: article.optional(),
  parent: z.string().optional(),
})

const LAST_ARTICLES = 64

/** Prepares articles once for neighbouring lines that speak of the same one. */
function preparedArticles(): (given: z.infer<typeof article>) => PreparedArticle {
  const known = new Map<string, PreparedArticle>()
  return (given) => {
    const key = JSON.stringify(given)
    let prepared = known.get(key)
    if (!prepared) {
      const { title, ...rest } = given
      const present = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
      prepared = prepareArticle({ title, ...present })
      if (known.size >= LAST_ARTICLES) known.delete(known.keys().next().value!)
      known.set(key, prepared)
    }
    return prepared
  }
}

/** Inspects comments without a server or a database: one line of JSON in, one line out, in order. */
export const command: Command = {
  name: 'inspect-comments',
  usage: 'inspect-comments [--model FILE] < in.jsonl > out.jsonl',
  summary: 'Says of each comment on standard input what the rules find; --model adds what `learn --out` taught.',
  async run({ args, stdin, stdout, stderr }) {
    let file: string | undefined
    try {
      file = parseArgs({ args, options: { model: { type: 'string' } } }).values.model
    } catch (error) {
      throw new UsageError((error as Error).message)
    }
    const model: Model | undefined = file === undefined ? undefined : readModel(await readFile(file, 'utf8'))
    const prepared = preparedArticles()
    let number = 0
    let faults = 0
    for await (const text of createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1
      let answer: unknown
      try {
        const { id, article: about, name, parent, text: body } = line.parse(JSON.parse(text))
        const inspection = inspect(
          { text: body, ...(name === undefined ? {} : { name }), ...(parent === undefined ? {} : { parent }) },
          { ...(about ? { article: prepared(about) } : {}), ...(model ? { model } : {}) },
        )
        answer = { id: id ?? null, ...inspection }
      } catch (error) {
        faults += 1
        const reason =
          error instanceof z.ZodError
            ? error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join(', ')
            : 'is not JSON'
        stderr.write(`line ${number}: ${reason}\n`)
        answer = { error: `line ${number}: ${reason}` }
      }
      if (!stdout.write(`${JSON.stringify(answer)}\n`)) await once(stdout, 'drain')
    }
    return faults === 0 ? 0 : 1
  },
}
