import type { Doc } from './values.ts'

/** What a document carries beside its fields, such as the score of a text search. */
export interface Meta {
  textScore: number
}

const metas = new WeakMap<Doc, Meta>()
let inUse = false

/** Notes the score that a text search gave a document. */
export function setTextScore(doc: Doc, textScore: number): void {
  inUse = true
  metas.set(doc, { textScore })
}

/** The score that a text search gave a document, or undefined. */
export function textScoreOf(doc: Doc): number | undefined {
  return inUse ? metas.get(doc)?.textScore : undefined
}

/** Hands the notes of one document on to another that was made of it. */
export function passMeta<T extends Doc>(from: Doc, to: T): T {
  if (!inUse || from === to) return to
  const meta = metas.get(from)
  if (meta) metas.set(to, meta)
  return to
}
