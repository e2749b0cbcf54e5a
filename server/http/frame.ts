import type { NextFunction, Request, Response } from 'express'
import { allSections, type Section } from '../../models/sections.ts'
import { formatFullDate, formatGregorian, formatHijri } from '../domain/calendar/index.ts'
import { isAllowed, type Permission } from '../domain/staff.ts'
import type { House } from '../house.ts'
import { signedInOrNull } from '../signing-in/guards.ts'
import { cookieOf } from './cookies.ts'

/** The looks that a reader may choose: `auto` follows the machine. */
export const THEMES = ['auto', 'light', 'dark'] as const

/** The sizes of text that a reader may choose. */
export const TEXT_SIZES = ['small', 'medium', 'large', 'huge'] as const

/** What every layout shows around its page. */
export interface Frame {
  siteName: string
  siteUrl: string
  /** The path asked for, decoded; and with its query as it came. */
  path: string
  address: string
  now: Date
  today: { jalali: string; hijri: string; gregorian: string }
  theme: (typeof THEMES)[number]
  textSize: (typeof TEXT_SIZES)[number]
  sections: Section[]
  member: { name: string } | null
  may: Record<Extract<Permission, 'write-articles' | 'moderate-comments' | 'administer'>, boolean>
  formToken: string | null
}

const SECTIONS_KEPT_MS = 2_000

function oneOf<const T extends string>(values: readonly T[], given: string | null, fallback: T): T {
  return values.find((value) => value === given) ?? fallback
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** The frame of one answer around these sections; asks nobody. */
export function frameOf(house: House, req: Request, res: Response, sections: Section[]): Frame {
  const now = house.now()
  const signed = signedInOrNull(res)
  const may = (permission: Permission) => signed !== null && isAllowed(signed.member.roles, permission)
  return {
    siteName: house.settings.SITE_NAME,
    siteUrl: house.siteUrl,
    path: decoded(req.path),
    address: req.originalUrl,
    now,
    today: { jalali: formatFullDate(now), hijri: formatHijri(now), gregorian: formatGregorian(now) },
    theme: oneOf(THEMES, cookieOf(req, 'theme'), 'auto'),
    textSize: oneOf(TEXT_SIZES, cookieOf(req, 'text-size'), 'medium'),
    sections,
    member: signed && { name: signed.member.name },
    may: {
      'write-articles': may('write-articles'),
      'moderate-comments': may('moderate-comments'),
      administer: may('administer'),
    },
    formToken: signed?.formToken ?? null,
  }
}

/** Prepares what the layouts need, for every page behind it; the row of sections is asked of the store at most every two seconds and outlives its absence. */
export function frame(house: House) {
  let sections: Section[] = []
  let askedAt = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | null = null

  async function refresh(now: number): Promise<void> {
    askedAt = now
    try {
      sections = await allSections()
    } catch (error) {
      house.log.warn({ err: error }, 'the row of sections stays as it was')
    }
  }

  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const now = house.now().getTime()
    if (Math.abs(now - askedAt) >= SECTIONS_KEPT_MS) {
      asking ??= refresh(now).finally(() => {
        asking = null
      })
      await asking
    }
    res.locals.frame = frameOf(house, req, res, sections)
    next()
  }
}
