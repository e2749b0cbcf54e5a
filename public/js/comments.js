// Comments without leaving the page: sends and votes in place, moves the reply line, keeps a draft. All of it works without this file too.

const PERSIAN = '۰۱۲۳۴۵۶۷۸۹'
const digits = (value) => String(value).replace(/\d/g, (digit) => PERSIAN[digit])
const JSON_ONLY = { Accept: 'application/json' }
const AWAY = 'ارسال نشد. اتصال اینترنت را بررسی کنید و دوباره بفرستید؛ متن شما سر جایش است.'

const segmenter = Intl.Segmenter ? new Intl.Segmenter('fa', { granularity: 'grapheme' }) : null

function countCharacters(text) {
  const visible = text.trim().replaceAll('\u200c', '')
  return segmenter ? [...segmenter.segment(visible)].length : [...visible].length
}

const form = document.querySelector('[data-comment-form]')
if (form) commentForm(form)
for (const vote of document.querySelectorAll('[data-vote]')) voteForm(vote)
copyButton()

function commentForm(form) {
  const article = document.querySelector('[data-article]')?.dataset.article ?? ''
  const body = form.elements.body
  const said = form.querySelector('[data-said]')
  showLeft(form, body)
  keepDraft(form, body, `draft-${article}`)
  replyLine(form)
  captcha(form, article)
  form.addEventListener('submit', async (event) => {
    if (event.submitter?.name === 'again') return
    event.preventDefault()
    const send = form.querySelector('[data-send]')
    if (send.disabled) return
    send.disabled = true
    clearFaults(form)
    said.textContent = 'در حال ارسال…'
    try {
      await sendInPlace(form, said, `draft-${article}`)
    } catch {
      said.textContent = ''
      showNotice(form, AWAY)
    }
    send.disabled = false
  })
}

async function sendInPlace(form, said, draftKey) {
  const answer = await fetch(form.action, {
    method: 'POST',
    headers: JSON_ONLY,
    body: new URLSearchParams(new FormData(form)),
  })
  const result = await answer.json().catch(() => ({}))
  said.textContent = ''
  if (answer.status === 201) {
    forget(draftKey)
    location.assign(`/comments/follow-up/${encodeURIComponent(result.followUp)}?new=1`)
    return
  }
  showFaults(form, result.faults ?? { form: result.message ?? AWAY }, result.findings ?? [], result.marked ?? [])
  if (result.captcha) showChallenge(form, result.captcha)
  else form.querySelector('[data-again]')?.click()
}

function showLeft(form, body) {
  const line = form.querySelector('[data-left]')
  const longest = Number(form.dataset.longest)
  const show = () => {
    const left = longest - countCharacters(body.value)
    line.textContent = left >= 0 ? `${digits(left)} نویسهٔ دیگر` : `${digits(-left)} نویسه بیش از اندازه`
    line.classList.toggle('over', left < 0)
  }
  body.addEventListener('input', show)
  show()
}

function keepDraft(form, body, key) {
  try {
    if (body.value === '') body.value = localStorage.getItem(key) ?? ''
  } catch {
    return
  }
  body.dispatchEvent(new Event('input'))
  form.addEventListener('input', () => {
    try {
      if (body.value.trim() === '') localStorage.removeItem(key)
      else localStorage.setItem(key, body.value)
    } catch {
      // A browser that keeps nothing keeps no draft.
    }
  })
}

function forget(key) {
  try {
    localStorage.removeItem(key)
  } catch {
    // Nothing was kept.
  }
}

function replyLine(form) {
  const line = form.querySelector('[data-reply-line]')
  const text = form.querySelector('[data-reply-text]')
  const parent = form.elements.parentId
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('[data-reply]')
    if (!link || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const words = document.querySelector(`#comment-${link.dataset.reply} .comment-body`)?.textContent ?? ''
    const short = words.replace(/\s+/g, ' ').trim()
    parent.value = link.dataset.reply
    text.textContent = `شما در حال پاسخ به نظر «${short.length > 90 ? `${short.slice(0, 90)}…` : short}» هستید`
    line.hidden = false
    form.scrollIntoView({ block: 'start' })
    form.elements.body.focus({ preventScroll: true })
  })
  form.querySelector('[data-reply-cancel]').addEventListener('click', (event) => {
    event.preventDefault()
    const answered = document.getElementById(`comment-${parent.value}`)
    parent.value = ''
    line.hidden = true
    text.textContent = ''
    ;(answered ?? form.elements.body).focus()
  })
}

