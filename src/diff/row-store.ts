import type { ScratchFile } from '../github/workspace.ts'
import { type Content, readAll } from '../lib/content.ts'
import { Problem } from '../lib/errors.ts'
import type { RowDigest } from './digest-stream.ts'

export type SideName = 'base' | 'head'

/**
 * Rows whose keys have the same first bits, in words, row by row: the number of leaves and whether it has a key; key
 * (4), content (4); its file, and its number there, from 0; field and hash of each leaf.
 */
export type Part = Readonly<Record<SideName, Uint32Array>>

/** The offsets of the parts of a row, in words from its beginning. */
export const ROW = { head: 0, key: 1, content: 5, file: 9, row: 10, leaves: 11 } as const

export const HAS_KEY = 0x8000_0000

/** The length in words of the row that begins at `at`. */
export function rowLength(words: Uint32Array, at: number): number {
  return ROW.leaves + 2 * ((words[at] ?? 0) & ~HAS_KEY)
}

/** Rows with the same key are in the same part, whichever side they are on. */
const PARTS = 64

/**
 * Above this, everything is written to disk. The two buffers of each part may be half empty, so they can take twice as
 * much.
 */
const HELD_MOST_BYTES = 128 * 1024 * 1024

/** A part that is too large is divided by the next bits of the keys, into at most this many buckets. */
const BUCKETS = 1024

/** The most memory for matching the rows of a part, of both sides. */
const PART_MOST_BYTES = 512 * 1024 * 1024

/** Memory for matching a row, beside its digest. */
const MATCHING_BYTES = 200

/** Fields beyond this number are reported together. */
const MOST_FIELDS = 8_192

export type StoreSetup = {
  /** Opens a file of our own, which is removed when the run ends. */
  readonly keep: (name: string) => ScratchFile
  readonly heldBytes?: number
  readonly partBytes?: number
}

/**
 * The digests of all rows of two sides, in parts by the first bits of their keys. Digests that do not fit in 128 MiB
 * are written to the scratch folder, with 44 bytes a row and 8 for each leaf, and read back one part after another:
 * memory stays at one part of both sides, whatever the number of rows. A part that is too large is read once for each
 * of the smaller parts made of it.
 */
export class RowStore implements AsyncDisposable {
  readonly #setup: Required<StoreSetup>
  readonly #sides: Readonly<Record<SideName, StoreSide>>
  readonly #fields = new Map<string, number>([['', 0]])
  #heldWords = 0
  #relieving = Promise.resolve()

  constructor({ keep, heldBytes = HELD_MOST_BYTES, partBytes = PART_MOST_BYTES }: StoreSetup) {
    this.#setup = { keep, heldBytes, partBytes }
    this.#sides = { base: new StoreSide(keep('rows-base')), head: new StoreSide(keep('rows-head')) }
  }

