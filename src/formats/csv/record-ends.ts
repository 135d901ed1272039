import type { CsvDialect } from './grammar.ts'
import { LINE_FEED } from '../../lib/text.ts'

/**
 * Where the last whole record ends in a block of whole records, perhaps followed by the beginning of one more; 0 if
 * none ends. Gives the same result as repeated calls of `CsvText.recordEnd`, in one pass over the bytes that stops only
 * at quotes and line feeds: this pass sees every byte of a file before the threads get it.
 */
export function lastRecordEnd(bytes: Uint8Array, dialect: CsvDialect): number {
  const block = new MarkedBlock(bytes, dialect)
  let end = 0
  for (let at = block.nextMark(0); at < bytes.length;) {
    if (bytes[at] === LINE_FEED) end = ++at
    else at = block.opensField(at, end) ? block.behindQuotes(at) : at + 1
    at = block.nextMark(at)
  }
  return end
}

const WORD_BYTES = 4

/** Finds the marks of a dialect, which may take several bytes each, in a block. */
class MarkedBlock {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #delimiter: Uint8Array
  readonly #quote: Uint8Array
  readonly #escape: Uint8Array
  /** A quote that escapes itself ends the field unless another quote follows. */
  readonly #isDoubled: boolean

  constructor(bytes: Uint8Array, { delimiter, quote, escape }: CsvDialect) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#delimiter = Buffer.from(delimiter)
    this.#quote = Buffer.from(quote)
    this.#escape = Buffer.from(escape)
    this.#isDoubled = quote === escape
  }

  /** The next line feed or quote from `from` on, or the end. */
  nextMark(from: number): number {
    const quote = this.#quote[0] ?? 0
    for (let at = from; ; at++) {
      at = nextOf(this.#view, at, { one: quote, other: LINE_FEED })
      const isMark = at >= this.#bytes.length || this.#bytes[at] === LINE_FEED || this.#standsAt(at, this.#quote)
      if (isMark) return at
    }
  }

  /** Whether the quote at `at` begins a field of the record that begins at `start`. */
  opensField(at: number, start: number): boolean {
    if (at === start) return true
    const from = at - this.#delimiter.length
    return from >= start && this.#standsAt(from, this.#delimiter)
  }

  /** The position after the quote that closes the field; the end if no quote does. */
  behindQuotes(open: number): number {
    const marks = { one: this.#quote[0] ?? 0, other: this.#escape[0] ?? 0 }
    const length = this.#quote.length
    for (let at = open + length; ;) {
      at = nextOf(this.#view, at, marks)
      if (at >= this.#bytes.length) return at
      if (this.#standsAt(at, this.#quote)) {
        if (!this.#isDoubled || !this.#standsAt(at + length, this.#quote)) return at + length
        at += 2 * length
      } else at += this.#standsAt(at, this.#escape) ? this.#escape.length + 1 : 1
    }
  }

  #standsAt(at: number, mark: Uint8Array): boolean {
    for (let index = 0; index < mark.length; index++) if (this.#bytes[at + index] !== mark[index]) return false
    return true
  }
}

type SoughtBytes = { readonly one: number; readonly other: number }

/** The position of the first of two bytes from `from` on, or the end. */
function nextOf(view: DataView, from: number, { one, other }: SoughtBytes): number {
  const [ones, others] = [Math.imul(one, 0x01010101), Math.imul(other, 0x01010101)]
  const last = view.byteLength - WORD_BYTES
  let at = from
  for (; at <= last; at += WORD_BYTES) {
    const word = view.getInt32(at, true)
    const [first, second] = [word ^ ones, word ^ others]
    // "Determine if a word has a zero byte" (Bit Twiddling Hacks): exact for the lowest matching byte.
    const hit = (((first - 0x01010101) & ~first) | ((second - 0x01010101) & ~second)) & 0x80808080
    if (hit !== 0) return at + ((31 - Math.clz32(hit & -hit)) >> 3)
  }
  while (at < view.byteLength && view.getUint8(at) !== one && view.getUint8(at) !== other) at++
  return Math.min(at, view.byteLength)
}
