import { IN_SCALAR, MalformedJson, NEXT, State, TOKEN, Token, expectedIn, describeToken } from './grammar.ts'
import { Places } from '../record.ts'
import { BACKSLASH, COLON, LINE_FEED, QUOTE, SPACE } from '../../lib/text.ts'

/** Deeper than any schema; what is open costs a byte a level, and only when it is used. */
const DEEPEST = 1 << 20

const TOO_DEEP = { expected: `at most ${DEEPEST} levels`, found: 'one more' }

/** As constants of their own: the members of `State` are looked up one by one. */
const { refused: REFUSED, colon: COLON_NEXT, value: VALUE, closed: CLOSED } = State

const ENDS: ReadonlySet<number> = new Set([State.start, State.document, State.done])

/** Which token the end of a chunk cut in two. */
type CutToken = 'none' | 'string' | 'escape' | 'scalar'

/**
 * Reads an array of objects, or objects one after another, in chunks as they come, and gives back the same records one a
 * line, without the white space between tokens. Each token is copied as it stands, in the same pass that finds its end.
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
  #buffers = buffersFor(new Uint8Array(0))
  #written = 0

  /** What this chunk adds to the lines; valid until the next call. */
  write(chunk: Uint8Array): Uint8Array {
    this.#buffers = buffersFor(chunk, this.#buffers)
    this.#written = 0
    for (let at = this.#resume(); at < chunk.length;) {
      at = this.#takeTokens(at, Math.min(at + CALL_BYTES, chunk.length))
    }
    this.#places.endChunk(chunk.length)
    return this.#buffers.lines.subarray(0, this.#written)
  }

  /** Throws {@link MalformedJson} when something is still open. Blanks alone are no records, and no fault. */
  end(): void {
    if (ENDS.has(this.#state)) return
    const expected = this.#cut === 'string' || this.#cut === 'escape' ? CLOSING_QUOTE : expectedIn(this.#state)
    throw new MalformedJson(this.#places.of(0), { expected, found: 'the end of the file' })
  }

  /** Goes on with the token that the end of the chunk before cut in two; returns where the next begins. */
  #resume(): number {
    const { chunk, lines } = this.#buffers
    const cut = this.#cut
    if (cut === 'none' || chunk.length === 0) return 0
    this.#cut = 'none'
    if (cut === 'scalar') this.#written = this.#endScalar(0, 0)
    else if (cut === 'string') this.#written = this.#endString(0, 0)
    else {
      const byte = chunk[0] ?? 0
      if (byte < SPACE) throw this.#errorAt(0, CLOSING_QUOTE)
      lines[0] = byte
      this.#written = this.#endString(1, 1)
    }
    return this.#written
  }

  /**
   * Takes the tokens that begin before `stop`, and returns where the next does. Keeps all of its state in variables, and
   * calls nothing for most tokens: pretty-printed, there are ten in a hundred bytes.
   */
  #takeTokens(from: number, stop: number): number {
    const { chunk, view, lines, linesView, lastWord } = this.#buffers
    let at = from
    let to = this.#written
    let state = this.#state
    let depth = this.#depth
    while (at < stop) {
      const byte = chunk[at++] ?? 0
      const token = TOKEN[byte] ?? Token.alien
      if (token === Token.blank) {
        if (byte !== LINE_FEED) continue
        this.#places.endLine(at - 1)
        // Most of the indentation: three spaces at most are left.
        while (at <= lastWord && view.getInt32(at) === FOUR_SPACES) at += WORD_BYTES
        continue
      }
      const next = NEXT[state * 16 + token] ?? REFUSED
      if (next === REFUSED) throw this.#errorAt(at - 1, expectedIn(state))
      if (depth > 0 || token === Token.openObject) lines[to++] = byte
      state = next
      if (token === Token.string) {
        for (let plain = WORD_BYTES; at <= lastWord && plain === WORD_BYTES; at += plain, to += plain) {
          const word = view.getInt32(at, true)
          linesView.setInt32(to, word, true)
          plain = plainBytes(word)
        }
        const isOver = at <= lastWord && chunk[at] === QUOTE
        const end = isOver ? at + 1 : this.#endString(at, to)
        if (isOver) lines[to] = QUOTE
        to += end - at
        at = end
        if (next !== COLON_NEXT || at >= lastWord || chunk[at] !== COLON) continue
        // What stands behind nearly every name needs no look at the tables.
        lines[to++] = COLON
        at += chunk[at + 1] === SPACE ? 2 : 1
        state = VALUE
      } else if (token === Token.scalar) {
        const end = this.#endScalar(at, to)
        to += end - at
        at = end
      } else if (NESTS[token] === 1) {
        state = this.#nest(at - 1, token, next)
        depth = this.#depth
        if (depth === 0 && next === CLOSED) lines[to++] = LINE_FEED
      }
    }
    this.#written = to
    this.#state = state
    return at
  }

  /** Copies what is left of a string, from where it is not plain; returns where it, or the chunk, ends. */
  #endString(from: number, to: number): number {
    const { chunk, lines } = this.#buffers
    const end = from < chunk.length && chunk[from] === QUOTE ? from : copyString(from, to, this.#buffers)
    if (end < chunk.length) {
      if (chunk[end] !== QUOTE) throw this.#errorAt(end, CLOSING_QUOTE)
      lines[to + end - from] = QUOTE
      return end + 1
    }
    let slashes = 0
    while (slashes < end - from && chunk[end - slashes - 1] === BACKSLASH) slashes++
    this.#cut = slashes % 2 === 1 ? 'escape' : 'string'
    return end
  }

  #endScalar(from: number, to: number): number {
    const { chunk, lines } = this.#buffers
    const ahead = to - from
    let at = from
    for (; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0
      if (IN_SCALAR[byte] !== 1) return at
      lines[at + ahead] = byte
    }
    this.#cut = 'scalar'
    return at
  }

  /** Returns the state behind a bracket. */
  #nest(at: number, token: number, next: number): number {
    if (next === CLOSED) return this.#stack[--this.#depth] ?? REFUSED
    if (next === State.firstElement || next === State.done) return next
    if (this.#depth === 0) this.records++
    if (this.#depth === DEEPEST) throw new MalformedJson(this.#places.of(at), TOO_DEEP)
    this.#stack[this.#depth++] = next
    return token === Token.openObject ? State.firstName : State.firstItem
  }

  #errorAt(at: number, expected: string): MalformedJson {
    return new MalformedJson(this.#places.of(at), { expected, found: describeToken(this.#buffers.chunk[at] ?? 0) })
  }
}

