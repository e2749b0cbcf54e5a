import { NewsroomError } from '../errors.ts'
import type { ListPlace } from './contents.service.ts'

function refused(): NewsroomError {
  return new NewsroomError('bad-request', 'cursor', 'نشانگر صفحه درست نیست.')
}

/** A place in a list as the opaque word that programs hand back. */
export function cursorOf(place: ListPlace): string {
  return Buffer.from(`${place.moment.getTime()}.${place.given}`).toString('base64url')
}

/** The place that a cursor stands for; null without one; refused when it is not ours. */
export function placeOf(cursor: unknown): ListPlace | null {
  if (cursor === undefined || cursor === '') return null
  if (typeof cursor !== 'string' || cursor.length > 60) throw refused()
  const found = /^(-?\d{1,15})\.(\d{1,6})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))
  if (!found) throw refused()
  return { moment: new Date(Number(found[1])), given: Number(found[2]) }
}
