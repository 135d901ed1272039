import type { Content } from '../lib/content.ts'
import { LINE_FEED } from '../lib/text.ts'

/** The extent of a text: its line feeds, and the UTF-16 code units after the last one (SARIF's `utf16CodeUnits`). */
export type Extent = { readonly lines: number; readonly columns: number }

export const NOTHING: Extent = { lines: 0, columns: 0 }

export function extentOf(text: string): Extent {
  let lines = 0
  let lineStart = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', lineStart)) {
    lines++
    lineStart = at + 1
  }
  return { lines, columns: text.length - lineStart }
}

/** The extent of two texts, one after the other. */
export function joinExtents(first: Extent, second: Extent): Extent {
  if (second.lines === 0) return { lines: first.lines, columns: first.columns + second.columns }
  return { lines: first.lines + second.lines, columns: second.columns }
}

/**
 * A place in a file. All numbers except `index` count from 1. Text has lines, and columns in UTF-16 code units;
 * `index`, from 0, is that of the record in the file's JSON array.
 */
export type RowPlace =
  | { readonly kind: 'text'; readonly line: number; readonly column: number; readonly index?: number }
  | { readonly kind: 'row'; readonly row: number }

/** What the platform is expected to do with a row: fail the batch, drop the row, lose or alter a value, or keep it. */
export type RowFate = 'fails-batch' | 'rejected' | 'changed' | 'kept'

/** An error or warning about a record. */
export type RowIssue = {
  /** Stable, in kebab case. */
  readonly code: string
  readonly level: 'error' | 'warning'
  readonly fate: RowFate
  /** JSON pointer (RFC 6901) into the record; empty for the record itself. Names that may be data are hidden. */
  readonly path: string
  /** The pointer used to find the place when `path` has hidden names. It is never stored. */
  readonly at?: string | undefined
  /** The column of the file that the value was made from, if records are made from rows. */
  readonly from?: string | undefined
  readonly expected: string
  readonly received: string
  readonly hint?: string | undefined
}

export type ReportIssue = (issue: RowIssue) => void

/** The value that must differ in every record of all files together, if there is one. */
export type RowKey = string | undefined | void

/** The check of every record. Its result for a record must not depend on where or in what order records are checked. */
export type RowCheck = {
  /** Checks a record given as JSON text. The check parses it, because `JSON.parse` loses digits. @throws SyntaxError */
  text(text: string, report: ReportIssue): RowKey
  /** Checks a record that needs no parsing: strings by column from CSV, typed values from Parquet. */
  value(value: Readonly<Record<string, unknown>>, report: ReportIssue, where?: RecordLocator): RowKey
  /** Called instead of `value` for CSV if the check needs no object: one string for each column. */
  cells?(cells: readonly string[], report: ReportIssue, where: RecordLocator): RowKey
  /** The check ignores the cells of CSV: only their number must match the columns. */
  readonly ignoresCells?: boolean
  /** See {@link RowSink}. */
  readonly typedValues?: TypedValues
}

/**
 * How the values of a columnar file are read: as the `nearest` values that JavaScript has; `verbatim`, because they are
 * written again: decimals and timestamps with all of their digits, and a string that is not UTF-8 as bytes; or all `exact`, because they
 * are only compared. A value that JavaScript can't hold like that comes as an `ExactValue`.
 */
export type TypedValues = 'nearest' | 'verbatim' | 'exact'

/** Finds places in the current record. Called only for the few places that are kept. */
export type RecordLocator = {
  /** The place of the value that a JSON pointer names, or of the last part of its path that exists. */
  placeOf(pointer: string): RowPlace
  /** The record as it is in the file, without its line end; absent for columnar files. */
  rawText?(): string
}

/** Takes the records of a slice, one after another. `where` is valid only for the current record. */
export type RowSink = {
  text(text: string, where: RecordLocator): void
  value(value: Readonly<Record<string, unknown>>, where: RecordLocator): void
  /** If present, takes the records of CSV instead of `value`. */
  readonly cells?: ((cells: readonly string[], where: RecordLocator) => void) | undefined
  /** If present, takes the records of CSV without cells: each has as many cells as there are columns. */
  readonly counted?: ((where: RecordLocator) => void) | undefined
  /** `nearest` if it is absent. */
  readonly typedValues?: TypedValues | undefined
  /** Takes a record that can't be read, or several adjacent ones. */
  corrupt(issue: RowIssue, where: RecordLocator, rows?: number): void
  /** Called after every record. The sink takes no other record until the returned promise has settled. */
  pause?(): Promise<void> | undefined
}

/** Readers can't know what such bytes mean; most replace them with U+FFFD. */
export const NOT_UTF8: RowIssue = {
  code: 'corrupt-record',
  level: 'error',
  fate: 'changed',
  path: '',
  expected: 'UTF-8',
  received: 'other bytes',
  hint: 'save the file as UTF-8',
}

export function placeAt({ lines, columns }: Extent): RowPlace {
  return { kind: 'text', line: lines + 1, column: columns + 1 }
}

/** How much of a file comes before a part of it. */
export type Before = { readonly extent: Extent; readonly rows: number }

/** Converts a place in a part of a file to its place in the file. */
export function moveBehind({ extent, rows }: Before, place: RowPlace): RowPlace {
  if (place.kind === 'row') return { kind: 'row', row: rows + place.row }
  const moved = placeAt(joinExtents(extent, { lines: place.line - 1, columns: place.column - 1 }))
  return withIndex(moved, place.index === undefined ? undefined : rows + place.index)
}

export function withIndex(place: RowPlace, index: number | undefined): RowPlace {
  return index === undefined || place.kind === 'row' ? place : { ...place, index }
}

/**
 * The place of a byte in its file. Line and column begin at 1, `offset` at 0; lines end with a line feed, columns count
 * bytes.
 */
export type BytePlace = { readonly line: number; readonly column: number; readonly offset: number }

/** Counts lines while a file is read in chunks; `at` is always an index into the current chunk. */
export class Places {
  #line = 1
  #lineStart = 0
  #chunkStart = 0

  /** Records a line feed at `at`. */
  endLine(at: number): void {
    this.#line++
    this.#lineStart = this.#chunkStart + at + 1
  }

  endChunk(bytes: number): void {
    this.#chunkStart += bytes
  }

  of(at: number): BytePlace {
    const offset = this.#chunkStart + at
    return { line: this.#line, column: offset - this.#lineStart + 1, offset }
  }
}

/** Slow, because it reads the file up to `offset`: meant for the one place that is shown. */
export async function placeOfByte(content: Content, offset: number): Promise<BytePlace> {
  const places = new Places()
  for await (const chunk of content.slice(0, offset).bytes()) {
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) places.endLine(at)
    places.endChunk(chunk.length)
  }
  return places.of(0)
}
