import { FIELDS, type Field } from '../fields.ts'

/** All fields of the thesaurus: the broad everyday ones first, then the narrow ones, room by room. */
export const THESAURUS: readonly Field[] = [...FIELDS]
