import { IN_SCALAR, MalformedJson, NEXT, State, TOKEN, Token, expectedIn, describeToken } from './grammar.ts'
import { Places } from '../record.ts'
import { BACKSLASH, LINE_FEED, QUOTE, SPACE } from '../../lib/text.ts'

/** Deeper than any schema; what is open costs a byte a level, and only when it is used. */
const DEEPEST = 1 << 20

const TOO_DEEP = { expected: `at most ${DEEPEST} levels`, found: 'one more' }

const ENDS: ReadonlySet<number> = new Set([State.start, State.document, State.done])

/** Which token the end of a chunk cut in two. */
type CutToken = 'none' | 'string' | 'escape' | 'scalar'

/**
 * Reads an array of objects, or objects one after another, in chunks as they come, and gives back the same records one a
 * line, without the white space between tokens. Tokens are copied as they stand in spans as long as possible.
 *
 * The order of tokens is checked against the grammar, so that leaving out white space never joins two of them, and what is
 * malformed never becomes well-formed. What stands inside a number or behind a backslash is not looked at: it stays as it is.
 */
export class JsonCompactor {
  records = 0
  #state: number = State.start
  #cut: CutToken = 'none'
  /** The state after each value that is open. */
  #stack = new Uint8Array(DEEPEST)
  #depth = 0
  #places = new Places()
  /** Where in the chunk the span begins that is still to be copied. */
  #spanStart = 0
  #view: DataView = new DataView(new ArrayBuffer(0))
  #spans = new SpanBuffer()

  /** What this chunk adds to the lines; valid until the next call. */
  write(chunk: Uint8Array): Uint8Array {
    this.#spans.begin(chunk.length)
    this.#spanStart = 0
    this.#view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length)
    let at = this.#resume(chunk)
    while (at < chunk.length) at = this.#takeToken(chunk, at)
    if (this.#depth > 0) this.#copy(chunk, chunk.length)
    this.#places.endChunk(chunk.length)
    return this.#spans.bytes()
  }

  /** Throws {@link MalformedJson} when something is still open. Blanks alone are no records, and no fault. */
  end(): void {
    if (ENDS.has(this.#state)) return
    const inString = this.#cut === 'string' || this.#cut === 'escape'
    throw new MalformedJson(this.#places.of(0), {
      expected: inString ? 'a closing quote' : expectedIn(this.#state),
      found: 'the end of the file',
    })
  }

  #resume(chunk: Uint8Array): number {
    switch (this.#cut) {
      case 'none':
        return 0
      case 'scalar':
        return this.#takeScalar(chunk, 0)
      case 'string':
        return this.#takeString(chunk, 0)
      case 'escape':
        return chunk.length === 0 ? 0 : this.#takeString(chunk, this.#skipEscaped(chunk, 0))
      default:
        return this.#cut satisfies never
    }
  }

  /** Takes the token, or the run of blanks, that begins at `at`; says where the next begins. */
  #takeToken(chunk: Uint8Array, at: number): number {
    const token = TOKEN[chunk[at] ?? 0] ?? Token.alien
    if (token === Token.blank) return this.#takeBlanks(chunk, at)
    const next = NEXT[this.#state * 16 + token] ?? State.refused
    if (next === State.refused) throw this.#errorAt(chunk, at)
    switch (token) {
      case Token.string:
        this.#state = next
        return this.#takeString(chunk, at + 1)
      case Token.scalar:
        this.#state = next
        return this.#takeScalar(chunk, at + 1)
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

  #takeBlanks(chunk: Uint8Array, from: number): number {
    if (this.#depth > 0) this.#copy(chunk, from)
    let at = from
    while (at < chunk.length) {
      const byte = chunk[at] ?? 0
      if (byte === SPACE) at = chunk[at + 1] === SPACE ? skipIndent(this.#view, at + 2) : at + 1
      else if (byte === LINE_FEED) this.#places.endLine(at++)
      else if (TOKEN[byte] === Token.blank) at++
      else break
    }
    this.#spanStart = at
    return at
  }

  #takeString(chunk: Uint8Array, from: number): number {
    this.#cut = 'string'
    let at = from
    while ((at = skipPlain(chunk, this.#view, at)) < chunk.length) {
      const byte = chunk[at] ?? 0
      if (byte === QUOTE) {
        this.#cut = 'none'
        return at + 1
      }
      if (byte < SPACE) throw this.#errorAt(chunk, at)
      at = byte === BACKSLASH ? this.#skipEscaped(chunk, at + 1) : at + 1
    }
    return at
  }

  /** A byte behind a backslash says nothing, not even a quote. */
  #skipEscaped(chunk: Uint8Array, at: number): number {
    this.#cut = at < chunk.length ? 'string' : 'escape'
    if (at === chunk.length) return at
    if ((chunk[at] ?? 0) < SPACE) throw this.#errorAt(chunk, at)
    return at + 1
  }

  #takeScalar(chunk: Uint8Array, from: number): number {
    let at = from
    while (at < chunk.length && IN_SCALAR[chunk[at] ?? 0] === 1) at++
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
    if (this.#depth === DEEPEST) throw new MalformedJson(this.#places.of(at), TOO_DEEP)
    this.#stack[this.#depth++] = after
  }

  #close(chunk: Uint8Array, at: number, next: number): number {
    const end = at + 1
    this.#state = this.#depth === 0 ? next : (this.#stack[--this.#depth] ?? State.refused)
    if (this.#depth === 0 && next === State.closed) {
      this.#copy(chunk, end)
      this.#spans.endLine()
    }
    return end
  }

  #beginRecord(at: number): void {
    this.records++
    this.#spanStart = at
  }

  #copy(chunk: Uint8Array, end: number): void {
    this.#spans.copy(chunk, this.#spanStart, end)
    this.#spanStart = end
  }

  #errorAt(chunk: Uint8Array, at: number): MalformedJson {
    return new MalformedJson(this.#places.of(at), {
      expected: this.#cut === 'none' ? expectedIn(this.#state) : 'a closing quote',
      found: describeToken(chunk[at] ?? 0),
    })
  }
}

