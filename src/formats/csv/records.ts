import { isUtf8 } from 'node:buffer'
import type { CsvDialect } from './header.ts'
import {
  type Extent,
  type Issue,
  NOTHING,
  NOT_UTF8,
  type RowSink,
  type Where,
  extentOf,
  joined,
  placeAt,
} from '../record.ts'

/** `misquoted`: a quote out of place or not closed; the next record is then sought behind the line where this one begins. */
export type CsvRecord =
  | { readonly kind: 'cells'; readonly cells: readonly string[] }
  | { readonly kind: 'misquoted' }
  | { readonly kind: 'end' }

type Cell = { readonly text: string; readonly end: number }

/**
 * The records of a CSV text (RFC 4180, "Definition of the CSV Format"), several times as fast as csv-parse, which reads
 * byte by byte and gives up at the first misplaced quote. Lines end with `\n` or `\r\n`; empty lines are no records.
 */
export class CsvRecords {
  /** Where the record at hand begins. */
  start = 0
  #text: string
  #dialect: CsvDialect
  #mark: RegExp
  #escapes: RegExp
  #next = 0

  constructor(text: string, dialect: CsvDialect) {
    const [quote, escape] = [pattern(dialect.quote), pattern(dialect.escape)]
    this.#text = text
    this.#dialect = dialect
    this.#mark = new RegExp(`[${quote}${escape}]`, 'gu')
    this.#escapes = new RegExp(`${escape}([^])`, 'gu')
  }

