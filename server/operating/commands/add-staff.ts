import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { addStaff } from '../../../models/staff.ts'
import type { Role } from '../../domain/staff.ts'
import { ROLES } from '../../domain/staff.ts'
import { hashPassword, passwordFault } from '../../signing-in/passwords.service.ts'
import type { Command } from '../command.ts'
import { UsageError } from '../command.ts'
import { withNewsroom } from '../open-newsroom.ts'

/** Adds a member of staff; the password comes from standard input. */
export const command: Command = {
  name: 'add-staff',
  usage: 'add-staff --username U --name N --role R [--role R …]',
  summary: `Adds a member of staff with the password from standard input; R is one of ${ROLES.join(', ')}.`,
  async run({ args, stdin, stdout, env }) {
    let values: { username?: string; name?: string; role?: string[] }
    try {
      values = parseArgs({
        args,
        options: { username: { type: 'string' }, name: { type: 'string' }, role: { type: 'string', multiple: true } },
      }).values
    } catch (error) {
      throw new UsageError((error as Error).message)
    }
    const { username, name, role: roles = [] } = values
    if (!username || !name || roles.length === 0) throw new UsageError('--username, --name and --role are needed')
    const unknown = roles.filter((role) => !(ROLES as string[]).includes(role))
    if (unknown.length > 0) throw new UsageError(`unknown role: ${unknown.join(', ')}`)
    const password = (await text(stdin)).replace(/\r?\n$/, '')
    const fault = passwordFault(password, username)
    if (fault !== null) throw new Error(`the password was not taken: ${fault}`)
    return await withNewsroom(env, async () => {
      const member = await addStaff({
        username,
        name,
        roles: roles as Role[],
        passwordHash: await hashPassword(password),
        now: new Date(),
      })
      if (!member) throw new Error(`the username ${username} is taken`)
      stdout.write(`added ${member.username} (${member.roles.join(', ')})\n`)
      return 0
    })
  },
}