/** A native copy costs about as much as this many bytes copied one by one. */
const SHORT_BYTES = 32

/** Gathers the spans of one chunk that are kept; what it holds is valid until the next chunk begins. */
class SpanBuffer {
  #bytes = Buffer.alloc(0)
  #written = 0

  /** Makes room for what a chunk can become: with a line feed after each `{}`, two bytes are at most three. */
  begin(chunkBytes: number): void {
    this.#written = 0
    const needed = chunkBytes + (chunkBytes >> 1) + 2
    if (this.#bytes.length < needed) this.#bytes = Buffer.allocUnsafeSlow(needed)
  }

  copy(chunk: Uint8Array, start: number, end: number): void {
    if (end - start < SHORT_BYTES) this.#copyShort(chunk, start, end)
    else {
      this.#bytes.set(chunk.subarray(start, end), this.#written)
      this.#written += end - start
    }
  }

  endLine(): void {
    this.#bytes[this.#written++] = LINE_FEED
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#written)
  }

  #copyShort(chunk: Uint8Array, start: number, end: number): void {
    const bytes = this.#bytes
    let written = this.#written
    for (let at = start; at < end; at++) bytes[written++] = chunk[at] ?? 0
    this.#written = written
  }
}

const FOUR_BLANKS = 0x20202020

/** From `from`, four blanks at a time: a third of what is pretty-printed is indentation. What is left are three at most. */
function skipIndent(view: DataView, from: number): number {
  let at = from
  for (const last = view.byteLength - 4; at <= last && view.getUint32(at) === FOUR_BLANKS; at += 4);
  return at
}

/** Most names and values are over before looking at four bytes at once pays for itself. */
const MOST_SHORT_BYTES = 24

/**
 * From `from` within a JSON string to its next quote, backslash or control character, or to at most three bytes before
 * the end of the chunk, of which `view` is a view. Long text goes by twice as fast as byte by byte.
 */
export function skipPlain(chunk: Uint8Array, view: DataView, from: number): number {
  const end = Math.min(from + MOST_SHORT_BYTES, chunk.length)
  for (let at = from; at < end; at++) {
    const byte = chunk[at] ?? 0
    if (byte === QUOTE || byte === BACKSLASH || byte < SPACE) return at
  }
  return skipLong(view, end)
}

/** "Determine if a word has a byte less than n" (Bit Twiddling Hacks): exact for the lowest byte that is hit. */
function skipLong(view: DataView, from: number): number {
  let at = from
  for (const last = view.byteLength - 4; at <= last; at += 4) {
    const four = view.getInt32(at, true)
    const quotes = four ^ 0x22222222
    const slashes = four ^ 0x5c5c5c5c
    const low = (four - 0x20202020) & ~four
    const hit = (low | ((quotes - 0x01010101) & ~quotes) | ((slashes - 0x01010101) & ~slashes)) & 0x80808080
    if (hit !== 0) return at + ((31 - Math.clz32(hit & -hit)) >> 3)
  }
  return at
}
