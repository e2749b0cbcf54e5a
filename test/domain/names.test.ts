import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import type { ArticleText } from '../../server/domain/comment-rules/types.ts'
import { findNames, placesOf, prepareNames } from '../../server/domain/names/index.ts'
import { words } from '../../server/domain/persian-text/index.ts'
import { ARTICLES } from './accusation-cases.ts'

const shared = path.join(import.meta.dirname, '../../../shared/fixtures/news-page-3735708.txt')

const people = (article: ArticleText) => findNames(article).filter(({ kind }) => kind === 'person')
const bodies = (article: ArticleText) =>
  findNames(article)
    .filter(({ kind }) => kind === 'body')
    .map(({ name }) => name)

test('a person is found by given name, title, role or saying, with the role', () => {
  const found = people(ARTICLES.bank)
  assert.deepEqual(found, [
    { name: 'مهدی کریمی‌نژاد', kind: 'person', role: 'مدیرعامل بانک آینده‌سازان', forms: ['کریمی‌نژاد'] },
  ])
  assert.equal(people(ARTICLES.minister)[0]?.role, 'وزیر نیرو')
  assert.deepEqual(
    people(ARTICLES.film).map(({ name }) => name),
    ['رضا سمیعی', 'مریم صالحی'],
  )
})

test('a family name alone is a person when a role or a saying follows it', () => {
  const found = people({
    title: 'نشست',
    body: 'در ادامه فرحی مدیر دامپزشکی استان سخن گفت. ارداقیان گفت: همکاری می‌کنیم.',
  })
  assert.deepEqual(
    found.map(({ name, role }) => [name, role]),
    [
      ['فرحی', 'مدیر دامپزشکی استان'],
      ['ارداقیان', undefined],
    ],
  )
})

test('bodies are found by their head word and end before common words', () => {
  assert.deepEqual(bodies(ARTICLES.mayor).slice(0, 2), ['شرکت عمران‌سازه', 'شهرداری گلشهر'])
  assert.ok(bodies(ARTICLES.minister).includes('وزارت نیرو'))
})

test('adjectives, sayings of roles and titles of martyrs are no persons', () => {
  assert.deepEqual(
    people({ title: 'مدیر فرهنگی افزود', body: 'سالن شهید امامی باز شد. بخش خصوصی گفت نه. مدیرکل ورزشی افزود.' }),
    [],
  )
})

test('names the reporter settled are taken instead of those found', () => {
  const { names } = prepareNames({ ...ARTICLES.bank, names: [{ name: 'نیما یوشی', kind: 'person' }] })
  assert.deepEqual(names, [{ name: 'نیما یوشی', kind: 'person' }])
})

test('a name is found in a comment whatever its spaces are, by family name and by further forms', () => {
  const profile = prepareNames({
    title: '',
    names: [{ name: 'مهدی کریمی‌نژاد', kind: 'person', forms: ['دکتر کریمی'] }],
  })
  for (const text of ['کریمی نژاد رفت', 'كريمي‌نژاد رفت', 'کریمینژاد رفت', 'مهدی کریمی نژاد رفت', 'دکتر کریمی رفت'])
    assert.equal(placesOf(words(text), profile).length, 1, text)
  assert.deepEqual(placesOf(words('کریم رفت و مهدی ماند'), profile), [])
})

test('the four persons of the known page are found', {
  skip: existsSync(shared) ? false : 'shared page is absent',
}, () => {
  const parts = readFileSync(shared, 'utf8').split('\n\n')
  const end = parts.findIndex((part) => part.startsWith('کد خبر'))
  const article = { kicker: parts[1]!, title: parts[2]!, lead: parts[4]!, body: parts.slice(5, end).join('\n\n') }
  assert.deepEqual(
    people(article).map(({ name }) => name),
    ['نصرت الله علیرضایی', 'فرحی', 'حمید ساوه', 'ارداقیان'],
  )
})
