/* Niceties of the public pages; every page works without them. */
document.documentElement.dataset.scripts = 'on'

/* The masthead leaves when one reads on and comes back when one turns back. */
const masthead = document.getElementById('masthead')
const progress = document.getElementById('progress')
const article = document.getElementById('article')
let last = window.scrollY
let waiting = false

function onScroll() {
  waiting = false
  const here = window.scrollY
  if (masthead && Math.abs(here - last) > 4) {
    masthead.classList.toggle('is-away', here > last && here > masthead.offsetHeight * 2)
    last = here
  }
  if (progress && article) {
    const length = article.offsetTop + article.offsetHeight - window.innerHeight
    progress.style.setProperty('--read', String(length > 0 ? Math.min(1, Math.max(0, here / length)) : 0))
  }
}

window.addEventListener(
  'scroll',
  () => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(onScroll)
  },
  { passive: true },
)

/* The section where one is stands in sight of its row. */
const current = document.querySelector('.sections [aria-current]')
if (current) {
  const row = current.closest('ul')
  const gap = current.getBoundingClientRect().left - row.getBoundingClientRect().left
  if (gap < 0 || gap > row.clientWidth - current.offsetWidth) row.scrollLeft += gap - row.clientWidth / 2
}

/* Copying and sharing. */
for (const button of document.querySelectorAll('[data-copy]')) {
  if (!navigator.clipboard) continue
  button.hidden = false
  button.setAttribute('aria-live', 'polite')
  const words = button.lastChild
  const before = words.textContent
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy)
    words.textContent = 'رونوشت شد'
    setTimeout(() => {
      words.textContent = before
    }, 2000)
  })
}

const share = document.getElementById('share-device')
if (share && navigator.share) {
  share.hidden = false
  share.addEventListener('click', () => {
    const canonical = document.querySelector('link[rel="canonical"]')
    navigator.share({ title: document.title, url: canonical?.href ?? location.href }).catch(() => undefined)
  })
}
