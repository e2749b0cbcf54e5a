import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { LIMITS, safeAddress, safeBody } from '../../server/domain/safe-html/index.ts'

function safe(raw: string): string {
  const result = safeBody(raw)
  assert.ok(result.ok, JSON.stringify(result))
  return result.html
}

describe('what a reporter writes stays', () => {
  const KEPT: [raw: string, html: string][] = [
    ['<p>سلام <strong>خبر</strong></p>', '<p>سلام <strong>خبر</strong></p>'],
    ['<p>می‌شود &amp; نمی‌شود</p>', '<p>می‌شود &amp; نمی‌شود</p>'],
    ['<p>۲ &lt; ۳</p>', '<p>۲ &lt; ۳</p>'],
    ['<p>نشانهٔ &amp;lt; و %253c و \\u003c</p>', '<p>نشانهٔ &amp;lt; و %253c و \\u003c</p>'],
    ['<h1>تیتر</h1><h2>میان‌تیتر</h2>', '<h2>تیتر</h2><h2>میان‌تیتر</h2>'],
    ['<b>مهم</b> <i>گفت</i>', '<strong>مهم</strong> <em>گفت</em>'],
    ['<ul><li>یک</li><li>دو</li></ul>', '<ul><li>یک</li><li>دو</li></ul>'],
    ['<ol start="3"><li>سه</li></ol>', '<ol start="3"><li>سه</li></ol>'],
    ['<a href="https://example.ir/خبر">پیوند</a>', '<a href="https://example.ir/خبر" rel="noopener">پیوند</a>'],
    ['<a href="/news/3735708">خبر</a>', '<a href="/news/3735708">خبر</a>'],
    [
      '<a href="mailto:a@b.ir">نامه</a> <a href="tel:+982112345678">تلفن</a>',
      '<a href="mailto:a@b.ir">نامه</a> <a href="tel:+982112345678">تلفن</a>',
    ],
    ['<p dir="ltr" lang="en">An English line</p>', '<p dir="ltr" lang="en">An English line</p>'],
    [
      '<figure><img src="/media/1405/a.jpg" alt="سد" width="640" height="360"><figcaption>سد</figcaption></figure>',
      '<figure><img src="/media/1405/a.jpg" alt="سد" width="640" height="360" /><figcaption>سد</figcaption></figure>',
    ],
    [
      '<table><tr><th scope="col">سال</th><td colspan="2">۱۴۰۵</td></tr></table>',
      '<table><tr><th scope="col">سال</th><td colspan="2">۱۴۰۵</td></tr></table>',
    ],
  ]
  for (const [raw, html] of KEPT) test(raw, () => assert.equal(safe(raw), html))

  test('cleaning a second time changes nothing', () => {
    for (const [raw] of KEPT) assert.equal(safe(safe(raw)), safe(raw))
  })
})

const INVISIBLE = [
  '\u200b',
  '\u200c',
  '\u200d',
  '\u200e',
  '\u202e',
  '\u2066',
  '\ufeff',
  '\u00ad',
  '\u0000',
  '\t',
  '\n',
  '\u0001',
  '\u2060',
]

const HOSTILE_ADDRESSES = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  ...INVISIBLE.flatMap((sign) => [
    `java${sign}script:alert(1)`,
    `${sign}javascript:alert(1)`,
    `javascript${sign}:alert(1)`,
  ]),
  '&#106;avascript:alert(1)',
  '&#x6a;avascript:alert(1)',
  'java&Tab;script:alert(1)',
  'java&NewLine;script:alert(1)',
  'java&#x202e;script:alert(1)',
  'java&#8204;script:alert(1)',
  'java&#x200c;script&colon;alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'blob:https://a/b',
  'file:///etc/passwd',
  '//evil.example/x',
  '/\\evil.example',
  '\\\\evil.example',
  'https:evil.example',
  'http:',
  'https://',
  'feed:javascript:alert(1)',
  'view-source:javascript:alert(1)',
]

describe('an address that could run or lead astray is no link', () => {
  for (const address of HOSTILE_ADDRESSES)
    test(JSON.stringify(address), () => {
      const html = safe(`<p><a href="${address}">x</a></p>`)
      assert.doesNotMatch(html, /href/)
    })
  test('an address of a link is http, https, mailto, tel or a path, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (typed) => {
        for (const address of [typed, `javascript:${typed}`, `java${typed}script:x`]) {
          const kept = safeAddress(address)
          assert.ok(kept === null || /^(?:https?:\/\/|mailto:|tel:|\/(?![/\\])|#)/i.test(kept), String(kept))
        }
      }),
    )
  })
})

