import { setImmediate } from 'node:timers/promises'
import { type ContentRefusal, refuseContent } from '../refusal.ts'
import { type Content, readAll } from '../../lib/content.ts'
import { CODECS, type Codec } from './codecs.ts'
import { PHYSICAL_TYPES } from './encodings.ts'
import { type ParquetElement, readElement } from './schema-elements.ts'
import { ParquetDamage, THRIFT, ThriftReader } from './thrift.ts'
import { type ColumnTree, columnTree } from './tree.ts'

/** The content of a file's footer. */
export type ParquetFooter = {
  readonly kind: 'footer'
  readonly tree: ColumnTree
  readonly rows: number
  readonly groups: readonly RowGroup[]
}

export type RowGroup = {
  readonly rows: number
  /** Four numbers for each leaf's chunk, which take less memory than an object; {@link chunkOf} reads them. */
  readonly chunks: Float64Array
}

/** The position of a leaf's values of one row group in the file. */
export type ColumnChunk = {
  readonly start: number
  readonly end: number
  /** Includes nulls and empty lists. */
  readonly entries: number
  readonly codec: Codec
}

const CHUNK_NUMBERS = 4

export function chunkOf({ chunks }: RowGroup, leaf: number): ColumnChunk {
  const at = leaf * CHUNK_NUMBERS
  const start = chunks[at] ?? 0
  return {
    start,
    end: start + (chunks[at + 1] ?? 0),
    entries: chunks[at + 2] ?? 0,
    codec: CODECS[chunks[at + 3] ?? 0] ?? 'UNCOMPRESSED',
  }
}

/** Length and magic, at the very end. */
const TAIL_BYTES = 8

/** The magic at both ends and the footer's length, with nothing between them. */
const SMALLEST_BYTES = 12

/** The footer of a file with a hundred thousand column chunks takes some 20 MiB. */
const LARGEST_FOOTER_BYTES = 64 * 1024 * 1024

/** Reads only the footer of a Parquet file. */
export async function readFooter(content: Content): Promise<ParquetFooter | ContentRefusal> {
  const tail = await readAll(content.slice(Math.max(0, content.size - TAIL_BYTES), content.size))
  const refused = await refuseMagic(content, tail)
  if (refused !== undefined) return refused
  const footerBytes = Buffer.from(tail).readUInt32LE(0)
  const dataEnd = content.size - TAIL_BYTES - footerBytes
  if (dataEnd < 4) return refuseFooter('it would be longer than the file')
  if (footerBytes > LARGEST_FOOTER_BYTES) return refuseFooter('it is longer than 64 MiB')
  const footer = await readAll(content.slice(dataEnd, content.size - TAIL_BYTES))
  try {
    return refuseUnfit(await parseFooter(footer), dataEnd)
  } catch (error) {
    if (!(error instanceof ParquetDamage)) throw error
    return refuseFooter(`it holds ${error.message}`)
  }
}

function refuseFooter(found: string): ContentRefusal {
  return refuseContent('parquet-footer', { found })
}

async function refuseMagic(content: Content, tail: Uint8Array): Promise<ContentRefusal | undefined> {
  const first = toAscii(await readAll(content.slice(0, Math.min(4, content.size))))
  const last = toAscii(tail.subarray(-4))
  if (first === 'PARE' || (first === 'PAR1' && last === 'PARE')) return refuseContent('parquet-encrypted')
  if (first !== 'PAR1') return refuseContent('not-parquet')
  return last === 'PAR1' && content.size >= SMALLEST_BYTES ? undefined : refuseContent('parquet-truncated')
}

