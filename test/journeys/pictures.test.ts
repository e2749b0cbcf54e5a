import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { everyDocument } from '../../models/archive.ts'
import { latestPictures } from '../../models/media.ts'
import { widthsFor } from '../../server/domain/picture.ts'
import { openNewsroom, type TestNewsroom } from '../support/newsroom.ts'
import type { Page, Visitor } from '../support/visitor.ts'
import { visibleText } from '../support/visitor.ts'

let newsroom: TestNewsroom
let reporter: Visitor

before(async () => {
  newsroom = await openNewsroom()
  reporter = await newsroom.signedIn('reporter', 'reporter')
})
after(() => newsroom.close())

/** A photograph lying on its side, with the place where it was taken in its Exif data. */
async function photograph(width = 1600, height = 900): Promise<Buffer> {
  return await sharp({ create: { width, height, channels: 3, background: '#276' } })
    .withExif({ IFD0: { Copyright: 'whoever' }, IFD3: { GPSLatitudeRef: 'N' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
}

/** Sends a picture as a browser does. */
async function send(visitor: Visitor, bytes: Buffer, fields: Record<string, string>): Promise<Page> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), 'عکس پل.jpg')
  const request = new Request(newsroom.url, { method: 'POST', body: form })
  const body = Buffer.from(await request.arrayBuffer())
  return await visitor.raw('/desk/media', body, { 'content-type': request.headers.get('content-type')! })
}

async function added(caption: string): Promise<string> {
  const formToken = await reporter.formToken()
  assert.equal((await send(reporter, await photograph(), { caption, formToken })).status, 303)
  return (await latestPictures(1))[0]!.id
}

test('a picture is kept upright in several widths and without what it says of its taking', async () => {
  const id = await added('پل تازهٔ شهر از بالا')
  const [picture] = await latestPictures(1)
  assert.deepEqual([picture!.width, picture!.height, picture!.widths], [900, 1600, [320, 640, 900]])
  const reader = newsroom.visitor()
  for (const [file, type, width] of [
    ['320.webp', 'image/webp', 320],
    ['900.webp', 'image/webp', 900],
    ['share.jpg', 'image/jpeg', 900],
  ] as const) {
    const got = await fetch(`${newsroom.url}/media/${id}/${file}`)
    assert.equal(got.status, 200)
    assert.equal(got.headers.get('content-type'), type)
    assert.match(got.headers.get('cache-control')!, /immutable/)
    assert.equal(got.headers.get('set-cookie'), null)
    const seen = await sharp(Buffer.from(await got.arrayBuffer())).metadata()
    assert.deepEqual([seen.width, seen.exif, seen.orientation], [width, undefined, undefined])
  }
  for (const file of ['999.webp', '320.jpg', 'share.webp', '320.png']) {
    assert.equal((await reader.get(`/media/${id}/${file}`)).status, 404, file)
  }
  assert.ok(visibleText((await reporter.get('/desk/media')).text).includes('پل تازهٔ شهر از بالا'))
})

test('what is no picture, says nothing, is too large, or comes from elsewhere is refused and keeps nothing', async () => {
  const before = (await latestPictures(100)).length
  const formToken = await reporter.formToken()
  const good = await photograph(40, 30)
  const refused = async (bytes: Buffer, fields: Record<string, string>, visitor = reporter) =>
    await send(visitor, bytes, fields)
  for (const bytes of [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), randomBytes(900), Buffer.alloc(0)]) {
    const page = await refused(bytes, { caption: 'پل', formToken })
    assert.equal(page.status, 422)
    assert.match(page.text, /id="caption" name="caption" value="پل"/)
  }
  assert.equal((await refused(good, { caption: ' ', formToken })).status, 422)
  assert.equal((await refused(good, { caption: 'پل' })).status, 403)
  assert.equal((await refused(randomBytes(15 * 1024 * 1024 + 1), { caption: 'پل', formToken })).status, 413)
  assert.equal((await refused(good, { caption: 'پل', formToken }, newsroom.visitor())).status, 401)
  const moderator = await newsroom.signedIn('moderator', 'moderator')
  const token = /name="formToken" value="([^"]+)"/.exec((await moderator.get('/desk/moderation')).text)![1]!
  assert.equal((await refused(good, { caption: 'پل', formToken: token }, moderator)).status, 403)
  const cut = await reporter.raw('/desk/media', Buffer.from('--x\r\nnothing'), {
    'content-type': 'multipart/form-data; boundary=x',
  })
  assert.equal(cut.status, 400)
  assert.equal((await latestPictures(100)).length, before)
})

