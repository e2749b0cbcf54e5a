import type { Response as Answer, NextFunction, Request, RequestHandler } from 'express'
import { raw } from 'express'
import { NewsroomError } from '../errors.ts'

/** Reads a form with files: its texts become the body's fields, its files are found by `uploadOf`; one that is larger than `limit` is refused. */
export function formsWithFiles(limit: string): RequestHandler[] {
  const read = async (req: Request, res: Answer, next: NextFunction): Promise<void> => {
    if (!Buffer.isBuffer(req.body)) return next()
    const fields: Record<string, string> = {}
    const files: Record<string, Buffer> = {}
    try {
      const headers = { 'content-type': req.get('content-type') ?? '' }
      const form = await new Response(new Uint8Array(req.body), { headers }).formData()
      for (const [name, value] of form) {
        if (typeof value === 'string') fields[name] = value
        else files[name] = Buffer.from(await value.arrayBuffer())
      }
    } catch (cause) {
      return next(
        new NewsroomError('bad-request', 'unreadable', 'آنچه فرستاده شد خوانا نبود. صفحه را دوباره باز کنید.', {
          cause,
        }),
      )
    }
    req.body = fields
    res.locals.files = files
    next()
  }
  return [raw({ type: 'multipart/form-data', limit }), read]
}

/** The bytes of a file that was sent under this name. */
export function uploadOf(res: Answer, name: string): Buffer | undefined {
  return (res.locals.files as Record<string, Buffer> | undefined)?.[name]
}
