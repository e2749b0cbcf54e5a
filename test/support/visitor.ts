/** What a visitor got: the status, the page or JSON, and where it was led. */
export interface Page {
  status: number
  headers: Headers
  text: string
  location: string | null
}

/** A person or program with a cookie jar, who follows no redirect unless told to. */
export class Visitor {
  readonly url: string
  readonly #headers: Record<string, string>
  readonly #cookies = new Map<string, string>()

  constructor(url: string, headers: Record<string, string> = {}) {
    this.url = url
    this.#headers = headers
  }

  /** The value of a cookie in the jar. */
  cookie(name: string): string | undefined {
    return this.#cookies.get(name)
  }

  async #send(path: string, init: RequestInit): Promise<Page> {
    const headers = new Headers({ accept: 'text/html', ...this.#headers, ...(init.headers as Record<string, string>) })
    if (this.#cookies.size > 0) {
      headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    }
    const response = await fetch(new URL(path, this.url), { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      const value = pair.slice(at + 1)
      if (value === '') this.#cookies.delete(pair.slice(0, at))
      else this.#cookies.set(pair.slice(0, at), value)
    }
    const location = response.headers.get('location')
    return { status: response.status, headers: response.headers, text: await response.text(), location }
  }

  /** Opens a page. */
  async get(path: string, headers: Record<string, string> = {}): Promise<Page> {
    return await this.#send(path, { headers })
  }

  /** Opens a page and goes where it leads, five times at most. */
  async follow(path: string): Promise<Page> {
    let page = await this.get(path)
    for (let hop = 0; hop < 5 && page.location !== null; hop++) page = await this.get(page.location)
    return page
  }

  /** Sends a form as a browser does. */
  async post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Page> {
    return await this.#send(path, { method: 'POST', body: new URLSearchParams(fields), headers })
  }

  /** Sends a body as it is. */
  async raw(path: string, body: Buffer, headers: Record<string, string>): Promise<Page> {
    return await this.#send(path, { method: 'POST', body: new Uint8Array(body), headers })
  }

  /** Sends a desk form: with the form token that the desk gave. */
  async postAtDesk(path: string, fields: Record<string, string>): Promise<Page> {
    return await this.post(path, { ...fields, formToken: await this.formToken() })
  }

  /** Sends JSON as a program does and reads JSON back; without a body it asks. */
  async json<T = Record<string, unknown>>(
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; headers: Headers; body: T }> {
    const page = await this.#send(path, {
      headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    })
    return { status: page.status, headers: page.headers, body: (page.text === '' ? null : JSON.parse(page.text)) as T }
  }

  /** Signs in at the desk; throws when it is not let in. */
  async signIn(username: string, password: string): Promise<void> {
    const page = await this.post('/desk/sign-in', { username, password })
    if (page.status !== 303) throw new Error(`${username} was not let in: ${page.status}`)
  }

  /** The form token of whoever is signed in, read from a desk page. */
  async formToken(): Promise<string> {
    const page = await this.follow('/desk')
    const found = /name="formToken" value="([^"]+)"/.exec(page.text)
    if (!found) throw new Error('the desk page carries no form token')
    return found[1]!
  }
}

const REFERENCES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' }

/** The visible words of a page: markup away, references decoded, spaces folded. */
export function visibleText(html: string): string {
  return html
    .replace(/<(script|style|template)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name: string) => REFERENCES[name]!)
    .replace(/\s+/g, ' ')
}
