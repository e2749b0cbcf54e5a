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
