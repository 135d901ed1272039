/**
 * The digests that a thread sends, in 32-bit words. Each begins with a word whose low byte is its kind:
 *
 * | kind    | bits above              | words after it                                                       |
 * |---------|-------------------------|----------------------------------------------------------------------|
 * | `ROW`   | bit 8: it has a key; from bit 9 on: its leaves | key (4), content (4), field and hash of each leaf |
 * | `FIELD` | bytes of its path       | the field's number in this slice, its path in UTF-8, filled up to a whole word |
 * | `GAP`   |                         | how many rows could not be read                                      |
 */
const ROW = 1
const FIELD = 2
const GAP = 3

const HAS_KEY = 1 << 8
const LEAVES_SHIFT = 9
const HASH_WORDS = 4

/** The most words that a thread holds of one slice. */
const FULL_WORDS = 1 << 20

export type RowHashes = {
  readonly key: Uint32Array
  readonly content: Uint32Array
  /** Without a key, the row's content is used instead of one. */
  readonly hasKey: boolean
}

const ENCODER = new TextEncoder()
const DECODER = new TextDecoder()

/** Writes the digests of one slice. Fields are named before their first use in it. */
export class DigestWriter {
  rows = 0
  readonly #pathOf: (field: number) => string
  readonly #named = new Set<number>()
  #words = new Uint32Array(1 << 10)
  #used = 0

  constructor(pathOf: (field: number) => string) {
    this.#pathOf = pathOf
  }

  get isFull(): boolean {
    return this.#used >= FULL_WORDS
  }

  addRow({ key, content, hasKey }: RowHashes, leaves: readonly number[]): void {
    for (let at = 0; at < leaves.length; at += 2) this.#name(leaves[at] ?? 0)
    this.#makeRoom(1 + 2 * HASH_WORDS + leaves.length)
    this.rows++
    this.#words[this.#used] = ROW | (hasKey ? HAS_KEY : 0) | ((leaves.length / 2) << LEAVES_SHIFT)
    this.#words.set(key, this.#used + 1)
    this.#words.set(content, this.#used + 1 + HASH_WORDS)
    this.#words.set(leaves, this.#used + 1 + 2 * HASH_WORDS)
    this.#used += 1 + 2 * HASH_WORDS + leaves.length
  }

  addGap(rows: number): void {
    this.#makeRoom(2)
    this.#words[this.#used++] = GAP
    this.#words[this.#used++] = rows
  }

  /** Everything since the last call, in its own buffer, which can be transferred. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = new Uint8Array(this.#words.buffer, 0, 4 * this.#used)
    this.#words = new Uint32Array(1 << 10)
    this.#used = 0
    return taken
  }

  #name(field: number): void {
    if (this.#named.has(field)) return
    this.#named.add(field)
    const path = ENCODER.encode(this.#pathOf(field))
    const words = Math.ceil(path.length / 4)
    this.#makeRoom(2 + words)
    this.#words[this.#used] = FIELD | (path.length << 8)
    this.#words[this.#used + 1] = field
    new Uint8Array(this.#words.buffer, 4 * (this.#used + 2)).set(path)
    this.#used += 2 + words
  }

  #makeRoom(more: number): void {
    if (this.#used + more <= this.#words.length) return
    const larger = new Uint32Array(Math.max(2 * this.#words.length, this.#used + more))
    larger.set(this.#words.subarray(0, this.#used))
    this.#words = larger
  }
}

/** The digest of a row; its words are valid until the call returns. */
export type RowDigest = {
  /** Key and content, four words each. */
  readonly hashes: Uint32Array
  readonly hasKey: boolean
  /** Field and hash of each leaf. */
  readonly leaves: Uint32Array
}

export type DigestSink = {
  /** @returns the number of the field from here on */
  field(path: string): number
  row(digest: RowDigest): void
  gap(rows: number): void
}

/** Reads the digests of one file, chunk by chunk; no digest spans two chunks. */
export class DigestReader {
  readonly #sink: DigestSink
  /** The numbers that the sink gave to fields, by their numbers in the current slice. */
  readonly #fields: number[] = []

  constructor(sink: DigestSink) {
    this.#sink = sink
  }

  read(bytes: Uint8Array<ArrayBuffer>): void {
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
    for (let at = 0; at < words.length;) at = this.#readOne(words, at)
  }

  #readOne(words: Uint32Array<ArrayBuffer>, at: number): number {
    const head = words[at] ?? 0
    const kind = head & 0xff
    if (kind === ROW) return this.#readRow(words, at, head)
    if (kind === FIELD) return this.#readField(words, at, head >>> 8)
    this.#sink.gap(words[at + 1] ?? 0)
    return at + 2
  }

  #readRow(words: Uint32Array<ArrayBuffer>, at: number, head: number): number {
    const first = at + 1 + 2 * HASH_WORDS
    const end = first + 2 * (head >>> LEAVES_SHIFT)
    const leaves = words.subarray(first, end)
    for (let leaf = 0; leaf < leaves.length; leaf += 2) leaves[leaf] = this.#fields[leaves[leaf] ?? 0] ?? 0
    this.#sink.row({ hashes: words.subarray(at + 1, first), hasKey: (head & HAS_KEY) !== 0, leaves })
    return end
  }

  #readField(words: Uint32Array<ArrayBuffer>, at: number, length: number): number {
    const path = DECODER.decode(new Uint8Array(words.buffer, words.byteOffset + 4 * (at + 2), length))
    this.#fields[words[at + 1] ?? 0] = this.#sink.field(path)
    return at + 2 + Math.ceil(length / 4)
  }
}
