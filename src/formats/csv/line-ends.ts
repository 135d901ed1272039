import { CARRIAGE_RETURN, LINE_FEED } from '../../lib/text.ts'
import type { CsvDialect } from './grammar.ts'

/** A byte position at which CSV readers would count records differently. `code` is the code of the refusal. */
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

/** More than the rest of a chunk, which is a few marks. */
const MOST_REST = 64

/**
 * Makes sure that every reader takes each record for one line. Readers that split a file at line ends, as most of
 * Hadoop's do, treat a lone carriage return as a line end and ignore quotes. No document says which kind the platform
 * uses, and the platform reports no row counts for CSV, so a difference would go unnoticed. `write` and `end` throw an
 * {@link UnevenLineEnd}.
 */
export class LineEndGuard {
  readonly #delimiter: Uint8Array
  readonly #quote: Uint8Array
  readonly #escape: Uint8Array
  /** A quote that escapes itself ends the field unless another quote follows. */
  readonly #isDoubled: boolean
  /**
   * The bytes still to be checked, from `#at` on, preceded by as many as a delimiter takes. Stored at the start of
   * `#room`.
   */
  #bytes: Uint8Array = new Uint8Array(0)
  /** Reused for each chunk: the main thread rarely collects garbage and would keep new buffers for long. */
  #room = new Uint8Array(0)
  #at = 0
  /** The position of `#bytes` in the file. */
  #offset = 0
  readonly #mayEndInside: boolean
  /**
   * Where the current quote was opened, and the first line end after it. That line end is an error only once the quote
   * closes.
   */
  #opened: number | undefined
  #endInside: number | undefined

  /** `mayEndInside`: only readers that understand quotes will see the file, so lines may end within them. */
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
    // A mark's meaning depends on what follows it, at most a quote, so it waits for the next chunk.
    const most = Math.max(this.#quote.length, this.#escape.length) + this.#quote.length
    const end = this.#bytes.length - most
    if (this.#opened === undefined && this.#isPlain()) this.#at = Math.max(this.#at, end)
    else this.#lookTo(end)
  }

  /**
   * Whether none of the bytes still to be checked can belong to a quote or a return; `includes` finds that out quickly.
   */
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

  /** Goes to the next quote that opens a field. */
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

  /** Goes to the next quote that closes the field. */
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

  /** The position after the escaped character, which may be a line end. */
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
