/**
 * The digests that a thread sends, in 32-bit words. Each begins with its kind and a number:
 *
 * | kind                 | number                          | words after it                                                      |
 * |----------------------|---------------------------------|---------------------------------------------------------------------|
 * | `ROW`, `KEYLESS_ROW` | its leaves                      | key (4), content (4), field and hash of each leaf                   |
 * | `FIELD`              | bytes of its path               | its number in this slice, its path in UTF-8, filled up to a whole word |
 * | `GAP`                | how many rows could not be read |                                                                     |
 */
const ROW = 1
const KEYLESS_ROW = 2
const FIELD = 3
const GAP = 4

const HEAD_WORDS = 2
const HASH_WORDS = 4

/** Where the leaves of a row begin. */
const LEAVES_AT = HEAD_WORDS + 2 * HASH_WORDS

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
    this.rows++
    const at = this.#begin(hasKey ? ROW : KEYLESS_ROW, leaves.length / 2, LEAVES_AT + leaves.length)
    this.#words.set(key, at + HEAD_WORDS)
    this.#words.set(content, at + HEAD_WORDS + HASH_WORDS)
    this.#words.set(leaves, at + LEAVES_AT)
  }

  addGap(rows: number): void {
    this.#begin(GAP, rows, HEAD_WORDS)
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
    const at = this.#begin(FIELD, path.length, fieldLength(path.length))
    this.#words[at + HEAD_WORDS] = field
    new Uint8Array(this.#words.buffer, 4 * (at + HEAD_WORDS + 1)).set(path)
  }

  /** @returns where the digest begins, which takes this many words */
  #begin(kind: number, number: number, length: number): number {
    const at = this.#used
    this.#used += length
    if (this.#used > this.#words.length) this.#enlarge(at)
    this.#words[at] = kind
    this.#words[at + 1] = number
    return at
  }

  #enlarge(filled: number): void {
    const larger = new Uint32Array(Math.max(2 * this.#words.length, this.#used))
    larger.set(this.#words.subarray(0, filled))
    this.#words = larger
  }
}

function fieldLength(pathBytes: number): number {
  return HEAD_WORDS + 1 + Math.ceil(pathBytes / 4)
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

  /** @returns where the next digest begins */
  #readOne(words: Uint32Array<ArrayBuffer>, at: number): number {
    const [kind, number] = [words[at], words[at + 1] ?? 0]
    if (kind === FIELD) return this.#readField(words, at, number)
    if (kind !== GAP) return this.#readRow(words, at, number)
    this.#sink.gap(number)
    return at + HEAD_WORDS
  }

  #readRow(words: Uint32Array<ArrayBuffer>, at: number, count: number): number {
    const first = at + LEAVES_AT
    const end = first + 2 * count
    const leaves = words.subarray(first, end)
    for (let leaf = 0; leaf < leaves.length; leaf += 2) leaves[leaf] = this.#fields[leaves[leaf] ?? 0] ?? 0
    this.#sink.row({ hashes: words.subarray(at + HEAD_WORDS, first), hasKey: words[at] === ROW, leaves })
    return end
  }

  #readField(words: Uint32Array<ArrayBuffer>, at: number, length: number): number {
    const start = words.byteOffset + 4 * (at + HEAD_WORDS + 1)
    const path = DECODER.decode(new Uint8Array(words.buffer, start, length))
    this.#fields[words[at + HEAD_WORDS] ?? 0] = this.#sink.field(path)
    return at + fieldLength(length)
  }
}