  next(): CsvRecord {
    this.start = this.#skipEmptyLines(this.#next)
    if (this.start >= this.#text.length) return { kind: 'end' }
    const feed = this.#text.indexOf('\n', this.start)
    const lineEnd = feed === -1 ? this.#text.length : feed
    this.#next = lineEnd + 1
    const line = this.#text.slice(this.start, this.#text[feed - 1] === '\r' ? feed - 1 : lineEnd)
    if (!line.includes(this.#dialect.quote)) return { kind: 'cells', cells: line.split(this.#dialect.delimiter) }
    return this.#quotedRecord()
  }

  /** Where the cell of the record at hand with this index begins, or the record itself. */
  startOf(index: number): number {
    let at = this.start
    for (let before = 0; before < index; before++) {
      const cell = this.#cell(at)
      if (cell === undefined || !this.#isDelimiter(cell.end)) return this.start
      at = cell.end + this.#dialect.delimiter.length
    }
    return at
  }

  #quotedRecord(): CsvRecord {
    const cells: string[] = []
    for (let at = this.start; ;) {
      const cell = this.#cell(at)
      if (cell === undefined) return { kind: 'misquoted' }
      cells.push(cell.text)
      at = cell.end + this.#dialect.delimiter.length
      if (this.#isDelimiter(cell.end)) continue
      this.#next = this.#text.indexOf('\n', cell.end) + 1 || this.#text.length
      return { kind: 'cells', cells }
    }
  }

  #cell(at: number): Cell | undefined {
    return this.#text.startsWith(this.#dialect.quote, at) ? this.#quotedCell(at) : this.#plainCell(at)
  }

  #plainCell(at: number): Cell | undefined {
    const end = Math.min(this.#find(this.#dialect.delimiter, at), this.#find('\n', at))
    const text = this.#text.slice(at, end)
    if (text.includes(this.#dialect.quote)) return undefined
    const isLineEnd = this.#text[end] === '\n' && text.endsWith('\r')
    return isLineEnd ? { text: text.slice(0, -1), end: end - 1 } : { text, end }
  }

  #quotedCell(open: number): Cell | undefined {
    const { quote, escape } = this.#dialect
    const close = this.#closingQuote(open + quote.length)
    if (close === undefined) return undefined
    const raw = this.#text.slice(open + quote.length, close)
    const end = close + quote.length
    if (!this.#isCellEnd(end)) return undefined
    return { text: raw.includes(escape) ? raw.replace(this.#escapes, '$1') : raw, end }
  }

  #closingQuote(from: number): number | undefined {
    const { quote, escape } = this.#dialect
    this.#mark.lastIndex = from
    for (let mark = this.#mark.exec(this.#text); mark !== null; mark = this.#mark.exec(this.#text)) {
      const behind = mark.index + mark[0].length
      const isEscaping = mark[0] === escape && (escape !== quote || this.#text.startsWith(quote, behind))
      if (!isEscaping) return mark.index
      this.#mark.lastIndex = behind + 1
    }
    return undefined
  }

  #find(mark: string, from: number): number {
    const at = this.#text.indexOf(mark, from)
    return at === -1 ? this.#text.length : at
  }

  #isDelimiter(at: number): boolean {
    return this.#text.startsWith(this.#dialect.delimiter, at)
  }

  #isCellEnd(at: number): boolean {
    const text = this.#text
    return at >= text.length || this.#isDelimiter(at) || text[at] === '\n' || text.startsWith('\r\n', at)
  }

  #skipEmptyLines(from: number): number {
    let at = from
    while (this.#text[at] === '\n' || this.#text.startsWith('\r\n', at)) at += this.#text[at] === '\n' ? 1 : 2
    return at
  }
}

/** Of one character, as no pattern can mistake it. */
function pattern(mark: string): string {
  return `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`
}

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
export function readCsv(bytes: Uint8Array, layout: CsvLayout, sink: RowSink): Extent {
  const reader = new CsvReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), layout, sink)
  reader.readAll()
  return reader.extent()
}

class CsvReader implements Where {
  #text: string
  #isUtf8: boolean
  #records: CsvRecords
  #layout: CsvLayout
  #sink: RowSink
  /** How far the text before `#measured` reaches: each part is measured once, and only when somebody asks. */
  #extent = NOTHING
  #measured = 0

  constructor(buffer: Buffer, layout: CsvLayout, sink: RowSink) {
    this.#text = buffer.toString()
    this.#isUtf8 = isUtf8(buffer)
    this.#records = new CsvRecords(this.#text, layout.dialect)
    this.#layout = layout
    this.#sink = sink
  }

  readAll(): void {
    if (this.#layout.hasHeader) this.#records.next()
    for (let record = this.#records.next(); record.kind !== 'end'; record = this.#records.next()) {
      if (record.kind === 'misquoted') this.#sink.corrupt(MISQUOTED, this)
      else this.#row(record.cells)
    }
  }

  extent(): Extent {
    return this.#extentTo(this.#text.length)
  }

  /** JSON pointers into flat records are column names. */
  placeOf(pointer: string) {
    const name = pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~')
    const record = this.#extentTo(this.#records.start)
    const cell = this.#records.startOf(Math.max(0, this.#layout.header.indexOf(name)))
    return placeAt(joined(record, extentOf(this.#text.slice(this.#records.start, cell))))
  }

  #row(cells: readonly string[]): void {
    const { header } = this.#layout
    if (!this.#isUtf8 && cells.some((cell) => cell.includes('\ufffd'))) this.#sink.corrupt(NOT_UTF8, this)
    else if (cells.length !== header.length) this.#sink.corrupt(ragged(header.length, cells.length), this)
    else this.#sink.value(named(header, cells), this)
  }

  #extentTo(end: number): Extent {
    this.#extent = joined(this.#extent, extentOf(this.#text.slice(this.#measured, end)))
    this.#measured = end
    return this.#extent
  }
}

function named(header: readonly string[], cells: readonly string[]): Readonly<Record<string, string>> {
  const value: Record<string, string> = {}
  for (let at = 0; at < header.length; at++) {
    const cell = cells[at] ?? ''
    if (cell !== '') value[header[at] ?? ''] = cell
  }
  return value
}

const MISQUOTED: Issue = {
  code: 'corrupt-record',
  level: 'error',
  path: '',
  expected: 'quotes around whole fields, and doubled or escaped inside',
  received: 'a quote out of place, or one that is not closed',
}

function ragged(expected: number, received: number): Issue {
  return { code: 'ragged-row', level: 'error', path: '', expected: inColumns(expected), received: inColumns(received) }
}

function inColumns(count: number): string {
  return count === 1 ? '1 column' : `${count} columns`
}
