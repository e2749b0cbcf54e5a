import sanitizeHtml from 'sanitize-html'
import { cleanInput } from '../persian-text/tidy.ts'
import { ALLOWED, LIMITS, RENAMED, SCHEMES, SWALLOWED } from './policy.ts'

export { LIMITS } from './policy.ts'

/** The body fit to be stored and shown as it is, or the reason why it was not even parsed. */
export type SafeBody = { ok: true; html: string } | { ok: false; reason: 'too-long' | 'too-many-tags' | 'too-deep' }

const NEVER_NESTED = /^(?:p|li|td|th|tr|thead|tbody|option|br|hr|img|input|wbr|source|col|meta|link|area|embed)$/

function tooDeep(html: string): boolean {
  let depth = 0
  for (const [, closing, name] of html.matchAll(/<(\/?)([a-z][a-z0-9-]*)/gi)) {
    if (NEVER_NESTED.test(name!.toLowerCase())) continue
    depth += closing ? (depth > 0 ? -1 : 0) : 1
    if (depth > LIMITS.depth) return true
  }
  return false
}

function isUnwanted(code: number): boolean {
  return (
    (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) ||
    (code >= 0x7f && code <= 0x9f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069) ||
    code === 0xfeff ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code > 0x10ffff
  )
}

/** Characters that are unwanted in the raw text are no more wanted when they are written as references; a space takes their place, so that nothing grows together. */
function withoutUnwantedReferences(html: string): string {
  return html.replace(/&#(?:x0*([0-9a-f]+)|0*([0-9]+));?/gi, (reference, hex?: string, decimal?: string) =>
    isUnwanted(hex === undefined ? Number.parseInt(decimal!, 10) : Number.parseInt(hex, 16)) ? ' ' : reference,
  )
}

/** The address that a link may point to, without invisible characters: http, https, mailto, tel or a path of this site; else null. */
export function safeAddress(address: string): string | null {
  const visible = address
    .replace(/^[\p{C}\p{Z}]+|[\p{C}\p{Z}]+$/gu, '')
    .replace(/[\p{C}\p{Z}]/gu, (found) => (found === ' ' || found === '\u200c' ? encodeURIComponent(found) : ''))
  if (/^(?:\/(?![/\\])|#)/.test(visible)) return visible
  const scheme = /^([a-z]+):/i.exec(visible)?.[1]?.toLowerCase()
  if (scheme === undefined || !SCHEMES.includes(scheme)) return null
  if (scheme.startsWith('http') && !(URL.canParse(visible) && /^https?:\/\//i.test(visible))) return null
  return visible
}

const digits = (value: string | undefined) => (value !== undefined && /^[0-9]{1,4}$/.test(value) ? value : undefined)

function kept(attributes: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

const options: sanitizeHtml.IOptions = {
  allowedTags: Object.keys(ALLOWED),
  allowedAttributes: Object.fromEntries(Object.entries(ALLOWED).map(([tag, names]) => [tag, [...names]])),
  allowedSchemes: SCHEMES,
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: SWALLOWED,
  nestingLimit: LIMITS.depth,
  transformTags: {
    ...RENAMED,
    a: (tagName, { href }) => {
      const address = href === undefined ? null : safeAddress(href)
      if (address === null) return { tagName: 'span', attribs: {} }
      const outside = /^https?:/i.test(address)
      return { tagName, attribs: outside ? { href: address, rel: 'noopener' } : { href: address } }
    },
    img: (tagName, { src, alt, width, height }) => ({
      tagName,
      attribs: kept({
        src: src !== undefined && /^\/media\/[\w./-]+$/.test(src) && !src.includes('..') ? src : undefined,
        alt: alt ?? '',
        width: digits(width),
        height: digits(height),
      }),
    }),
    '*': (tagName, attribs) => ({
      tagName,
      attribs: kept({
        ...attribs,
        dir: /^(?:ltr|rtl|auto)$/.test(attribs.dir ?? '') ? attribs.dir : undefined,
        lang: /^[a-z]{2,3}(?:-[a-z]{2,8})?$/i.test(attribs.lang ?? '') ? attribs.lang : undefined,
        scope: /^(?:row|col)$/.test(attribs.scope ?? '') ? attribs.scope : undefined,
        start: digits(attribs.start),
        colspan: digits(attribs.colspan),
        rowspan: digits(attribs.rowspan),
      }),
    }),
  },
  exclusiveFilter: ({ tag, attribs }) => tag === 'img' && attribs.src === undefined,
}

/** Makes an article's body safe: measured first, then decoded and normalised, then sanitised by the policy; nothing may alter it afterwards. */
export function safeBody(raw: string): SafeBody {
  if (raw.length > LIMITS.length) return { ok: false, reason: 'too-long' }
  const html = withoutUnwantedReferences(cleanInput(raw))
  if (html.split('<').length - 1 > LIMITS.tags) return { ok: false, reason: 'too-many-tags' }
  if (tooDeep(html)) return { ok: false, reason: 'too-deep' }
  return { ok: true, html: sanitizeHtml(html, options).trim() }
}
