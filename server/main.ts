import { start } from './start.ts'

/** The running site: `npm start` acts by importing this file and nothing else. */
await start(process.env)
