import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { importArticle } from '../../models/articles.ts'
import { createComment } from '../../models/comments.ts'
import { saveSection } from '../../models/sections.ts'
import { blankArticle } from '../../server/domain/article.ts'
import { RULE_CODES } from '../../server/domain/comment-rules/types.ts'
import { safeBody } from '../../server/domain/safe-html/index.ts'
import { openBrowser, openWindow, SKIP_WITHOUT_BROWSER } from '../support/browser.ts'
import { openNewsroom, type TestNewsroom } from '../support/newsroom.ts'

/** Texts that break out of a context where it is not escaped; each would set `window.broken`. */
const BREAKOUTS = [
  '<script>window.broken=1</script>',
  '</script><script>window.broken=1</script>',
  '</title><script>window.broken=1</script>',
  '"><img src=x onerror="window.broken=1">',
  "'><svg onload=window.broken=1>",
  '" autofocus onfocus="window.broken=1" x="',
  '--><script>window.broken=1</script><!--',
  ']]><script>window.broken=1</script>',
  '{{constructor.constructor "window.broken=1"}}',
  '\u2028window.broken=1//',
  '&lt;script&gt;window.broken=1&lt;/script&gt;',
  '\u202e<b onmouseover=window.broken=1>x',
]

/** Bodies that would run something if the policy let them. */
const BODIES = [
  '<p>متن</p><img src=x onerror=window.broken=1>',
  '<a href="java\u200cscript:window.broken=1" id="go">x</a>',
  '<a href="java&#x202e;script:window.broken=1">x</a>',
  '<a href="&#x6a;avascript:window.broken=1">x</a>',
  '<svg><style><img src=x onerror=window.broken=1></style></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img src=x onerror=window.broken=1>',
  '<noscript><p title="</noscript><img src=x onerror=window.broken=1>">',
  '<xmp><p title="</xmp><img src=x onerror=window.broken=1>"></xmp>',
  "<p lang='\"><img src=x onerror=window.broken=1>'>x</p>",
  '<form id="masthead"><input name="classList"></form><a id="progress" name="style">x</a>',
  '<iframe srcdoc="<script>parent.broken=1</script>"></iframe>',
  '<details open ontoggle=window.broken=1>x</details>',
]

let newsroom: TestNewsroom
let browser: Browser

before(async () => {
  if (SKIP_WITHOUT_BROWSER) return
  newsroom = await openNewsroom({ SITE_NAME: 'تحریریه "<b>' })
  await saveSection({ slug: 'x"><script>', name: BREAKOUTS[3]!, order: 3, commentMode: null })
  const scores = Object.fromEntries(RULE_CODES.map((code) => [code, 0])) as Record<(typeof RULE_CODES)[number], number>
  for (const [i, text] of BREAKOUTS.entries()) {
    const body = safeBody(BODIES[i % BODIES.length]!)
    assert.ok(body.ok)
    const { article } = await importArticle(
      {
        ...blankArticle(),
        kicker: text,
        title: text,
        subtitle: text,
        lead: text,
        body: body.html,
        dateline: text,
        byline: text,
        source: text,
        section: i % 2 ? 'x"><script>' : 'society',
        tags: [text, 'برچسب'],
      },
      { code: 100 + i, slug: '', publishedAt: new Date(Date.UTC(2026, 10, 24, 4, i)), now: new Date() },
    )
    await createComment({
      articleCode: article.code,
      parent: null,
      name: text,
      email: '',
      body: text,
      createdAt: new Date(),
      state: 'published',
      inspection: { verdict: 'clean', findings: [], scores, language: { code: 'fa', score: 1 }, rank: 0 },
      fingerprint: 'f',
      subnet: 's',
    })
  }
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await newsroom?.close()
})

test('nothing that strangers or staff wrote runs in any context, and the policy has nothing to stop', {
  skip: SKIP_WITHOUT_BROWSER,
}, async () => {
  const { page, context, faults } = await openWindow(browser)
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  const paths = [
    '/',
    '/popular',
    `/service/${encodeURIComponent('x"><script>')}`,
    '/archive/1405/9/3',
    ...BREAKOUTS.flatMap((text, i) => [
      `/news/${100 + i}`,
      `/news/${100 + i}/print`,
      `/news/${100 + i}/comments`,
      `/search?q=${encodeURIComponent(text)}&from=${encodeURIComponent(text)}`,
      `/tag/${encodeURIComponent(text.replaceAll('/', ' '))}`,
      `/${encodeURIComponent(text)}`,
    ]),
  ]
  for (const path of paths) {
    await page.goto(newsroom.url + path)
    for (const link of await page.locator('.article-text a').all())
      await link.click({ noWaitAfter: true, trial: false }).catch(() => {})
    assert.equal(await page.evaluate('window.broken'), undefined, path)
    assert.equal(
      await page.locator('.masthead script, main script, main img[src="x"], main svg[onload]').count(),
      0,
      path,
    )
  }
  assert.deepEqual(dialogs, [])
  assert.deepEqual(faults, [])
  await context.close()
})
