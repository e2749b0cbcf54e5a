import type { BSONRegExp } from 'bson'
import { fail } from './errors.ts'

const SPACE = '\\t\\n\\v\\f\\r '
const NOT_SPACE = '\\0-\\x08\\x0e-\\x1f!-\\u{10ffff}'
const HORIZONTAL = '\\t \\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000'
const POSIX: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  digit: '0-9',
  lower: 'a-z',
  upper: 'A-Z',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: SPACE,
  word: '\\w',
  xdigit: '0-9A-Fa-f',
}

function refuse(reason: string): never {
  return fail(51091, `Regular expression is invalid: ${reason}`)
}

/** Translates a pattern of PCRE in UTF mode, as MongoDB runs it, into one for JavaScript with the flag `u`. */
class Translation {
  private at = 0
  private readonly source: string
  private multiline: boolean
  private dotAll: boolean
  private extended: boolean
  ignoreCase: boolean

  constructor(source: string, options: string) {
    this.source = source
    this.ignoreCase = options.includes('i')
    this.multiline = options.includes('m')
    this.dotAll = options.includes('s')
    this.extended = options.includes('x')
  }

  run(): string {
    this.leadingFlags()
    let out = ''
    while (this.at < this.source.length) out += this.piece()
    return out
  }

  private leadingFlags(): void {
    for (;;) {
      const rest = this.source.slice(this.at)
      const verb = /^\(\*(?:UTF8?|UCP)\)/.exec(rest)
      if (verb?.[0].includes('UCP')) refuse('(*UCP) is not supported')
      const found = verb ?? /^\(\?([imsx]+)\)/.exec(rest)
      if (!found) return
      const flags = verb ? '' : found[1]!
      if (flags.includes('i')) this.ignoreCase = true
      if (flags.includes('m')) this.multiline = true
      if (flags.includes('s')) this.dotAll = true
      if (flags.includes('x')) this.extended = true
      this.at += found[0].length
    }
  }

  private piece(): string {
    const { source } = this
    const char = source[this.at]!
    if (char === '\\') return this.escape(false)
    if (char === '[') return this.characterClass()
    if (char === '(') return this.group()
    if (this.extended && /\s/.test(char)) {
      this.at++
      return ''
    }
    if (this.extended && char === '#') {
      const end = source.indexOf('\n', this.at)
      this.at = end < 0 ? source.length : end + 1
      return ''
    }
    if (char === '{' && /^\{\d+(?:,\d*)?\}/.test(source.slice(this.at))) return this.quantifier(/^\{\d+(?:,\d*)?\}/)
    if (char === '*' || char === '+' || char === '?') return this.quantifier(/^[*+?]/)
    this.at++
    if (char === '.') return this.dotAll ? '[^]' : '[^\\n]'
    if (char === '^') return this.multiline ? '(?<![^\\n])' : '^'
    if (char === '$') return this.multiline ? '(?![^\\n])' : '(?=\\n?$)'
    if (char === '{' || char === '}' || char === ']') return `\\${char}`
    return char
  }

  private quantifier(form: RegExp): string {
    const [text] = form.exec(this.source.slice(this.at))!
    this.at += text.length
    const next = this.source[this.at]
    if (next === '+') refuse('possessive quantifiers are not supported')
    if (next === '?') {
      this.at++
      return `${text}?`
    }
    return text
  }