  /** The paths of the fields, by their numbers. */
  get fields(): readonly string[] {
    return Array.from(this.#fields.keys())
  }

  field(path: string): number {
    const known = this.#fields.get(path)
    if (known !== undefined) return known
    const number = this.#fields.size < MOST_FIELDS ? this.#fields.size : 0
    if (number > 0) this.#fields.set(path, number)
    return number
  }

  add(side: SideName, digest: RowDigest, place: StoredPlace): void {
    this.#heldWords += this.#sides[side].add(digest, place)
  }

  /**
   * Writes rows to disk if too many are held; the caller waits for it between chunks. @throws Problem when the disk is
   * full
   */
  async relieve(): Promise<void> {
    // Files are read in parallel, and what they write must not mix.
    this.#relieving = this.#relieving.then(() => this.#spill())
    await this.#relieving
  }

  async #spill(): Promise<void> {
    if (4 * this.#heldWords < this.#setup.heldBytes) return
    this.#heldWords = 0
    await this.#sides.base.spill()
    await this.#sides.head.spill()
  }

  /** Each part once; all rows must have been added. @throws Problem for a part that no memory would hold */
  async *parts(): AsyncGenerator<Part> {
    const sides = { base: await this.#sides.base.seal(), head: await this.#sides.head.seal() }
    for (let part = 0; part < PARTS; part++) {
      const isSmall = sides.base.weightOf(part) + sides.head.weightOf(part) <= this.#setup.partBytes
      yield* isSmall ? wholePart(part, sides) : smallerParts(part, sides, this.#setup.partBytes)
      sides.base.release(part)
      sides.head.release(part)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#sides.base.dispose()
    await this.#sides.head.dispose()
  }
}

type SealedSides = Readonly<Record<SideName, SealedSide>>

async function* wholePart(part: number, { base, head }: SealedSides): AsyncGenerator<Part> {
  yield { base: await base.read(part), head: await head.read(part) }
}

/** As few smaller parts as memory allows, because each requires reading the whole part. */
async function* smallerParts(part: number, sides: SealedSides, most: number): AsyncGenerator<Part> {
  const weights = new Float64Array(BUCKETS)
  for (const side of [sides.base, sides.head]) await addWeights(weights, side.chunks(part))
  const groups = packBuckets(weights, most)
  for (let group = 0; group <= (groups.at(-1) ?? 0); group++) {
    const isWanted = (bucket: number) => groups[bucket] === group
    yield {
      base: await gatherRows(sides.base.chunks(part), isWanted),
      head: await gatherRows(sides.head.chunks(part), isWanted),
    }
  }
}

async function addWeights(weights: Float64Array, chunks: AsyncGenerator<Uint32Array>): Promise<void> {
  for await (const words of chunks) {
    for (let at = 0; at < words.length; at += rowLength(words, at)) {
      const bucket = bucketOf(words, at)
      weights[bucket] = (weights[bucket] ?? 0) + weightOf(4 * rowLength(words, at), 1)
    }
  }
}

async function gatherRows(chunks: AsyncGenerator<Uint32Array>, isWanted: (bucket: number) => boolean) {
  const rows = new RowWords()
  for await (const words of chunks) {
    for (let at = 0; at < words.length; at += rowLength(words, at))
      if (isWanted(bucketOf(words, at))) rows.addWords(words.subarray(at, at + rowLength(words, at)))
  }
  return rows.words
}

/** Selects by the bits of the key after those that chose the part. */
function bucketOf(words: Uint32Array, at: number): number {
  return Math.floor((words[at + ROW.key] ?? 0) / PARTS) % BUCKETS
}

/** The bytes of memory for matching this many rows. */
function weightOf(bytes: number, rows: number): number {
  return bytes + MATCHING_BYTES * rows
}

/** Groups neighboring buckets. @returns the group of each bucket. @throws Problem if one is too large by itself */
function packBuckets(weights: Float64Array, most: number): readonly number[] {
  let [group, weight] = [0, 0]
  return Array.from(weights, (own) => {
    if (own > most) throw sharedKeyProblem()
    if (weight + own > most) [group, weight] = [group + 1, 0]
    weight += own
    return group
  })
}

/** So many rows would share the first bits by chance only if there were more than any disk holds. */
function sharedKeyProblem(): Problem {
  return new Problem('too many rows share one key, or are equal', {
    remedy: 'Set "key" to fields that tell rows apart.',
  })
}

type Segment = { readonly start: number; readonly end: number }

type SealedSide = {
  /** The bytes of memory for matching the rows of a part. */
  weightOf(part: number): number
  read(part: number): Promise<Uint32Array>
  /** The same in chunks that never cut a row. A chunk may be invalid once the next one comes. */
  chunks(part: number): AsyncGenerator<Uint32Array>
  /** Frees a part that is not read anymore. */
  release(part: number): void
}

class StoreSide {
  readonly #scratch: ScratchFile
  readonly #held = Array.from({ length: PARTS }, () => new RowWords())
  readonly #segments = Array.from({ length: PARTS }, (): Segment[] => [])
  readonly #rows = new Uint32Array(PARTS)
  #written = 0

  constructor(scratch: ScratchFile) {
    this.#scratch = scratch
  }

  /** @returns how many words that took */
  add(digest: RowDigest, place: StoredPlace): number {
    const part = (digest.hashes[0] ?? 0) % PARTS
    this.#rows[part] = (this.#rows[part] ?? 0) + 1
    return this.#held[part]?.add(digest, place) ?? 0
  }

  async spill(): Promise<void> {
    for (const [part, words] of this.#held.entries()) {
      const bytes = words.take()
      if (bytes.length === 0) continue
      await this.#scratch.write(bytes)
      this.#segments[part]?.push({ start: this.#written, end: this.#written + bytes.length })
      this.#written += bytes.length
    }
  }

  async seal(): Promise<SealedSide> {
    const content = this.#written === 0 ? EMPTY : await this.#scratch.content()
    const [held, all] = [this.#held, this.#segments]
    const chunks = (part: number) => readChunks(content, all[part] ?? [], held[part]?.words)
    const bytesOf = (part: number) => sizeOf(all[part] ?? []) + (held[part]?.words.byteLength ?? 0)
    return {
      chunks,
      weightOf: (part) => weightOf(bytesOf(part), this.#rows[part] ?? 0),
      read: (part) => joinWords(chunks(part), bytesOf(part)),
      release: (part) => void held[part]?.take(),
    }
  }

  async dispose(): Promise<void> {
    await this.#scratch[Symbol.asyncDispose]()
  }
}

function sizeOf(segments: readonly Segment[]): number {
  return segments.reduce((bytes, { start, end }) => bytes + end - start, 0)
}

async function* readChunks(
  content: Content,
  segments: readonly Segment[],
  held: Uint32Array = new Uint32Array(0),
): AsyncGenerator<Uint32Array> {
  for (const { start, end } of segments) {
    const bytes = await readAll(content.slice(start, end))
    yield new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  }
  yield held
}

async function joinWords(chunks: AsyncGenerator<Uint32Array>, bytes: number): Promise<Uint32Array> {
  const all = new Uint32Array(bytes / 4)
  let at = 0
  for await (const words of chunks) {
    all.set(words, at)
    at += words.length
  }
  return all
}

const EMPTY: Content = { size: 0, slice: () => EMPTY, async *bytes() {} }

type StoredPlace = { readonly file: number; readonly row: number }

class RowWords {
  #words = new Uint32Array(0)
  #used = 0

  /** All words added so far; valid until more are added, or they are taken. */
  get words(): Uint32Array {
    return this.#words.subarray(0, this.#used)
  }

  add({ hashes, hasKey, leaves }: RowDigest, { file, row }: StoredPlace): number {
    const more = ROW.leaves + leaves.length
    const from = this.#used
    if (from + more > this.#words.length) this.#enlarge(from + more)
    this.#words[from] = (leaves.length / 2) | (hasKey ? HAS_KEY : 0)
    this.#words.set(hashes, from + ROW.key)
    this.#words[from + ROW.file] = file
    this.#words[from + ROW.row] = row
    this.#words.set(leaves, from + ROW.leaves)
    this.#used += more
    return more
  }

  addWords(words: Uint32Array): void {
    const needed = this.#used + words.length
    if (needed > this.#words.length) this.#enlarge(needed)
    this.#words.set(words, this.#used)
    this.#used = needed
  }

  take(): Uint8Array {
    const taken = new Uint8Array(this.#words.buffer, 0, 4 * this.#used)
    this.#words = new Uint32Array(0)
    this.#used = 0
    return taken
  }

  #enlarge(needed: number): void {
    const larger = new Uint32Array(Math.max(needed, 2 * this.#words.length, 1 << 10))
    larger.set(this.#words.subarray(0, this.#used))
    this.#words = larger
  }
}
