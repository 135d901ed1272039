import { crc32 } from 'node:zlib'
import { unpack } from './codecs.ts'
import { DataPage, type Dictionary, type PageParts, refuseRows } from './data-page.ts'
import { plainDecoder } from './encodings.ts'
import type { ColumnChunk } from './footer.ts'
import { HybridLevels, type Levels, bitPackedLevels, constantLevels, widthOf } from './levels.ts'
import { type PageHeader, readPageHeader } from './page-header.ts'
import { Scratch } from './scratch.ts'
import { ParquetDamage, ThriftReader } from './thrift.ts'
import type { ColumnLeaf } from './tree.ts'

/**
 * Reads the file from `start` up to, not including, `end`. The caller owns the returned bytes. `spare` is a buffer
 * returned before that is no longer needed and can be filled again.
 */
export type ByteSource = (
  start: number,
  end: number,
  spare?: Uint8Array<ArrayBuffer>,
) => Promise<Uint8Array<ArrayBuffer>>

/**
 * The most that a page can take, packed or unpacked. Writers aim at 1 MiB; only large single values need more. The same
 * limit as for a line of JSON.
 */
export const MOST_PAGE_BYTES = 64 * 1024 * 1024

/** A page larger than the limit for memory. */
export class PageTooLarge extends ParquetDamage {
  readonly bytes: number

  constructor(bytes: number) {
    super('a page that is too large')
    this.bytes = bytes
  }
}

export type LeafSource = {
  readonly leaf: ColumnLeaf
  readonly chunk: ColumnChunk
  readonly read: ByteSource
  /** How much is read at once, in bytes. */
  readonly windowBytes: number
  /** Not shared while pages of the leaf are in use. */
  readonly scratch: Scratch
}

/** A page that isn't unpacked because all of its rows are skipped. */
type SkippedPage = { readonly kind: 'skipped'; readonly rows: number }

/** The pages of one leaf in one row group, each once and in order. */
export class LeafPages {
  /** How many pages have begun, including the dictionary. */
  pages = 0
  readonly #source: LeafSource
  readonly #window: Window
  #at: number
  #left: number
  #dictionary: Dictionary | undefined

  constructor(source: LeafSource) {
    this.#source = source
    this.#window = new Window(source)
    this.#at = source.chunk.start
    this.#left = source.chunk.entries
  }

