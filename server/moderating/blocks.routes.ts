import { Router } from 'express'
import { liftBlock, livingBlocks } from '../../models/blocks.ts'
import type { House } from '../house.ts'
import { typed } from '../http/form.ts'
import { renderPage } from '../http/views.ts'
import { signedIn } from '../signing-in/guards.ts'

const KINDS = { fingerprint: 'نویسنده', subnet: 'زیرشبکه' } as const
const SHOWN_SIGNS = 6

/** The list of living blocks; each may be lifted before its time. */
export function blocksRoutes(house: House): Router {
  const router = Router()
  router.get('/', async (_req, res) => {
    const blocks = await livingBlocks(house.now())
    renderPage(res, 'moderating/blocks', {
      layout: 'desk',
      title: 'مسدودها',
      room: 'moderation',
      blocks: blocks.map((block) => ({
        ...block,
        kindLabel: KINDS[block.kind],
        sign: block.value.slice(0, SHOWN_SIGNS),
      })),
    })
  })
  router.post('/lift', async (req, res) => {
    const { kind, value } = typed(['kind', 'value'], req.body)
    await liftBlock(kind === 'subnet' ? 'subnet' : 'fingerprint', value)
    house.log.info({ by: signedIn(res).member.id, kind }, 'block lifted')
    res.redirect(303, '/desk/moderation/blocks')
  })
  return router
}
