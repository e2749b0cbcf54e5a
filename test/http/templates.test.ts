import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, test } from 'node:test'
import { buildHelpers, jsonForHtml } from '../../server/http/helpers.ts'
import { loadViews } from '../../server/http/templates.ts'
import { prepareViews } from '../../server/http/views.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'views-'))
after(() => rmSync(folder, { recursive: true }))

function views(files: Record<string, string>) {
  const root = mkdtempSync(path.join(folder, 'v'))
  mkdirSync(path.join(root, 'layouts'))
  writeFileSync(path.join(root, 'layouts/bare.hbs'), '{{content}}')
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    writeFileSync(path.join(root, name), text)
  }
  return loadViews(
    root,
    buildHelpers((name) => `/assets/${name}`),
  )
}

function shown(template: string, data: Record<string, unknown> = {}): string {
  const now = new Date('2016-08-08T13:53:00Z')
  const frame = { now, path: '/service/استان‌ها', formToken: 'ژتون"' }
  return views({ 'a.hbs': template }).render('a', 'layouts/bare', { frame, ...data })
}

describe('templates', () => {
  test('all views of the newsroom compile and name only parts and helpers that exist', () => prepareViews())

  test('what people typed is escaped in content and in attributes', () => {
    const typed = `<script>"'&`
    assert.equal(shown('<p title="{{it}}">{{it}}</p>', { it: typed }).includes('<script>'), false)
    assert.equal(shown('{{it}}', { it: '<b>&amp;' }), '&lt;b&gt;&amp;amp;')
  })

  test('a name that the data lacks is an error', () => {
    assert.throws(() => shown('{{titel}}', { title: 'x' }), /titel/)
    assert.throws(() => shown('{{#each list}}{{titel}}{{/each}}', { list: [{ title: 'x' }] }), /titel/)
    assert.equal(shown('{{#if titel}}x{{else}}none{{/if}}', { title: 'x' }), 'none')
  })

  test('a helper or part that does not exist stops the start', () => {
    assert.throws(() => views({ 'a.hbs': '{{shout title}}' }), /unknown helper shout/)
    assert.throws(() => views({ 'a.hbs': '{{#if (shout title)}}x{{/if}}' }), /unknown helper shout/)
    assert.throws(() => views({ 'a.hbs': '{{> nowhere/part}}' }), /unknown part nowhere\/part/)
  })

  test('a name alone means the field even where a helper bears it', () => {
    assert.equal(
      shown('{{code}} {{count}} {{#each list}}{{time}}{{/each}}', { code: 'a', count: 2, list: [{ time: 'b' }] }),
      'a 2 b',
    )
    assert.throws(() => shown('{{code}}', {}), /code/)
  })

  test('prototypes and their methods are no names', () => {
    assert.equal(shown('{{constructor}}'), '')
    assert.throws(() => shown('{{it.constructor.constructor}}', { it: {} }), /constructor/)
    assert.equal(shown('{{#if (lookup it "__proto__")}}x{{/if}}', { it: {} }), '')
  })

  test('an unknown view or layout is an error', () => {
    const some = views({ 'a.hbs': 'x' })
    assert.throws(() => some.render('../a', 'layouts/bare', {}), /no view/)
    assert.throws(() => some.render('a', 'layouts/none', {}), /no view/)
  })
})

describe('helpers', () => {
  const moment = new Date('2016-08-08T13:48:00Z')
  const ROWS: [template: string, data: Record<string, unknown>, html: string][] = [
    ['{{digits it}}', { it: 'کد 3735708' }, 'کد ۳۷۳۵۷۰۸'],
    ['{{number it}}', { it: 1234567 }, '۱٬۲۳۴٬۵۶۷'],
    ['{{count it "نظر"}}', { it: 3 }, '۳ نظر'],
    ['{{count it "نظر" "بدون نظر"}}', { it: 0 }, 'بدون نظر'],
    ['{{percent it}}', { it: 0.256 }, '۲۶٪'],
    ['{{code it}}', { it: '<x' }, '<bdi dir="ltr">&lt;x</bdi>'],
    ['{{excerpt it 10}}', { it: 'یک متن بلند و دراز' }, 'یک متن…'],
    ['{{moment it "moment"}}', { it: moment }, '۱۸ مرداد ۱۳۹۵، ۱۸:۱۸'],
    [
      '{{time it "relative"}}',
      { it: moment },
      '<time datetime="2016-08-08T13:48:00.000Z" title="۱۸ مرداد ۱۳۹۵، ۱۸:۱۸">۵ دقیقه پیش</time>',
    ],
    ['{{articlePath it}}', { it: { code: 7, slug: 'خبر-نو' } }, '/news/7/%D8%AE%D8%A8%D8%B1-%D9%86%D9%88'],
    ['{{shortPath it}}', { it: 3735708 }, '/xFLTX'],
    ['{{tagPath it}}', { it: 'هفته دولت' }, '/tag/%D9%87%D9%81%D8%AA%D9%87_%D8%AF%D9%88%D9%84%D8%AA'],
    ['<a{{current (sectionPath it)}}>', { it: 'استان‌ها' }, '<a aria-current="page">'],
    ['<a{{current "/"}}>', {}, '<a>'],
    ['{{formToken}}', {}, '<input type="hidden" name="formToken" value="ژتون&quot;">'],
    ['{{#if (and one (not two))}}x{{/if}}', { one: 1, two: '' }, 'x'],
    ['{{when it "a" "b"}}{{when it "c"}}', { it: false }, 'b'],
  ]
  for (const [template, data, html] of ROWS) test(template, () => assert.equal(shown(template, data), html))

  test('a way of showing a moment, an icon or a file that is none is an error', () => {
    assert.throws(() => shown('{{time it "sometime"}}', { it: moment }))
    assert.throws(() => shown('{{icon "nothing"}}'))
  })

  test('JSON within HTML cannot end its block', () => {
    const json = jsonForHtml({ a: '</script><!--\u2028&' })
    assert.doesNotMatch(json, /[<>&\u2028]/)
    assert.deepEqual(JSON.parse(json), { a: '</script><!--\u2028&' })
  })
})
