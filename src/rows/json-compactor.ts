import { found } from './found.ts'
import { IN_SCALAR, NEXT, State, TOKEN, Token, expectedIn } from './json-grammar.ts'
import { MalformedJson } from './malformed-json.ts'
import { Places } from './place.ts'
import { skipIndent } from './skip-indent.ts'
import { skipPlain } from './skip-plain.ts'
import { SpanBuffer } from './span-buffer.ts'

const LINE_FEED = 0x0a
const SPACE = 0x20
const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Deeper than any schema; what is open costs a byte a level, and only when it is used. */
const DEEPEST = 1 << 20

const TOO_DEEP = { expected: `at most ${DEEPEST} levels`, found: 'one more' }

const ENDS: ReadonlySet<number> = new Set([State.start, State.document, State.done])

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
  #state: number = State.start
  #cut: Cut = 'none'
  /** The state after each value that is open. */
  #stack = new Uint8Array(DEEPEST)
  #depth = 0
  #places = new Places()
  /** Where in the chunk the span begins that is still to be copied. */
  #spanStart = 0
  #view: DataView = new DataView(new ArrayBuffer(0))
  #kept = new SpanBuffer()

  /** What this chunk adds to the lines; valid until the next call. */
  write(chunk: Uint8Array): Uint8Array {
    this.#kept.begin(chunk.length)
    this.#spanStart = 0
    this.#view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length)
    let at = this.#resume(chunk)
    while (at < chunk.length) at = this.#token(chunk, at)
    if (this.#depth > 0) this.#copy(chunk, chunk.length)
    this.#places.endChunk(chunk.length)
    return this.#kept.written()
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
        return this.#scalar(chunk, 0)
      case 'string':
        return this.#string(chunk, 0)
      case 'escape':
        return chunk.length === 0 ? 0 : this.#string(chunk, this.#escaped(chunk, 0))
      default:
        return this.#cut satisfies never
    }
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

  #string(chunk: Uint8Array, from: number): number {
    this.#cut = 'string'
    let at = from
    while ((at = skipPlain(chunk, this.#view, at)) < chunk.length) {
      const byte = chunk[at] ?? 0
      if (byte === QUOTE) {
        this.#cut = 'none'
        return at + 1
      }
      if (byte < 0x20) throw this.#unexpected(chunk, at)
      at = byte === BACKSLASH ? this.#escaped(chunk, at + 1) : at + 1
    }
    return at
  }

  /** A byte behind a backslash says nothing, not even a quote. */
  #escaped(chunk: Uint8Array, at: number): number {
    this.#cut = at < chunk.length ? 'string' : 'escape'
    if (at === chunk.length) return at
    if ((chunk[at] ?? 0) < 0x20) throw this.#unexpected(chunk, at)
    return at + 1
  }

  #scalar(chunk: Uint8Array, from: number): number {
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
      this.#kept.endLine()
    }
    return end
  }

  #beginRecord(at: number): void {
    this.records++
    this.#spanStart = at
  }

  #copy(chunk: Uint8Array, end: number): void {
    this.#kept.copy(chunk, this.#spanStart, end)
    this.#spanStart = end
  }

  #unexpected(chunk: Uint8Array, at: number): MalformedJson {
    return new MalformedJson(this.#places.of(at), {
      expected: this.#cut === 'none' ? expectedIn(this.#state) : 'a closing quote',
      found: found(chunk[at] ?? 0),
    })
  }
}
