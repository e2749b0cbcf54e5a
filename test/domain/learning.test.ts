import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect, ruleView } from '../../server/domain/comment-rules/index.ts'
import { prepareText } from '../../server/domain/comment-rules/prepare.ts'
import type { Decision } from '../../server/domain/learning/index.ts'
import {
  chanceOf,
  explain,
  forget,
  freshModel,
  learn,
  lessonOf,
  readModel,
  teach,
  writeModel,
} from '../../server/domain/learning/index.ts'

function decision(body: string, refused: boolean): Decision {
  const text = prepareText(body)
  return { text, rules: ruleView(text), refused }
}

const NAMES = ['شهردار', 'داور', 'مربی', 'نماینده', 'مجری', 'مدیر', 'وزیر', 'بازیگر', 'فروشنده', 'راننده']
const REFUSED = NAMES.flatMap((name) => [`${name} هم که قرمبیل است`, `باز این ${name} قرمبیل آمد`])
const PUBLISHED = NAMES.flatMap((name) => [`${name} کار خوبی کرد`, `از ${name} تشکر می‌کنیم`, `${name} امروز کجا بود`])
const DECISIONS = [
  ...REFUSED.map((text) => decision(text, true)),
  ...PUBLISHED.map((text) => decision(text, false)),
].sort((a, b) => a.text.text.localeCompare(b.text.text))

test('a word that only refused comments use is held in a new sentence, and clean sentences stay clean', () => {
  const model = learn(DECISIONS)!
  const text = 'چه قرمبیل‌هایی هستند'
  assert.equal(inspect({ text }).verdict, 'clean')
  const { verdict, findings } = inspect({ text }, { model })
  assert.equal(verdict, 'hold')
  assert.deepEqual(
    findings.map(({ rule, spans }) => [rule, spans.map(([start, end]) => text.slice(start, end))]),
    [['insult', ['قرمبیل‌هایی']]],
  )
  assert.equal(inspect({ text: 'راننده کار خوبی کرد' }, { model }).verdict, 'clean')
})

test('the features that spoke are named, and they add up to what the model thinks', () => {
  const model = learn(DECISIONS)!
  const { text, rules } = decision('این قرمبیل', true)
  const [first] = explain(model, text, rules)
  assert.ok(first!.weight > 0)
  assert.ok(explain(model, text, rules, 100).some(({ feature }) => feature === 'wقرمبیل'))
  const sum = explain(model, text, rules, 1000).reduce((total, { weight }) => total + weight, model.bias)
  const chance = 1 / (1 + Math.exp(-(model.steepness * sum + model.shift)))
  assert.ok(Math.abs(chance - chanceOf(model, text, rules)) < 1e-3)
})

test('one decision moves the model at once, and forgetting it moves the model back', () => {
  const model = learn(DECISIONS)!
  const probe = decision('این دولخ همه‌جا هست', true)
  const before = chanceOf(model, probe.text, probe.rules)
  const lesson = teach(model, decision('دولخ باز آمد', true))
  assert.ok(chanceOf(model, probe.text, probe.rules) > before)
  forget(model, decision('دولخ باز آمد', true), lesson)
  assert.ok(Math.abs(chanceOf(model, probe.text, probe.rules) - before) < 1e-6)
  assert.equal(model.decisions, DECISIONS.length)
})

test('a fresh model only repeats the rule', () => {
  for (const text of ['خبر خوبی بود', 'این مدیر احمق است'])
    assert.equal(inspect({ text }, { model: freshModel() }).verdict, inspect({ text }).verdict)
})

test('a written model reads back to the same judgement; what is no model is refused', () => {
  const model = learn(DECISIONS)!
  const again = readModel(writeModel(model))
  for (const { text, rules } of DECISIONS)
    assert.ok(Math.abs(chanceOf(model, text, rules) - chanceOf(again, text, rules)) < 0.01)
  assert.throws(() => readModel('{}'))
})

test('the same decisions teach the same model; too few teach none', () => {
  assert.equal(writeModel(learn(DECISIONS)!), writeModel(learn(DECISIONS)!))
  assert.equal(learn(DECISIONS.slice(0, 5)), undefined)
})

test('a refusal under another rule says nothing about insults', () => {
  assert.equal(lessonOf('publish', null), false)
  assert.equal(lessonOf('refuse', 'insult'), true)
  assert.equal(lessonOf('refuse', null), true)
  assert.equal(lessonOf('refuse', 'advertising'), undefined)
})
