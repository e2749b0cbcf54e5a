import type { z } from 'zod'

/** Persian sentences for the fields of a form that are wrong, by field name. */
export type Faults = Record<string, string>

/** A form that was understood, or its faults. */
export type FormResult<T> = { ok: true; value: T } | { ok: false; faults: Faults }

/** Reads a form by its schema: own string fields only, all others left out; the first sentence stands at each field. */
export function readForm<T>(schema: z.ZodType<T>, body: unknown): FormResult<T> {
  const fields: Record<string, string> = {}
  if (typeof body === 'object' && body !== null) {
    for (const [name, value] of Object.entries(body)) if (typeof value === 'string') fields[name] = value
  }
  const result = schema.safeParse(fields)
  if (result.success) return { ok: true, value: result.data }
  const faults: Faults = {}
  for (const issue of result.error.issues) {
    const name = String(issue.path[0] ?? 'form')
    faults[name] ??= issue.message
  }
  return { ok: false, faults }
}

/** What was typed into the named fields, to show it again. */
export function typed<const Name extends string>(names: readonly Name[], body: unknown): Record<Name, string> {
  const kept = {} as Record<Name, string>
  for (const name of names) {
    const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined
    kept[name] = typeof value === 'string' ? value : ''
  }
  return kept
}
