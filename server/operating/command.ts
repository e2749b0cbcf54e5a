/** What an operator's command gets: its arguments after the name, and the three streams of the process. */
export interface CommandContext {
  args: string[]
  stdin: NodeJS.ReadableStream
  stdout: NodeJS.WritableStream
  stderr: NodeJS.WritableStream
  env: NodeJS.ProcessEnv
}

/** One command of the operator's tool; `run` gives the exit code, throws UsageError for wrong usage and Error for failure. */
export interface Command {
  name: string
  usage: string
  summary: string
  run(context: CommandContext): Promise<number>
}

/** Wrong usage of a command: printed in one line with the command's usage, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** Refuses everything after the name of a command that takes nothing. */
export function takesNothing(args: readonly string[]): void {
  if (args.length > 0) throw new UsageError(`takes nothing, and was given ${args.join(' ')}`)
}

/** The one file that a command takes beside the options that it knows; anything else is wrong usage. */
export function oneFile(args: readonly string[], known: readonly string[] = []): string {
  const [file, ...more] = args.filter((arg) => !known.includes(arg))
  if (file === undefined || more.length > 0) throw new UsageError('one file is needed')
  if (file.startsWith('-')) throw new UsageError(`there is no option ${file}`)
  return file
}