  /**
   * The next page; undefined after the last. @throws ParquetDamage for an unreadable page; no later page can be read
   * then
   */
  async next(rowsToSkip = 0): Promise<DataPage | SkippedPage | undefined> {
    while (this.#left > 0) {
      if (this.#at >= this.#source.chunk.end) throw new ParquetDamage('a column that ends before its values do')
      this.pages++
      const header = await this.#header()
      if (header.kind === 'dictionary') this.#dictionary = this.#readDictionary(header, await this.#body(header))
      else if (header.kind === 'other') this.#at += header.packedBytes
      else {
        const isFirst = this.#left === this.#source.chunk.entries
        this.#left -= header.entries
        if (this.#left < 0) throw new ParquetDamage('a page with more values than its column has')
        if (this.#source.leaf.rep === 0) refuseRows(header, header.entries)
        // Only in columns without lists does the header tell the number of rows.
        if (this.#source.leaf.rep === 0 && header.entries > 0 && header.entries <= rowsToSkip) {
          this.#at += header.packedBytes
          return { kind: 'skipped', rows: header.entries }
        }
        return this.#dataPage(header, await this.#body(header), isFirst)
      }
    }
    return undefined
  }

  async #header(): Promise<PageHeader> {
    for (let bytes = FIRST_HEADER_BYTES; ; bytes *= 8) {
      const head = await this.#window.bytes(this.#at, bytes)
      const reader = new ThriftReader(head)
      try {
        const header = readPageHeader(reader)
        this.#at += reader.at
        return header
      } catch (error) {
        // The statistics may hold long strings.
        if (head.length < bytes || bytes > MOST_HEADER_BYTES) throw error
      }
    }
  }

  async #body({ packedBytes, unpackedBytes, checksum }: PageHeader): Promise<Uint8Array> {
    const most = Math.max(packedBytes, unpackedBytes)
    if (most > MOST_PAGE_BYTES) throw new PageTooLarge(most)
    const body = await this.#window.bytes(this.#at, packedBytes)
    if (body.length < packedBytes) throw new ParquetDamage('a page that extends beyond its column')
    if (checksum !== undefined && crc32(body) !== checksum)
      throw new ParquetDamage('a page that is not what its checksum says')
    this.#at += packedBytes
    return body
  }

  #readDictionary({ entries, unpackedBytes }: PageHeader, body: Uint8Array): Dictionary {
    const { leaf, chunk } = this.#source
    if (this.#dictionary !== undefined) throw new ParquetDamage('a second dictionary')
    if (leaf.storage.physical === 'BOOLEAN' || entries > unpackedBytes)
      throw new ParquetDamage('a dictionary that is none')
    // The dictionary outlives the pages, so it has its own buffers.
    const scratch = new Scratch()
    const unpacked = unpack({ codec: chunk.codec, packed: body }, unpackedBytes, scratch)
    const bytes = chunk.codec === 'UNCOMPRESSED' ? unpacked.slice() : unpacked
    const decoder = plainDecoder(leaf.storage, { bytes, start: 0, end: bytes.length, scratch })
    return { raw: decoder.next(entries), count: entries }
  }

  #dataPage(header: PageHeader, body: Uint8Array, isFirst: boolean): DataPage {
    const { leaf, scratch } = this.#source
    const parts =
      header.kind === 'data' ? splitPage(header, body, this.#source) : splitPageV2(header, body, this.#source)
    const beginsRow = isFirst || header.kind === 'data-v2'
    return new DataPage(header, parts, { leaf, scratch, dictionary: this.#dictionary, beginsRow })
  }
}

const FIRST_HEADER_BYTES = 256
const MOST_HEADER_BYTES = 8 * 1024 * 1024

/** Reads ahead within a chunk. */
class Window {
  readonly #source: LeafSource
  #start = 0
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0)

  constructor(source: LeafSource) {
    this.#source = source
  }

  /** Returns fewer bytes at the end of the chunk. */
  async bytes(at: number, length: number): Promise<Uint8Array> {
    const { read, windowBytes, chunk, scratch } = this.#source
    const end = Math.min(at + length, chunk.end)
    if (at < this.#start || end > this.#start + this.#bytes.length) {
      this.#bytes = await read(at, Math.min(Math.max(end, at + windowBytes), chunk.end), scratch.spare)
      scratch.spare = this.#bytes
      this.#start = at
    }
    return this.#bytes.subarray(at - this.#start, end - this.#start)
  }
}

function splitPage(header: PageHeader, body: Uint8Array, { leaf, chunk, scratch }: LeafSource): PageParts {
  const bytes = unpack({ codec: chunk.codec, packed: body }, header.unpackedBytes, scratch)
  let start = 0
  const levels = (most: number, isBitPacked: boolean): Levels => {
    if (most === 0) return constantLevels(0)
    const width = widthOf(most)
    const length = isBitPacked ? Math.ceil((header.entries * width) / 8) : wordAt(bytes, start)
    if (!isBitPacked) start += 4
    if (length > bytes.length - start) throw new ParquetDamage('levels that go on behind their page')
    const span = { bytes, start, end: start + length }
    start = span.end
    return isBitPacked ? bitPackedLevels(span, width) : new HybridLevels(span, width)
  }
  const rep = levels(leaf.rep, header.areLevelsBitPacked.rep)
  const def = levels(leaf.def, header.areLevelsBitPacked.def)
  return { rep, def, values: { bytes, start, end: bytes.length, scratch } }
}

function wordAt(bytes: Uint8Array, at: number): number {
  if (at + 4 > bytes.length) throw new ParquetDamage('levels that go on behind their page')
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true)
}

function splitPageV2(header: PageHeader, body: Uint8Array, { leaf, chunk, scratch }: LeafSource): PageParts {
  const { rep, def } = header.levelBytes
  const unpackedBytes = header.unpackedBytes - rep - def
  if (rep + def > body.length || unpackedBytes < 0) throw new ParquetDamage('levels that go on behind their page')
  const levels = (most: number, start: number, length: number) =>
    most === 0 ? constantLevels(0) : new HybridLevels({ bytes: body, start, end: start + length }, widthOf(most))
  const packed = body.subarray(rep + def)
  const bytes =
    header.isPacked && packed.length > 0 ? unpack({ codec: chunk.codec, packed }, unpackedBytes, scratch) : packed
  return {
    rep: levels(leaf.rep, 0, rep),
    def: levels(leaf.def, rep, def),
    values: { bytes, start: 0, end: bytes.length, scratch },
  }
}
