import type { Request, Response } from 'express'
import { Router } from 'express'
import { latestPictures, pictureFile } from '../../models/media.ts'
import { pictureShown } from '../domain/picture.ts'
import { notFound } from '../errors.ts'
import type { House } from '../house.ts'
import type { Faults } from '../http/form.ts'
import { typed } from '../http/form.ts'
import { uploadOf } from '../http/uploads.ts'
import { renderPage } from '../http/views.ts'
import { allowedTo, signedIn } from '../signing-in/guards.ts'
import { bringPicture } from './illustrating.service.ts'
import { drawRenditions } from './renditions.ts'

const PAGE = 48
const TYPES: Record<string, string> = { webp: 'image/webp', jpg: 'image/jpeg' }

async function picturesPage(req: Request, res: Response, faults: Faults = {}): Promise<void> {
  const { before, added } = typed(['before', 'added'], req.query)
  const moment = new Date(before)
  const pictures = await latestPictures(PAGE, Number.isNaN(moment.getTime()) ? undefined : moment)
  const last = pictures.length === PAGE ? pictures.at(-1) : undefined
  res.status(Object.keys(faults).length > 0 ? 422 : 200)
  renderPage(res, 'illustrating/pictures', {
    layout: 'desk',
    title: 'تصویرها',
    room: 'media',
    faults,
    caption: typed(['caption'], req.body).caption,
    added: added === '1',
    pictures: pictures.map((picture) => ({ ...picture, ...pictureShown(picture) })),
    nextHref: last ? `/desk/media?before=${encodeURIComponent(last.at.toISOString())}` : '',
  })
}

/** The archive of pictures at the desk: look, add. */
export function illustratingRoutes(house: House): Router {
  const router = Router()
  router.use(allowedTo('write-articles'))
  router.get('/', (req, res) => picturesPage(req, res))
  router.post('/', async (req, res) => {
    const { member } = signedIn(res)
    const sent = { bytes: uploadOf(res, 'file'), caption: typed(['caption'], req.body).caption }
    const brought = await bringPicture(sent, member, house.now(), drawRenditions)
    if (!brought.ok) return await picturesPage(req, res, brought.faults)
    house.log.info({ by: member.id, picture: brought.picture.id }, 'picture added')
    res.redirect(303, '/desk/media?added=1')
  })
  return router
}

/** The files of pictures, for everybody; a file never changes under its address. */
export function pictureFiles(): Router {
  const router = Router()
  router.get(/^\/media\/([0-9a-f]{24})\/((?:\d{1,4}|share)\.(webp|jpg))$/, async (req, res) => {
    const [id, name, kind] = [0, 1, 2].map((at) => String((req.params as Record<number, unknown>)[at]))
    const file = await pictureFile(id!, name!)
    if (!file) throw notFound('picture-unknown', 'این تصویر پیدا نشد.')
    // Feed readers and social cards show pictures on their own pages.
    res.set('Cross-Origin-Resource-Policy', 'cross-origin')
    res.set('Cache-Control', 'public, max-age=31536000, immutable').type(TYPES[kind!]!).send(file)
  })
  return router
}
