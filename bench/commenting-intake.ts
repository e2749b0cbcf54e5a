import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { importArticle } from '../models/articles.ts'
import { countComments } from '../models/comments.ts'
import { blankArticle } from '../server/domain/article.ts'
import { openNewsroom } from '../test/support/newsroom.ts'

/** What a load of comments met: answers by status, times of the answers in milliseconds, and what the store then held. */
export interface IntakeResult {
  seconds: number
  accepted: number
  others: number
  stored: number
  times: number[]
}

const CODE = 4_000_002

/** Posts comments over HTTP for some seconds from a thread of its own with all rules on; every 201 was on disk before it was sent. */
export async function intake(seconds: number, connections: number): Promise<IntakeResult> {
  const newsroom = await openNewsroom({ CAPTCHA: 'off', LIMITS: 'off' })
  try {
    const moment = newsroom.house.now()
    await importArticle(
      {
        ...blankArticle(),
        title: 'شورای شهر بودجهٔ امسال را بررسی کرد',
        lead: 'اعضای شورای شهر بودجهٔ سال را در نشست علنی بررسی کردند.',
        body: `<p>${'شهردار گفت بودجهٔ عمرانی افزایش یافته و ساخت پل تازه در محلهٔ قدیم آغاز شده است. '.repeat(30)}</p>`,
        section: 'society',
        tags: ['بودجه', 'شورای شهر'],
      },
      { code: CODE, slug: 'بودجه', publishedAt: moment, now: moment },
    )
    const client = new Worker(new URL('./commenting-client.ts', import.meta.url), {
      workerData: { url: `${newsroom.url}/news/${CODE}/comments`, seconds, connections },
    })
    const [result] = (await once(client, 'message')) as [Omit<IntakeResult, 'stored'>]
    const { published, waiting, refused } = await countComments(CODE)
    return { ...result, stored: published + waiting + refused }
  } finally {
    await newsroom.close()
  }
}
