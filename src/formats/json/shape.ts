import { TOKEN, Token, describeToken } from './grammar.ts'
import { type BytePlace, Places } from '../record.ts'
import type { Content } from '../../lib/content.ts'
import { BACKSLASH, CARRIAGE_RETURN, LINE_FEED, QUOTE, SPACE } from '../../lib/text.ts'

/** A JSON file that holds records; `documents` are objects that span several lines or share one. */
export type JsonRecordShape = { readonly format: 'json'; readonly kind: 'lines' | 'array' | 'documents' }

/** What the first line of a file shows. */
export type JsonShape =
  | { readonly kind: 'array' }
  | { readonly kind: 'lines' }
  | { readonly kind: 'documents' }
  | { readonly kind: 'blank' }
  | { readonly kind: 'other'; readonly place: BytePlace; readonly found: string }

/**
 * Determines the shape from the first line that is not blank: `[` opens an array; an object that ends with the line
 * means JSON Lines; all other objects are documents. Reads no further than that line, and keeps none of it.
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

/**
 * Counts the records of JSON Lines, chunk by chunk: lines with more than whitespace. The last line may lack a line end.
 */
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

const NO_BYTES = new Uint8Array(0)

/**
 * Watches JSON Lines and rewrites them if a carriage return is between the tokens of a record. The return becomes a
 * space, which means the same in JSON. Readers that split a file at line ends, as most of Hadoop's do, would take it
 * for the end of the record. A return within a string stays: that line is invalid JSON and must not become valid.
 */
export class ReturnsInLines {
  /** The position of the first return, in bytes. */
  first: number | undefined
  /**
   * The position of the first return between two records of a line: if it became a space, most readers would take only
   * one of the records.
   */
  between: number | undefined
  readonly #content: Content
  readonly #write: ((lines: Uint8Array) => Promise<void>) | undefined
  /** How many bytes have been checked. */
  #offset = 0
  #inString = false
  #isEscaped = false
  /** How many objects and arrays of the line are open, and whether one has been closed. */
  #depth = 0
  #isClosed = false
  /** A return after a record, as long as only whitespace has followed it. */
  #behind: number | undefined
  /** A carriage return at the end of a chunk: its meaning depends on the next byte. */
  #held = NO_BYTES

  /** `content` is the content being read. Without `write`, returns are only found. */
  constructor(content: Content, write: ((lines: Uint8Array) => Promise<void>) | undefined) {
    this.#content = content
    this.#write = write
  }

  async see(chunk: Uint8Array): Promise<void> {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    const end = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length
    this.#held = new Uint8Array(bytes.subarray(end))
    await this.#pass(bytes.subarray(0, end))
  }

  /** A return at the end of the file splits no record. */
  async end(): Promise<void> {
    if (this.first !== undefined) await this.#write?.(this.#held)
  }

  async #pass(bytes: Uint8Array): Promise<void> {
    const returns = this.#returnsIn(bytes)
    if (this.first === undefined && returns[0] !== undefined) {
      this.first = this.#offset + returns[0]
      for await (const before of this.#content.slice(0, this.#offset).bytes()) await this.#write?.(before)
    }
    this.#offset += bytes.length
    if (this.first !== undefined) await this.#write?.(withSpaces(bytes, returns))
  }

  /** The last byte is never a return. */
  #returnsIn(bytes: Uint8Array): readonly number[] {
    const returns: number[] = []
    let from = 0
    for (let at = bytes.indexOf(CARRIAGE_RETURN); at !== -1; at = bytes.indexOf(CARRIAGE_RETURN, at + 1)) {
      if (bytes[at + 1] === LINE_FEED) continue
      this.#follow(bytes.subarray(from, at))
      if (!this.#inString) returns.push(at)
      if (!this.#inString && this.#depth === 0 && this.#isClosed) this.#behind ??= this.#offset + at
      from = at
    }
    this.#follow(bytes.subarray(from))
    return returns
  }

  /** Tracks the state up to the end of these bytes: no string and no record continues after a line feed. */
  #follow(bytes: Uint8Array): void {
    const feed = bytes.lastIndexOf(LINE_FEED)
    if (feed !== -1) {
      if (this.#behind !== undefined) this.#walk(bytes.subarray(0, bytes.indexOf(LINE_FEED)))
      this.#inString = this.#isEscaped = this.#isClosed = false
      this.#depth = 0
      this.#behind = undefined
    }
    this.#walk(bytes.subarray(feed + 1))
  }

  #walk(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#isEscaped) this.#isEscaped = false
      else if (byte === QUOTE) this.#inString = !this.#inString
      else if (this.#inString) this.#isEscaped = byte === BACKSLASH
      else this.#nest(TOKEN[byte])
    }
  }

  #nest(token: number | undefined): void {
    if (token === Token.openObject || token === Token.openArray) {
      if (this.#depth === 0) this.between ??= this.#behind
      this.#depth++
    } else if (token === Token.closeObject || token === Token.closeArray) {
      this.#depth = Math.max(0, this.#depth - 1)
      this.#isClosed = true
    }
  }
}

function withSpaces(bytes: Uint8Array, places: readonly number[]): Uint8Array {
  if (places.length === 0) return bytes
  const changed = new Uint8Array(bytes)
  for (const at of places) changed[at] = SPACE
  return changed
}
