import type { Context } from '../../context.ts'
import type { RowPlace } from '../../formats/record.ts'
import { compareBytes, count, formatNumber } from '../../lib/text.ts'
import type { BatchId } from '../../platform/ids.ts'
import { DIAGNOSTICS_KEPT_MS, DIAGNOSTICS_LATE_MS } from '../../platform/limits.ts'
import { type BatchRecord, ROWS_DROPPED } from '../../platform/records.ts'
import { type Reason, batchCode, reasonsOf } from './explain.ts'
import { type SentFiles, type FoundPlace, locate, placeNotes } from './locate.ts'
import { type GatheredRows, type RejectedRow, gather } from './read.ts'
import type { SearchTools } from './search.ts'

/** Why the platform rejected rows of a batch, and which. */
export type Diagnosis = {
  readonly batch: BatchId
  readonly reasons: readonly Reason[]
  /** By file and line; 10,000 at most. */
  readonly rejections: readonly Rejection[]
  /** These are all the rows that were rejected, as far as is known. */
  readonly isWhole: boolean
  /** What could not be found out, and what to do about it. They hold no values of rows. */
  readonly notes: readonly string[]
}

/** One rejected row. All of it may be shown to anybody, but `quoted`. */
export type Rejection = {
  /** As in `reasons`; of several, the first that the platform names. */
  readonly code: string
  /** JSON pointer to the field; empty for the row itself, or where the platform names none. Names that may be data are hidden. */
  readonly pointer: string
  readonly found: FoundPlace
  /** Holds, or may hold, the data's own values: personal data. */
  readonly quoted: {
    /** What the platform says of the row. */
    readonly message: string
    /** As the platform writes it. */
    readonly pointer: string
    /** The record as JSON, a text where it is no JSON; undefined where it wasn't to be kept. */
    readonly record: string | undefined
  }
}

/** A batch that has settled, and what it carried. */
export type SettledBatch = { readonly record: BatchRecord; readonly sent: SentFiles }

export type DiagnoseChoices = {
  /** For `rejectedRows`; else nothing of a record is kept. */
  readonly keepRecords: boolean
  /** Makes a pointer of the platform's one that may be shown; asked where there is one. */
  readonly pointerView: () => Promise<PointerView>
  /** Looks for rows in threads. */
  readonly openSearch: SearchTools['openSearch']
}

type PointerView = (pointer: string) => string

/**
 * Reads why the platform rejected rows of a settled batch, and finds the rows in the source files. It has no say in any
 * verdict: what can't be read, found or understood becomes a note.
 *
 * @throws the signal's reason, and nothing else.
 */
export async function diagnose(
  { record, sent }: SettledBatch,
  { keepRecords, pointerView, openSearch }: DiagnoseChoices,
  context: Context,
): Promise<Diagnosis> {
  const { files } = sent
  const origin = files[0]?.sentFormat ?? 'json'
  const nowMs = context.clock.wallNow()
  const ageMs = nowMs - (record.completedMs ?? nowMs)
  const lost = lostRows(record)
  const mayBeLate = lost > 0 && ageMs < DIAGNOSTICS_LATE_MS
  const gathered = await gather({ batch: record.id, origin, keepRecords, mayBeLate }, context)
  const { rows } = gathered
  const { places, notes } = await locate({ rows, origin, sent }, { openSearch, signal: context.signal })
  const isWhole = gathered.isWhole && rows.length >= lost
  const view = rows.some(({ errors: [first] }) => (first?.pointer ?? '') !== '') ? await pointerView() : () => ''
  return {
    batch: record.id,
    reasons: reasonsOf(record.errors, rows),
    rejections: rejectionsOf(rows, places, { known: new Set(record.errors.map(({ code }) => code)), view }),
    isWhole,
    notes: [...gathered.notes, ...gapNotes(gathered, { lost, ageMs }), ...notes, ...placeNotes(places, files)],
  }
}

/** How many rows the platform says it rejected, at least: 1 where it says that there are some, and no number. */
export function lostRows({ counts, errors }: BatchRecord): number {
  const known = [counts.failed ?? 0, ...errors.map(({ recordCount }) => recordCount ?? 0)]
  return Math.max(...known, errors.some(({ code }) => code === ROWS_DROPPED) ? 1 : 0)
}

type Loss = {
  /** Rows that were rejected, at least. */
  readonly lost: number
  /** Since the batch settled. */
  readonly ageMs: number
}

