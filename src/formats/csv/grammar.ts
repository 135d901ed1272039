import { CARRIAGE_RETURN, LINE_FEED } from '../../lib/text.ts'

/** One character each, which may take several bytes. */
export type CsvDialect = { readonly delimiter: string; readonly quote: string; readonly escape: string }

/** What ends a line: a line feed, with or without a carriage return before it; or a carriage return alone. */
export type LineEnd = 'feed' | 'return'

/** `end` is where its delimiter or line end begins. */
export type CsvField = { readonly kind: 'field'; readonly text: string; readonly end: number } | MisplacedQuote

/** `next` is the position after the record's line end. */
export type CsvCells = { readonly kind: 'cells'; readonly cells: readonly string[]; readonly next: number }

export type CountedCells = { readonly kind: 'counted'; readonly count: number; readonly next: number }

export type MisplacedQuote =
  /** The quote at `at` is inside an unquoted field, or closes a quoted field that goes on. */
  | { readonly kind: 'misplaced'; readonly at: number }
  /** The field's quote is not closed. */
  | { readonly kind: 'open' }

/**
 * The only description of CSV in the code (RFC 4180, "Definition of the CSV Format", with a dialect). Code that reads
 * records, looks at a header or cuts a file between records uses it, so that all see the same fields.
 *
 * | where               | what counts                                                             |
 * |---------------------|-------------------------------------------------------------------------|
 * | at a field's start  | a quote, which opens it                                                 |
 * | inside quotes       | the escape before a quote or an escape; the first unescaped quote       |
 * | after closed quotes | a delimiter, a line end, the end of the text; else a misplaced quote    |
 * | without quotes      | a delimiter, a line end; a quote is misplaced                           |
 */
export class CsvText {
  readonly text: string
  readonly #dialect: CsvDialect
  readonly #lineEnd: LineEnd
  readonly #feed: Mark
  readonly #inQuotes: RegExp
  readonly #escapes: RegExp
  readonly #quote: Mark
  readonly #delimiter: Mark
  /** The number of cells in the last record read. */
  #count = 0

  constructor(text: string, dialect: CsvDialect, lineEnd: LineEnd) {
    const [quote, escape] = [toPattern(dialect.quote), toPattern(dialect.escape)]
    this.text = text
    this.#dialect = dialect
    this.#lineEnd = lineEnd
    this.#feed = new Mark(text, lineEnd === 'feed' ? '\n' : '\r')
    this.#inQuotes = new RegExp(`${quote}|${escape}`, 'g')
    // As Spark reads it: before any other character, the escape is data. "C:\temp" keeps its backslash.
    this.#escapes = new RegExp(`${escape}(${quote}|${escape})`, 'g')
    this.#quote = new Mark(text, dialect.quote)
    this.#delimiter = new Mark(text, dialect.delimiter)
  }

  /** One character per byte, so that positions in the text are positions in the bytes. */
  static ofBytes(bytes: Uint8Array, { delimiter, quote, escape }: CsvDialect): CsvText {
    const marks = { delimiter: toLatin1(delimiter), quote: toLatin1(quote), escape: toLatin1(escape) }
    return new CsvText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'), marks, 'feed')
  }

