import { fold, stem, words } from './persian-text/index.ts'

const HALF_SPACE = '\u200c'

/** What stands alone only where a half-space was lost or tells nothing: endings and particles. */
const EMPTY = new Set(
  'ها های هایی ی ای ام ات اش مان تان شان ان می نمی تر ترین و در به از که را با این ان تا بر یا هم است بود شد'
    .split(' ')
    .map(fold),
)

/** The keys under which one word is found: its stem without half-spaces, and for a word of several parts each part's stem. */
function keysOf(word: { text: string; joined: string }): string[] {
  const parts = word.text.split(HALF_SPACE).filter((part) => !EMPTY.has(part))
  const whole = stem(word.joined)
  if (parts.length < 2) return [whole]
  return [whole, ...parts.map((part) => stem(part))]
}

/** The keys of a text for finding it again, each once, in the order in which they first appear. */
export function searchKeys(text: string): string[] {
  const keys = words(text)
    .filter((word) => !EMPTY.has(word.joined))
    .flatMap(keysOf)
  return [...new Set(keys)].filter((key) => key.length > 1 || /\d/.test(key))
}

/** The keys that a text must have, every one, to answer what was typed; empty when nothing can be looked up. */
export function wantedKeys(typed: string): string[] {
  const keys = words(typed)
    .filter((word) => !EMPTY.has(word.joined))
    .flatMap((word) => {
      const found = keysOf(word)
      return found.length === 1 ? found : found.slice(1)
    })
  return [...new Set(keys)].slice(0, 12)
}
