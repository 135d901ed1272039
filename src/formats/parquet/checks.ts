import type { RowIssue } from '../record.ts'
import type { ColumnTree } from './tree.ts'
import type { LeafValue, StoredRange } from './values.ts'

/** Makes the check of a file's columns; made once for each file in each thread. */
export type ColumnCheckOf = (tree: ColumnTree) => ColumnChecks

/** What is asked of the leaves of a file, instead of its records: no record is put together to be judged. */
export type ColumnChecks = {
  /** One for each leaf. */
  readonly leaves: readonly LeafCheck[]
  /** What takes several leaves of one row. They share no leaf. */
  readonly walks: readonly RowWalk[]
  /** The leaf whose texts are the keys of the rows, where one is enough; else a walk finds them. */
  readonly key: number | undefined
  /** What is said of rows that would be larger as JSON; undefined where nobody asks. */
  readonly size: SizeCheck | undefined
}

export type SizeCheck = { readonly mostBytes: number; readonly say: (bytes: number, report: ReportPlaced) => void }

export type LeafCheck = {
  /** JSON pointer by which the leaf is shown; items of lists are `*`. */
  readonly path: string
  /** By definition level, what an entry of that level says, whatever its value. */
  readonly levels: readonly (readonly LevelCheck[])[]
  /** Undefined where any value will do. */
  readonly values: ValueCheck | undefined
}

/** Where an entry stands: the index of the item in each list on the way, from the outermost on. */
export type ItemIndices = ArrayLike<number>

/**
 * An issue, with where in its record the issue stands: numbers that are in the order in which one who reads
 * the record comes by it.
 */
export type ReportPlaced = (issue: RowIssue, order: readonly number[]) => void

export type LevelCheck = {
  /** Entries of a higher repetition level go on with what was judged already. */
  readonly rep: number
  readonly say: (indices: ItemIndices, report: ReportPlaced) => void
}

export type ValueCheck = {
  /** Numbers within surely pass: milliseconds of moments, days, numbers themselves. */
  readonly range: StoredRange | undefined
  /** Any text passes. */
  readonly isAnyText: boolean
  readonly passes: (value: LeafValue) => boolean
  /** Of a value that does not pass. */
  readonly say: (value: LeafValue, indices: ItemIndices, report: ReportPlaced) => void
}

/** Judges some leaves of a row by a record of nothing else. */
export type RowWalk = {
  readonly leaves: readonly number[]
  readonly checks: readonly PartCheck[]
  /** What tells the row apart, where that takes these leaves; undefined for a row without it. Its values are exact. */
  readonly keyOf?: (record: RowPart) => string | undefined
}

/** The values of some leaves of a row. */
export type RowPart = Readonly<Record<string, unknown>>

export type PartCheck = (record: RowPart, report: ReportPlaced) => void
