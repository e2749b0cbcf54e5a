import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { mock } from 'node:test'
import { importArticle } from '../models/articles.ts'
import { captchaWeights, drawCaptcha } from '../server/commenting/captcha-pictures.ts'
import { blankArticle } from '../server/domain/article.ts'
import { readAnswer } from '../server/domain/captcha/index.ts'
import { digitsOf } from '../test/support/captcha-solving.ts'
import { openNewsroom } from '../test/support/newsroom.ts'
import { attack, cuttingSolver, learnedReader, learnFrom, type Solver, templateReader } from './captcha-solver.ts'
import type { Bench } from './index.ts'

const percent = (share: number) => `${(share * 100).toFixed(1)} %`

function row(what: string, ...figures: string[]): void {
  process.stdout.write(`  ${what.padEnd(52)} ${figures.map((figure) => figure.padStart(12)).join(' ')}\n`)
}

async function drawingTime(): Promise<void> {
  const times: number[] = []
  let bytes = 0
  for (let i = 0; i < 220; i++) {
    const started = performance.now()
    const { png } = await drawCaptcha('plain')
    times.push(performance.now() - started)
    bytes += png.length
  }
  const sorted = times.slice(20).sort((a, b) => a - b)
  row('drawing: median, 95th percentile', `${sorted[100]!.toFixed(1)} ms`, `${sorted[190]!.toFixed(1)} ms`)
  row('size of a picture', `${(bytes / 220 / 1024).toFixed(1)} KB`)
}

function tesseract(): Solver | null {
  try {
    execFileSync('tesseract', ['--version'], { stdio: 'pipe' })
  } catch {
    return null
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'captcha-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const languages = execFileSync('tesseract', ['--list-langs'], { stdio: 'pipe' }).toString()
  const language = /^fas$/m.test(languages) ? 'fas' : 'eng'
  return async (picture) => {
    const file = path.join(folder, 'picture.png')
    writeFileSync(file, picture)
    const read = execFileSync('tesseract', [file, 'stdout', '--psm', '7', '-l', language], { stdio: 'pipe' })
    return readAnswer(read.toString().trim()) ?? ''
  }
}

async function solvers(attempts: number): Promise<void> {
  const weights = captchaWeights()
  const samples = await learnFrom(weights, 'plain', 600)
  row(`solver, ${attempts} fresh pictures`, 'whole', 'each digit')
  const known = tesseract()
  for (const [name, solve, tries] of [
    ['cutting + templates (1,500 samples)', cuttingSolver(templateReader(samples.slice(0, 1_500))), attempts],
    ['cutting + softmax regression (3,000 samples)', cuttingSolver(learnedReader(samples)), attempts],
    ...(known ? ([['tesseract', known, attempts]] as const) : []),
  ] as const) {
    const { whole, single } = await attack(solve, weights, 'plain', tries)
    row(`  ${name}`, percent(whole), percent(single))
  }
  if (!known) row('  tesseract', 'not installed')
}

/** Ten minutes of a robot that reads every picture, from one address, on a clock of our own. */
async function perfectSolver(): Promise<void> {
  const newsroom = await openNewsroom({ CAPTCHA: 'always', LIMITS: 'on' })
  try {
    const code = 4_000_001
    const article = { ...blankArticle(), title: 'شورای شهر بودجهٔ امسال را بررسی کرد', section: 'society' }
    const moment = newsroom.house.now()
    await importArticle(article, { code, slug: 'بودجه', publishedAt: moment, now: moment })
    const robot = newsroom.visitor({ accept: 'application/json' })
    const started = Date.now()
    mock.timers.enable({ apis: ['Date'], now: started })
    let [accepted, refused, pictures] = [0, 0, 0]
    for (let second = 0; second < 600; second += 5) {
      const challenge = await robot.get(`/captcha?article=${code}`)
      if (challenge.status === 200) {
        pictures++
        const { key } = JSON.parse(challenge.text) as { key: string }
        const captchaText = await digitsOf(newsroom.house.secret, key)
        mock.timers.tick(4_000)
        const body = `نظر شمارهٔ ${second} دربارهٔ این خبر و کارهای شورای شهر`
        const sent = await robot.post(`/news/${code}/comments`, { body, captchaKey: key, captchaText })
        if (sent.status === 201) accepted++
        else refused++
        mock.timers.tick(1_000)
      } else mock.timers.tick(5_000)
    }
    row('a perfect solver, one address, ten minutes', 'accepted', 'refused', 'pictures')
    row('  ', String(accepted), String(refused), String(pictures))
  } finally {
    mock.timers.reset()
    await newsroom.close()
  }
}

/** What the captcha costs us and what it costs a robot. */
export const bench: Bench = {
  name: 'captcha',
  summary: 'drawing time, our own solvers (goal: under 5 % whole), and a perfect solver (goal: at most 5 comments)',
  async run(args) {
    await drawingTime()
    await solvers(Number(args[0] ?? 200))
    await perfectSolver()
  },
}
