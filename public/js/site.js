/* Niceties of the public pages; every page works without them. */
const root = document.documentElement
root.dataset.scripts = 'on'

/** Sends a choice of looks without leaving the page. */
function remember(form, name, value) {
  return fetch(form.action, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Requested-By': 'script' },
    body: new URLSearchParams({ [name]: value }),
  })
}

for (const form of document.querySelectorAll('.theme-switch, .text-size')) {
  form.addEventListener('submit', async (event) => {
    const button = event.submitter
    if (!button?.name) return
    event.preventDefault()
    root.dataset[button.name === 'theme' ? 'theme' : 'text'] = button.value
    for (const other of form.querySelectorAll('[aria-pressed]'))
      other.setAttribute('aria-pressed', String(other === button))
    if (button.name === 'theme') form.querySelector(button.value === 'dark' ? '.to-light' : '.to-dark')?.focus()
    await remember(form, button.name, button.value).catch(() => undefined)
  })
}

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
