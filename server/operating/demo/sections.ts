import type { Section } from '../../../models/sections.ts'

/** The sections of the demonstration newsroom, in the order of the row. */
export const DEMO_SECTIONS: Section[] = [
  { slug: 'society', name: 'جامعه', order: 1, commentMode: null },
  { slug: 'economy', name: 'اقتصاد', order: 2, commentMode: null },
  { slug: 'culture', name: 'فرهنگ', order: 3, commentMode: null },
  { slug: 'sport', name: 'ورزش', order: 4, commentMode: null },
]
