interface Valued {
  role?: string
  rel?: string
  value?: string
  name?: string
  contenttype?: string
}

interface Ninjs {
  firstcreated?: string
  contentcreated?: string
  versioncreated?: string
  profile?: string
  by?: string
  byline?: string
  located?: string
  headline?: string
  body_html?: string
  body_text?: string
  description_text?: string
  altids?: Valued[]
  headlines?: Valued[]
  descriptions?: Valued[]
  bodies?: Valued[]
  subjects?: Valued[]
  infosources?: Valued[]
  keywords?: string[]
}

const KINDS = new Set(['news', 'report', 'interview', 'note'])

function valueIn(list: Valued[] | undefined, ...roles: string[]): string {
  for (const role of roles) {
    const found = list?.find((one) => one.role === role)?.value
    if (found) return found
  }
  return ''
}

/** An article in IPTC ninjs (2.x, or the plain fields of 1.x) as a record to be checked. */
export function readNinjs(json: string): unknown {
  const item = JSON.parse(json) as Ninjs
  const code = Number(valueIn(item.altids, 'newsCode'))
  const body = item.bodies?.find(({ contenttype }) => contenttype === 'text/html')?.value ?? item.body_html
  const plain = item.bodies?.find(({ contenttype }) => contenttype === 'text/plain')?.value ?? item.body_text ?? ''
  return {
    ...(Number.isSafeInteger(code) && code > 0 ? { code } : {}),
    ...(item.profile !== undefined && KINDS.has(item.profile) ? { kind: item.profile } : {}),
    kicker: valueIn(item.headlines, 'kicker'),
    title: valueIn(item.headlines, 'main') || item.headlines?.[0]?.value || item.headline || '',
    subtitle: valueIn(item.headlines, 'subtitle'),
    lead: valueIn(item.descriptions, 'lead', 'summary') || item.descriptions?.[0]?.value || item.description_text || '',
    body: body ?? plain.split(/\n+/),
    byline: item.by ?? item.byline ?? '',
    dateline: item.located ?? '',
    source: item.infosources?.[0]?.name ?? '',
    section: item.subjects?.find(({ rel }) => rel === 'section')?.name ?? '',
    tags:
      item.keywords ?? item.subjects?.filter(({ rel }) => rel !== 'section').flatMap(({ name }) => name ?? []) ?? [],
    publishedAt: item.firstcreated ?? item.contentcreated ?? item.versioncreated,
  }
}
