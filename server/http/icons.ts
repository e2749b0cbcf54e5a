/** Our own drawings on a grid of 24, strokes of 1.75; those of `TURNS` point along the line of reading and are mirrored in left-to-right text. */
const DRAWINGS = {
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5 20.5 20.5',
  menu: 'M4 7h16M4 12h16M4 17h10',
  close: 'M6 6l12 12M18 6 6 18',
  sun: 'M12 8.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6ZM12 2.8v2M12 19.2v2M2.8 12h2M19.2 12h2M5.5 5.5l1.4 1.4M17.1 17.1l1.4 1.4M5.5 18.5l1.4-1.4M17.1 6.9l1.4-1.4',
  moon: 'M19.6 14.2A8 8 0 0 1 9.8 4.4a8 8 0 1 0 9.8 9.8Z',
  comment: 'M4.5 5.5h15v10.5h-8.5L6.5 20v-4h-2Z',
  clock: 'M12 3.8a8.2 8.2 0 1 0 0 16.4 8.2 8.2 0 0 0 0-16.4ZM12 7.6V12l3.2 2',
  copy: 'M8.5 8.5h11v11h-11ZM15.5 5.5v-1h-11v11h1',
  link: 'M9.8 14.2l4.4-4.4M8.3 11.2l-2.6 2.6a3.3 3.3 0 0 0 4.7 4.7l2.6-2.6M15.7 12.8l2.6-2.6a3.3 3.3 0 0 0-4.7-4.7L11 8.1',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7Z',
  share: 'M12 15V4M8 7.5 12 3.8l4 3.7M6 11.5H4.5v8.7h15v-8.7H18',
  tag: 'M12.6 4H20v7.4l-8.8 8.8-7.4-7.4ZM16.2 7.8h.1',
  letter: 'M3.8 6h16.4v12H3.8ZM4 6.5l8 6.5 8-6.5',
  feed: 'M5 18.6a.4.4 0 1 0 .8 0 .4.4 0 0 0-.8 0ZM5 11.5a7.5 7.5 0 0 1 7.5 7.5M5 5a14 14 0 0 1 14 14',
  up: 'M6 14.5 12 8.5l6 6',
  down: 'M6 9.5l6 6 6-6',
  next: 'M14.5 6l-6 6 6 6',
  previous: 'M9.5 6l6 6-6 6',
  reply: 'M14.5 6.5 20 12l-5.5 5.5M20 12H10a6 6 0 0 0-6 6v1',
  agree:
    'M4.5 11h3v8.5h-3ZM7.5 12l3.6-7.6c1.6 0 2.4 1 2.2 2.5L12.8 10h5.4c1.2 0 2 1 1.8 2.2l-1 5.6c-.2 1-1 1.7-2 1.7H7.5',
  disagree:
    'M4.5 13h3V4.5h-3ZM7.5 12l3.6 7.6c1.6 0 2.4-1 2.2-2.5L12.8 14h5.4c1.2 0 2-1 1.8-2.2l-1-5.6c-.2-1-1-1.7-2-1.7H7.5',
  flag: 'M6 20.5V4.5M6 5h11.5l-2 4 2 4H6',
  inbox: 'M4 13.5 6.5 5h11L20 13.5V19H4ZM4 13.5h4.5l1.2 2.5h4.6l1.2-2.5H20',
  article: 'M5.5 3.8h13v16.4h-13ZM8.8 8h6.4M8.8 12h6.4M8.8 16h3.7',
  shield: 'M12 3.5 19 6v5.5c0 4.3-2.8 7.5-7 9-4.2-1.5-7-4.7-7-9V6ZM8.8 12l2.3 2.3 4.2-4.5',
  picture: 'M4 5h16v14H4ZM4.5 17.5l5-5.5 4 4 2.5-2.5 3.7 4M15.5 9h.1',
  site: 'M4 5h16v14H4ZM4 9.5h16M9.5 9.5V19',
  people:
    'M9 5.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM3.5 19c.3-3 2.3-5 5.5-5s5.2 2 5.5 5M15.5 6a2.7 2.7 0 0 1 0 5.3M17 14.3c2 .5 3.2 2.2 3.5 4.7',
  settings:
    'M4 7.5h9M17 7.5h3M4 16.5h3M11 16.5h9M15 5.3a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4ZM9 14.3a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4Z',
  leave: 'M13.5 4.5h-8v15h8M10.5 12h10M17 8.5l3.5 3.5-3.5 3.5',
  plus: 'M12 5v14M5 12h14',
  check: 'M5 12.5 10 17.5 19.5 7',
  warning: 'M12 4 21 19.5H3ZM12 10v4.5M12 17h.1',
  info: 'M12 3.8a8.2 8.2 0 1 0 0 16.4 8.2 8.2 0 0 0 0-16.4ZM12 11v5.5M12 7.8h.1',
  hold: 'M12 3.8a8.2 8.2 0 1 0 0 16.4 8.2 8.2 0 0 0 0-16.4ZM9.8 9v6M14.2 9v6',
  undo: 'M9 6 4.5 10.5 9 15M4.5 10.5h9.5a5.5 5.5 0 0 1 0 11H11',
  refresh: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 4v4.5H15',
  star: 'M12 4l2.4 5.2 5.6.7-4.1 3.9 1 5.6L12 16.7l-4.9 2.7 1-5.6L4 9.9l5.6-.7Z',
  text: 'M4 18 9 6h1l5 12M5.7 14h7.6M16 18l2.3-6h.9L21.5 18M16.9 16h3.7',
  speaker: 'M4.5 9.5h3l4.5-4v13l-4.5-4h-3ZM15.5 9a4.5 4.5 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  pen: 'M4.5 19.5l.9-4L15.8 5.1a1.7 1.7 0 0 1 2.4 0l.7.7a1.7 1.7 0 0 1 0 2.4L8.5 18.6Z',
} as const

const TURNS = new Set<string>(['next', 'previous', 'reply', 'leave', 'undo'])

/** The name of an icon. */
export type IconName = keyof typeof DRAWINGS

/** The icon as inline SVG, hidden from screen readers: words stand beside it. Throws for a name that is none. */
export function iconSvg(name: string): string {
  const path = drawing(name)
  const turns = TURNS.has(name) ? ' icon-turns' : ''
  return `<svg class="icon${turns}" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="${path}"/></svg>`
}

function drawing(name: string): string {
  const path = (DRAWINGS as Record<string, string>)[name]
  if (path === undefined) throw new Error(`no icon is named ${name}`)
  return path
}

/** The icon kept out of sight under an id, for `iconUse` in long lists. Throws for a name that is none. */
export function iconSprite(name: string): string {
  return `<svg><symbol id="icon-${name}" viewBox="0 0 24 24"><path d="${drawing(name)}"/></symbol></svg>`
}

/** The icon by reference to its sprite on the same page; the class `icon-use` gives it its strokes. */
export function iconUse(name: string): string {
  return `<svg class="icon icon-use${TURNS.has(name) ? ' icon-turns' : ''}" aria-hidden="true"><use href="#icon-${name}"/></svg>`
}
