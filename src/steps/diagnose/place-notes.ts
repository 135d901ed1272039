import { count } from '../../base/words.ts'
import type { CheckedFile } from '../preflight.ts'
import type { FoundPlace } from './settle-places.ts'

/** What is said of rejected rows whose place is not known. */
export function placeNotes(places: readonly FoundPlace[], files: readonly CheckedFile[]): readonly string[] {
  if (places.length === 0) return []
  if (files.length === 0) return ['Where the rejected rows stand is not known: the files were not read in this run.']
  const several = places.filter(({ kind }) => kind === 'ambiguous').length
  const missing = places.filter(({ kind }) => kind === 'not found').length
  return [
    ...(several === 0 ? [] : [`${count(several, 'rejected row')} can't be told from other rows of the same content.`]),
    ...(missing === 0
      ? []
      : [`${count(missing, 'rejected row')} could not be found in the files: the platform shows other content.`]),
  ]
}
