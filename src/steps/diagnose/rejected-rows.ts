import type { RowPlace } from '../../rows/row.ts'
import type { Rejection } from './rejection.ts'
import type { FoundPlace } from './settle-places.ts'

/**
 * The file of `rejected-rows-path`: a line of JSON for each rejected row. It holds personal data.
 *
 * | member                | value                                                                           |
 * |-----------------------|---------------------------------------------------------------------------------|
 * | `code`, `reason`      | as the platform says it                                                         |
 * | `pointer`             | JSON pointer to the field, where the platform names one                         |
 * | `file`, `line` or `row` | where the row stands; left out where that isn't known                         |
 * | `candidates`          | where it may stand, when the files hold the same record more than once          |
 * | `record`              | the row with every digit it came with; a text where it is no JSON               |
 */
export async function* rejectedRows(rejections: Iterable<Rejection>): AsyncGenerator<string> {
  for (const rejection of rejections) yield lineOf(rejection)
}

function lineOf({ code, pointer, found, quoted }: Rejection): string {
  const about = { code, reason: quoted.message, ...(pointer === '' ? {} : { pointer }), ...whereOf(found) }
  const { record } = quoted
  // Parsed and written anew, a number of the record might lose digits.
  return record === undefined
    ? `${JSON.stringify(about)}\n`
    : `${JSON.stringify(about).slice(0, -1)},"record":${record}}\n`
}

function whereOf(found: FoundPlace): object {
  switch (found.kind) {
    case 'found':
      return { file: found.file, ...positionOf(found.place) }
    case 'ambiguous':
      return { candidates: found.places.map(({ file, place }) => ({ file, ...positionOf(place) })) }
    case 'not found':
      return {}
    default:
      return found satisfies never
  }
}

function positionOf(place: RowPlace): { readonly row: number } | { readonly line: number } {
  return place.kind === 'row' ? { row: place.row } : { line: place.line }
}
