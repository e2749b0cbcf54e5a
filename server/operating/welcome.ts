import { randomInt } from 'node:crypto'
import { countArticles } from '../../models/articles.ts'
import { keepNewsCodesAbove } from '../../models/counters.ts'
import { allSections, saveSection } from '../../models/sections.ts'
import { addStaff, countStaff } from '../../models/staff.ts'
import type { Role } from '../domain/staff.ts'
import type { House } from '../house.ts'
import { hashPassword } from '../signing-in/passwords.service.ts'
import { DEMO_SECTIONS } from './demo/sections.ts'

/** Codes of a new newsroom start above this one, so that addresses have a good length from the first day. */
const FIRST_CODES_ABOVE = 1_000_000

const FIRST_STAFF: { username: string; name: string; roles: Role[]; demo: boolean }[] = [
  { username: 'admin', name: 'مدیر سامانه', roles: ['admin'], demo: false },
  { username: 'sardabir', name: 'سردبیر', roles: ['chief'], demo: true },
  { username: 'khabarnegar', name: 'خبرنگار', roles: ['reporter'], demo: true },
  { username: 'nazer1', name: 'ناظر یکم', roles: ['moderator'], demo: true },
  { username: 'nazer2', name: 'ناظر دوم', roles: ['moderator'], demo: true },
]

const SYLLABLES = ['ba', 'do', 'fe', 'gi', 'ka', 'lo', 'me', 'ni', 'pa', 'ro', 'se', 'ti', 'va', 'zo', 'ru', 'shi']

/** A password of about 60 bits that can be typed from paper. */
function freshPassword(): string {
  const word = () => Array.from({ length: 5 }, () => SYLLABLES[randomInt(SYLLABLES.length)]!).join('')
  return `${word()}-${word()}-${word()}`
}

/** On the very first start makes the staff sign-ins, prints them once, and then loads the demonstration newsroom unless DEMO is off. */
export async function welcome(house: House): Promise<void> {
  if ((await countStaff()) > 0) return
  const demo = house.settings.DEMO === 'on' && (await countArticles()) === 0
  const now = house.now()
  const wanted = FIRST_STAFF.filter((member) => demo || !member.demo)
  const made = await Promise.all(
    wanted.map(async ({ username, name, roles }) => {
      const password = freshPassword()
      const member = await addStaff({ username, name, roles, passwordHash: await hashPassword(password), now })
      return member === null ? null : { member, password }
    }),
  )
  const staff = made.filter((row) => row !== null)
  if (staff.length === 0) return
  const rows = staff.map(
    ({ member, password }) => `  ${member.username.padEnd(14)}${member.roles.join(', ').padEnd(14)}${password}`,
  )
  process.stdout.write(
    `Sign-ins made for ${house.siteUrl}/desk/sign-in (printed only this once):\n${rows.join('\n')}\n`,
  )
  await keepNewsCodesAbove(FIRST_CODES_ABOVE)
  if (demo) {
    const { loadDemo } = await import('./demo/load.ts')
    const actor = (role: Role) => {
      const { id, name } = staff.find(({ member }) => member.roles.includes(role))!.member
      return { id, name }
    }
    await loadDemo({ moderator: actor('moderator'), reporter: actor('reporter') }, now)
  } else if ((await allSections()).length === 0) {
    for (const section of DEMO_SECTIONS) await saveSection(section)
  }
}
