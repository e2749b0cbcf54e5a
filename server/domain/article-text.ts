/** How the plain writing of the desk's body field becomes HTML: one row a kind of block, tried in order, with a worked example. */
const BLOCKS: { mark: RegExp; html: (text: string) => string; example: [typed: string, html: string] }[] = [
  { mark: /^###\s+/, html: (text) => `<h3>${text}</h3>`, example: ['### ریز', '<h3>ریز</h3>'] },
  { mark: /^##?\s+/, html: (text) => `<h2>${text}</h2>`, example: ['## میان‌تیتر', '<h2>میان‌تیتر</h2>'] },
]

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text made safe to stand in HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character]!)
}

function inline(text: string): string {
  return escapeHtml(text)
    .replace(/\*\*([^*\n]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)/g, '<a href="$2">$1</a>')
}

function listOf(lines: string[]): string {
  return `<ul>${lines.map((line) => `<li>${inline(line.replace(/^[-•]\s+/, ''))}</li>`).join('')}</ul>`
}

function blockToHtml(block: string): string {
  const lines = block.split('\n').map((line) => line.trim())
  if (lines.every((line) => /^[-•]\s+/.test(line))) return listOf(lines)
  if (lines.every((line) => /^>/.test(line))) {
    return `<blockquote><p>${lines.map((line) => inline(line.replace(/^>\s*/, ''))).join('<br>')}</p></blockquote>`
  }
  const heading = lines.length === 1 ? BLOCKS.find(({ mark }) => mark.test(block)) : undefined
  if (heading) return heading.html(inline(block.replace(heading.mark, '')))
  return `<p>${lines.map(inline).join('<br>')}</p>`
}

/** HTML of a body typed at the desk: blocks parted by blank lines, `## ` heading, `- ` list, `> ` quote, `**strong**`, `[text](https://…)`; a body that is HTML already stays as it is, to be sanitised. */
export function bodyFromInput(typed: string): string {
  const text = typed.replace(/\r\n?/g, '\n').trim()
  if (text === '') return ''
  if (/^<(p|h[2-4]|ul|ol|blockquote|figure|div)\b/i.test(text)) return text
  return text
    .split(/\n[ \t]*\n+/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .map(blockToHtml)
    .join('\n')
}

/** HTML of a body that came as plain paragraphs. */
export function bodyFromParagraphs(paragraphs: readonly string[]): string {
  return paragraphs
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`)
    .join('\n')
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** HTML character references as the characters they stand for, decoded once. */
export function decodeEntities(html: string): string {
  return html.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return Object.hasOwn(ENTITIES, name.toLowerCase()) ? ENTITIES[name.toLowerCase()]! : whole
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole
  })
}

/** The paragraphs of sanitised body HTML as plain text, in order. */
export function paragraphsOf(html: string): string[] {
  return html
    .replace(/<br\s*\/?>/gi, '\n')
    .split(/<\/?(?:p|h[1-6]|li|ul|ol|blockquote|figure|figcaption|div|table|tr|td|th)\b[^>]*>/i)
    .map((part) => decodeEntities(part.replace(/<[^>]*>/g, '')).trim())
    .filter((part) => part !== '')
}

/** Sanitised body HTML as plain text with a blank line between paragraphs. */
export function plainText(html: string): string {
  return paragraphsOf(html).join('\n\n')
}

function inlineToInput(html: string): string {
  const text = html
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<(?:strong|b)>([\s\S]*?)<\/(?:strong|b)>/gi, '**$1**')
    .replace(/<a\b[^>]*\bhref="([^"]*)"[^>]*>([\s\S]*?)<\/a>/gi, '[$2]($1)')
  return decodeEntities(text.replace(/<[^>]*>/g, '')).trim()
}

const SIMPLE = /^(?:\s*<(p|h2|h3|ul|blockquote)>(?:(?!<\/?(?:figure|table|ol|img|div)\b)[\s\S])*?<\/\1>\s*)*$/i

/** A stored body as the desk's field shows it: plain writing where it can hold everything, else the HTML itself. */
export function bodyToInput(html: string): string {
  if (!SIMPLE.test(html)) return html
  const blocks = html.matchAll(/<(p|h2|h3|ul|blockquote)>([\s\S]*?)<\/\1>/gi)
  return [...blocks]
    .map(([, tag, inner]) => {
      if (tag === 'h2') return `## ${inlineToInput(inner!)}`
      if (tag === 'h3') return `### ${inlineToInput(inner!)}`
      if (tag === 'ul')
        return [...inner!.matchAll(/<li>([\s\S]*?)<\/li>/gi)].map((item) => `- ${inlineToInput(item[1]!)}`).join('\n')
      if (tag === 'blockquote')
        return inlineToInput(inner!.replace(/<\/?p>/gi, ''))
          .split('\n')
          .map((line) => `> ${line}`)
          .join('\n')
      return inlineToInput(inner!)
    })
    .join('\n\n')
}

/** The tags of a field where they stand between commas of any kind, each once. */
export function tagsFromInput(typed: string): string[] {
  const tags = typed.split(/[،,؛;\n#]+/).map((tag) => tag.replace(/[\s_]+/g, ' ').trim())
  return [...new Set(tags.filter((tag) => tag !== ''))]
}

/** Worked examples of the plain writing, for the test and for the desk's help. */
export const BODY_EXAMPLES: [typed: string, html: string][] = [
  ...BLOCKS.map(({ example }) => example),
  ['بند یک\n\nبند دو', '<p>بند یک</p>\n<p>بند دو</p>'],
  ['سطر یک\nسطر دو', '<p>سطر یک<br>سطر دو</p>'],
  ['- یک\n- دو', '<ul><li>یک</li><li>دو</li></ul>'],
  ['> گفته', '<blockquote><p>گفته</p></blockquote>'],
  ['**مهم** است', '<p><strong>مهم</strong> است</p>'],
  ['[خانه](https://example.ir/)', '<p><a href="https://example.ir/">خانه</a></p>'],
  ['۲ < ۳ & ۴', '<p>۲ &lt; ۳ &amp; ۴</p>'],
]
