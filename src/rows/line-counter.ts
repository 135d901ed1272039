import { found } from './found.ts'
import { TOKEN, Token } from './json-grammar.ts'
import { Places, type Place } from './place.ts'

export type OddLine = { readonly row: number; readonly place: Place; readonly found: string }

const LINE_FEED = 0x0a

/** Counts the records of JSON Lines, chunk by chunk. Lines end with `\n` or `\r\n`; the last may do without. */
export class LineCounter {
  /** Lines that hold more than blanks. */
  rows = 0
  /** The first of them that does not begin with `{`. It is the platform that judges rows; this one it will not like. */
  odd: OddLine | undefined
  #inRow = false
  #places = new Places()

  write(chunk: Uint8Array): void {
    let at = 0
    while (at < chunk.length) at = this.#inRow ? this.#skipRow(chunk, at) : this.#skipBlank(chunk, at)
    this.#places.endChunk(chunk.length)
  }

  #skipRow(chunk: Uint8Array, from: number): number {
    const end = chunk.indexOf(LINE_FEED, from)
    if (end === -1) return chunk.length
    this.#inRow = false
    this.#places.endLine(end)
    return end + 1
  }

  #skipBlank(chunk: Uint8Array, at: number): number {
    const byte = chunk[at] ?? 0
    if (byte === LINE_FEED) this.#places.endLine(at)
    else if (TOKEN[byte] !== Token.blank) this.#beginRow(byte, at)
    return at + 1
  }

  #beginRow(byte: number, at: number): void {
    this.#inRow = true
    this.rows++
    if (TOKEN[byte] === Token.openObject || this.odd !== undefined) return
    this.odd = { row: this.rows, place: this.#places.of(at), found: found(byte) }
  }
}
