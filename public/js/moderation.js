// The moderators' room with scripts on: keys, decisions in place, undo, selection, live arrivals. Without scripts the same page works by forms.
const root = document.getElementById('moderation')
if (root) start(root)

function start(root) {
  const formToken = document.querySelector('input[name="formToken"]')?.value ?? ''
  const rows = document.getElementById('queue-rows')
  const foot = element('div', { className: 'foot-line', role: 'status', hidden: true })
  document.body.append(foot)
  const cache = new Map()
  const undone = []
  let busy = false

  const call = async (path, body) => {
    const response = await fetch(`/desk/moderation/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json', 'x-form-token': formToken },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return {
      status: response.status,
      body: response.headers.get('content-type')?.includes('json') ? await response.json() : null,
    }
  }

  const list = () => [...(rows?.querySelectorAll('.queue-row:not([hidden])') ?? [])]
  const current = () => rows?.querySelector('a[aria-current="true"]')?.closest('.queue-row') ?? null
  const pane = () => document.getElementById('open')

  const say = (text, undo) => {
    foot.replaceChildren(document.createTextNode(text))
    if (undo)
      foot.append(
        ' ',
        element('button', {
          type: 'button',
          className: 'button button-small',
          textContent: 'بازگردانی',
          onclick: undo,
        }),
      )
    foot.hidden = false
  }

  const paneOf = async (row) => {
    const id = row.dataset.id
    if (!cache.has(id)) {
      cache.set(
        id,
        fetch(row.querySelector('a').href, { headers: { accept: 'text/html' } })
          .then((response) => response.text())
          .then((html) => new DOMParser().parseFromString(html, 'text/html').getElementById('open')),
      )
    }
    return await cache.get(id)
  }

  const show = async (row, { focus = true } = {}) => {
    if (!row) return
    for (const link of rows.querySelectorAll('a[aria-current="true"]')) link.removeAttribute('aria-current')
    const link = row.querySelector('a')
    link.setAttribute('aria-current', 'true')
    if (focus) link.focus({ preventScroll: true })
    row.scrollIntoView({ block: 'nearest' })
    history.replaceState(null, '', link.href)
    const fresh = await paneOf(row)
    if (fresh && current() === row) {
      const old = pane()
      if (old) old.replaceWith(fresh.cloneNode(true))
      else root.append(fresh.cloneNode(true))
    }
    void call(`${row.dataset.id}/claim`, {})
    const next = neighbour(row, 1)
    if (next) void paneOf(next)
  }

  const neighbour = (row, step) => {
    const all = list()
    return all[all.indexOf(row) + step] ?? null
  }

  const countsFrom = async () => {
    const { status, body } = await call('counts.json')
    if (status !== 200) return
    for (const [name, value] of Object.entries(body)) {
      const place = document.querySelector(`#counts [data-count="${name}"]`)
      if (place) place.textContent = new Intl.NumberFormat('fa-IR').format(value)
    }
  }

  const decide = async (row, act, more = {}) => {
    if (!row || busy) return
    busy = true
    const following = neighbour(row, 1) ?? neighbour(row, -1)
    row.hidden = true
    const shown = show(following)
    if (!following) pane()?.remove()
    const { id, revision } = row.dataset
    try {
      const { status, body } = await call(`${id}/${act}`, { revision: Number(revision), ...more })
      if (status === 200) {
        row.dataset.revision = String(body.revision)
        undone.push(row)
        say({ approve: 'منتشر شد.', refuse: 'رد شد.', hold: 'به سردبیر ارجاع شد.' }[act], () => undo())
      } else if (status === 409) {
        say(`${body.decidedBy ?? 'همکاری'} پیش از شما دربارهٔ این نظر تصمیم گرفته است.`)
      } else {
        row.hidden = false
        say(body?.message ?? 'انجام نشد. دوباره تلاش کنید.')
      }
    } catch {
      row.hidden = false
      say('ارتباط برقرار نشد. نظر سر جایش است؛ دوباره تلاش کنید.')
    } finally {
      busy = false
    }
    await shown
    void countsFrom()
  }

  const undo = async () => {
    const row = undone.pop()
    if (!row) return say('تصمیمی برای بازگرداندن نیست.')
    const { status, body } = await call(`${row.dataset.id}/undo`, {})
    if (status !== 200) return say(body?.message ?? 'بازگردانی انجام نشد.')
    row.dataset.revision = String(body.revision)
    cache.delete(row.dataset.id)
    row.hidden = false
    say('تصمیم بازگردانده شد.')
    await show(row)
    void countsFrom()
  }

  const selected = () => list().filter((row) => row.classList.contains('selected'))

  const batch = async (decision, rule) => {
    const chosen = selected()
    const { status, body } = await call('batch', {
      ids: chosen.map((row) => row.dataset.id),
      decision,
      ...(rule ? { rule } : {}),
    })
    if (status !== 200) return say(body?.message ?? 'انجام نشد.')
    const done = new Map(body.results.map((result) => [result.id, result.status]))
    for (const row of chosen) {
      row.classList.remove('selected')
      if (done.get(row.dataset.id) === 200 || done.get(row.dataset.id) === 409) row.hidden = true
    }
    const ok = body.results.filter((result) => result.status === 200).length
    say(`${new Intl.NumberFormat('fa-IR').format(ok)} نظر ${decision === 'approve' ? 'منتشر' : 'رد'} شد.`)
    await show(list()[0])
    void countsFrom()
  }

  const refusal = () => {
    const details = document.getElementById('refuse')
    if (!details) return
    details.open = !details.open
    if (details.open) details.querySelector('.rule-list button')?.focus()
  }

  const keys = {
    j: () => show(neighbour(current(), 1)),
    k: () => show(neighbour(current(), -1)),
    ArrowDown: () => show(neighbour(current(), 1)),
    ArrowUp: () => show(neighbour(current(), -1)),
    p: () => (selected().length > 0 ? batch('approve') : decide(current(), 'approve')),
    r: refusal,
    h: () => decide(current(), 'hold'),
    u: undo,
    x: () => current()?.classList.toggle('selected'),
    '?': () => document.getElementById('keys')?.showModal(),
  }
  // The same keys with a Persian keyboard layout.
  const persianKeys = { ت: 'j', ن: 'k', ح: 'p', ق: 'r', ا: 'h', ع: 'u', ط: 'x', '؟': '?' }

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea, select, dialog')) return
    const key = persianKeys[event.key] ?? (event.key.length === 1 ? event.key.toLowerCase() : event.key)
    const digit = '۰۱۲۳۴۵۶۷۸۹'.includes(key) ? '۰۱۲۳۴۵۶۷۸۹'.indexOf(key) : Number(key)
    const details = document.getElementById('refuse')
    if (details?.open && digit >= 1) {
      const button = details.querySelectorAll('.rule-list button')[digit - 1]
      if (button) {
        event.preventDefault()
        if (selected().length > 0) void batch('refuse', button.value)
        else void decide(current(), 'refuse', { rule: button.value })
      }
      return
    }
    const act = keys[key]
    if (!act) return
    event.preventDefault()
    void act()
  })

  root.addEventListener('submit', (event) => {
    const form = event.target
    const act = /\/(approve|refuse|hold)$/.exec(form.action)?.[1]
    if (!act || !form.closest('#decisions')) return
    const row = current()
    if (!row || row.dataset.id !== pane()?.dataset.id) return
    event.preventDefault()
    const rule = event.submitter?.name === 'rule' ? event.submitter.value : undefined
    void decide(row, act, rule ? { rule } : {})
  })

  rows?.addEventListener('click', (event) => {
    const link = event.target.closest('a')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    void show(link.closest('.queue-row'))
  })

  setInterval(() => {
    const row = current()
    if (row && document.visibilityState === 'visible') void call(`${row.dataset.id}/claim`, {})
  }, 60_000)

  live()

  function live() {
    const pill = element('button', {
      type: 'button',
      className: 'button button-main arrival-pill',
      hidden: true,
      onclick: () => location.assign('/desk/moderation'),
    })
    root.before(pill)
    const arrived = new Set()
    const source = new EventSource('/desk/moderation/live')
    source.addEventListener('arrived', (event) => {
      for (const id of JSON.parse(event.data)) if (!rows?.querySelector(`[data-id="${id}"]`)) arrived.add(id)
      if (arrived.size === 0 || root.dataset.state !== 'waiting') return
      pill.textContent = `${new Intl.NumberFormat('fa-IR').format(arrived.size)} نظر تازه`
      pill.hidden = false
    })
    source.addEventListener('decided', (event) => {
      for (const { id, by } of JSON.parse(event.data)) {
        arrived.delete(id)
        const row = rows?.querySelector(`[data-id="${id}"]`)
        if (!row || row.hidden) continue
        row.classList.add('decided')
        if (row === current()) say(`${by ?? 'همکاری'} دربارهٔ این نظر تصمیم گرفت.`)
      }
      void countsFrom()
    })
  }
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties)
}