const HOSTILE_MARKUP = [
  '<script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<img src="/media/a.jpg" onload=alert(1)>',
  '<img src="/media/../../x" alt="a">',
  '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
  '<svg onload=alert(1)><circle/></svg>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="javascript:alert(1)"></object>',
  '<embed src="javascript:alert(1)">',
  '<form action="https://evil.example"><input name=q><button formaction="javascript:alert(1)">x</button></form>',
  '<p style="background:url(javascript:alert(1))">x</p>',
  '<p onclick="alert(1)" class="masthead" id="content">x</p>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<link rel="stylesheet" href="https://evil.example/x.css">',
  '<style>@import "https://evil.example/x.css"</style>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<template><script>alert(1)</script></template>',
  '<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>',
  '<xmp><img title="</xmp><img src=x onerror=alert(1)>"></xmp>',
  '<title><img title="</title><img src=x onerror=alert(1)>"></title>',
  '<select><option><script>alert(1)</script></option></select>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<!--[if IE]><script>alert(1)</script><![endif]-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?xml version="1.0"?><script>alert(1)</script>',
  '<a href="#" id="config" name="body">x</a>',
  '<abbr title="&quot; onmouseover=alert(1) x=&quot;">x</abbr>',
  '<abbr title=\'" onmouseover=alert(1) x="\'>x</abbr>',
  "<p lang='\"><script>alert(1)</script>'>x</p>",
  '<p dir="x onclick=alert(1)">x</p>',
  '<video><source onerror="alert(1)"></video>',
  '<details open ontoggle=alert(1)>x</details>',
  '<a href="https://a.ir/" target="_blank" ping="https://evil.example">x</a>',
  '<\u200cscript>alert(1)</script>',
  '<scr\u202eipt>alert(1)</script>',
  '<scr&#x202e;ipt>alert(1)</script>',
  '<img/src="x"/onerror=alert(1)>',
  '<img src=x\u0000 onerror=alert(1)>',
]

describe('markup that could run, load, pose or lead away is gone', () => {
  const ALLOWED_SHAPE =
    /^(?:[^<>]|<\/?(?:p|h[234]|blockquote|ul|ol|li|hr|br|pre|a|strong|em|mark|q|cite|code|sup|sub|bdi|span|abbr|figure|figcaption|img|table|caption|thead|tbody|tr|th|td)(?: (?:href|rel|dir|lang|start|title|src|alt|width|height|scope|colspan|rowspan)="[^"<>]*")*(?: \/)?>)*$/
  for (const raw of HOSTILE_MARKUP)
    test(JSON.stringify(raw), () => {
      const html = safe(raw)
      assert.match(html, ALLOWED_SHAPE)
      const tags = (html.match(/<[^>]*>/g) ?? []).join('').replace(/"[^"]*"/g, '')
      assert.doesNotMatch(tags, /script|\son\w+|style|class|\sid|\sname/i)
    })
  test('whatever comes in, only what the policy names comes out', () => {
    const piece = fc.constantFrom(...HOSTILE_MARKUP, ...INVISIBLE, '<p>', '</p>', '<b', '>', '"', "'", '=', '&#x', ';')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const result = safeBody(pieces.join(''))
        if (result.ok) assert.match(result.html, ALLOWED_SHAPE)
      }),
    )
  })
})

describe('characters that turn a line around never come through', () => {
  for (const sign of ['\u202a', '\u202e', '\u2066', '\u2069', '&#x202e;', '&#8238;', '&#x0202E', '&#x202&#x202e;e;'])
    test(JSON.stringify(sign), () => {
      assert.doesNotMatch(safe(`<p>الف${sign}ب</p>`), /[\u202a-\u202e\u2066-\u2069]/)
    })
})

describe('what is too much is refused before it is parsed', () => {
  test('length', () => assert.deepEqual(safeBody('ا'.repeat(LIMITS.length + 1)), { ok: false, reason: 'too-long' }))
  test('tags', () => assert.deepEqual(safeBody('<p>'.repeat(LIMITS.tags + 1)), { ok: false, reason: 'too-many-tags' }))
  test('depth', () => assert.deepEqual(safeBody('<b>'.repeat(LIMITS.depth + 1)), { ok: false, reason: 'too-deep' }))
  test('a long and honest body passes', () => {
    const paragraph = `<p>${'متن بلند و درست '.repeat(40)}</p>`
    assert.ok(safeBody(paragraph.repeat(200)).ok)
  })
})
