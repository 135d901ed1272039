/** The keys of a file's records, as 96-bit hashes, and the line or row of each. */
export type RowKeys = {
  /** {@link HASH_WORDS} per key. */
  readonly hashes: Uint32Array<ArrayBuffer>
  readonly places: Uint32Array<ArrayBuffer>
  /** The indexes of records in a JSON array, which may all be in one line; otherwise empty. */
  readonly indexes: Uint32Array<ArrayBuffer>
}

/** The position of a key: a JSON string in valid UTF-8, including its quotes. `view` is a view of `bytes`. */
export type QuotedKey = {
  readonly bytes: Buffer
  readonly view: DataView
  readonly start: number
  readonly end: number
}

export const HASH_WORDS = 3

/** Sixty million rows with the same key would otherwise take more memory than anything else. */
export const MOST_KEYS = 5_000_000

/** Collects keys, in 16 or 20 bytes each: a set of millions of strings would take ten times as much. */
export class KeyList {
  #hashes = new Uint32Array(0)
  #places = new Uint32Array(0)
  #indexes = new Uint32Array(0)
  #hasIndexes = false
  #length = 0

  /** Further keys matter only in that they exist. */
  get isFull(): boolean {
    return this.#length > MOST_KEYS
  }

  /** `place` is the line in which the record begins, or its row number; `index` is its index in an array. */
  add(key: string, place: number, index?: number): void {
    this.#hasIndexes ||= index !== undefined
    this.#grow(this.#length + 1)
    hashInto(this.#hashes, this.#length * HASH_WORDS, key)
    if (index !== undefined) this.#indexes[this.#length] = index
    this.#places[this.#length++] = place
  }

  /** As `add`, but without making a string for most keys. */
  addQuoted(key: QuotedKey, place: number): void {
    this.#grow(this.#length + 1)
    if (hashQuoted(this.#hashes, this.#length * HASH_WORDS, key)) this.#places[this.#length++] = place
    else this.add(String(JSON.parse(key.bytes.toString('utf8', key.start, key.end))), place)
  }

  /**
   * Appends keys of later records: their places are shifted by `before`, their indexes by `rows`. Frees the memory of
   * `keys` at once: this thread has little other work, so its garbage collector would free it late.
   */
  append({ hashes, places, indexes }: RowKeys, before: number, rows: number): void {
    const length = this.#length
    this.#hasIndexes ||= indexes.length > 0
    this.#grow(length + places.length)
    this.#hashes.set(hashes, length * HASH_WORDS)
    indexes.forEach((index, at) => (this.#indexes[length + at] = rows + index))
    const moved = this.#places
    for (let at = 0; at < places.length; at++) moved[length + at] = before + (places[at] ?? 0)
    this.#length += places.length
    for (const words of [hashes, places, indexes]) words.buffer.transfer(0)
  }

  /** All keys. Nothing can be added afterwards. */
  take(): RowKeys {
    return {
      hashes: resized(this.#hashes, this.#length * HASH_WORDS),
      places: resized(this.#places, this.#length),
      indexes: resized(this.#indexes, this.#hasIndexes ? this.#length : 0),
    }
  }

  #grow(length: number): void {
    const isIndexed = !this.#hasIndexes || this.#indexes.length >= length
    if (length <= this.#places.length && isIndexed) return
    const room = length <= this.#places.length ? this.#places.length : Math.max(length, 2 * this.#places.length, 1024)
    this.#hashes = resized(this.#hashes, room * HASH_WORDS)
    this.#places = resized(this.#places, room)
    if (this.#hasIndexes) this.#indexes = resized(this.#indexes, room)
  }
}

/** Resizes in place: large arrays left as garbage make V8 run full collections again and again. */
function resized({ buffer }: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(buffer.transfer(length * Uint32Array.BYTES_PER_ELEMENT))
}

/** The hash as in `RowKeys`. */
export function hashOf(key: string): Uint32Array {
  const hash = new Uint32Array(HASH_WORDS)
  hashInto(hash, 0, key)
  return hash
}

/**
 * Three lanes of MurmurHash3, over four bytes of UTF-8 at once. A row must not be called a duplicate by chance: with two
 * lanes, any two of five million keys would collide in one of a million and a half runs.
 */
function hashInto(hashes: Uint32Array, at: number, key: string): void {
  if (hashAscii(hashes, at, key)) return
  // UTF-8 cannot encode half a surrogate pair: keys that differ only there would become equal.
  if (key.isWellFormed()) hashQuoted(hashes, at, quotedKey(key))
  else hashUnits(hashes, at, key)
}

/** With a few bytes before it, as in a record. */
function quotedKey(key: string): QuotedKey {
  const bytes = Buffer.from(`  "${key}"`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return { bytes, view, start: 2, end: bytes.length }
}

/** @returns false if the key has characters beyond ASCII */
function hashAscii(hashes: Uint32Array, at: number, key: string): boolean {
  let low = LOW_SEED ^ key.length
  let high = HIGH_SEED ^ key.length
  let last = LAST_SEED ^ key.length
  let word = 0
  for (let index = 0; index < key.length; index++) {
    const unit = key.charCodeAt(index)
    if (unit > LAST_ASCII) return false
    word |= unit << (8 * (index % WORD_LENGTH))
    if (index % WORD_LENGTH !== WORD_LENGTH - 1) continue
    low = mixLow(low, word)
    high = mixHigh(high, word)
    last = mixLast(last, word)
    word = 0
  }
  if (key.length % WORD_LENGTH !== 0) {
    low = mixLow(low, word)
    high = mixHigh(high, word)
    last = mixLast(last, word)
  }
  hashes[at] = finish(low)
  hashes[at + 1] = finish(high)
  hashes[at + 2] = finish(last)
  return true
}

/**
 * As {@link hashInto} of the string. @returns false if the key may have escapes; the hash is then not that of the key
 */
function hashQuoted(hashes: Uint32Array, at: number, { view, start, end }: QuotedKey): boolean {
  const quote = end - 1
  const length = quote - start - 1
  const rest = length % WORD_LENGTH
  let low = LOW_SEED ^ length
  let high = HIGH_SEED ^ length
  let last = LAST_SEED ^ length
  let slashes = 0
  for (let place = start + 1; place < quote - rest; place += WORD_LENGTH) {
    const word = view.getInt32(place, true)
    slashes |= slashesIn(word)
    low = mixLow(low, word)
    high = mixHigh(high, word)
    last = mixLast(last, word)
  }
  if (rest > 0) {
    // The word ends before the quote and may begin before the key.
    const word = (view.getInt32(quote - 3, true) << 8) >>> (8 * (WORD_LENGTH - rest))
    slashes |= slashesIn(word)
    low = mixLow(low, word)
    high = mixHigh(high, word)
    last = mixLast(last, word)
  }
  hashes[at] = finish(low)
  hashes[at + 1] = finish(high)
  hashes[at + 2] = finish(last)
  return slashes === 0
}

/** Not 0 if a byte is a backslash ("Determine if a word has a zero byte", Bit Twiddling Hacks). */
function slashesIn(word: number): number {
  const slashes = word ^ 0x5c5c5c5c
  return (slashes - 0x01010101) & ~slashes & 0x80808080
}

function hashUnits(hashes: Uint32Array, at: number, key: string): void {
  let low = ~LOW_SEED ^ key.length
  let high = ~HIGH_SEED ^ key.length
  let last = ~LAST_SEED ^ key.length
  for (let index = 0; index < key.length; index++) {
    const unit = key.charCodeAt(index)
    low = mixLow(low, unit)
    high = mixHigh(high, unit)
    last = mixLast(last, unit)
  }
  hashes[at] = finish(low)
  hashes[at + 1] = finish(high)
  hashes[at + 2] = finish(last)
}

const LAST_ASCII = 0x7f
const WORD_LENGTH = 4
const LOW_SEED = 0xdeadbeef
const HIGH_SEED = 0x41c6ce57
const LAST_SEED = 0x9e3779b9

function mixLow(hash: number, word: number): number {
  const scattered = Math.imul(turn(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593)
  return (Math.imul(turn(hash ^ scattered, 13), 5) + 0xe6546b64) | 0
}

function mixHigh(hash: number, word: number): number {
  const scattered = Math.imul(turn(Math.imul(word, 0xab0e9789), 17), 0x38b34ae5)
  return (Math.imul(turn(hash ^ scattered, 19), 5) + 0x0bcaa747) | 0
}

function mixLast(hash: number, word: number): number {
  const scattered = Math.imul(turn(Math.imul(word, 0xa1e38b93), 18), 0x239b961b)
  return (Math.imul(turn(hash ^ scattered, 17), 5) + 0x561ccd1b) | 0
}

function turn(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}

function finish(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