  private group(): string {
    const found = /^\((?:\?(?::|=|!|<=|<!|P?<[A-Za-z_]\w*>|'[A-Za-z_]\w*'|[imsx-]+:|#[^)]*\)|.?)|\*)?/s.exec(
      this.source.slice(this.at),
    )!
    const [text] = found
    this.at += text.length
    if (text === '(' || /^\(\?(?::|=|!|<=|<!)$/.test(text)) return text
    if (text.startsWith('(?#')) return ''
    const name = /^\(\?(?:P?<|')([A-Za-z_]\w*)[>']$/.exec(text)
    if (name) return `(?<${name[1]}>`
    const flags = /^\(\?(i?)(?:-(i))?:$/.exec(text)
    if (flags) return text === '(?-i:' || text === '(?i:' ? text : '(?:'
    return refuse(`the group '${text}' is not supported`)
  }

  /** One escape; inside a class it must stay a part of the class. */
  private escape(inClass: boolean): string {
    const next = this.source[this.at + 1]
    if (next === undefined) refuse('\\ at end of pattern')
    this.at += 2
    switch (next) {
      case 's':
        return inClass ? SPACE : `[${SPACE}]`
      case 'S':
        return inClass ? NOT_SPACE : `[^${SPACE}]`
      case 'h':
        return inClass ? HORIZONTAL : `[${HORIZONTAL}]`
      case 'A':
        return '(?<![^])'
      case 'z':
        return '(?![^])'
      case 'Z':
        return '(?=\\n?(?![^]))'
      case 'R':
        return '(?:\\r\\n|[\\n\\v\\f\\r\\x85\\u2028\\u2029])'
      case 'a':
        return '\\x07'
      case 'e':
        return '\\x1b'
      case 'Q':
        return this.quoted()
      case 'E':
        return ''
      case 'x':
        return this.hex()
      default:
        return this.plainEscape(next, inClass)
    }
  }

  private plainEscape(next: string, inClass: boolean): string {
    if (/[dDwWtnrfv]/.test(next)) return `\\${next}`
    if (next === 'b') return inClass ? '\\x08' : '\\b'
    if (next === 'B' && !inClass) return '\\B'
    if (next === 'p' || next === 'P') return this.property(next)
    if (/[1-9]/.test(next) && !inClass) {
      const digits = /^\d*/.exec(this.source.slice(this.at))![0]
      this.at += digits.length
      return `(?:\\${next}${digits})`
    }
    if (next === '0') {
      const digits = /^[0-7]{0,2}/.exec(this.source.slice(this.at))![0]
      this.at += digits.length
      return `\\u{${Number.parseInt(`0${digits}`, 8).toString(16)}}`
    }
    if (next === 'k') {
      const name = /^(?:<(\w+)>|\{(\w+)\}|'(\w+)')/.exec(this.source.slice(this.at)) ?? refuse('\\k needs a name')
      this.at += name[0].length
      return `\\k<${name[1] ?? name[2] ?? name[3]}>`
    }
    if (/[A-Za-z0-9]/.test(next)) refuse(`the escape '\\${next}' is not supported`)
    return /[\^$\\.*+?()[\]{}|/-]/.test(next) ? (next === '-' && !inClass ? '-' : `\\${next}`) : this.literal(next)
  }

  /** The character that was escaped though it needs no escape; the second half of a pair follows by itself. */
  private literal(char: string): string {
    return char
  }

  private property(kind: string): string {
    const found = /^(?:\{(\^?)(\w+)\}|([CLMNPSZ]))/.exec(this.source.slice(this.at)) ?? refuse('malformed \\p sequence')
    this.at += found[0].length
    const name = found[2] ?? found[3]!
    const negated = (kind === 'P') !== (found[1] === '^')
    const known = /^(?:C[cfnos]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/.test(name)
    return `\\${negated ? 'P' : 'p'}{${known ? name : `Script=${name}`}}`
  }

  private quoted(): string {
    const end = this.source.indexOf('\\E', this.at)
    const text = this.source.slice(this.at, end < 0 ? undefined : end)
    this.at = end < 0 ? this.source.length : end + 2
    return text.replace(/[\^$\\.*+?()[\]{}|/-]/g, (char) => (char === '-' ? '\\x2d' : `\\${char}`))
  }

  private hex(): string {
    const found = /^(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{0,2}))/.exec(this.source.slice(this.at))!
    this.at += found[0].length
    return `\\u{${found[1] ?? (found[2] || '0')}}`
  }

  private characterClass(): string {
    const { source } = this
    this.at++
    let out = '['
    if (source[this.at] === '^') {
      out += '^'
      this.at++
    }
    if (source[this.at] === ']') {
      out += '\\]'
      this.at++
    }
    for (;;) {
      const char = source[this.at]
      if (char === undefined) refuse('missing terminating ] for character class')
      if (char === ']') break
      out += this.classPiece(char)
    }
    this.at++
    return `${out}]`
  }

  private classPiece(char: string): string {
    if (char === '\\') return this.escape(true)
    if (char === '[') {
      const posix = /^\[:(\^?)(\w+):\]/.exec(this.source.slice(this.at))
      if (posix) {
        const set = posix[1] === '' && Object.hasOwn(POSIX, posix[2]!) ? POSIX[posix[2]!] : undefined
        this.at += posix[0].length
        return set ?? refuse(`the class '${posix[0]}' is not supported`)
      }
    }
    this.at++
    if (char === '-') {
      const atEdge = this.source[this.at] === ']' || /[[^]$/.test(this.source.slice(0, this.at - 1))
      return atEdge || /\\[dwshDWSH]$/.test(this.source.slice(0, this.at - 1)) ? '\\-' : '-'
    }
    return /[[(){}|/^$.*+?]/.test(char) ? `\\${char}` : char
  }
}

const compiled = new Map<string, RegExp>()

/** The JavaScript form of a pattern with MongoDB's options `imsxu`; throws 51108 or 51091 where it is malformed or beyond JavaScript. */
export function compileRegex(pattern: string, options: string): RegExp {
  const key = `${options}/${pattern}`
  const known = compiled.get(key)
  if (known) return known
  if (/[^imsxu]/.test(options)) {
    fail(51108, `invalid flag in regex options: ${/[^imsxu]/.exec(options)![0]}`)
  }
  if (pattern.length > 16_384) refuse('pattern string is longer than the limit set by the application')
  const translation = new Translation(pattern, options)
  const source = translation.run()
  let regex: RegExp
  try {
    regex = new RegExp(source, translation.ignoreCase ? 'iu' : 'u')
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error))
  }
  if (compiled.size > 500) compiled.clear()
  compiled.set(key, regex)
  return regex
}

/** The JavaScript form of a stored regular expression. */
export function regexOf(value: BSONRegExp): RegExp {
  return compileRegex(value.pattern, value.options)
}
