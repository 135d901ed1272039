import { CARRIAGE_RETURN, LINE_FEED } from '../../lib/text.ts'

/** One character each, which may be several bytes. */
export type CsvDialect = { readonly delimiter: string; readonly quote: string; readonly escape: string }

/** What ends a line: of rows a line feed, with or without a carriage return before it; of a header what ends its first line. */
export type LineEnd = 'either' | '\n' | '\r\n' | '\r'

/** `end` is where its delimiter or line end begins. */
export type CsvField = { readonly kind: 'field'; readonly text: string; readonly end: number } | MisplacedQuote

/** `next` is where what stands behind its line end begins. */
export type CsvCells = { readonly kind: 'cells'; readonly cells: readonly string[]; readonly next: number }

export type MisplacedQuote =
  /** The quote at `at` stands inside a field without quotes, or closes one that goes on. */
  | { readonly kind: 'misplaced'; readonly at: number }
  /** Its quote is not closed. */
  | { readonly kind: 'open' }

/**
 * The one description of CSV here (RFC 4180, "Definition of the CSV Format", with a dialect). Whoever reads records, looks
 * at a header or cuts a file between records asks it, so that all see the same fields.
 *
 * | where                | what counts                                                              |
 * |----------------------|--------------------------------------------------------------------------|
 * | at a field's start   | a quote, which opens it                                                  |
 * | inside quotes        | the escape, which takes what is behind it; the first quote without one   |
 * | behind closed quotes | a delimiter, a line end, the end of the text; else the quote is misplaced |
 * | without quotes       | a delimiter, a line end; a quote is misplaced                            |
 */
export class CsvText {
  readonly text: string
  readonly #dialect: CsvDialect
  readonly #lineEnd: LineEnd
  readonly #feed: string
  readonly #delimiters: Finder
  readonly #feeds: Finder
  readonly #quotes: Finder
  readonly #inQuotes: RegExp
  readonly #escapes: RegExp
  readonly #quote: Mark
  readonly #delimiter: Mark

  constructor(text: string, dialect: CsvDialect, lineEnd: LineEnd) {
    const [quote, escape] = [toPattern(dialect.quote), toPattern(dialect.escape)]
    this.text = text
    this.#dialect = dialect
    this.#lineEnd = lineEnd
    this.#feed = lineEnd === 'either' ? '\n' : lineEnd
    this.#delimiters = new Finder(text, dialect.delimiter)
    this.#feeds = new Finder(text, this.#feed)
    this.#quotes = new Finder(text, dialect.quote)
    this.#inQuotes = new RegExp(`${quote}|${escape}`, 'g')
    this.#escapes = new RegExp(`${escape}([^])`, 'g')
    this.#quote = new Mark(text, dialect.quote)
    this.#delimiter = new Mark(text, dialect.delimiter)
  }

  /** A byte for a character, so that a cut in the text is one in the bytes. */
  static ofBytes(bytes: Uint8Array, { delimiter, quote, escape }: CsvDialect): CsvText {
    const marks = { delimiter: toLatin1(delimiter), quote: toLatin1(quote), escape: toLatin1(escape) }
    return new CsvText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'), marks, 'either')
  }

  /** The field that begins at `at`. */
  field(at: number): CsvField {
    return this.#isQuote(at) ? this.#quotedField(at) : this.#plainField(at)
  }

  /** The texts of the fields of the record at `start`; those without quotes are cut where they stand side by side. */
  cells(start: number): CsvCells | MisplacedQuote {
    const { delimiter } = this.#dialect
    const cells: string[] = []
    for (let at = start; ;) {
      const quote = this.#quotes.next(at)
      const plainEnd = quote - delimiter.length
      if (this.#feeds.next(at) <= quote) {
        this.#cutPlain(this.#restOfLine(at), cells)
        return { kind: 'cells', cells, next: this.nextLine(at) }
      }
      if (quote > at) {
        if (plainEnd < at || !this.isDelimiter(plainEnd)) return { kind: 'misplaced', at: quote }
        this.#cutPlain(this.text.slice(at, plainEnd), cells)
      }
      const field = this.#quotedField(quote)
      if (field.kind !== 'field') return field
      cells.push(field.text)
      if (!this.isDelimiter(field.end)) return { kind: 'cells', cells, next: field.end + this.lineEndLength(field.end) }
      at = field.end + delimiter.length
    }
  }

