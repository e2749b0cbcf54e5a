import type { CommentPolicy } from '../domain/comment-policy.ts'
import { STRENGTH_LABELS } from '../domain/comment-policy.ts'
import type { LexiconEntry, Strength } from '../domain/comment-rules/lexicon/types.ts'
import type { ListedStrength, WordListEntry } from '../domain/comment-rules/word-list.ts'
import { lineFor } from '../domain/comment-rules/word-list.ts'
import { findBuiltIn, harmlessPhrases, nearness, SENSES } from '../domain/comment-rules/word-search.ts'
import { notFound } from '../errors.ts'

const PAGE = 25
const SHOWN_PHRASES = 6
const ADDRESS = '/desk/moderation/rules'
const OWN_STRENGTHS = ['severe', 'insult', 'context'] as const satisfies Strength[]

/** What the page of words was asked for: a part of a word, a strength, a sense, a page of the built-in words, and a word to be changed. */
export interface WordsQuery {
  q: string
  strength: Strength | ''
  sense: string
  page: number
  word: string
}

/** The form of one word as it was typed or as the word stands in the list. */
export interface WordTyped {
  word: string
  strength: ListedStrength
  exceptions: string
}

/** The query of a search, without page and word, as it stands in an address. */
export function searchQuery({ q, strength, sense }: WordsQuery, page = 1): string {
  const asked = Object.entries({ q, strength, sense, page: page > 1 ? String(page) : '' })
  return new URLSearchParams(asked.filter(([, value]) => value !== '')).toString()
}

function addressOf(query: string, place: string): string {
  return `${ADDRESS}${query === '' ? '' : `?${query}`}#${place}`
}

function listedView({ word, strength, exceptions }: WordListEntry, search: string) {
  const query = new URLSearchParams(search)
  query.set('word', word)
  return {
    word,
    strengthLabel: STRENGTH_LABELS[strength],
    exceptionsLine: exceptions.join('، '),
    editHref: addressOf(query.toString(), 'word-form'),
  }
}

function builtInView({ word, sense, strength }: LexiconEntry, own: WordListEntry | undefined) {
  const phrases = harmlessPhrases(word)
  return {
    word,
    sense,
    strengthLabel: STRENGTH_LABELS[strength],
    phrases: phrases.slice(0, SHOWN_PHRASES).join('، '),
    morePhrases: Math.max(0, phrases.length - SHOWN_PHRASES),
    listedAs: own ? STRENGTH_LABELS[own.strength] : '',
    listedWith: own && own.word !== word ? own.word : '',
  }
}

function choices(values: readonly string[], chosen: string, labels: Readonly<Record<string, string>> = {}) {
  return values.map((value) => ({ value, label: labels[value] ?? value, chosen: value === chosen }))
}

/** The newsroom's own words and the built-in ones as the page shows them; a page beyond the last is not found. */
export function wordsView(policy: CommentPolicy, asked: WordsQuery, typed: WordTyped | null) {
  const search = searchQuery(asked)
  const own = policy.words.filter(({ word }) => nearness(word, asked.q) !== null)
  const searched = asked.q.trim() !== '' || asked.strength !== '' || asked.sense !== ''
  const found = searched ? findBuiltIn({ part: asked.q, strength: asked.strength, sense: asked.sense }) : []
  const pages = Math.max(1, Math.ceil(found.length / PAGE))
  if (asked.page > pages) throw notFound()
  const speaking = lineFor(policy.words)
  const pageHref = (page: number) => addressOf(searchQuery(asked, page), 'built-in-title')
  return {
    q: asked.q,
    back: searchQuery(asked, asked.page),
    searched,
    own: own.map((entry) => listedView(entry, search)),
    ownCount: policy.words.length,
    builtIn: found
      .slice((asked.page - 1) * PAGE, asked.page * PAGE)
      .map((entry) => builtInView(entry, speaking(entry.word))),
    builtInFound: found.length,
    builtInCount: findBuiltIn({ part: '', strength: '', sense: '' }).length,
    page: asked.page,
    pages,
    previous: asked.page > 1 ? pageHref(asked.page - 1) : '',
    next: asked.page < pages ? pageHref(asked.page + 1) : '',
    strengths: choices(OWN_STRENGTHS, asked.strength, STRENGTH_LABELS),
    senses: choices(SENSES, asked.sense),
    form: formView(policy, asked, typed, own.length + found.length > 0),
  }
}

/** The form: as typed; as the word that is to be changed stands in the list; or with what was searched for in vain. */
function formView({ words }: CommentPolicy, { q, word }: WordsQuery, typed: WordTyped | null, found: boolean) {
  const listed = words.find((entry) => entry.word === word)
  const shown: WordTyped = typed ?? {
    word: listed?.word ?? (found ? '' : q.trim()),
    strength: listed?.strength ?? 'insult',
    exceptions: listed?.exceptions.join('\n') ?? '',
  }
  return {
    word: shown.word,
    exceptions: shown.exceptions,
    strengths: choices(Object.keys(STRENGTH_LABELS), shown.strength, STRENGTH_LABELS),
  }
}