test('an article carries its picture to readers, to machines and into the backup, and loses it when told so', async () => {
  const id = await added('نمای پل')
  const fields = {
    ...{ kind: 'news', title: 'پل تازه گشوده شد', body: 'شهردار پل را گشود.', section: 'society' },
    ...{ picture: id, pictureText: 'پل تازه در روز گشایش' },
  }
  const sent = await reporter.postAtDesk('/desk/articles', { ...fields, step: 'publish' })
  assert.equal(sent.status, 303)
  const desk = sent.location!.split('?')[0]!
  const edited = await reporter.get(desk)
  assert.match(edited.text, new RegExp(`name="picture" value="${id}" checked`))
  const code = /href="\/news\/(\d+)/.exec(edited.text)![1]!
  const page = (await newsroom.visitor().follow(`/news/${code}`)).text
  const image = `<img src="/media/${id}/900.webp" srcset="/media/${id}/320.webp 320w, /media/${id}/640.webp 640w, /media/${id}/900.webp 900w"`
  assert.ok(page.includes(image))
  assert.match(page, /alt="پل تازه در روز گشایش"/)
  assert.match(page, /<figcaption class="soft">پل تازه در روز گشایش<\/figcaption>/)
  assert.ok(page.includes(`property="og:image" content="${newsroom.url}/media/${id}/share.jpg"`))
  assert.ok(page.includes(`"image":["${newsroom.url}/media/${id}/share.jpg"]`))
  for (const list of ['/', '/service/society', `/search?q=${encodeURIComponent('پل')}`]) {
    assert.ok((await newsroom.visitor().get(list)).text.includes(`/media/${id}/640.webp 640w`), list)
  }
  const shared = `${newsroom.url}/media/${id}/share.jpg`
  for (const feed of ['rss.xml', 'atom.xml', 'feed.json'])
    assert.ok((await newsroom.visitor().get(`/feeds/${feed}`)).text.includes(shared), feed)
  const { body } = await newsroom.visitor().json(`/api/v1/articles/${code}`)
  assert.deepEqual(body.picture, { url: shared, caption: 'پل تازه در روز گشایش' })
  const ninjs = await newsroom.visitor().json(`/api/v1/articles/${code}.ninjs`)
  assert.deepEqual(ninjs.body.renditions, [{ name: 'main', contenttype: 'image/jpeg', href: shared }])
  const kept: string[] = []
  for await (const { collection, line } of everyDocument()) if (line.includes(id)) kept.push(collection)
  assert.ok(['articles', 'media', 'mediafiles'].every((name) => kept.includes(name)))

  const revision = /name="revision" value="(\d+)"/.exec(edited.text)![1]!
  const wrong = await reporter.postAtDesk(desk, { ...fields, picture: 'a'.repeat(24), revision })
  assert.equal(wrong.status, 422)
  assert.ok(visibleText(wrong.text).includes('این تصویر در بایگانی نیست.'))
  assert.equal((await reporter.postAtDesk(desk, { ...fields, picture: '', revision })).status, 303)
  assert.ok(!(await newsroom.visitor().follow(`/news/${code}`)).text.includes(id))
})

test('a picture is never kept wider than it came', () => {
  assert.deepEqual([100, 320, 321, 640, 1000, 1280, 5000].map(widthsFor), [
    [100],
    [320],
    [320, 321],
    [320, 640],
    [320, 640, 1000],
    [320, 640, 1280],
    [320, 640, 1280],
  ])
})
