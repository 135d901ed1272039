import { isUtf8 } from 'node:buffer'
import { joined, type Extent } from './extent.ts'
import { placeOf } from './place-of.ts'
import { NOT_UTF8, placeAt, type RowSink, type Where } from './row.ts'

const LINE_FEED = 0x0a

/** The records of whole lines of JSON, blank lines left out. Lines end with `\n` or `\r\n`. Returns how far they reach. */
export function readJsonLines(bytes: Uint8Array, sink: RowSink): Extent {
  const lines = new Lines(bytes, sink)
  for (let at = 0; at < bytes.length;) at = lines.read(at)
  return lines.extent
}

class Lines implements Where {
  #buffer: Buffer
  #sink: RowSink
  /** Looking at the whole slice at once costs next to nothing. */
  #isUtf8: boolean
  #text = ''
  #line = 0
  #columns = 0

  constructor(bytes: Uint8Array, sink: RowSink) {
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#sink = sink
    this.#isUtf8 = isUtf8(bytes)
  }

  get extent(): Extent {
    return { lines: this.#line, columns: this.#columns }
  }

  placeOf(pointer: string) {
    return placeAt(joined({ lines: this.#line, columns: 0 }, placeOf(this.#text, pointer)))
  }

  read(from: number): number {
    const feed = this.#buffer.indexOf(LINE_FEED, from)
    const end = feed === -1 ? this.#buffer.length : feed
    // Line by line: one character above U+00FF would make a two-byte string of a whole slice, and parsing it slower.
    this.#text = this.#buffer.toString('utf8', from, end)
    if (!this.#isUtf8 && !isUtf8(this.#buffer.subarray(from, end))) this.#sink.corrupt(NOT_UTF8, this)
    else if (!isBlank(this.#text)) this.#sink.text(this.#text, this)
    if (feed === -1) this.#columns = this.#text.length
    else this.#line++
    return end + 1
  }
}

/** Nearly every line begins with `{`. */
function isBlank(text: string): boolean {
  return text[0] !== '{' && /^[ \t\r]*$/.test(text)
}
