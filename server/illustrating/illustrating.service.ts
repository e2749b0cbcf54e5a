import { type KeptPicture, keepPicture } from '../../models/media.ts'
import { cleanInput, countCharacters } from '../domain/persian-text/index.ts'
import type { StaffMember } from '../domain/staff.ts'

const LONGEST_CAPTION = 300

/** A picture that was kept, or the sentence that says why not, by field. */
export type Brought = { ok: true; picture: KeptPicture } | { ok: false; faults: Record<string, string> }

/** Brings a picture into the archive: drawn anew in all sizes by `draw`, with what it shows in words. */
export async function bringPicture(
  sent: { bytes: Buffer | undefined; caption: string },
  member: StaffMember,
  now: Date,
  draw: (
    bytes: Buffer,
  ) => Promise<{ width: number; height: number; widths: number[]; files: Map<string, Buffer> } | null>,
): Promise<Brought> {
  const caption = cleanInput(sent.caption).replace(/\s+/g, ' ').trim()
  const faults: Record<string, string> = {}
  if (countCharacters(caption) > LONGEST_CAPTION) faults.caption = 'شرح تصویر نباید بیش از ۳۰۰ نویسه باشد.'
  if (caption === '') faults.caption = 'بنویسید که در تصویر چه دیده می‌شود.'
  if (!sent.bytes || sent.bytes.length === 0) faults.file = 'پروندهٔ تصویر را انتخاب کنید.'
  if (Object.keys(faults).length > 0 || !sent.bytes) return { ok: false, faults }
  const drawn = await draw(sent.bytes)
  if (!drawn) return { ok: false, faults: { file: 'این پرونده تصویر خوانایی نیست. JPEG، PNG یا WebP بفرستید.' } }
  const { files, ...size } = drawn
  const by = { id: member.id, name: member.name }
  return { ok: true, picture: await keepPicture({ ...size, caption, by, at: now }, files) }
}
