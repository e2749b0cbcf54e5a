import type { Value } from './values.ts'

/** MongoDB's error codes that this store uses, by the name that MongoDB gives them. */
export const CODES = {
  InternalError: 1,
  BadValue: 2,
  NoSuchKey: 4,
  HostUnreachable: 6,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  AuthenticationFailed: 18,
  IllegalOperation: 20,
  InvalidBSON: 22,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  EmptyFieldName: 56,
  DottedFieldName: 57,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  OperationFailed: 96,
  DocumentValidationFailure: 121,
  CommandNotSupported: 115,
  WriteConflict: 112,
  ExceededMemoryLimit: 146,
  InvalidPipelineOperator: 168,
  CannotIndexParallelArrays: 171,
  QueryPlanKilled: 175,
  NotImplemented: 238,
  ConversionFailure: 241,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  InterruptedAtShutdown: 11600,
  Interrupted: 11601,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  OutOfDiskSpace: 14031,
} as const

const NAMES = new Map<number, string>(Object.entries(CODES).map(([name, code]) => [code, name]))

/** The name that MongoDB prints beside an error code; codes without a name are `Location<code>`. */
export function codeNameOf(code: number): string {
  return NAMES.get(code) ?? `Location${code}`
}

/** An error as MongoDB reports it: numeric code, its name, a sentence, and further fields of the reply such as `keyPattern`. */
export class StoreError extends Error {
  readonly code: number
  readonly codeName: string
  readonly extra: ReadonlyMap<string, Value> | undefined

  constructor(code: number, message: string, extra?: ReadonlyMap<string, Value>) {
    super(message)
    this.name = 'StoreError'
    this.code = code
    this.codeName = codeNameOf(code)
    this.extra = extra
  }
}

/** Throws a `StoreError` with the given code (by name or number) and sentence. */
export function fail(code: keyof typeof CODES | number, message: string): never {
  throw new StoreError(typeof code === 'number' ? code : CODES[code], message)
}
