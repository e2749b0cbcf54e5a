/** A benchmark prints its own table; `args` are the words after its name. */
export interface Bench {
  name: string
  summary: string
  run(args: string[]): Promise<void>
}

const BENCHES: Record<string, () => Promise<{ bench: Bench }>> = {
  captcha: () => import('./captcha.ts'),
  rules: () => import('./rules.ts'),
  store: () => import('./store.ts'),
  commenting: () => import('./commenting.ts'),
}

const [name, ...args] = process.argv.slice(2)
if (name !== undefined && !Object.hasOwn(BENCHES, name)) {
  process.stderr.write(`bench: unknown benchmark '${name}'; known: ${Object.keys(BENCHES).join(', ')}\n`)
  process.exit(2)
}
for (const [key, load] of Object.entries(BENCHES)) {
  if (name !== undefined && name !== key) continue
  const { bench } = await load()
  process.stdout.write(`\n${bench.name}: ${bench.summary}\n`)
  await bench.run(args)
}
