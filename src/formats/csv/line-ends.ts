import { CARRIAGE_RETURN, LINE_FEED } from '../../lib/text.ts'
import type { CsvDialect } from './grammar.ts'

/** A place that makes readers of CSV count records differently, by the byte. Carries the code of its refusal. */
export class UnevenLineEnd extends Error {
  override readonly name = 'UnevenLineEnd'
  readonly code: 'return-in-rows' | 'line-end-in-quotes' | 'quote-left-open'
  readonly offset: number

  constructor(code: UnevenLineEnd['code'], offset: number) {
    super(`${code} at byte ${offset}`)
    this.code = code
    this.offset = offset
  }
}

/** More than what is left of a chunk: some marks. */
const MOST_REST = 64

/**
 * Sees to it that a record is a line for every reader. Those that split a file at its line ends, as most of Hadoop's do, take a
 * carriage return alone for one, and know nothing of quotes; no document says which kind the platform's is, and of CSV it
 * gives no counts, so that nobody would notice. Both calls throw an {@link UnevenLineEnd}.
 */
export class LineEndGuard {
  readonly #delimiter: Uint8Array
  readonly #quote: Uint8Array
  readonly #escape: Uint8Array
  /** A quote that escapes itself ends the field where no other follows. */
  readonly #isDoubled: boolean
  /** What is still to be looked at from `#at` on, behind as much as a delimiter takes: the beginning of `#room`. */
  #bytes: Uint8Array = new Uint8Array(0)
  /** Used again for each chunk: the main thread has little to collect, and would keep new ones for long. */
  #room = new Uint8Array(0)
  #at = 0
  /** Of `#bytes` in the file. */
  #offset = 0
  readonly #mayEndInside: boolean
  /** Where the quote at hand was opened, and the first line end behind it: a fault of its own only when the quote is closed. */
  #opened: number | undefined
  #endInside: number | undefined

  /** `mayEndInside`: only readers that know of quotes will see the file, so that lines may end within them. */
  constructor({ delimiter, quote, escape }: CsvDialect, mayEndInside = false) {
    this.#mayEndInside = mayEndInside
    this.#delimiter = Buffer.from(delimiter)
    this.#quote = Buffer.from(quote)
    this.#escape = Buffer.from(escape)
    this.#isDoubled = quote === escape
  }

  write(chunk: Uint8Array): void {
    const dropped = Math.max(0, this.#at - this.#delimiter.length)
    this.#bytes = this.#join(this.#bytes.subarray(dropped), chunk)
    this.#at -= dropped
    this.#offset += dropped
    // What stands behind a mark, a quote at most, decides: it waits for the next chunk.
    const most = Math.max(this.#quote.length, this.#escape.length) + this.#quote.length
    const end = this.#bytes.length - most
    if (this.#opened === undefined && this.#isPlain()) this.#at = Math.max(this.#at, end)
    else this.#lookTo(end)
  }

  /** No byte of what is still to be looked at could be of a quote or a return: the engine finds that out at once. */
  #isPlain(): boolean {
    const rest = this.#bytes.subarray(this.#at)
    return !rest.includes(this.#quote[0] ?? 0) && !rest.includes(CARRIAGE_RETURN)
  }

  end(): void {
    this.#lookTo(this.#bytes.length)
    if (this.#opened !== undefined) throw new UnevenLineEnd('quote-left-open', this.#opened)
  }

  #join(rest: Uint8Array, chunk: Uint8Array): Uint8Array {
    const length = rest.length + chunk.length
    const room = length <= this.#room.length ? this.#room : new Uint8Array(length + MOST_REST)
    room.set(rest)
    room.set(chunk, rest.length)
    this.#room = room
    return room.subarray(0, length)
  }

  #lookTo(end: number): void {
    while (this.#at < end) {
      if (this.#opened === undefined) this.#lookOutside(end)
      else this.#lookInside(end)
    }
  }

  /** To the next quote that opens a field. */
  #lookOutside(end: number): void {
    const [bytes, quote] = [this.#bytes, this.#quote[0]]
    for (let at = this.#at; at < end; at++) {
      const byte = bytes[at]
      if (byte === CARRIAGE_RETURN && bytes[at + 1] !== LINE_FEED) {
        throw new UnevenLineEnd('return-in-rows', this.#offset + at)
      }
      if (byte !== quote || !standsAt(bytes, at, this.#quote) || !this.#beginsField(at)) continue
      this.#opened = this.#offset + at
      this.#at = at + this.#quote.length
      return
    }
    this.#at = end
  }

  /** To the next quote that closes the field. */
  #lookInside(end: number): void {
    const [bytes, quote, escape] = [this.#bytes, this.#quote[0], this.#escape[0]]
    let at = this.#at
    while (at < end) {
      const byte = bytes[at]
      if (byte === LINE_FEED || byte === CARRIAGE_RETURN) this.#endInside ??= this.#offset + at
      if (byte === escape && this.#escapes(at)) at = this.#behindEscape(at)
      else if (byte === quote && standsAt(bytes, at, this.#quote)) {
        this.#at = at + this.#quote.length
        return this.#close()
      } else at++
    }
    this.#at = at
  }

  #escapes(at: number): boolean {
    const isEscape = standsAt(this.#bytes, at, this.#escape)
    return isEscape && (!this.#isDoubled || standsAt(this.#bytes, at + this.#escape.length, this.#quote))
  }

  /** Behind what is escaped, too, which may be a line end. */
  #behindEscape(at: number): number {
    const escaped = at + this.#escape.length
    const byte = this.#bytes[escaped]
    if (byte === LINE_FEED || byte === CARRIAGE_RETURN) this.#endInside ??= this.#offset + escaped
    return escaped + 1
  }

  #close(): void {
    if (this.#endInside !== undefined && !this.#mayEndInside)
      throw new UnevenLineEnd('line-end-in-quotes', this.#endInside)
    this.#opened = this.#endInside = undefined
  }

  #beginsField(at: number): boolean {
    if (this.#offset + at === 0 || this.#bytes[at - 1] === LINE_FEED) return true
    const from = at - this.#delimiter.length
    return from >= 0 && standsAt(this.#bytes, from, this.#delimiter)
  }
}

function standsAt(bytes: Uint8Array, at: number, mark: Uint8Array): boolean {
  for (let index = 0; index < mark.length; index++) if (bytes[at + index] !== mark[index]) return false
  return true
}
