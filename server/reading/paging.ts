import { toLatinDigits } from '../domain/persian-text/digits.ts'
import { notFound } from '../errors.ts'

/** The page that an address asks for, in any digits; the first without one; refused as not found when it is no number. */
export function pageAsked(asked: unknown): number {
  if (asked === undefined || asked === '') return 1
  const latin = typeof asked === 'string' ? toLatinDigits(asked) : ''
  if (!/^[1-9]\d{0,5}$/.test(latin)) throw notFound()
  return Number(latin)
}

/** The links of one page of a list: the neighbours' addresses, '' where there is none. */
export interface Paging {
  page: number
  pages: number
  previous: string
  next: string
}

/** The neighbours of a page under an address with its other query; a page beyond the last is not found. */
export function pagingOf(path: string, page: number, pages: number, query: Record<string, string> = {}): Paging {
  if (page > pages) throw notFound()
  const address = (number: number) => {
    const asked = new URLSearchParams(query)
    if (number > 1) asked.set('page', String(number))
    return asked.size === 0 ? path : `${path}?${asked}`
  }
  return {
    page,
    pages,
    previous: page > 1 ? address(page - 1) : '',
    next: page < pages ? address(page + 1) : '',
  }
}
