import type { RowIssue } from '../record.ts'
import type { ColumnTree } from './tree.ts'
import type { LeafValue, StoredRange } from './values.ts'

/** Makes the checks of a file's columns; called once for each file in each thread. */
export type ColumnCheckOf = (tree: ColumnTree) => ColumnChecks

/** Checks on the leaves of a file instead of its records, so that no record has to be assembled for validation. */
export type ColumnChecks = {
  /** One for each leaf. */
  readonly leaves: readonly LeafCheck[]
  /** Checks that need several leaves of one row. No two walks share a leaf. */
  readonly walks: readonly RowWalk[]
  /** The leaf whose values are the keys of the rows, if one leaf is enough; otherwise a walk finds the keys. */
  readonly key: number | undefined
  /** The check for rows that would be too large as JSON; undefined if there is no limit. */
  readonly size: SizeCheck | undefined
}

export type SizeCheck = { readonly mostBytes: number; readonly say: (bytes: number, report: ReportPlaced) => void }

export type LeafCheck = {
  /** The JSON pointer under which the leaf is reported; list items are `*`. */
  readonly path: string
  /** For each definition level, the checks on an entry of that level, whatever its value. */
  readonly levels: readonly (readonly LevelCheck[])[]
  /** Undefined if every value passes. */
  readonly values: ValueCheck | undefined
}

/** The position of an entry: its item index in each list on the path, outermost first. */
export type ItemIndices = ArrayLike<number>

/**
 * Reports an issue and its position in the record. The numbers in `order` sort issues as a reader of the record meets
 * them.
 */
export type ReportPlaced = (issue: RowIssue, order: readonly number[]) => void

export type LevelCheck = {
  /** Entries with a higher repetition level continue an item that was already checked. */
  readonly rep: number
  readonly say: (indices: ItemIndices, report: ReportPlaced) => void
}

export type ValueCheck = {
  /** Numbers in this range are certain to pass: milliseconds of timestamps, days, or plain numbers. */
  readonly range: StoredRange | undefined
  /** Whether any string passes. */
  readonly isAnyText: boolean
  readonly passes: (value: LeafValue) => boolean
  /** Called for a value that does not pass. */
  readonly say: (value: LeafValue, indices: ItemIndices, report: ReportPlaced) => void
}

/** Checks several leaves of a row together, on a record that has only these leaves. */
export type RowWalk = {
  readonly leaves: readonly number[]
  readonly checks: readonly PartCheck[]
  /** The key of the row, if it needs these leaves; undefined for a row without a key. The record's values are exact. */
  readonly keyOf?: (record: RowPart) => string | undefined
}

/** The values of some leaves of a row. */
export type RowPart = Readonly<Record<string, unknown>>

export type PartCheck = (record: RowPart, report: ReportPlaced) => void
