import { type KeptPolicy, keptPolicy, policyRevision } from '../../models/comment-policy.ts'
import type { CompiledLexicon } from '../domain/comment-rules/insult.ts'
import { compileWordList } from '../domain/comment-rules/word-list.ts'

const LOOK_EVERY_MS = 2_000

/** The newsroom's policy with its word list ready for matching; without words of its own the rules' lexicon serves as it is. */
export interface CompiledPolicy extends KeptPolicy {
  lexicon: CompiledLexicon | undefined
}

let known: CompiledPolicy | undefined
let lookedAt = Number.NEGATIVE_INFINITY
let looking: Promise<CompiledPolicy> | undefined

/** Makes a policy's word list ready for matching. */
export function compilePolicy({ revision, policy }: KeptPolicy): CompiledPolicy {
  return { revision, policy, lexicon: policy.words.length > 0 ? compileWordList(policy.words) : undefined }
}

async function lookAgain(now: Date): Promise<CompiledPolicy> {
  if (!known || known.revision !== (await policyRevision())) known = compilePolicy(await keptPolicy())
  lookedAt = now.getTime()
  return known
}

/** The policy that holds, at most two seconds old in every process. */
export async function currentPolicy(now: Date): Promise<CompiledPolicy> {
  if (known && Math.abs(now.getTime() - lookedAt) < LOOK_EVERY_MS) return known
  looking ??= lookAgain(now).finally(() => {
    looking = undefined
  })
  return await looking
}

/** Lets this process ask anew at once, after it changed the policy itself. */
export function forgetPolicy(): void {
  lookedAt = Number.NEGATIVE_INFINITY
}
