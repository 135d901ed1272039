import { isUtf8 } from 'node:buffer'
import { LINE_FEED } from '../../lib/text.ts'
import { pointerSegments } from '../../lib/json-pointer.ts'
import { setOwn } from '../../lib/json-reader.ts'
import { type CsvDialect, CsvText, type LineEnd, type MisplacedQuote } from './grammar.ts'
import {
  type Extent,
  type RowIssue,
  NOTHING,
  NOT_UTF8,
  type RowSink,
  type RecordLocator,
  extentOf,
  joinExtents,
  placeAt,
} from '../record.ts'

export type CsvLayout = {
  readonly dialect: CsvDialect
  readonly header: readonly string[]
  /** The header is the first record of the slice. */
  readonly hasHeader: boolean
}

/**
 * Reads the records of a CSV slice, each as the strings of its columns. An empty cell is left out because CSV can't
 * tell it from a missing value. Returns the extent that they cover.
 */
export function readCsv(bytes: Uint8Array, layout: CsvLayout, sink: RowSink): Extent | Promise<Extent> {
  const reader = new CsvReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), layout, sink)
  return reader.readAll()
}

/**
 * At least this much is decoded at once, up to the end of a line. V8 frees longer strings only in a full collection,
 * which would then run all the time.
 */
const DECODED_BYTES = 1 << 16

class CsvReader implements RecordLocator {
  #buffer: Buffer
  #isUtf8: boolean
  /** The sink doesn't use cells. */
  #isCounting: boolean
  #layout: CsvLayout
  #sink: RowSink
  /** The decoded text, and where it begins and ends in the buffer. */
  #text = ''
  #from = 0
  #end = 0
  #records: CsvRecords
  /** The extent of the text before `#measured`. Each part is measured once, and only when a place is requested. */
  #extent = NOTHING
  #measured = 0

  constructor(buffer: Buffer, layout: CsvLayout, sink: RowSink) {
    this.#buffer = buffer
    this.#isUtf8 = isUtf8(buffer)
    this.#isCounting = sink.counted !== undefined && this.#isUtf8
    this.#layout = layout
    this.#sink = sink
    this.#records = this.#decodeTo(endOfLine(buffer, DECODED_BYTES), 0)
  }

  readAll(): Extent | Promise<Extent> {
    if (this.#layout.hasHeader) this.#next()
    return this.#readOn()
  }

  rawText(): string {
    return this.#records.text()
  }

  #readOn(): Extent | Promise<Extent> {
    for (let record = this.#next(); record.kind !== 'end'; record = this.#next()) {
      if (record.kind === 'misquoted') this.#sink.corrupt(MISQUOTED, this)
      else if (record.kind === 'counted') this.#countRow(record.count)
      else this.#handRow(record.cells)
      const pause = this.#sink.pause?.()
      if (pause !== undefined) return pause.then(() => this.#readOn())
    }
    return this.#extentTo(this.#text.length)
  }

  #next(): CsvRecord | CountedRecord {
    for (;;) {
      const record = this.#isCounting ? this.#records.count() : this.#records.next()
      const isOpen = record.kind === 'misquoted' && record.quote.kind === 'open'
      if ((record.kind !== 'end' && !isOpen) || this.#end === this.#buffer.length) return record
      if (record.kind === 'end') this.#decodeNext()
      // The quote may be closed in bytes that are not decoded yet. The text decoded so far stays the same.
      else this.#records = this.#decodeTo(this.#buffer.length, this.#records.start)
    }
  }

  #decodeNext(): void {
    this.#extentTo(this.#text.length)
    this.#measured = 0
    this.#from = this.#end
    this.#records = this.#decodeTo(endOfLine(this.#buffer, this.#from + DECODED_BYTES), 0)
  }

  #decodeTo(end: number, start: number): CsvRecords {
    this.#end = end
    this.#text = this.#buffer.toString('utf8', this.#from, end)
    const records = new CsvRecords(this.#text, this.#layout.dialect)
    records.skipTo(start)
    return records
  }

