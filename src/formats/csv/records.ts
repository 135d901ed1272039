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
 * The records of a slice of CSV, each as the texts of its columns. An empty cell is left out: nothing tells it from a
 * missing value. Returns how far they reach.
 */
export function readCsv(bytes: Uint8Array, layout: CsvLayout, sink: RowSink): Extent | Promise<Extent> {
  const reader = new CsvReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), layout, sink)
  return reader.readAll()
}

/**
 * At least so much is decoded at once, up to the end of a line: V8 collects a longer string only when it goes through the whole
 * heap, which it then does all the time.
 */
const DECODED_BYTES = 1 << 16

class CsvReader implements RecordLocator {
  #buffer: Buffer
  #isUtf8: boolean
  /** Nobody asks for cells. */
  #isCounting: boolean
  #layout: CsvLayout
  #sink: RowSink
  /** What is decoded, and where it begins and ends. */
  #text = ''
  #from = 0
  #end = 0
  #records: CsvRecords
  /** How far the text before `#measured` reaches: each part is measured once, and only when somebody asks. */
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
      // Perhaps it is closed in what is not decoded yet. Up to here the characters stay the same.
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

  /** JSON pointers into flat records are column names. */
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

/** Behind the line that goes on at `from`. */
function endOfLine(buffer: Buffer, from: number): number {
  const feed = from < buffer.length ? buffer.indexOf(LINE_FEED, from) : -1
  return feed === -1 ? buffer.length : feed + 1
}

/** The texts by column. An empty cell is left out. */
export function rowOfCells(header: readonly string[], cells: readonly string[]): Readonly<Record<string, string>> {
  const value: Record<string, string> = {}
  for (let at = 0; at < header.length; at++) {
    const cell = cells[at] ?? ''
    if (cell !== '') setOwn(value, header[at] ?? '', cell)
  }
  return value
}

/** CSV is stored as it is, and no row of it is dropped: what becomes of one like this is written nowhere. */
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

/** `misquoted`: a quote out of place or not closed; the next record is then sought behind the line where this one begins. */
export type CsvRecord = { readonly kind: 'cells'; readonly cells: readonly string[] } | NoCsvCells

/** A record of which no cells are made. */
type CountedRecord = { readonly kind: 'counted'; readonly count: number } | NoCsvCells

type NoCsvCells = { readonly kind: 'misquoted'; readonly quote: MisplacedQuote } | { readonly kind: 'end' }

/**
 * The records of a CSV text, read several times as fast as byte by byte; a misplaced quote spoils its line alone. Empty
 * lines are no records.
 */
export class CsvRecords {
  /** Where the record at hand begins. */
  start = 0
  #csv: CsvText
  #dialect: CsvDialect
  #next = 0

  constructor(text: string, dialect: CsvDialect, lineEnd: LineEnd = 'either') {
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

  /** As `next` does, where nobody asks for the cells. */
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

  /** Where the next record, or an empty line before it, begins. */
  skipTo(at: number): void {
    this.#next = at
  }

  /** The record at hand, quotes and all, without the end of its line. */
  text(): string {
    return this.#csv.text.slice(this.start, this.#next).replace(/\r?\n$/, '')
  }

  /** Where the cell of the record at hand with this index begins, or the record itself. */
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
