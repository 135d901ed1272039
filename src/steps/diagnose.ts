import type { BatchRecord } from '../platform/batch-record.ts'
import type { BatchId } from '../platform/ids.ts'
import { gapNotes } from './diagnose/gap-notes.ts'
import { gather, type GatherTools } from './diagnose/gather.ts'
import type { Cargo } from './diagnose/cargo.ts'
import { locate } from './diagnose/locate.ts'
import { lostRows } from './diagnose/lost-rows.ts'
import { placeNotes } from './diagnose/place-notes.ts'
import { reasonsOf, type Reason } from './diagnose/reasons.ts'
import { rejectionsOf, type Rejection } from './diagnose/rejection.ts'
import { csvDialect, type CsvChoices } from './preflight/csv-dialect.ts'

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

/** A batch that has settled, and what it carried. */
export type Subject = { readonly record: BatchRecord; readonly cargo: Cargo }

export type DiagnoseChoices = CsvChoices & {
  /** For `rejectedRows`; else nothing of a record is kept. */
  readonly keepRecords: boolean
}

/** Diagnostics of a batch that settled earlier than this are there, or they never will be. */
const LATE_MS = 600_000

/**
 * Reads why the platform rejected rows of a settled batch, and finds the rows in the source files. It has no say in any
 * verdict: what can't be read, found or understood becomes a note.
 *
 * @throws the signal's reason, and nothing else.
 */
export async function diagnose(
  { record, cargo }: Subject,
  { keepRecords, ...csv }: DiagnoseChoices,
  tools: GatherTools,
): Promise<Diagnosis> {
  const { files } = cargo
  const origin = files[0]?.format ?? 'json'
  const ageMs = tools.clock.now() - (record.completedMs ?? tools.clock.now())
  const lost = lostRows(record)
  const mayBeLate = lost > 0 && ageMs < LATE_MS
  const gathered = await gather({ batch: record.id, origin, keepRecords, mayBeLate }, tools)
  const { rows } = gathered
  const dialect = csvDialect(csv)
  const { places, notes } = await locate({ rows, origin, cargo, dialect }, tools.signal)
  const isWhole = gathered.isWhole && rows.length >= lost
  return {
    batch: record.id,
    reasons: reasonsOf(record.errors, rows),
    rejections: rejectionsOf(rows, places, new Set(record.errors.map(({ code }) => code))),
    isWhole,
    notes: [...gathered.notes, ...gapNotes(gathered, { lost, ageMs }), ...notes, ...placeNotes(places, files)],
  }
}
