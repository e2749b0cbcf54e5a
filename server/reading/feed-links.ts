/** The feeds of a list, as its page names them to feed readers. */
export function feedsOf(title: string, path = ''): { title: string; address: string; type: string }[] {
  return [
    { title: `${title} (RSS)`, address: `${path}/feeds/rss.xml`, type: 'application/rss+xml' },
    { title: `${title} (Atom)`, address: `${path}/feeds/atom.xml`, type: 'application/atom+xml' },
    { title: `${title} (JSON)`, address: `${path}/feeds/feed.json`, type: 'application/feed+json' },
  ]
}