function captcha(form, article) {
  const box = form.querySelector('[data-captcha]')
  if (!box) return
  const fetchChallenge = async () => {
    const answer = await fetch(`/captcha?article=${encodeURIComponent(article)}`, { headers: JSON_ONLY })
    const result = await answer.json()
    if (answer.ok) return result
    showNotice(form, result.message ?? AWAY)
    return null
  }
  for (const [selector, withQuestion] of [
    ['[data-again]', false],
    ['[data-question]', true],
  ]) {
    box.querySelector(selector).addEventListener('click', async (event) => {
      event.preventDefault()
      const challenge = await fetchChallenge().catch(() => null)
      if (!challenge) return
      showChallenge(form, challenge)
      if (withQuestion) showQuestion(form)
      form.elements.captchaText.focus()
    })
  }
}

function showChallenge(form, challenge) {
  const picture = form.querySelector('[data-picture]')
  if (!picture) return
  picture.src = challenge.image
  form.querySelector('[data-key]').value = challenge.key
  form.querySelector('[data-question-words]').textContent = challenge.question
  form.elements.captchaText.value = ''
}

function showQuestion(form) {
  form.querySelector('[data-question-text]').hidden = false
  form.querySelector('[data-question]').hidden = true
}

function clearFaults(form) {
  for (const old of form.querySelectorAll('.fault, .notice')) old.remove()
  for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid')
}

function showNotice(form, sentence) {
  const notice = document.createElement('p')
  notice.className = 'notice notice-bad'
  notice.setAttribute('role', 'alert')
  notice.textContent = sentence
  form.querySelector('h3').after(notice)
  notice.scrollIntoView({ block: 'center' })
}

function showFaults(form, faults, findings, marked) {
  let first = null
  for (const [name, sentence] of Object.entries(faults)) {
    const field = form.elements[name]
    if (!field || field.type === 'hidden') {
      showNotice(form, sentence)
      continue
    }
    const line = document.createElement('p')
    line.className = 'fault'
    line.id = `${field.id}-fault`
    line.textContent = sentence
    field.setAttribute('aria-invalid', 'true')
    field.after(line)
    if (!field.getAttribute('aria-describedby')?.includes(line.id)) {
      field.setAttribute('aria-describedby', `${field.getAttribute('aria-describedby') ?? ''} ${line.id}`.trim())
    }
    first ??= field
  }
  if (findings.length > 0) showFindings(form, findings, marked)
  first?.focus()
}

function showFindings(form, findings, marked) {
  const box = document.createElement('div')
  box.className = 'notice notice-waiting comment-rewrite'
  box.setAttribute('role', 'alert')
  const list = document.createElement('ul')
  list.className = 'comment-findings'
  for (const { label, text } of findings) {
    const item = document.createElement('li')
    const name = document.createElement('b')
    name.textContent = `${label}: `
    item.append(name, text)
    list.append(item)
  }
  const own = document.createElement('p')
  own.className = 'comment-marked'
  own.dir = 'auto'
  for (const { text, rules } of marked) {
    own.append(rules.length === 0 ? text : Object.assign(document.createElement('mark'), { textContent: text }))
  }
  box.append(list, own)
  form.elements.body.closest('.field').before(box)
}

function voteForm(form) {
  form.addEventListener('submit', async (event) => {
    const button = event.submitter
    if (!button) return
    event.preventDefault()
    const answer = await fetch(form.action, {
      method: 'POST',
      headers: JSON_ONLY,
      body: new URLSearchParams({ value: button.value }),
    }).catch(() => null)
    if (!answer?.ok) return
    const counts = await answer.json()
    form.querySelector('[data-agree]').textContent = digits(counts.agree)
    form.querySelector('[data-disagree]').textContent = digits(counts.disagree)
    for (const other of form.querySelectorAll('button')) {
      if (other === button) other.setAttribute('aria-pressed', 'true')
      else other.removeAttribute('aria-pressed')
    }
  })
}

function copyButton() {
  const button = document.querySelector('[data-copy-code]')
  const text = document.querySelector('[data-copy-text]')
  if (!button || !text || !navigator.clipboard) return
  button.hidden = false
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text.textContent)
    button.textContent = 'رونوشت شد'
  })
}
