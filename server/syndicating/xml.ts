/** Text fit for XML: no control characters or lone surrogates, and what means something in XML escaped. */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}

/** One element: its name, attributes, and content: text, or elements already written; without content it closes itself. */
export function element(
  name: string,
  attributes: Record<string, string>,
  content?: string | readonly (string | null)[],
): string {
  const open = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(value)}"`)
  const tag = `${name}${open.join('')}`
  if (content === undefined) return `<${tag}/>`
  const inner = typeof content === 'string' ? xmlText(content) : content.filter((part) => part !== null).join('')
  return `<${tag}>${inner}</${name}>`
}

/** A whole XML document around its root element. */
export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`
}