function toAscii(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

type ParsedFooter = ParquetFooter & { readonly isEncrypted: boolean; readonly isElsewhere: boolean }

function refuseUnfit(footer: ParsedFooter, dataEnd: number): ParquetFooter | ContentRefusal {
  const { kind, tree, rows, groups } = footer
  if (footer.isEncrypted) return refuseContent('parquet-encrypted')
  if (rows < 0 || groups.some((group) => group.rows < 0)) return refuseFooter('its number of rows is below zero')
  const inGroups = groups.reduce((sum, group) => sum + group.rows, 0)
  if (!Number.isSafeInteger(rows) || rows !== inGroups) {
    return refuseFooter('its number of rows is not that of its row groups')
  }
  if (rows === 0) return refuseContent('no-rows')
  if (footer.isElsewhere || !groups.every((group) => isInside(group, dataEnd))) return refuseContent('parquet-ranges')
  return { kind, tree, rows, groups }
}

/** A group without rows is never read, so its position doesn't matter. */
function isInside({ rows, chunks }: RowGroup, dataEnd: number): boolean {
  if (rows === 0) return true
  for (let at = 0; at < chunks.length; at += CHUNK_NUMBERS) {
    const [start, bytes] = [chunks[at] ?? 0, chunks[at + 1] ?? 0]
    if (start < 4 || bytes < 0 || start + bytes > dataEnd) return false
  }
  return true
}

/** Other work gets a turn after this many bytes, which take some milliseconds. */
const BYTES_AT_ONCE = 1024 * 1024

/** More columns than any schema of the platform can have, and few enough to be held in memory. */
const MOST_ELEMENTS = 100_000

/** `parquet.thrift`, `FileMetaData`. @throws ParquetDamage */
async function parseFooter(bytes: Uint8Array): Promise<ParsedFooter> {
  const reader = new ThriftReader(bytes)
  const parser = new FooterParser(reader)
  await reader.longStruct((id, type) => {
    if (id === 2 && type === THRIFT.list) return parser.schema()
    if (id === 3 && type === THRIFT.i64) return parser.count()
    if (id === 4 && type === THRIFT.list) return parser.rowGroups()
    if (id === 8) parser.isEncrypted = true
    return false
  })
  return parser.footer()
}

class FooterParser {
  isEncrypted = false
  #reader: ThriftReader
  #tree: ColumnTree | undefined
  #types = new Uint8Array(0)
  #rows = -1
  #groups: RowGroup[] = []
  #isElsewhere = false
  #turnAt = BYTES_AT_ONCE

  constructor(reader: ThriftReader) {
    this.#reader = reader
  }

  schema(): void {
    const elements: ParquetElement[] = []
    this.#reader.list((type) => {
      if (type !== THRIFT.struct) throw new ParquetDamage('a schema without elements')
      elements.push(readElement(this.#reader))
      if (elements.length > MOST_ELEMENTS) throw new ParquetDamage(`more than ${MOST_ELEMENTS} columns`)
    })
    this.#tree = columnTree(elements)
    this.#types = Uint8Array.from(this.#tree.leaves, ({ storage }) => PHYSICAL_TYPES.indexOf(storage.physical))
  }

  count(): void {
    this.#rows = this.#reader.integer()
  }

  async rowGroups(): Promise<void> {
    await this.#reader.longList(async (type) => {
      if (type !== THRIFT.struct) throw new ParquetDamage('row groups that are none')
      this.#groups.push(this.#rowGroup())
      if (this.#reader.at < this.#turnAt) return
      this.#turnAt = this.#reader.at + BYTES_AT_ONCE
      await setImmediate()
    })
  }

  footer(): ParsedFooter {
    if (this.#tree === undefined || this.#tree.leaves.length === 0) throw new ParquetDamage('no columns')
    return {
      kind: 'footer',
      tree: this.#tree,
      rows: this.#rows,
      groups: this.#groups,
      isEncrypted: this.isEncrypted,
      isElsewhere: this.#isElsewhere,
    }
  }

  #rowGroup(): RowGroup {
    const reader = this.#reader
    let rows = -1
    const chunks = new Float64Array(this.#types.length * CHUNK_NUMBERS)
    let filled = 0
    reader.struct((id, type) => {
      if (id === 3 && type === THRIFT.i64) rows = reader.integer()
      else if (id !== 1 || type !== THRIFT.list) return false
      else
        reader.list((item) => {
          if (item !== THRIFT.struct || filled >= this.#types.length) throw unfitGroup()
          this.#columnChunk(chunks, filled++)
        })
      return undefined
    })
    if (filled !== this.#types.length) throw unfitGroup()
    return { rows, chunks }
  }

  /** `ColumnChunk`. A chunk in another file would not be sent with this one. */
  #columnChunk(chunks: Float64Array, leaf: number): void {
    const reader = this.#reader
    let hasData = false
    reader.struct((id, type) => {
      if (id === 1 && type === THRIFT.binary) this.#isElsewhere ||= reader.binary().length > 0
      else if (id === 3 && type === THRIFT.struct) {
        hasData = true
        this.#chunkData(chunks, leaf)
      } else {
        if (id === 8) this.isEncrypted = true
        return false
      }
      return undefined
    })
    if (!hasData && !this.isEncrypted) this.#isElsewhere = true
  }

  /** `ColumnMetaData`. Older writers set the offset of a missing dictionary to 0. */
  #chunkData(chunks: Float64Array, leaf: number): void {
    const reader = this.#reader
    let [physical, codec, entries, bytes, page, dictionary] = [-1, -1, -1, -1, 0, 0]
    reader.struct((id, type) => {
      if (type === THRIFT.i32 && id === 1) physical = reader.integer()
      else if (type === THRIFT.i32 && id === 4) codec = reader.integer()
      else if (type !== THRIFT.i64) return false
      else if (id === 5) entries = reader.integer()
      else if (id === 7) bytes = reader.integer()
      else if (id === 9) page = reader.integer()
      else if (id === 11) dictionary = reader.integer()
      else return false
      return undefined
    })
    if (physical !== this.#types[leaf] || CODECS[codec] === undefined) throw unfitGroup()
    chunks.set([dictionary > 0 ? Math.min(dictionary, page) : page, bytes, entries, codec], leaf * CHUNK_NUMBERS)
  }
}

function unfitGroup(): ParquetDamage {
  return new ParquetDamage('row groups with other columns than its schema has')
}
