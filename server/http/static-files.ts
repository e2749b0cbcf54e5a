import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { NextFunction, Request, Response } from 'express'

const FOLDER = path.join(import.meta.dirname, '../../public')

/** Style sheets that reach the browser as one file: what each is made of, in order. */
const BUNDLES: Record<string, string[]> = {
  'css/public.css': ['tokens', 'base', 'components', 'site', 'lists', 'article', 'comments', 'print'],
  'css/staff.css': ['tokens', 'base', 'components', 'comments', 'desk'],
}

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
}

interface Asset {
  address: string
  type: string
  plain: Buffer
  gzip: Promise<Buffer> | null
  brotli: Promise<Buffer> | null
}

interface Assets {
  byName: Map<string, Asset>
  byAddress: Map<string, Asset>
}

const toGzip = promisify(gzip)
const toBrotli = promisify(brotliCompress)

function hashed(name: string, content: Buffer): string {
  const { dir, name: stem, ext } = path.posix.parse(name)
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 10)
  return `/assets/${dir === '' ? '' : `${dir}/`}${stem}.${hash}${ext}`
}

function loadAssets(folder: string): Assets {
  const byName = new Map<string, Asset>()
  const byAddress = new Map<string, Asset>()
  const add = (name: string, content: Buffer) => {
    const type = TYPES[path.extname(name)]
    if (type === undefined) return
    const worthIt = /^text|json|svg/.test(type)
    const asset: Asset = {
      address: hashed(name, content),
      type,
      plain: content,
      gzip: worthIt ? toGzip(content, { level: 9 }) : null,
      brotli: worthIt ? toBrotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }) : null,
    }
    byName.set(name, asset)
    byAddress.set(asset.address, asset)
  }
  // Style sheets name other files relative to themselves; those names become the hashed addresses.
  const styled = (name: string) =>
    readFileSync(path.join(folder, name), 'utf8').replace(/url\("\.\.\/([^"]+)"\)/g, (whole, file: string) => {
      const asset = byName.get(file)
      return asset ? `url("${asset.address}")` : whole
    })
  const files = globSync('**/*.*', { cwd: folder }).map((file) => file.split(path.sep).join('/'))
  for (const file of files) {
    if (!/^css\/|\.md$/.test(file)) add(file, readFileSync(path.join(folder, file)))
  }
  for (const [name, parts] of Object.entries(BUNDLES)) {
    add(name, Buffer.from(parts.map((part) => styled(`css/${part}.css`)).join('\n')))
  }
  return { byName, byAddress }
}

let loaded: Assets | undefined

function assets(): Assets {
  loaded ??= loadAssets(FOLDER)
  return loaded
}

/** The address of a file under `public/`, or of a bundle, with its content's hash in it; throws for a file that is none. */
export function assetAddress(name: string): string {
  const asset = assets().byName.get(name)
  if (!asset) throw new Error(`no file under public/ is named ${name}`)
  return asset.address
}

/** Answers for the files under `public/`, from memory, compressed once, kept by browsers for a year because a change changes the address. */
export function staticFiles() {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    if ((req.method !== 'GET' && req.method !== 'HEAD') || !req.path.startsWith('/assets/')) return next()
    const asset = assets().byAddress.get(req.path)
    if (!asset) return next()
    res.set({
      'Content-Type': asset.type,
      'Cache-Control': 'public, max-age=31536000, immutable',
      'Cross-Origin-Resource-Policy': 'same-origin',
      Vary: 'Accept-Encoding',
    })
    const encoding = asset.brotli ? req.acceptsEncodings('br', 'gzip') : false
    if (encoding === 'br' || encoding === 'gzip') res.set('Content-Encoding', encoding)
    const body = encoding === 'br' ? await asset.brotli : encoding === 'gzip' ? await asset.gzip : asset.plain
    res.set('Content-Length', String(body!.length))
    res.end(req.method === 'HEAD' ? undefined : body)
  }
}
