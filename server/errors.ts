/** Each kind of refusal with the HTTP status that a program sees. */
export const STATUS_OF_KIND = {
  'bad-request': 400,
  unsigned: 401,
  forbidden: 403,
  'not-found': 404,
  'not-allowed': 405,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  invalid: 422,
  'too-many': 429,
  unavailable: 503,
} as const

/** What went wrong, in one word. */
export type ErrorKind = keyof typeof STATUS_OF_KIND

/** A refusal that speaks to three: `sentence` (Persian) to the person, `kind` and `code` to the program, `cause` to the operator's log. */
export class NewsroomError extends Error {
  override name = 'NewsroomError'
  readonly kind: ErrorKind
  readonly status: number
  readonly code: string
  readonly sentence: string
  readonly details: Record<string, unknown>

  constructor(
    kind: ErrorKind,
    code: string,
    sentence: string,
    options: { cause?: unknown; details?: Record<string, unknown> } = {},
  ) {
    super(`${kind}: ${code}`, options.cause === undefined ? {} : { cause: options.cause })
    this.kind = kind
    this.status = STATUS_OF_KIND[kind]
    this.code = code
    this.sentence = sentence
    this.details = options.details ?? {}
  }
}

/** The refusal for anything that is not there, or not there for this person. */
export function notFound(code = 'not-found', sentence = 'آنچه می‌خواستید پیدا نشد.'): NewsroomError {
  return new NewsroomError('not-found', code, sentence)
}
