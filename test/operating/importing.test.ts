import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { readHtmlPage } from '../../server/operating/importing/html-page.ts'
import { readNinjs } from '../../server/operating/importing/ninjs.ts'
import { articleRecord } from '../../server/operating/importing/record.ts'
import { readSavedPage } from '../../server/operating/importing/saved-page.ts'
import { readWordPress } from '../../server/operating/importing/wordpress.ts'

const FIXTURE = path.join(import.meta.dirname, '../../../shared/fixtures/news-page-3735708.txt')
const skip = existsSync(FIXTURE) ? false : 'the saved page lies outside the project and is not on this machine'

test('a saved page of a news agency gives every part of its article', { skip }, () => {
  const page = readSavedPage(readFileSync(FIXTURE, 'utf8'))
  assert.equal(page.code, 3735708)
  assert.equal(page.publishedAt.toISOString(), '2016-08-08T13:53:00.000Z')
  assert.equal(page.kicker, 'مدیرکل روابط عمومی استانداری قزوین:')
  assert.equal(page.title, 'روابط عمومیها عملکرد سه ساله دولت در دستگاه خود را منتشر کنند')
  assert.equal(page.pictureText, page.title)
  assert.equal(page.dateline, 'قزوین')
  assert.match(page.lead, /^رئیس شورای هماهنگی روابط عمومی های استان قزوین گفت:/)
  assert.equal(page.byline, 'خبرنگار مهر')
  assert.equal(page.source, 'مهر')
  assert.equal(page.body.length, 9)
  assert.match(page.body[0]!, /^به گزارش خبرنگار مهر، نصرت الله علیرضایی/)
  assert.match(page.body.at(-1)!, /مطرح کردند\.$/)
  assert.deepEqual(page.tags, [])
})

test('a saved HTML page is read by the places that its system uses', () => {
  const page = readHtmlPage(`<!doctype html><html><head><meta property="og:site_name" content="خبر شهر"></head><body>
    <h4 class="kicker">در نشست شورا</h4><h1 class="title">پل تازه گشوده شد</h1>
    <div class="item-date"><span>۱۸ مرداد ۱۳۹۵ - ۱۸:۲۳</span></div>
    <p class="introtext">یزد- پل تازهٔ شهر گشوده شد.</p>
    <div class="item-text"><p>شهردار گفت کار به پایان رسید.</p><p>مردم خوشحال‌اند.</p></div>
    <div class="item-code">کد خبر <span>۱۲۳۴۵۶</span></div>
    <div class="tags"><ul><li><a>پل</a></li><li><a>شهر</a></li></ul></div></body></html>`)
  assert.equal(page.kicker, 'در نشست شورا')
  assert.equal(page.title, 'پل تازه گشوده شد')
  assert.equal(page.dateline, 'یزد')
  assert.equal(page.lead, 'پل تازهٔ شهر گشوده شد.')
  assert.deepEqual(page.body, ['شهردار گفت کار به پایان رسید.', 'مردم خوشحال‌اند.'])
  assert.equal(page.code, 123456)
  assert.equal(page.publishedAt.toISOString(), '2016-08-08T13:53:00.000Z')
  assert.deepEqual(page.tags, ['پل', 'شهر'])
  assert.equal(page.source, 'خبر شهر')
})

test('a WordPress export gives its published posts with their comments', () => {
  const [record, ...more] =
    readWordPress(`<?xml version="1.0"?><rss version="2.0" xmlns:wp="x" xmlns:content="y"><channel>
    <item><title>نوشتهٔ نخست</title><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
      <wp:post_date_gmt>2020-03-20 10:00:00</wp:post_date_gmt><content:encoded><![CDATA[بند یک.\n\nبند دو.]]></content:encoded>
      <category domain="category" nicename="c"><![CDATA[فرهنگ]]></category><category domain="post_tag" nicename="t"><![CDATA[کتاب]]></category>
      <wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>رضا</wp:comment_author><wp:comment_date_gmt>2020-03-21 08:00:00</wp:comment_date_gmt><wp:comment_content>خوب بود</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>
      <wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_author>مریم</wp:comment_author><wp:comment_date_gmt>2020-03-21 09:00:00</wp:comment_date_gmt><wp:comment_content>موافقم</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>1</wp:comment_parent></wp:comment>
      <wp:comment><wp:comment_id>3</wp:comment_id><wp:comment_date_gmt>2020-03-21 09:00:00</wp:comment_date_gmt><wp:comment_content>آگهی</wp:comment_content><wp:comment_approved>spam</wp:comment_approved></wp:comment>
    </item>
    <item><title>پیش‌نویس</title><wp:post_type>post</wp:post_type><wp:status>draft</wp:status></item></channel></rss>`)
  assert.equal(more.length, 0)
  const article = articleRecord.parse(record)
  assert.equal(article.title, 'نوشتهٔ نخست')
  assert.equal(article.body, '<p>بند یک.</p>\n<p>بند دو.</p>')
  assert.equal(article.section, 'فرهنگ')
  assert.deepEqual(article.tags, ['کتاب'])
  assert.equal(article.publishedAt, '2020-03-20T10:00:00.000Z')
  assert.equal(article.comments.length, 1)
  assert.equal(article.comments[0]!.replies![0]!.body, 'موافقم')
})

test('an article in ninjs keeps its kicker and its code', () => {
  const article = articleRecord.parse(
    readNinjs(
      JSON.stringify({
        firstcreated: '2020-03-20T10:00:00Z',
        altids: [{ role: 'newsCode', value: '77' }],
        headlines: [
          { role: 'main', value: 'تیتر' },
          { role: 'kicker', value: 'روتیتر' },
        ],
        bodies: [{ contenttype: 'text/html', value: '<p>متن</p>' }],
        subjects: [
          { name: 'ورزش', rel: 'section' },
          { name: 'والیبال', rel: 'keyword' },
        ],
      }),
    ),
  )
  assert.equal(article.code, 77)
  assert.equal(article.kicker, 'روتیتر')
  assert.equal(article.section, 'ورزش')
  assert.deepEqual(article.tags, ['والیبال'])
})
