import { isUtf8 } from 'node:buffer'
import { joined, NOTHING, type Extent } from './extent.ts'
import { placeOf } from './place-of.ts'
import { NOT_UTF8, placeAt, type RowSink, type Where } from './row.ts'

const LINE_FEED = 0x0a
const OPEN_BRACE = 0x7b

/** A line of valid UTF-8: `buffer[end]` is its line feed. */
export type Line = Where & { readonly buffer: Buffer; readonly start: number; readonly end: number }

/** A sink that may take a record by its bytes, so that no text need be made of them. */
export type LineSink = RowSink & {
  /** False where it can't: then it gets the text. */
  takes?(line: Line): boolean
}

/** The records of whole lines of JSON, blank lines left out. Lines end with `\n` or `\r\n`. Returns how far they reach. */
export function readJsonLines(bytes: Uint8Array, sink: LineSink): Extent {
  const lines = new Lines(bytes, sink)
  for (let at = 0; at < bytes.length;) at = lines.read(at)
  return lines.extent
}

class Lines implements Line {
  readonly buffer: Buffer
  start = 0
  end = 0
  #sink: LineSink
  /** Looking at the whole slice at once costs next to nothing. */
  #isUtf8: boolean
  #line = 0
  #columns = 0

  constructor(bytes: Uint8Array, sink: LineSink) {
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#sink = sink
    this.#isUtf8 = isUtf8(bytes)
  }

  get extent(): Extent {
    return { lines: this.#line, columns: this.#columns }
  }

  placeOf(pointer: string) {
    const isAtStart = pointer === '' && this.buffer[this.start] === OPEN_BRACE
    return placeAt(joined({ lines: this.#line, columns: 0 }, isAtStart ? NOTHING : placeOf(this.#text(), pointer)))
  }

  read(from: number): number {
    const feed = this.buffer.indexOf(LINE_FEED, from)
    this.start = from
    this.end = feed === -1 ? this.buffer.length : feed
    if (feed === -1 || !this.#isUtf8 || !this.#sink.takes?.(this)) this.#hand()
    if (feed === -1) this.#columns = this.#text().length
    else this.#line++
    return this.end + 1
  }

  #hand(): void {
    const text = this.#text()
    if (!this.#isUtf8 && !isUtf8(this.buffer.subarray(this.start, this.end))) this.#sink.corrupt(NOT_UTF8, this)
    else if (!isBlank(text)) this.#sink.text(text, this)
  }

  /** Line by line: one character above U+00FF would make a two-byte string of a whole slice, and parsing it slower. */
  #text(): string {
    return this.buffer.toString('utf8', this.start, this.end)
  }
}

/** Nearly every line begins with `{`. */
function isBlank(text: string): boolean {
  return text[0] !== '{' && /^[ \t\r]*$/.test(text)
}
