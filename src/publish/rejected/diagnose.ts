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

/** Why the platform rejected rows of a batch, and which rows. */
export type Diagnosis = {
  readonly batch: BatchId
  readonly reasons: readonly Reason[]
  /** Sorted by file and line; at most 10,000. */
  readonly rejections: readonly Rejection[]
  /** `rejections` has all rejected rows, as far as is known. */
  readonly isWhole: boolean
  /** What could not be determined, with remedies. They contain no values of rows. */
  readonly notes: readonly string[]
}

/** One rejected row. Everything except `quoted` can be shown to all readers of the report. */
export type Rejection = {
  /** A code of `reasons`; if the row has several, the first that the platform names. */
  readonly code: string
  /** JSON pointer to the field; empty for the row itself, or if no field is named. Names that may be data are hidden. */
  readonly pointer: string
  readonly found: FoundPlace
  /** May contain values of the data, including personal data. */
  readonly quoted: {
    /** The platform's messages about the row. */
    readonly message: string
    /** The pointer with the platform's names, unhidden. */
    readonly pointer: string
    /** The record as JSON, or a JSON string if it is not valid JSON; undefined if records are not kept. */
    readonly record: string | undefined
  }
}

/** A finished batch, and the files sent in it. */
export type FinishedBatch = { readonly record: BatchRecord; readonly sent: SentFiles }

export type DiagnoseChoices = {
  /** Keep records, for `rejectedRowLines`. */
  readonly keepRecords: boolean
  /** Returns a function that hides names in the platform's pointers; called only if there is a pointer. */
  readonly pointerView: () => Promise<PointerView>
  /** Opens a search for rows in worker threads. */
  readonly openSearch: SearchTools['openSearch']
}

type PointerView = (pointer: string) => string

/**
 * Reads why the platform rejected rows of a finished batch, and finds the rows in the source files. It never affects the
 * verdict: anything that can't be read, found or understood becomes a note.
 *
 * @throws only the signal's reason.
 */
export async function diagnose(
  { record, sent }: FinishedBatch,
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

/** The least number of rows that the platform reports as rejected: 1 if it reports rejected rows without a number. */
export function lostRows({ counts, errors }: BatchRecord): number {
  const known = [counts.failed ?? 0, ...errors.map(({ recordCount }) => recordCount ?? 0)]
  return Math.max(...known, errors.some(({ code }) => code === ROWS_DROPPED) ? 1 : 0)
}

type Loss = {
  /** The least number of rejected rows. */
  readonly lost: number
  /** Milliseconds since the batch finished. */
  readonly ageMs: number
}

/** The notes about rejected rows that could not be read. */
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

/** `known`: the codes of the batch. */
type Shown = { readonly known: ReadonlySet<string>; readonly view: PointerView }

/** Sorts by file and line; rows without a known place come last. */
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
 * The lines of the file `rejected-rows-path`: one of JSON for each rejected row. They contain personal data.
 *
 * | member                | value                                                                           |
 * |-----------------------|---------------------------------------------------------------------------------|
 * | `code`, `reason`      | the platform's code and messages                                                |
 * | `pointer`             | JSON pointer to the field, if the platform names one                            |
 * | `file`, `line` or `row` | place of the row; omitted if unknown                                          |
 * | `index`               | with `line`: index of the record in a JSON array, from 0                        |
 * | `candidates`          | possible places, if the files contain the same record more than once            |
 * | `record`              | the row, with the original digits of numbers; a string if it is not valid JSON  |
 */
export async function* rejectedRowLines(rejections: Iterable<Rejection>): AsyncGenerator<string> {
  for (const rejection of rejections) yield lineOf(rejection)
}

function lineOf({ code, found, quoted }: Rejection): string {
  const { pointer } = quoted
  const about = { code, reason: quoted.message, ...(pointer === '' ? {} : { pointer }), ...whereMembers(found) }
  const { record } = quoted
  // The record is inserted as text, because parsing it could lose digits of a number.
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