/** What is said of rejected rows that could not be looked at. */
function gapNotes({ rows, isWhole, notes }: GatheredRows, { lost, ageMs }: Loss): readonly string[] {
  const isShort = !isWhole || rows.length < lost
  if (rows.length > 0) return isShort ? [shortNote(rows.length, lost)] : []
  if (lost === 0 || notes.length > 0) return []
  if (ageMs > DIAGNOSTICS_KEPT_MS) {
    return [
      'The platform no longer knows which rows were rejected: it keeps diagnostics for 30 days. Publish again to get them.',
    ]
  }
  return [
    'The platform has no record of which rows it rejected. Check the batch in the Experience Platform UI, or publish again.',
  ]
}

function shortNote(looked: number, lost: number): string {
  const rows = count(looked, 'rejected row')
  if (lost <= looked) return `Only ${rows} could be read; there may be more.`
  return `Only ${rows} of ${formatNumber(lost)} could be read; the others are not listed.`
}

/** `known` are the codes of the batch. */
type Shown = { readonly known: ReadonlySet<string>; readonly view: PointerView }

/** By file and line; what has no place of its own comes last. */
function rejectionsOf(rows: readonly RejectedRow[], places: readonly FoundPlace[], shown: Shown): readonly Rejection[] {
  return rows
    .map((row, index) => rejectionOf(row, places[index] ?? { kind: 'not found' }, shown))
    .toSorted((a, b) => comparePlaces(a.found, b.found))
}

function rejectionOf({ errors, record }: RejectedRow, found: FoundPlace, { known, view }: Shown): Rejection {
  const [first] = errors
  const named = first?.pointer ?? ''
  const message = [...new Set(errors.map((error) => error.message).filter((text) => text !== ''))].join('; ')
  return {
    code: batchCode(first?.code ?? 'unknown', known),
    pointer: view(named),
    found,
    quoted: { message, pointer: named, record },
  }
}

const RANK = { found: 0, ambiguous: 1, 'not found': 2 } as const satisfies Readonly<Record<FoundPlace['kind'], number>>

function comparePlaces(a: FoundPlace, b: FoundPlace): number {
  if (a.kind !== 'found' || b.kind !== 'found') return RANK[a.kind] - RANK[b.kind]
  if (a.file !== b.file) return compareBytes(a.file, b.file)
  const [one, other] = [positionOf(a.place), positionOf(b.place)]
  return one.line - other.line || one.column - other.column
}

function positionOf(place: RowPlace): { readonly line: number; readonly column: number } {
  return place.kind === 'row' ? { line: place.row, column: 1 } : place
}

/**
 * The file of `rejected-rows-path`: a line of JSON for each rejected row. It holds personal data.
 *
 * | member                | value                                                                           |
 * |-----------------------|---------------------------------------------------------------------------------|
 * | `code`, `reason`      | as the platform says it                                                         |
 * | `pointer`             | JSON pointer to the field, where the platform names one                         |
 * | `file`, `line` or `row` | where the row stands; left out where that isn't known                         |
 * | `index`               | beside `line`: of the record in a JSON array, from 0                            |
 * | `candidates`          | where it may stand, when the files hold the same record more than once          |
 * | `record`              | the row with every digit it came with; a text where it is no JSON               |
 */
export async function* rejectedRowLines(rejections: Iterable<Rejection>): AsyncGenerator<string> {
  for (const rejection of rejections) yield lineOf(rejection)
}

function lineOf({ code, found, quoted }: Rejection): string {
  const { pointer } = quoted
  const about = { code, reason: quoted.message, ...(pointer === '' ? {} : { pointer }), ...whereMembers(found) }
  const { record } = quoted
  // Parsed and written anew, a number of the record might lose digits.
  return record === undefined
    ? `${JSON.stringify(about)}\n`
    : `${JSON.stringify(about).slice(0, -1)},"record":${record}}\n`
}

function whereMembers(found: FoundPlace): object {
  switch (found.kind) {
    case 'found':
      return { file: found.file, ...placeMembers(found.place) }
    case 'ambiguous':
      return { candidates: found.places.map(({ file, place }) => ({ file, ...placeMembers(place) })) }
    case 'not found':
      return {}
    default:
      return found satisfies never
  }
}

function placeMembers(place: RowPlace): object {
  if (place.kind === 'row') return { row: place.row }
  return { line: place.line, ...(place.index === undefined ? {} : { index: place.index }) }
}
