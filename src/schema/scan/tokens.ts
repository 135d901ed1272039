import { WORD_LENGTH, type ScanState, type WordBytes, wordAt } from '../scan.ts'

export const LEAST_TOKEN_LENGTH = WORD_LENGTH

/** A sequence of at least four bytes to look for, and its meaning. */
export class ByteToken<T> {
  readonly meaning: T
  readonly length: number
  readonly bytes: Buffer
  /** The first four bytes. */
  readonly first: number
  /** The last four bytes, some of which may also be among the first. */
  readonly last: number
  /**
   * The bytes of a long token, eight at a time from its beginning, then its last eight. No token has a zero byte, so only
   * the same bytes are equal as numbers.
   */
  readonly #doubles: Float64Array
  /** The token that followed last time. */
  next: ByteToken<T> | undefined

  constructor(bytes: Buffer, meaning: T) {
    this.meaning = meaning
    this.length = bytes.length
    this.bytes = bytes
    this.first = bytes.readInt32LE()
    this.last = bytes.readInt32LE(bytes.length - WORD_LENGTH)
    const doubles = bytes.length < DOUBLE_LENGTH ? 0 : Math.ceil(bytes.length / DOUBLE_LENGTH)
    this.#doubles = Float64Array.from({ length: doubles }, (_, index) =>
      bytes.readDoubleLE(Math.min(index * DOUBLE_LENGTH, bytes.length - DOUBLE_LENGTH)),
    )
  }

  standsAt({ view, lastWord }: ScanState, at: number): boolean {
    const last = at + this.length - WORD_LENGTH
    if (last > lastWord || view.getInt32(last, true) !== this.last) return false
    const doubles = this.#doubles
    const end = doubles.length - 1
    if (end < 0) return view.getInt32(at, true) === this.first
    for (let index = 0, place = at; index < end; index++, place += DOUBLE_LENGTH) {
      if (view.getFloat64(place, true) !== doubles[index]) return false
    }
    return view.getFloat64(at + this.length - DOUBLE_LENGTH, true) === doubles[end]
  }
}

const DOUBLE_LENGTH = 8

/** If a bucket has more tokens than this, all tokens are distributed by their whole string. */
const MOST_TRIED = 4

/** A power of two. */
const LEAST_BUCKETS = 16

/** Finds which of many tokens is at a position. Each token begins with a quoted string. */
export class TokenTable<T> {
  /** The offset of four bytes that all tokens have and that distinguish most of them. */
  readonly #middle: number
  readonly #buckets: ByteToken<T>[][]
  /** Buckets by the whole string, made when those few bytes don't distinguish enough tokens. */
  #crowded: Buckets<T> | undefined

  /** More tokens may be added, of any length if `leastLength` is the least. */
  constructor(tokens: readonly ByteToken<T>[], leastLength = MOST_LENGTH) {
    this.#middle = tokens.reduce((least, { length }) => Math.min(least, length), leastLength) - WORD_LENGTH
    const least = Math.max(LEAST_BUCKETS, tokens.length * 2)
    this.#buckets = Array.from({ length: 2 ** Math.ceil(Math.log2(least)) }, () => [])
    for (const token of tokens) this.add(token)
  }

  /** A token that is shorter than the first ones may never be found. */
  add(token: ByteToken<T>): void {
    const { bytes, first, length } = token
    const middle = this.#middle + WORD_LENGTH <= length ? bytes.readInt32LE(this.#middle) : 0
    this.#buckets[this.#bucketOf(first, middle)]?.push(token)
    this.#crowded = undefined
  }

  find(state: ScanState, at: number): ByteToken<T> | undefined {
    if (this.#crowded !== undefined) return findAmongMany(this.#crowded, state, at)
    const bucket = this.#buckets[this.#bucketOf(wordAt(state, at), wordAt(state, at + this.#middle))]
    if (bucket === undefined || bucket.length === 0) return undefined
    if (bucket.length <= MOST_TRIED) return standingAt(bucket, state, at)
    this.#crowded = byWhole(this.#buckets)
    return findAmongMany(this.#crowded, state, at)
  }

  #bucketOf(first: number, middle: number): number {
    return mix(first ^ Math.imul(middle, 0x85ebca6b)) & (this.#buckets.length - 1)
  }
}

type Buckets<T> = readonly (readonly ByteToken<T>[])[]

function findAmongMany<T>(buckets: Buckets<T>, state: ScanState, at: number): ByteToken<T> | undefined {
  return standingAt(buckets[mixString(state, at) & (buckets.length - 1)] ?? [], state, at)
}

/** Tokens that are longer differ before this offset. */
const MOST_LENGTH = 32

function byWhole<T>(buckets: Buckets<T>): Buckets<T> {
  const found: ByteToken<T>[][] = buckets.map(() => [])
  for (const token of buckets.flat()) {
    const padded = Buffer.concat([token.bytes], token.length + WORD_LENGTH)
    const view = new DataView(padded.buffer, padded.byteOffset, padded.length)
    found[mixString({ view, lastWord: token.length }, 0) & (found.length - 1)]?.push(token)
  }
  return found
}

function standingAt<T>(tokens: readonly ByteToken<T>[], state: ScanState, at: number): ByteToken<T> | undefined {
  for (const token of tokens) if (token.standsAt(state, at)) return token
  return undefined
}

function mix(word: number): number {
  const mixed = Math.imul(word, 0x9e3779b1)
  return mixed ^ (mixed >>> 16)
}

/**
 * Hashes the bytes between the quote at `at` and the next quote, even an escaped one ("Determine if a word has a zero
 * byte", Bit Twiddling Hacks).
 */
function mixString({ view, lastWord }: Omit<WordBytes, 'bytes'>, at: number): number {
  let mixed = 0
  for (let place = at + 1; place <= lastWord; place += WORD_LENGTH) {
    const word = view.getInt32(place, true)
    const quotes = word ^ 0x22222222
    const found = (quotes - 0x01010101) & ~quotes & 0x80808080
    if (found !== 0) return mix(mixed ^ (word & (((found & -found) - 1) >>> 7)))
    mixed = mix(mixed ^ word)
  }
  return mixed
}
