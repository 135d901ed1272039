import { found } from './found.ts'
import { NEXT, State, TOKEN, Token, expectedIn } from './json-grammar.ts'
import { MalformedJson } from './malformed-json.ts'
import type { Place } from './place.ts'

const LINE_FEED = 0x0a
const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Deeper than any schema; what is open costs a byte a level, and only when it is used. */
const DEEPEST = 1 << 20

/** A native copy costs about as much as this many bytes copied one by one. */
const SHORT_BYTES = 32

/** Which token the end of a chunk cut in two. */
type Cut = 'none' | 'string' | 'escape' | 'scalar'

/**
 * Reads an array of objects, or objects one after another, in chunks as they come, and gives back the same records one a
 * line, without the white space between tokens. Tokens are copied as they stand in spans as long as possible.
 *
 * The order of tokens is checked against the grammar, so that leaving out white space never joins two of them, and what is
 * malformed never becomes well-formed. What stands inside a number or behind a backslash is not looked at: it stays as it is.
 */
export class JsonCompactor {
  records = 0
  #onRecord: ((place: Place) => void) | undefined
  #state: number = State.start
  #cut: Cut = 'none'
  /** The state after each value that is open. */
  #stack = new Uint8Array(DEEPEST)
  #depth = 0
  #line = 1
  #lineStart = 0
  /** The offset in the file of the chunk at hand. */
  #chunkStart = 0
  /** Where in the chunk the span begins that is still to be copied. */
  #spanStart = 0
  #out = Buffer.alloc(0)
  #written = 0

  constructor(onRecord?: (place: Place) => void) {
    this.#onRecord = onRecord
  }

  /** What this chunk adds to the lines; valid until the next call. */
  write(chunk: Uint8Array): Uint8Array {
    this.#makeRoom(chunk.length)
    this.#spanStart = 0
    let at = this.#resume(chunk)
    while (at < chunk.length) at = this.#token(chunk, at)
    if (this.#depth > 0) this.#copy(chunk, chunk.length)
    this.#chunkStart += chunk.length
    return this.#out.subarray(0, this.#written)
  }

  /** Throws {@link MalformedJson} when something is still open. */
  end(): void {
    if (this.#depth === 0 && (this.#state === State.done || this.#state === State.document || this.#state === State.start)) return
    const open = this.#cut === 'string' || this.#cut === 'escape'
    throw new MalformedJson(this.#place(0), open ? 'a closing quote' : expectedIn(this.#state), 'the end of the file')
  }

  /** Two bytes (`{}`) become at most three. */
  #makeRoom(chunkBytes: number): void {
    this.#written = 0
    const needed = chunkBytes + (chunkBytes >> 1) + 2
    if (this.#out.length < needed) this.#out = Buffer.allocUnsafeSlow(needed)
  }

  #resume(chunk: Uint8Array): number {
    if (this.#cut === 'none') return 0
    if (this.#cut === 'scalar') return this.#scalar(chunk, 0)
    return this.#cut === 'escape' ? this.#escaped(chunk, 0) : this.#string(chunk, 0)
  }

  /** Takes the token, or the run of blanks, that begins at `at`; says where the next begins. */
  #token(chunk: Uint8Array, at: number): number {
    const token = TOKEN[chunk[at] ?? 0] ?? Token.alien
    if (token === Token.blank) return this.#blanks(chunk, at)
    const next = NEXT[this.#state * 16 + token] ?? State.refused
    if (next === State.refused) throw this.#unexpected(chunk, at)
    switch (token) {
      case Token.string:
        this.#state = next
        return this.#string(chunk, at + 1)
      case Token.scalar:
        this.#state = next
        return this.#scalar(chunk, at + 1)
      case Token.openObject:
        return this.#openObject(at, next)
      case Token.openArray:
        return this.#openArray(at, next)
      case Token.closeObject:
      case Token.closeArray:
        return this.#close(chunk, at, next)
      default:
        this.#state = next
        return at + 1
    }
  }

  #blanks(chunk: Uint8Array, from: number): number {
    if (this.#depth > 0) this.#copy(chunk, from)
    let at = from
    for (; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0
      if (byte === LINE_FEED) {
        this.#line++
        this.#lineStart = this.#chunkStart + at + 1
      } else if (TOKEN[byte] !== Token.blank) break
    }
    this.#spanStart = at
    return at
  }

  #string(chunk: Uint8Array, from: number): number {
    this.#cut = 'string'
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0
      if (byte === QUOTE) {
        this.#cut = 'none'
        return at + 1
      }
      if (byte === BACKSLASH) return this.#escaped(chunk, at + 1)
      if (byte < 0x20) throw this.#unexpected(chunk, at)
    }
    return chunk.length
  }

  #escaped(chunk: Uint8Array, at: number): number {
    this.#cut = 'escape'
    if (at >= chunk.length) return at
    if ((chunk[at] ?? 0) < 0x20) throw this.#unexpected(chunk, at)
    return this.#string(chunk, at + 1)
  }

  #scalar(chunk: Uint8Array, from: number): number {
    let at = from
    while (at < chunk.length && isScalar(chunk[at] ?? 0)) at++
    this.#cut = at < chunk.length ? 'none' : 'scalar'
    return at
  }

  #openObject(at: number, after: number): number {
    if (this.#depth === 0) this.#beginRecord(at)
    this.#push(at, after)
    this.#state = State.firstName
    return at + 1
  }

  #openArray(at: number, after: number): number {
    if (after === State.firstElement) this.#state = after
    else {
      this.#push(at, after)
      this.#state = State.firstItem
    }
    return at + 1
  }

  #push(at: number, after: number): void {
    if (this.#depth === DEEPEST) throw new MalformedJson(this.#place(at), `at most ${DEEPEST} levels`, 'one more')
    this.#stack[this.#depth++] = after
  }

  #close(chunk: Uint8Array, at: number, next: number): number {
    if (this.#depth === 0) this.#state = next
    else {
      this.#state = this.#stack[--this.#depth] ?? State.refused
      if (this.#depth === 0) this.#endRecord(chunk, at + 1)
    }
    return at + 1
  }

  #beginRecord(at: number): void {
    this.records++
    this.#spanStart = at
    this.#onRecord?.(this.#place(at))
  }

  #endRecord(chunk: Uint8Array, end: number): void {
    this.#copy(chunk, end)
    this.#out[this.#written++] = LINE_FEED
  }

  #copy(chunk: Uint8Array, end: number): void {
    const start = this.#spanStart
    if (end - start < SHORT_BYTES) {
      const out = this.#out
      let written = this.#written
      for (let at = start; at < end; at++) out[written++] = chunk[at] ?? 0
      this.#written = written
    } else {
      this.#out.set(chunk.subarray(start, end), this.#written)
      this.#written += end - start
    }
    this.#spanStart = end
  }

  #place(at: number): Place {
    const offset = this.#chunkStart + at
    return { line: this.#line, column: offset - this.#lineStart + 1, offset }
  }

  #unexpected(chunk: Uint8Array, at: number): MalformedJson {
    const inString = this.#cut !== 'none'
    return new MalformedJson(this.#place(at), inString ? 'x' : expectedIn(this.#state), found(chunk[at] ?? 0))
  }
}

function isScalar(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a) || byte === 0x2b || byte === 0x2d || byte === 0x2e
}
