import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BODY_EXAMPLES, bodyFromInput, bodyToInput, tagsFromInput } from '../../server/domain/article-text.ts'

for (const [typed, html] of BODY_EXAMPLES) {
  test(`«${typed.replaceAll('\n', '⏎')}» becomes its HTML and comes back as it was typed`, () => {
    assert.equal(bodyFromInput(typed), html)
    assert.equal(bodyToInput(html), typed)
  })
}

test('a body that plain writing cannot hold is shown as HTML', () => {
  const html = '<p>متن</p>\n<figure><img src="/a.webp" alt=""></figure>'
  assert.equal(bodyToInput(html), html)
  assert.equal(bodyFromInput(html), html)
})

test('markup typed into a plain body is text, not markup', () => {
  assert.equal(bodyFromInput('بد <script>x</script>'), '<p>بد &lt;script&gt;x&lt;/script&gt;</p>')
  assert.equal(bodyFromInput('[x](javascript:alert(1))'), '<p>[x](javascript:alert(1))</p>')
})

test('tags are parted by commas of any kind and each stands once', () => {
  assert.deepEqual(tagsFromInput('روابط عمومی، قزوین, قزوین؛ هفته_دولت'), ['روابط عمومی', 'قزوین', 'هفته دولت'])
})
