import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leadAsRead } from '../../server/domain/article.ts'

test('a lead is read after its dateline, which is never said twice', () => {
  assert.equal(leadAsRead({ dateline: 'قزوین', lead: 'رئیس شورا گفت.' }), 'قزوین- رئیس شورا گفت.')
  assert.equal(leadAsRead({ dateline: 'قزوین', lead: 'قزوین- رئیس شورا گفت.' }), 'قزوین- رئیس شورا گفت.')
  assert.equal(leadAsRead({ dateline: '', lead: 'رئیس شورا گفت.' }), 'رئیس شورا گفت.')
  assert.equal(leadAsRead({ dateline: 'قزوین', lead: '' }), '')
})