  /** A JSON pointer into a flat record is a column name. */
  placeOf(pointer: string) {
    const [name = ''] = pointerSegments(pointer)
    const record = this.#extentTo(this.#records.start)
    const cell = this.#records.startOf(Math.max(0, this.#layout.header.indexOf(name)))
    return placeAt(joinExtents(record, extentOf(this.#text.slice(this.#records.start, cell))))
  }

  #countRow(count: number): void {
    const { length } = this.#layout.header
    if (count === length) this.#sink.counted?.(this)
    else this.#sink.corrupt(raggedRow(length, count), this)
  }

  #handRow(cells: readonly string[]): void {
    const { header } = this.#layout
    if (!this.#isUtf8 && cells.some((cell) => cell.includes('\ufffd'))) this.#sink.corrupt(NOT_UTF8, this)
    else if (cells.length !== header.length) this.#sink.corrupt(raggedRow(header.length, cells.length), this)
    else if (this.#sink.cells !== undefined) this.#sink.cells(cells, this)
    else this.#sink.value(rowOfCells(header, cells), this)
  }

  #extentTo(end: number): Extent {
    this.#extent = joinExtents(this.#extent, extentOf(this.#text.slice(this.#measured, end)))
    this.#measured = end
    return this.#extent
  }
}

/** The end of the line that contains `from`, after its line feed. */
function endOfLine(buffer: Buffer, from: number): number {
  const feed = from < buffer.length ? buffer.indexOf(LINE_FEED, from) : -1
  return feed === -1 ? buffer.length : feed + 1
}

/** The strings by column. An empty cell is left out. */
export function rowOfCells(header: readonly string[], cells: readonly string[]): Readonly<Record<string, string>> {
  const value: Record<string, string> = {}
  for (let at = 0; at < header.length; at++) {
    const cell = cells[at] ?? ''
    if (cell !== '') setOwn(value, header[at] ?? '', cell)
  }
  return value
}

/** The platform stores CSV as it is and drops no row; no document says what happens to a row like this. */
const MISQUOTED: RowIssue = {
  code: 'corrupt-record',
  level: 'error',
  fate: 'changed',
  path: '',
  expected: 'quotes around whole fields, doubled or escaped inside',
  received: 'a misplaced quote, or one that is not closed',
}

function raggedRow(expected: number, received: number): RowIssue {
  return {
    code: 'ragged-row',
    level: 'error',
    fate: 'changed',
    path: '',
    expected: countColumns(expected),
    received: countColumns(received),
  }
}

function countColumns(count: number): string {
  return count === 1 ? '1 column' : `${count} columns`
}

/** `misquoted`: a quote is misplaced or not closed; the next record is then read from the next line on. */
export type CsvRecord = { readonly kind: 'cells'; readonly cells: readonly string[] } | NoCsvCells

/** A record whose cells are only counted. */
type CountedRecord = { readonly kind: 'counted'; readonly count: number } | NoCsvCells

type NoCsvCells = { readonly kind: 'misquoted'; readonly quote: MisplacedQuote } | { readonly kind: 'end' }

/**
 * Reads the records of a CSV text, several times as fast as byte by byte. A misplaced quote invalidates only its own
 * line. Empty lines are not records.
 */
export class CsvRecords {
  /** Where the current record begins. */
  start = 0
  #csv: CsvText
  #dialect: CsvDialect
  #next = 0

  constructor(text: string, dialect: CsvDialect, lineEnd: LineEnd = 'feed') {
    this.#csv = new CsvText(text, dialect, lineEnd)
    this.#dialect = dialect
  }

  next(): CsvRecord {
    this.start = this.#skipEmptyLines(this.#next)
    if (this.start >= this.#csv.text.length) return { kind: 'end' }
    const record = this.#csv.cells(this.start)
    if (record.kind !== 'cells') return this.#skipLine(record)
    this.#next = record.next
    return { kind: 'cells', cells: record.cells }
  }

  /** As `next`, but only counts the cells. */
  count(): CountedRecord {
    this.start = this.#skipEmptyLines(this.#next)
    if (this.start >= this.#csv.text.length) return { kind: 'end' }
    const record = this.#csv.countCells(this.start)
    if (record.kind !== 'counted') return this.#skipLine(record)
    this.#next = record.next
    return record
  }

  #skipLine(quote: MisplacedQuote): NoCsvCells {
    this.#next = this.#csv.nextLine(this.start)
    return { kind: 'misquoted', quote }
  }

  /** Sets where the next record, or an empty line before it, begins. */
  skipTo(at: number): void {
    this.#next = at
  }

  /** The current record with its quotes, without its line end. */
  text(): string {
    return this.#csv.text.slice(this.start, this.#next).replace(/\r?\n$/, '')
  }

  /** Where the cell with this index begins in the current record; the start of the record if there is none. */
  startOf(index: number): number {
    let at = this.start
    for (let before = 0; before < index; before++) {
      const field = this.#csv.field(at)
      if (field.kind !== 'field' || !this.#csv.isDelimiter(field.end)) return this.start
      at = field.end + this.#dialect.delimiter.length
    }
    return at
  }

  #skipEmptyLines(from: number): number {
    let at = from
    for (let length = this.#csv.lineEndLength(at); length > 0; length = this.#csv.lineEndLength(at)) at += length
    return at
  }
}