  /** The field that begins at `at`. */
  field(at: number): CsvField {
    if (!this.#quote.standsAt(at)) return this.#plainField(at)
    const end = this.#quotedEnd(at)
    return typeof end === 'number' ? { kind: 'field', text: this.#unquote(at, end), end } : end
  }

  /** Reads the same fields as repeated calls of {@link field}, in one pass over the record at `start`. */
  cells(start: number): CsvCells | MisplacedQuote {
    // oxlint-disable-next-line unicorn/no-new-array -- nearly every record has as many as the one before; growing costs more
    const cells = new Array<string>(this.#count)
    const next = this.#readFields(start, cells)
    if (typeof next !== 'number') return next
    if (this.#count < cells.length) cells.length = this.#count
    return { kind: 'cells', cells, next }
  }

  /** Counts the {@link cells} without making them. */
  countCells(start: number): CountedCells | MisplacedQuote {
    const next = this.#readFields(start, undefined)
    return typeof next === 'number' ? { kind: 'counted', count: this.#count, next } : next
  }

  /** @returns the position after the record */
  #readFields(start: number, cells: string[] | undefined): number | MisplacedQuote {
    const { text } = this
    const [delimiter, feed, quote] = [this.#delimiter, this.#feed, this.#quote]
    const highest = Math.max(delimiter.unit, feed.unit, quote.unit)
    let count = 0
    let from = start
    for (let at = start; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      // In most dialects, letters and digits are above all marks.
      if (unit > highest) continue
      if (delimiter.isAt(at, unit)) {
        if (cells !== undefined) cells[count] = text.slice(from, at)
        count++
        from = at + delimiter.length
        at = from - 1
      } else if (quote.isAt(at, unit)) {
        if (at > from) return { kind: 'misplaced', at }
        const end = this.#quotedEnd(at)
        if (typeof end !== 'number') return end
        if (cells !== undefined) cells[count] = this.#unquote(at, end)
        this.#count = ++count
        if (!delimiter.standsAt(end)) return end + this.lineEndLength(end)
        from = end + delimiter.length
        at = from - 1
      } else if (feed.isAt(at, unit)) {
        if (cells !== undefined) cells[count] = text.slice(from, this.#isReturnBefore(at) ? at - 1 : at)
        this.#count = count + 1
        return at + feed.length
      }
    }
    if (cells !== undefined) cells[count] = text.slice(from)
    this.#count = count + 1
    return text.length
  }

  /**
   * The position after the record at `start` and its line end; undefined if nothing ends it. A misplaced quote counts
   * as an ordinary character.
   */
  recordEnd(start: number): number | undefined {
    for (let at = start; ;) {
      const end = this.#fieldEnd(at)
      if (end >= this.text.length) return undefined
      if (this.#feed.standsAt(end)) return end + this.#feed.length
      at = end + this.#delimiter.length
    }
  }

  isDelimiter(at: number): boolean {
    return this.#delimiter.standsAt(at)
  }

  /** The start of the line after the one that contains `at`, ignoring quotes. */
  nextLine(at: number): number {
    return Math.min(this.#feed.next(at) + this.#feed.length, this.text.length)
  }

  /** The length of the line end at `at`; 0 if there is none. */
  lineEndLength(at: number): number {
    const unit = this.text.charCodeAt(at)
    if (unit !== LINE_FEED && unit !== CARRIAGE_RETURN) return 0
    if (this.#feed.standsAt(at)) return this.#feed.length
    return this.#lineEnd === 'feed' && this.text.startsWith('\r\n', at) ? 2 : 0
  }

  #plainField(at: number): CsvField {
    const end = Math.min(this.#delimiter.next(at), this.#feed.next(at))
    const quote = this.text.slice(at, end).indexOf(this.#dialect.quote)
    if (quote !== -1) return { kind: 'misplaced', at: at + quote }
    const textEnd = end > at && this.#isReturnBefore(end) ? end - 1 : end
    return { kind: 'field', text: this.text.slice(at, textEnd), end: textEnd }
  }

  /** The end of the field at `at`: its delimiter, its line feed, or the end of the text. */
  #fieldEnd(at: number): number {
    const from = this.#quote.standsAt(at) ? this.#behindQuotes(at) : at
    return Math.min(this.#delimiter.next(from), this.#feed.next(from))
  }

  #isReturnBefore(end: number): boolean {
    const isLineEnd = this.#lineEnd === 'feed' && this.text.charCodeAt(end) === LINE_FEED
    return isLineEnd && this.text.charCodeAt(end - 1) === CARRIAGE_RETURN
  }

  /** The position after the quoted field at `open`. */
  #quotedEnd(open: number): number | MisplacedQuote {
    const close = this.#closingQuote(open + this.#quote.length)
    if (close === undefined) return { kind: 'open' }
    const end = close + this.#quote.length
    const isEnd = this.#delimiter.standsAt(end) || end >= this.text.length || this.lineEndLength(end) > 0
    return isEnd ? end : { kind: 'misplaced', at: close }
  }

  /** The position after the closing quote, or the end of the text. */
  #behindQuotes(open: number): number {
    const close = this.#closingQuote(open + this.#quote.length)
    return close === undefined ? this.text.length : close + this.#quote.length
  }

  #unquote(open: number, end: number): string {
    const { quote, escape } = this.#dialect
    const raw = this.text.slice(open + quote.length, end - quote.length)
    if (!raw.includes(escape)) return raw
    return quote === escape ? raw.replaceAll(`${quote}${quote}`, () => quote) : raw.replace(this.#escapes, '$1')
  }

  #closingQuote(from: number): number | undefined {
    const { quote, escape } = this.#dialect
    return quote === escape ? this.#undoubledQuote(from) : this.#unescapedQuote(from)
  }

  #undoubledQuote(from: number): number | undefined {
    const { quote } = this.#dialect
    let at = this.text.indexOf(quote, from)
    while (at !== -1 && this.#quote.standsAt(at + quote.length)) at = this.text.indexOf(quote, at + 2 * quote.length)
    return at === -1 ? undefined : at
  }

  #unescapedQuote(from: number): number | undefined {
    const { escape } = this.#dialect
    this.#inQuotes.lastIndex = from
    for (let mark = this.#inQuotes.exec(this.text); mark !== null; mark = this.#inQuotes.exec(this.text)) {
      if (mark[0] !== escape) return mark.index
      this.#inQuotes.lastIndex = mark.index + escape.length + 1
    }
    return undefined
  }
}

/** A mark that is compared at many positions: its first code unit almost always shows that it is not there. */
class Mark {
  readonly unit: number
  readonly length: number
  readonly #text: string
  readonly #mark: string
  #from = 0
  #found = -1

  constructor(text: string, mark: string) {
    this.unit = mark.charCodeAt(0)
    this.length = mark.length
    this.#text = text
    this.#mark = mark
  }

  standsAt(at: number): boolean {
    return this.isAt(at, this.#text.charCodeAt(at))
  }

  /** `unit` is the code unit at `at`. */
  isAt(at: number, unit: number): boolean {
    return unit === this.unit && (this.length === 1 || this.#text.startsWith(this.#mark, at))
  }

  /**
   * The first mark from `at` on, or the end of the text. When `at` only grows, no part of the text is searched twice.
   */
  next(at: number): number {
    if (at >= this.#from && at <= this.#found) return this.#found
    const found = this.#text.indexOf(this.#mark, at)
    this.#from = at
    this.#found = found === -1 ? this.#text.length : found
    return this.#found
  }
}

function toLatin1(mark: string): string {
  return Buffer.from(mark).toString('latin1')
}

/** Escapes every code unit, so that a pattern takes the mark literally. */
function toPattern(mark: string): string {
  return Array.from({ length: mark.length }, (_, at) => `\\u${mark.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
    '',
  )
}

/** Where the first record ends, even an empty one; 0 if it does not end. */
export function firstRecordEnd(bytes: Uint8Array, dialect: CsvDialect): number {
  return CsvText.ofBytes(bytes, dialect).recordEnd(0) ?? 0
}

/** The position after the carriage return that alone ends the first record; undefined if anything else ends it. */
export function loneReturnEnd(text: string, dialect: CsvDialect): number | undefined {
  const behindFeed = new CsvText(text, dialect, 'feed').recordEnd(0) ?? text.length + 1
  const end = new CsvText(text.slice(0, behindFeed - 1), dialect, 'return').recordEnd(0)
  return end === behindFeed - 1 && text[end] === '\n' ? undefined : end
}
