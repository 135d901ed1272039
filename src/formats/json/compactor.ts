import { IN_SCALAR, MalformedJson, NEXT, State, TOKEN, Token, expectedIn, describeToken } from './grammar.ts'
import { Places } from '../record.ts'
import { BACKSLASH, COLON, LINE_FEED, QUOTE, SPACE } from '../../lib/text.ts'

/** Deeper than any schema. An open level costs one byte, and only when it is used. */
const DEEPEST = 1 << 20

const TOO_DEEP = { expected: `at most ${DEEPEST} levels`, found: 'one more' }

/** Separate constants, because each use of a member of `State` would look it up. */
const { refused: REFUSED, colon: COLON_NEXT, value: VALUE, closed: CLOSED } = State

const ENDS: ReadonlySet<number> = new Set([State.start, State.document, State.done])

/** The kind of token that the end of a chunk cut in two. */
type CutToken = 'none' | 'string' | 'escape' | 'scalar'

/**
 * Reads an array of objects, or objects one after another, chunk by chunk, and returns the same records one per line,
 * without the whitespace between tokens. Each token is copied unchanged, in the same pass that finds its end.
 *
 * The order of tokens is checked against the grammar, so that removing whitespace never joins two tokens and malformed
 * JSON never becomes well-formed. The characters of a number and those after a backslash are not checked: they stay as
 * they are.
 */
export class JsonCompactor {
  records = 0
  #state: number = State.start
  #cut: CutToken = 'none'
  /** For each open value, the state after it. */
  #stack = new Uint8Array(DEEPEST)
  #depth = 0
  #places = new Places()
  #buffers = buffersFor(new Uint8Array(0))
  #written = 0

  /** The lines that this chunk adds; valid until the next call. */
  write(chunk: Uint8Array): Uint8Array {
    this.#buffers = buffersFor(chunk, this.#buffers)
    this.#written = 0
    for (let at = this.#resume(); at < chunk.length;) {
      at = this.#takeTokens(at, Math.min(at + CALL_BYTES, chunk.length))
    }
    this.#places.endChunk(chunk.length)
    return this.#buffers.lines.subarray(0, this.#written)
  }

  /** @throws {@link MalformedJson} when a value is still open. Whitespace alone is valid and has no records. */
  end(): void {
    if (ENDS.has(this.#state)) return
    const expected = this.#cut === 'string' || this.#cut === 'escape' ? CLOSING_QUOTE : expectedIn(this.#state)
    throw new MalformedJson(this.#places.of(0), { expected, found: 'the end of the file' })
  }

  /** Continues the token that the end of the previous chunk cut in two; returns where the next begins. */
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
   * Takes the tokens that begin before `stop`, and returns where the next one begins. Keeps its state in variables and
   * calls no function for most tokens: pretty-printed JSON has ten tokens in a hundred bytes.
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
        // Skips most of the indentation; at most three spaces are left.
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
        // A colon and at most a space follow nearly every name, so the tables aren't needed.
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

  /**
   * Copies the rest of a string, from its first byte that is not plain. Returns the end of the string or of the chunk.
   */
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

  /** Returns the state after a bracket. */
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

/** V8 optimises a function that is called often better than one long loop. */
const CALL_BYTES = 1 << 14

const CLOSING_QUOTE = 'a closing quote'

/** `NESTS[token]` is 1 for brackets. */
const NESTS = Uint8Array.from({ length: 16 }, (_, token) =>
  token >= Token.openObject && token <= Token.closeArray ? 1 : 0,
)

type ChunkBuffers = {
  readonly chunk: Uint8Array
  readonly view: DataView
  /** Where the last four bytes of the chunk begin. */
  readonly lastWord: number
  readonly lines: Uint8Array
  readonly linesView: DataView
}

/** Makes room for the longest output of a chunk: with a line feed after each `{}`, two bytes become at most three. */
function buffersFor(chunk: Uint8Array, before?: ChunkBuffers): ChunkBuffers {
  const needed = chunk.length + (chunk.length >> 1) + 2 + WORD_BYTES
  const lines = before === undefined || before.lines.length < needed ? new Uint8Array(needed) : before.lines
  return { chunk, view: viewOf(chunk), lastWord: chunk.length - WORD_BYTES, lines, linesView: viewOf(lines) }
}

/**
 * Copies a string from `from` to its closing quote, a control character or the end of the chunk. Returns where it
 * stopped.
 */
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
    // An escaped byte has no meaning of its own, even if it is a quote.
    const escaped = chunk[at] ?? 0
    if (escaped < SPACE) return at
    lines[at + ahead] = escaped
    at++
  }
  return at
}

/** The number of bytes processed at once. */
const WORD_BYTES = 4

const FOUR_SPACES = 0x20202020

/** How many of the four bytes of a little-endian word come before the first quote, backslash or control character. */
function plainBytes(word: number): number {
  const quotes = word ^ 0x22222222
  const slashes = word ^ 0x5c5c5c5c
  // "Determine if a word has a byte less than n" (Bit Twiddling Hacks): exact for the lowest matching byte.
  const low = (word - 0x20202020) & ~word
  const hit = (low | ((quotes - 0x01010101) & ~quotes) | ((slashes - 0x01010101) & ~slashes)) & 0x80808080
  return hit === 0 ? WORD_BYTES : (31 - Math.clz32(hit & -hit)) >> 3
}

function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, length)
}

/** Most names and values end before reading four bytes at once pays off. */
const MOST_SHORT_BYTES = 24

/**
 * The position, from `from` on within a JSON string, of the next quote, backslash or control character, or at most
 * three bytes before the end of the chunk. `view` is a view of the chunk. Long strings take half the time of a
 * byte-by-byte search.
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
