import type { NameProfile } from '../../names/index.ts'
import type { Family } from './labels.ts'

/** Which wrongdoing an article itself reports: of each of its names, of any of them, and of anybody at all. */
export interface Reported {
  byName: ReadonlyMap<number, ReadonlySet<Family>>
  ofSomebody: ReadonlySet<Family>
  anybody: ReadonlySet<Family>
}

/** What is known beside the comment: the article's names, what it reports, and whether the comment answers another. */
export interface Setting {
  names: NameProfile | undefined
  reported: Reported | undefined
  answers: boolean
}
