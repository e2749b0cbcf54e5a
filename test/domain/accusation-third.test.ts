import { THIRD_ARTICLES } from './accusation-articles-third.ts'
import { THIRD_CASES } from './accusation-cases-third.ts'
import { judgeCorpus } from './accusation-judging.ts'

judgeCorpus(
  'third',
  Object.values(THIRD_ARTICLES),
  THIRD_CASES,
  { accusing: 120, apart: 80 },
  { read: { precision: 0.98, recall: 0.97 }, apart: { precision: 0.9, recall: 0.67 } },
)
