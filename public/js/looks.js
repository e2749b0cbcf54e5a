/* Chooses looks without leaving the page, on both faces; without scripts the same forms do it with a redirect. */
const root = document.documentElement

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
