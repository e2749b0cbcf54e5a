import { Agent, request } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'

const { url, seconds, connections } = workerData as { url: string; seconds: number; connections: number }

const OPENINGS = ['به نظر من', 'گمان می‌کنم', 'با احترام', 'سلام؛', 'راستش', 'من که می‌گویم', 'همه می‌دانند', 'کاش']
const MIDDLES = [
  'بودجهٔ عمرانی این شهر سال‌هاست که درست خرج نمی‌شود',
  'ساخت پل تازه از آسفالت کوچه‌ها واجب‌تر بود',
  'شورای شهر باید گزارش هزینه‌ها را ماه‌به‌ماه منتشر کند',
  'این خبر را دیر نوشتید و ما از همسایه‌ها شنیدیم',
  'محلهٔ قدیم بیش از هر جای دیگر به رسیدگی نیاز دارد',
]
const ENDINGS = ['و کسی پاسخ‌گو نیست.', 'خسته نباشید.', 'لطفاً پیگیری کنید.', 'ممنون از گزارش خوبتان.', 'همین و بس!']

function text(n: number): string {
  const pick = (list: string[], by: number) => list[Math.floor(n / by) % list.length]!
  return `${pick(OPENINGS, 1)} ${pick(MIDDLES, 3)}، ${pick(MIDDLES, 11)} ${pick(ENDINGS, 7)} (${n})`
}

const agent = new Agent({ keepAlive: true, maxSockets: connections })

function send(n: number): Promise<number> {
  const body = JSON.stringify({ name: n % 3 === 0 ? '' : 'خواننده', body: text(n) })
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      (answer) => {
        answer.resume()
        answer.on('end', () => resolve(answer.statusCode ?? 0))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

let n = 0
let [accepted, others] = [0, 0]
const times: number[] = []
let counting = false

async function keepSending(until: number): Promise<void> {
  while (performance.now() < until) {
    const started = performance.now()
    const status = await send(n++)
    if (status === 201) accepted++
    else others++
    if (counting) times.push(performance.now() - started)
  }
}

await keepSending(performance.now() + 1_500)
counting = true
const [before, started] = [accepted, performance.now()]
const until = started + seconds * 1000
await Promise.all(Array.from({ length: connections }, () => keepSending(until)))
const spent = (performance.now() - started) / 1000
parentPort?.postMessage({ seconds: spent, accepted, others, times, warm: before })
agent.destroy()
