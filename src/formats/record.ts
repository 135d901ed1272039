import type { Content } from '../lib/content.ts'
import { LINE_FEED } from '../lib/text.ts'

/** How far a text reaches: its line feeds, and the UTF-16 code units behind the last of them (SARIF's `utf16CodeUnits`). */
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

/** Of one text with another behind it. */
export function joinExtents(first: Extent, second: Extent): Extent {
  if (second.lines === 0) return { lines: first.lines, columns: first.columns + second.columns }
  return { lines: first.lines + second.lines, columns: second.columns }
}

/**
 * Where in a file something was found; all but `index` count from 1. Text has lines, and columns in UTF-16 code units;
 * `index`, from 0, is that of the record in the JSON array that the file holds.
 */
export type RowPlace =
  | { readonly kind: 'text'; readonly line: number; readonly column: number; readonly index?: number }
  | { readonly kind: 'row'; readonly row: number }

/** What the platform is expected to do with a row: refuse the batch for it, drop it, lose or alter a value of it, take it. */
export type RowFate = 'fails-batch' | 'rejected' | 'changed' | 'kept'

/** Problem with a record, or worth a word. */
export type RowIssue = {
  /** Stable, in kebab case. */
  readonly code: string
  readonly level: 'error' | 'warning'
  readonly fate: RowFate
  /** JSON pointer (RFC 6901) into the record; empty for the record itself. Names that may be data are hidden. */
  readonly path: string
  /** The pointer by which the place is found, where names of the path are hidden. Nothing keeps it. */
  readonly at?: string | undefined
  /** The column of the file that the value was made of, where records are made of rows. */
  readonly from?: string | undefined
  readonly expected: string
  readonly received: string
  readonly hint?: string | undefined
}

export type ReportIssue = (issue: RowIssue) => void

/** What must be different in every record of all files together, where there is such a thing. */
export type RowKey = string | undefined | void

/** What is asked of every record. It must be the same for the same record, wherever and in whatever order it is asked. */
export type RowCheck = {
  /** A record as JSON text: whoever checks it parses it, since `JSON.parse` loses digits. @throws SyntaxError */
  text(text: string, report: ReportIssue): RowKey
  /** A record that needs no parsing: texts by column from CSV, typed values from Parquet. */
  value(value: Readonly<Record<string, unknown>>, report: ReportIssue, where?: RecordLocator): RowKey
  /** In the place of `value`, where the texts of a record of CSV need no object: one for each column. */
  cells?(cells: readonly string[], report: ReportIssue, where: RecordLocator): RowKey
  /** Nothing is asked of the cells of CSV: that there are as many as columns is all that matters. */
  readonly ignoresCells?: boolean
  /** See {@link RowSink}. */
  readonly isExact?: boolean
}

/** Finds out where things stand in the record at hand; asked only for the few places that are kept. */
export type RecordLocator = {
  /** Of the value that a JSON pointer names, or of as much of its way as there is. */
  placeOf(pointer: string): RowPlace
  /** The record as it stands in the file, without the end of its line; absent where it stands in columns. */
  rawText?(): string
}

/** Takes the records of a slice, one after another. `where` speaks of the record at hand alone. */
export type RowSink = {
  text(text: string, where: RecordLocator): void
  value(value: Readonly<Record<string, unknown>>, where: RecordLocator): void
  /** Where there is one, it takes the records of CSV in the place of `value`. */
  readonly cells?: ((cells: readonly string[], where: RecordLocator) => void) | undefined
  /** In the place of both, where nobody asks for the cells: a record of as many as there are columns. */
  readonly counted?: ((where: RecordLocator) => void) | undefined
  /** Typed values are for comparison alone: those that JavaScript holds only rounded come as an `ExactValue`. */
  readonly isExact?: boolean | undefined
  /** A record that can't be read, or several that stand together. */
  corrupt(issue: RowIssue, where: RecordLocator, rows?: number): void
  /** Asked behind every record: until what comes back has settled, the sink takes no other. */
  pause?(): Promise<void> | undefined
}

/** No reader may guess what such bytes were meant to be; most put U+FFFD in their place. */
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

/** How much of a file stands before a part of it. */
export type Before = { readonly extent: Extent; readonly rows: number }

/** The place, in its file, of what was found in a part of it. */
export function moveBehind({ extent, rows }: Before, place: RowPlace): RowPlace {
  if (place.kind === 'row') return { kind: 'row', row: rows + place.row }
  const moved = placeAt(joinExtents(extent, { lines: place.line - 1, columns: place.column - 1 }))
  return withIndex(moved, place.index === undefined ? undefined : rows + place.index)
}

export function withIndex(place: RowPlace, index: number | undefined): RowPlace {
  return index === undefined || place.kind === 'row' ? place : { ...place, index }
}

/** Where a byte stands in its file. Line and column begin at 1, `offset` at 0; lines end with a line feed, columns count bytes. */
export type BytePlace = { readonly line: number; readonly column: number; readonly offset: number }

/** Keeps count of lines while a file goes by in chunks; `at` is always an index into the chunk at hand. */
export class Places {
  #line = 1
  #lineStart = 0
  #chunkStart = 0

  /** A line feed stands at `at`. */
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

/** Reads the file up to there: slow, for the one place that is shown. */
export async function placeOfByte(content: Content, offset: number): Promise<BytePlace> {
  const places = new Places()
  for await (const chunk of content.slice(0, offset).bytes()) {
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) places.endLine(at)
    places.endChunk(chunk.length)
  }
  return places.of(0)
}
