import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import type { Inspection } from '../../server/domain/comment-rules/types.ts'

const TOOL = path.join(import.meta.dirname, '../../server/operating/newsroom.ts')
const folder = mkdtempSync(path.join(os.tmpdir(), 'learning-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function newsroom(args: string[], lines: readonly (string | object)[]) {
  const input = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('')
  const { status, stdout, stderr } = spawnSync(process.execPath, [TOOL, ...args], { input, encoding: 'utf8' })
  return { status, stderr, said: stdout, out: stdout.trim().split('\n') }
}

type Answer = Inspection & { id: unknown; error?: string }

test('inspect-comments answers each line in order with every field of the contract', () => {
  const { status, out } = newsroom(
    ['inspect-comments'],
    [
      { id: 'a', text: 'خبر خوبی بود، ممنون.' },
      { id: 7, text: 'این مدیر احمق است.', article: { title: 'مدیر تازهٔ شرکت آب', body: 'او امروز آغاز به کار کرد.' } },
      { text: '\ud83d' },
    ],
  )
  assert.equal(status, 0)
  const answers = out.map((line) => JSON.parse(line) as Answer)
  assert.deepEqual(
    answers.map(({ id }) => id),
    ['a', 7, null],
  )
  assert.deepEqual(
    answers.map(({ verdict, topic }) => [verdict, typeof topic?.score]),
    [
      ['clean', 'undefined'],
      ['hold', 'number'],
      ['clean', 'undefined'],
    ],
  )
  assert.equal(answers[1]!.findings[0]!.rule, 'insult')
  assert.ok(answers.every(({ scores, rank, language }) => scores.insult >= 0 && rank >= 0 && language.code !== ''))
})

test('a broken line is told by its number, keeps its place in the output and stops nothing', () => {
  const { status, out, stderr } = newsroom(
    ['inspect-comments'],
    [{ id: '1', text: 'سلام' }, 'no json', { id: '3' }, { id: '4', text: 'سلام' }],
  )
  assert.equal(status, 1)
  assert.equal(out.length, 4)
  assert.equal((JSON.parse(out[3]!) as Answer).id, '4')
  assert.match(stderr, /line 2/)
  assert.match(stderr, /line 3/)
})

test('what learn was taught is held by inspect-comments --model, and never refused', () => {
  const names = [
    'شهردار',
    'داور',
    'مربی',
    'نماینده',
    'مجری',
    'مدیر',
    'وزیر',
    'بازیگر',
    'فروشنده',
    'راننده',
    'معلم',
    'ناشر',
  ]
  const file = path.join(folder, 'model.json')
  const taught = newsroom(
    ['learn', '--out', file],
    names.flatMap((name) => [
      { text: `${name} هم که قرمبیل است`, decision: 'refuse', rule: 'insult' },
      { text: `${name} کار خوبی کرد`, decision: 'publish' },
      { text: `کانال ما و ${name}`, decision: 'refuse', rule: 'advertising' },
    ]),
  )
  assert.equal(taught.status, 0, taught.stderr)
  assert.equal(taught.said, 'learned from 24 decisions\n')
  const asked = [{ text: 'این قرمبیل‌ها که هستند' }, { text: 'ناشر کار خوبی کرد' }]
  const verdicts = (args: string[]) => newsroom(args, asked).out.map((line) => (JSON.parse(line) as Answer).verdict)
  assert.deepEqual(verdicts(['inspect-comments']), ['clean', 'clean'])
  assert.deepEqual(verdicts(['inspect-comments', '--model', file]), ['hold', 'clean'])
})

test('wrong usage ends with 2, a file that holds no model and too few decisions with 1, each in one line', () => {
  assert.equal(newsroom(['inspect-comments', '--modle', 'x'], []).status, 2)
  const none = newsroom(['inspect-comments', '--model', path.join(folder, 'none.json')], [])
  assert.equal(none.status, 1)
  assert.equal(none.stderr.trim().split('\n').length, 1)
  assert.equal(newsroom(['learn', '--out', path.join(folder, 'm')], [{ text: 'سلام', decision: 'publish' }]).status, 1)
})
