import assert from 'node:assert/strict'
import { test } from 'node:test'
import { words } from '../../server/domain/persian-text/index.ts'
import { closeness, mainField, prepareTopic, topicScore } from '../../server/domain/topic/index.ts'

const text = (value: string) => ({ words: words(value) })

const match = prepareTopic({
  title: 'پیروزی تیم ملی فوتبال برابر ژاپن',
  lead: 'تیم ملی فوتبال ایران شب گذشته در ورزشگاه آزادی با دو گل ژاپن را شکست داد.',
  body: 'سرمربی تیم ملی پس از بازی گفت: بازیکنان تا دقیقهٔ آخر جنگیدند و هواداران هم عالی بودند.',
  tags: ['تیم ملی', 'جام ملت‌های آسیا'],
})

test('a comment that shares words with the article is closer than one about something else', () => {
  const near = topicScore(text('دم بازیکنان تیم ملی گرم، ژاپن حریف سختی بود'), match)
  const far = topicScore(text('برای کیک خامه‌ای چند پیمانه آرد و شکر لازم است؟ فر را چند درجه بگذارم؟'), match)
  assert.ok(near > 0.6, String(near))
  assert.ok(far < 0.2, String(far))
})

test('a comment without a common word is known by its field of life', () => {
  const kin = topicScore(text('دروازه‌بان پنالتی را خوب گرفت، داور هم بد نبود'), match)
  const stranger = topicScore(text('موکت را با جوش شیرین و سرکه بشورید، لکه می‌رود'), match)
  assert.ok(kin > stranger, `${kin} ${stranger}`)
})

test('greetings and thanks lie between what is on topic and what is not', () => {
  const thanks = topicScore(text('سلام، ممنون و سپاس'), match)
  const far = topicScore(text('برای کیک خامه‌ای چند پیمانه آرد و شکر لازم است؟'), match)
  const near = topicScore(text('تیم ملی برابر ژاپن عالی بازی کرد'), match)
  assert.ok(far < thanks && thanks < near, `${far} ${thanks} ${near}`)
})

test('a reply that follows the comment it answers is not far', () => {
  const reply = text('آرد برنج بهتر از آرد گندم است')
  const parent = text('برای حلوا کدام آرد بهتر است؟')
  assert.ok(topicScore(reply, match, parent) > topicScore(reply, match) + 0.2)
})

test('spelling, half-spaces and Arabic letters change nothing', () => {
  const score = topicScore(text('تیم‌ملی بازی‌های خوبی کرد'), match)
  assert.equal(topicScore(text('تيم‌ملي بازي‌هاي خوبي كرد'), match), score)
})

test('the score is a number from 0 to 1 for every text, and closeness names the field', () => {
  for (const value of ['', '؟', 'سلام', '😀😀', 'a'.repeat(1000), 'گل '.repeat(300), '۱۲۳ ۴۵۶']) {
    const score = topicScore(text(value), match)
    assert.ok(score >= 0 && score <= 1, `${value}: ${score}`)
  }
  assert.equal(mainField(closeness(text('دروازه‌بان و داور و پنالتی'), match).fields), 'فوتبال')
  assert.ok(topicScore(text('هر چه'), prepareTopic({ title: '' })) >= 0)
})

test('a prepared article stays small however long it is', () => {
  let body = ''
  for (let at = 0; at < 6000; at++)
    body += `${((at * 7919) % 99_991).toString(36).replace(/[0-9]/g, 'ب')}کلمه${at % 700} `
  const profile = prepareTopic({ title: 'مقالهٔ بلند', body })
  const bytes = [profile.stems, profile.grams].reduce(
    (sum, { keys, values }) => sum + keys.byteLength + values.byteLength,
    0,
  )
  assert.ok(bytes + profile.fields.weights.size * 40 < 45_000, String(bytes))
})