  /** Where the record at `start` ends, its line end included, if anything ends it. A misplaced quote is a character like others. */
  recordEnd(start: number): number | undefined {
    for (let at = start; ;) {
      const feed = this.#feeds.next(at)
      // Before the next quote no field is other than it looks.
      if (feed < this.#quotes.next(at)) return feed + this.#feed.length
      const end = this.#fieldEnd(at)
      if (end >= this.text.length) return undefined
      if (this.text.startsWith(this.#feed, end)) return end + this.#feed.length
      at = end + this.#dialect.delimiter.length
    }
  }

  isDelimiter(at: number): boolean {
    return this.#delimiter.standsAt(at)
  }

  /** Where the line behind that of `at` begins, whatever is quoted. */
  nextLine(at: number): number {
    return Math.min(this.#feeds.next(at) + this.#feed.length, this.text.length)
  }

  #cutPlain(text: string, cells: string[]): void {
    const { delimiter } = this.#dialect
    let at = 0
    for (let end = text.indexOf(delimiter); end !== -1; end = text.indexOf(delimiter, at)) {
      cells.push(text.slice(at, end))
      at = end + delimiter.length
    }
    cells.push(text.slice(at))
  }

  #restOfLine(at: number): string {
    const feed = this.#feeds.next(at)
    const hasReturn = this.#lineEnd === 'either' && this.text[feed - 1] === '\r' && this.text[feed] === '\n'
    return this.text.slice(at, hasReturn ? feed - 1 : feed)
  }

  /** How long the line end at `at` is; 0 where none is. */
  lineEndLength(at: number): number {
    const unit = this.text.charCodeAt(at)
    if (unit !== LINE_FEED && unit !== CARRIAGE_RETURN) return 0
    if (this.text.startsWith(this.#feed, at)) return this.#feed.length
    return this.#lineEnd === 'either' && this.text.startsWith('\r\n', at) ? 2 : 0
  }

  #plainField(at: number): CsvField {
    const end = this.#fieldEnd(at)
    const text = this.text.slice(at, end)
    const quote = text.indexOf(this.#dialect.quote)
    if (quote !== -1) return { kind: 'misplaced', at: at + quote }
    const hasReturn = this.#lineEnd === 'either' && this.text[end] === '\n' && text.endsWith('\r')
    return hasReturn ? { kind: 'field', text: text.slice(0, -1), end: end - 1 } : { kind: 'field', text, end }
  }

  #quotedField(open: number): CsvField {
    const { quote, escape } = this.#dialect
    const close = this.#closingQuote(open + quote.length)
    if (close === undefined) return { kind: 'open' }
    const end = close + quote.length
    const isEnd = end >= this.text.length || this.isDelimiter(end) || this.lineEndLength(end) > 0
    if (!isEnd) return { kind: 'misplaced', at: close }
    const raw = this.text.slice(open + quote.length, close)
    return { kind: 'field', text: raw.includes(escape) ? this.#unescape(raw) : raw, end }
  }

  #unescape(raw: string): string {
    const { quote, escape } = this.#dialect
    return quote === escape ? raw.replaceAll(`${quote}${quote}`, () => quote) : raw.replace(this.#escapes, '$1')
  }

  /** Of the field at `at`: its delimiter, its line feed, or the end of the text. */
  #fieldEnd(at: number): number {
    const { quote } = this.#dialect
    const close = this.#isQuote(at) ? (this.#closingQuote(at + quote.length) ?? this.text.length) : undefined
    const from = close === undefined ? at : close + quote.length
    return Math.min(this.#delimiters.next(from), this.#feeds.next(from))
  }

  #closingQuote(from: number): number | undefined {
    const { quote, escape } = this.#dialect
    return quote === escape ? this.#undoubledQuote(from) : this.#unescapedQuote(from)
  }

  #undoubledQuote(from: number): number | undefined {
    const { quote } = this.#dialect
    let at = this.text.indexOf(quote, from)
    while (at !== -1 && this.#isQuote(at + quote.length)) at = this.text.indexOf(quote, at + 2 * quote.length)
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

  #isQuote(at: number): boolean {
    return this.#quote.standsAt(at)
  }
}

/** A mark that is looked for at one place after another: its first unit tells almost always that it is not there. */
class Mark {
  readonly #text: string
  readonly #mark: string
  readonly #unit: number

  constructor(text: string, mark: string) {
    this.#text = text
    this.#mark = mark
    this.#unit = mark.charCodeAt(0)
  }

  standsAt(at: number): boolean {
    return (
      this.#text.charCodeAt(at) === this.#unit && (this.#mark.length === 1 || this.#text.startsWith(this.#mark, at))
    )
  }
}

/** Finds a mark again and again on the way through a text, and looks at no part of it twice. */
class Finder {
  readonly #text: string
  readonly #mark: string
  #from = 0
  #found = -1

  constructor(text: string, mark: string) {
    this.#text = text
    this.#mark = mark
  }

  /** The first from `at` on, or the end of the text. */
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

/** As no pattern can mistake it. */
function toPattern(mark: string): string {
  return Array.from({ length: mark.length }, (_, at) => `\\u${mark.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
    '',
  )
}

/** Where in whole records, and perhaps the beginning of one more, the last whole record ends; 0 where none does. */
export function lastRecordEnd(bytes: Uint8Array, dialect: CsvDialect): number {
  const csv = CsvText.ofBytes(bytes, dialect)
  const quotes = new Finder(csv.text, toLatin1(dialect.quote))
  const feeds = new Finder(csv.text, '\n')
  let end = 0
  for (let quote = quotes.next(end); ; quote = quotes.next(end)) {
    // Before the next quote every line feed ends a record.
    if (feeds.next(end) < quote) end = csv.text.lastIndexOf('\n', quote) + 1
    const next = quote === csv.text.length ? undefined : csv.recordEnd(end)
    if (next === undefined) return end
    end = next
  }
}

/** Where the first record ends, be it empty; 0 where it does not. */
export function firstRecordEnd(bytes: Uint8Array, dialect: CsvDialect): number {
  return CsvText.ofBytes(bytes, dialect).recordEnd(0) ?? 0
}

/** What ends the first record of a text, and where the next begins. A line feed at the end of the text where nothing does. */
export function firstLineEnd(text: string, dialect: CsvDialect): { readonly mark: LineEnd; readonly next: number } {
  const behindFeed = new CsvText(text, dialect, '\n').recordEnd(0) ?? text.length + 1
  const next = new CsvText(text.slice(0, behindFeed - 1), dialect, '\r').recordEnd(0)
  if (next === undefined) return { mark: '\n', next: Math.min(behindFeed, text.length) }
  return next === behindFeed - 1 && text[next] === '\n' ? { mark: '\r\n', next: behindFeed } : { mark: '\r', next }
}
