import { TOKEN, Token, describeToken } from './grammar.ts'
import { type BytePlace, Places } from '../record.ts'
import type { Content } from '../../lib/content.ts'
import { BACKSLASH, LINE_FEED } from '../../lib/text.ts'

/** A JSON file that holds records; `documents` are objects that take several lines, or share one. */
export type JsonRecordShape = { readonly format: 'json'; readonly kind: 'lines' | 'array' | 'documents' }

/** What the first line of a file shows. */
export type JsonShape =
  | { readonly kind: 'array' }
  | { readonly kind: 'lines' }
  | { readonly kind: 'documents' }
  | { readonly kind: 'blank' }
  | { readonly kind: 'other'; readonly place: BytePlace; readonly found: string }

/**
 * Tells the shape by the first line that is not blank: `[` opens an array; an object that ends with the line makes JSON
 * Lines; all other objects are documents. Reads no further than that line, and keeps none of it.
 */
export async function jsonShape(content: Content): Promise<JsonShape> {
  const line = new FirstLine()
  for await (const chunk of content.bytes()) {
    const shape = line.read(chunk)
    if (shape !== undefined) return shape
  }
  return line.end()
}

type Inside = 'blanks' | 'object' | 'string' | 'escape' | 'after'

class FirstLine {
  #inside: Inside = 'blanks'
  #depth = 0
  #places = new Places()

  read(chunk: Uint8Array): JsonShape | undefined {
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0
      const shape = this.#inside === 'blanks' ? this.#begin(byte, at) : this.#go(byte)
      if (shape !== undefined) return shape
    }
    this.#places.endChunk(chunk.length)
    return undefined
  }

  end(): JsonShape {
    if (this.#inside === 'blanks') return { kind: 'blank' }
    return { kind: this.#inside === 'after' ? 'lines' : 'documents' }
  }

  #begin(byte: number, at: number): JsonShape | undefined {
    const token = TOKEN[byte]
    if (token === Token.openArray) return { kind: 'array' }
    if (token === Token.openObject) return this.#go(byte)
    if (token !== Token.blank) return { kind: 'other', place: this.#places.of(at), found: describeToken(byte) }
    if (byte === LINE_FEED) this.#places.endLine(at)
    return undefined
  }

  #go(byte: number): JsonShape | undefined {
    if (byte === LINE_FEED) return this.end()
    if (this.#inside === 'escape') this.#inside = 'string'
    else if (this.#inside === 'string') this.#goInString(byte)
    else if (this.#inside !== 'after') this.#goInObject(byte)
    else if (TOKEN[byte] !== Token.blank) return { kind: 'documents' }
    return undefined
  }

  #goInString(byte: number): void {
    if (byte === BACKSLASH) this.#inside = 'escape'
    else if (TOKEN[byte] === Token.string) this.#inside = 'object'
  }

  #goInObject(byte: number): void {
    const token = TOKEN[byte]
    this.#inside = token === Token.string ? 'string' : 'object'
    if (token === Token.openObject || token === Token.openArray) this.#depth++
    else if (token === Token.closeObject || token === Token.closeArray) this.#depth--
    if (this.#depth === 0) this.#inside = 'after'
  }
}

/** Counts the records of JSON Lines, chunk by chunk: lines that hold more than blanks. The last may do without a line end. */
export class LineCounter {
  rows = 0
  #inRow = false

  write(chunk: Uint8Array): void {
    let at = 0
    while (at < chunk.length) at = this.#inRow ? this.#skipRow(chunk, at) : this.#skipBlank(chunk, at)
  }

  #skipRow(chunk: Uint8Array, from: number): number {
    const end = chunk.indexOf(LINE_FEED, from)
    if (end === -1) return chunk.length
    this.#inRow = false
    return end + 1
  }

  #skipBlank(chunk: Uint8Array, at: number): number {
    if (TOKEN[chunk[at] ?? 0] !== Token.blank) {
      this.#inRow = true
      this.rows++
    }
    return at + 1
  }
}