/** V8 makes better code of what is called often than of a loop that never ends. */
const CALL_BYTES = 1 << 14

const CLOSING_QUOTE = 'a closing quote'

/** `NESTS[token]` is 1 for brackets. */
const NESTS = Uint8Array.from({ length: 16 }, (_, token) =>
  token >= Token.openObject && token <= Token.closeArray ? 1 : 0,
)

type ChunkBuffers = {
  readonly chunk: Uint8Array
  readonly view: DataView
  /** Where in the chunk the last four bytes begin. */
  readonly lastWord: number
  readonly lines: Uint8Array
  readonly linesView: DataView
}

/** Makes room for what a chunk can become: with a line feed after each `{}`, two bytes are at most three. */
function buffersFor(chunk: Uint8Array, before?: ChunkBuffers): ChunkBuffers {
  const needed = chunk.length + (chunk.length >> 1) + 2 + WORD_BYTES
  const lines = before === undefined || before.lines.length < needed ? new Uint8Array(needed) : before.lines
  return { chunk, view: viewOf(chunk), lastWord: chunk.length - WORD_BYTES, lines, linesView: viewOf(lines) }
}

/** From `from` within a string to its closing quote, or to a control character or the end of the chunk; says where that is. */
function copyString(from: number, to: number, { chunk, view, lines, linesView, lastWord }: ChunkBuffers): number {
  const ahead = to - from
  let at = from
  while (at < chunk.length) {
    if (at <= lastWord) {
      const word = view.getInt32(at, true)
      linesView.setInt32(at + ahead, word, true)
      const plain = plainBytes(word)
      at += plain
      if (plain === WORD_BYTES) continue
    }
    const byte = chunk[at] ?? 0
    if (byte === QUOTE || byte < SPACE) return at
    lines[at + ahead] = byte
    at++
    if (byte !== BACKSLASH || at === chunk.length) continue
    // A byte behind a backslash says nothing, not even a quote.
    const escaped = chunk[at] ?? 0
    if (escaped < SPACE) return at
    lines[at + ahead] = escaped
    at++
  }
  return at
}

/** As many as are looked at together. */
const WORD_BYTES = 4

const FOUR_SPACES = 0x20202020

/** Of the four bytes of a little-endian word, how many stand in a string before a quote, backslash or control character. */
function plainBytes(word: number): number {
  const quotes = word ^ 0x22222222
  const slashes = word ^ 0x5c5c5c5c
  // "Determine if a word has a byte less than n" (Bit Twiddling Hacks): exact for the lowest byte that is hit.
  const low = (word - 0x20202020) & ~word
  const hit = (low | ((quotes - 0x01010101) & ~quotes) | ((slashes - 0x01010101) & ~slashes)) & 0x80808080
  return hit === 0 ? WORD_BYTES : (31 - Math.clz32(hit & -hit)) >> 3
}

function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, length)
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

function skipLong(view: DataView, from: number): number {
  let at = from
  for (const last = view.byteLength - WORD_BYTES; at <= last; at += WORD_BYTES) {
    const plain = plainBytes(view.getInt32(at, true))
    if (plain < WORD_BYTES) return at + plain
  }
  return at
}
