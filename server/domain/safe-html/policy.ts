/** What an article's body may hold: each tag with the attributes that it may carry. Everything else loses its tag and keeps its words. */
export const ALLOWED = {
  // The text itself.
  p: ['dir', 'lang'],
  h2: [],
  h3: [],
  h4: [],
  blockquote: ['dir', 'lang'],
  ul: [],
  ol: ['start'],
  li: [],
  hr: [],
  br: [],
  pre: ['dir'],
  // Words within a line.
  a: ['href', 'rel'],
  strong: [],
  em: [],
  mark: [],
  q: [],
  cite: [],
  code: [],
  sup: [],
  sub: [],
  bdi: ['dir'],
  span: ['dir', 'lang'],
  abbr: ['title'],
  // Pictures, only from the newsroom's own archive.
  figure: [],
  figcaption: [],
  img: ['src', 'alt', 'width', 'height'],
  // Tables.
  table: [],
  caption: [],
  thead: [],
  tbody: [],
  tr: [],
  th: ['scope', 'colspan', 'rowspan'],
  td: ['colspan', 'rowspan'],
} as const satisfies Record<string, readonly string[]>

/** Tags that stand for another one. */
export const RENAMED = { b: 'strong', i: 'em', h1: 'h2', h5: 'h4', h6: 'h4' } as const

/** Tags whose content goes with them: it was never meant to be read. */
export const SWALLOWED = [
  'script',
  'style',
  'template',
  'noscript',
  'noembed',
  'noframes',
  'iframe',
  'object',
  'textarea',
  'select',
  'option',
  'title',
  'xmp',
  'plaintext',
  'svg',
  'math',
]

/** The schemes that a link may have. */
export const SCHEMES = ['http', 'https', 'mailto', 'tel']

/** What a body may measure before it is parsed at all: UTF-16 units, tags, and tags open at once. */
export const LIMITS = { length: 200_000, tags: 4_000, depth: 60 }
