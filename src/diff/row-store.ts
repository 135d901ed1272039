import type { ScratchFile } from '../github/workspace.ts'
import { type Content, readAll } from '../lib/content.ts'
import { Problem } from '../lib/errors.ts'
import type { RowDigest } from './digest-stream.ts'

export type SideName = 'base' | 'head'

/**
 * Rows with the same first bits of their keys, in words, row by row: how many leaves and whether it has a key; key (4),
 * content (4); its file and its number there, from 0; field and hash of each leaf.
 */
export type Part = Readonly<Record<SideName, Uint32Array>>

/** Where a row of a part says something, in words from its beginning. */
export const ROW = { head: 0, key: 1, content: 5, file: 9, row: 10, leaves: 11 } as const

export const HAS_KEY = 0x8000_0000

/** Rows of one key are in one part, whichever side they are of. */
const PARTS = 64

/** Beyond, everything is written to disk: two buffers for each part may be half empty, which makes it twice as much. */
const HELD_MOST_BYTES = 128 * 1024 * 1024

/** Of both sides: rows that share one key can't be told apart by its bits, however many parts there are. */
const PART_MOST_BYTES = 512 * 1024 * 1024

/** More are told together. */
const MOST_FIELDS = 8_192

export type StoreSetup = {
  /** A file of our own, which is gone when the run ends. */
  readonly keep: (name: string) => ScratchFile
  readonly heldBytes?: number
  readonly partBytes?: number
}

/**
 * The digests of all rows of two sides, in parts by the first bits of their keys. What does not fit in 128 MiB is written to
 * the scratch folder, 44 bytes and 8 for each leaf a row, and read back one part after another: memory stays at one part of
 * both sides, whatever the number of rows.
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

  /** By their numbers. */
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

  add(side: SideName, digest: RowDigest, place: { readonly file: number; readonly row: number }): void {
    this.#heldWords += this.#sides[side].add(digest, place)
  }

  /** To be waited for between chunks. @throws Problem when the disk is full */
  async relieve(): Promise<void> {
    // Files are read side by side, and what they write must not mix.
    this.#relieving = this.#relieving.then(() => this.#spill())
    await this.#relieving
  }

  async #spill(): Promise<void> {
    if (4 * this.#heldWords < this.#setup.heldBytes) return
    this.#heldWords = 0
    await this.#sides.base.spill()
    await this.#sides.head.spill()
  }

  /** Each part once, when all rows are there. @throws Problem for one that no memory would hold */
  async *parts(): AsyncGenerator<Part> {
    const [base, head] = [await this.#sides.base.seal(), await this.#sides.head.seal()]
    for (let part = 0; part < PARTS; part++) {
      if (base.bytesOf(part) + head.bytesOf(part) > this.#setup.partBytes) throw sharedKeyProblem()
      yield { base: await base.read(part), head: await head.read(part) }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#sides.base.dispose()
    await this.#sides.head.dispose()
  }
}

function sharedKeyProblem(): Problem {
  return new Problem('Cannot compare the rows: too many of them share one key', {
    remedy: 'Set "key" to fields that tell rows apart.',
  })
}

type Segment = { readonly start: number; readonly end: number }

type SealedSide = { bytesOf(part: number): number; read(part: number): Promise<Uint32Array> }

class StoreSide {
  readonly #scratch: ScratchFile
  readonly #held = Array.from({ length: PARTS }, () => new RowWords())
  readonly #segments = Array.from({ length: PARTS }, (): Segment[] => [])
  #written = 0

  constructor(scratch: ScratchFile) {
    this.#scratch = scratch
  }

  /** @returns how many words that took */
  add({ hashes, hasKey, leaves }: RowDigest, place: { readonly file: number; readonly row: number }): number {
    const part = (hashes[0] ?? 0) % PARTS
    const head = (leaves.length / 2) | (hasKey ? HAS_KEY : 0)
    return this.#held[part]?.add(head, hashes, place, leaves) ?? 0
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
    const content = this.#written === 0 ? undefined : await this.#scratch.content()
    const [held, all] = [this.#held, this.#segments]
    return {
      bytesOf: (part) => sizeOf(all[part] ?? []) + (held[part]?.bytes ?? 0),
      read: async (part) => await readPart(content, all[part] ?? [], held[part]?.take()),
    }
  }

  async dispose(): Promise<void> {
    await this.#scratch[Symbol.asyncDispose]()
  }
}

function sizeOf(segments: readonly Segment[]): number {
  return segments.reduce((bytes, { start, end }) => bytes + end - start, 0)
}

async function readPart(
  content: Content | undefined,
  segments: readonly Segment[],
  held: Uint8Array = new Uint8Array(0),
): Promise<Uint32Array> {
  const all = new Uint8Array(sizeOf(segments) + held.length)
  let at = 0
  for (const { start, end } of content === undefined ? [] : segments) {
    all.set(await readAll(content?.slice(start, end) ?? EMPTY), at)
    at += end - start
  }
  all.set(held, at)
  return new Uint32Array(all.buffer)
}

const EMPTY: Content = { size: 0, slice: () => EMPTY, async *bytes() {} }

class RowWords {
  #words = new Uint32Array(0)
  #used = 0

  get bytes(): number {
    return 4 * this.#used
  }

  add(head: number, hashes: Uint32Array, { file, row }: { file: number; row: number }, leaves: Uint32Array): number {
    const more = ROW.leaves + leaves.length
    const from = this.#used
    if (from + more > this.#words.length) this.#enlarge(from + more)
    this.#words[from] = head
    this.#words.set(hashes, from + ROW.key)
    this.#words[from + ROW.file] = file
    this.#words[from + ROW.row] = row
    this.#words.set(leaves, from + ROW.leaves)
    this.#used += more
    return more
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
