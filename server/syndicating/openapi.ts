const text = { type: 'string' }
const whole = { type: 'integer' }
const moment = { type: 'string', format: 'date-time' }
const list = (items: unknown) => ({ type: 'array', items })
const named = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const answer = (description: string, schema: unknown, type = 'application/json') => ({
  200: { description, content: { [type]: { schema } } },
  404: { description: 'No such published article.', content: { 'application/json': { schema: named('Refusal') } } },
})
const inQuery = (name: string, description: string, schema: unknown = text) => ({
  name,
  in: 'query',
  description,
  schema,
})
const code = { name: 'code', in: 'path', required: true, description: 'The news code.', schema: whole }
const cursor = inQuery('cursor', 'The `next` of the page before.')
const limit = inQuery('limit', 'How many at most.', { type: 'integer', minimum: 1, maximum: 100, default: 20 })

const fields = {
  code: whole,
  kind: text,
  kicker: text,
  title: text,
  subtitle: text,
  lead: text,
  body: { ...text, description: 'Sanitised HTML.' },
  dateline: text,
  byline: text,
  source: text,
  section: { type: ['object', 'null'], properties: { slug: text, name: text } },
  tags: list(text),
  publishedAt: moment,
  correctedAt: { type: ['string', 'null'], format: 'date-time' },
  correctionNote: text,
  picture: { type: ['object', 'null'], properties: { url: text, caption: text } },
  commentCount: whole,
  url: text,
  shortUrl: text,
}

const comment = {
  id: text,
  parentId: { type: ['string', 'null'] },
  name: text,
  body: { ...text, description: 'Plain text.' },
  createdAt: moment,
  agree: whole,
  disagree: whole,
  replies: list(named('Comment')),
}

const object = (properties: Record<string, unknown>) => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
})

const page = (of: string) => object({ items: list(named(of)), next: { type: ['string', 'null'] } })

/** The read API described for programs, in OpenAPI 3.1. */
export function openApi(site: { name: string; url: string }): Record<string, unknown> {
  return {
    openapi: '3.1.0',
    info: { title: `${site.name}: read API`, version: '1', description: 'Published articles and comments. Read only.' },
    servers: [{ url: `${site.url}/api/v1` }],
    paths: {
      '/articles': {
        get: {
          summary: 'Published articles, latest first.',
          parameters: [
            inQuery('section', 'A section’s slug.'),
            inQuery('tag', 'A tag in any spelling.'),
            inQuery('from', 'Published at or after this instant.', moment),
            inQuery('to', 'Published before this instant.', moment),
            limit,
            cursor,
          ],
          responses: answer('One page.', page('Article')),
        },
      },
      '/articles/{code}': {
        get: { summary: 'One article.', parameters: [code], responses: answer('The article.', named('Article')) },
      },
      '/articles/{code}.ninjs': {
        get: {
          summary: 'One article as IPTC ninjs 2.1.',
          parameters: [code],
          responses: answer('The article.', { type: 'object' }),
        },
      },
      '/articles/{code}/comments': {
        get: {
          summary: 'Published comments that answer no other, oldest first, each with the answers under it.',
          parameters: [code, limit, cursor],
          responses: answer('One page.', page('Comment')),
        },
      },
    },
    components: {
      schemas: { Article: object(fields), Comment: object(comment), Refusal: object({ error: text, message: text }) },
    },
  }
}
