import { bytewise } from '../../base/words.ts'
import type { RowPlace } from '../../rows/row.ts'
import { batchCode } from './reasons.ts'
import type { RejectedRow } from './rejected-row.ts'
import type { FoundPlace } from './settle-places.ts'

/** One rejected row. All of it may be shown to anybody, but `quoted`. */
export type Rejection = {
  /** As in `reasons`; of several, the first that the platform names. */
  readonly code: string
  /** JSON pointer to the field; empty for the row itself, or where the platform names none. */
  readonly pointer: string
  readonly found: FoundPlace
  /** Holds, or may hold, the data's own values: personal data. */
  readonly quoted: {
    /** What the platform says of the row. */
    readonly message: string
    /** The record as JSON, a text where it is no JSON; undefined where it wasn't to be kept. */
    readonly record: string | undefined
  }
}

/** By file and line; what has no place of its own comes last. `known` are the codes of the batch. */
export function rejectionsOf(
  rows: readonly RejectedRow[],
  places: readonly FoundPlace[],
  known: ReadonlySet<string>,
): readonly Rejection[] {
  return rows
    .map((row, index) => rejectionOf(row, places[index] ?? { kind: 'not found' }, known))
    .toSorted((a, b) => inOrder(a.found, b.found))
}

const RANK = { found: 0, ambiguous: 1, 'not found': 2 } as const satisfies Readonly<Record<FoundPlace['kind'], number>>

function inOrder(a: FoundPlace, b: FoundPlace): number {
  if (a.kind !== 'found' || b.kind !== 'found') return RANK[a.kind] - RANK[b.kind]
  if (a.file !== b.file) return bytewise(a.file, b.file)
  const [one, other] = [positionOf(a.place), positionOf(b.place)]
  return one.line - other.line || one.column - other.column
}

function positionOf(place: RowPlace): { readonly line: number; readonly column: number } {
  return place.kind === 'row' ? { line: place.row, column: 1 } : place
}

function rejectionOf({ errors, record }: RejectedRow, found: FoundPlace, known: ReadonlySet<string>): Rejection {
  const [first] = errors
  const message = [...new Set(errors.map((error) => error.message).filter((text) => text !== ''))].join('; ')
  return {
    code: batchCode(first?.code ?? 'unknown', known),
    pointer: first?.pointer ?? '',
    found,
    quoted: { message, record },
  }
}
