import type { ColumnChunk, CompressionCodec, DecodedArray, Encoding, FileMetaData, PageHeader } from 'hyparquet'
import type { ColumnMetaData, ParquetType, SchemaElement, SchemaTree } from 'hyparquet'
import { parquetSchema } from 'hyparquet'
import {
  CompressionCodecs,
  ConvertedTypes,
  Encodings,
  FieldRepetitionTypes,
  ParquetTypes,
} from 'hyparquet/src/constants.js'
import { getMaxDefinitionLevel, getMaxRepetitionLevel } from 'hyparquet/src/schema.js'
import { ByteWriter } from 'hyparquet-writer'
import { writePageHeader } from 'hyparquet-writer/src/datapage.js'
import { deltaBinaryPack, deltaByteArray, deltaLengthByteArray } from 'hyparquet-writer/src/delta.js'
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js'
import { writePlain } from 'hyparquet-writer/src/plain.js'
import { snappyCompress } from 'hyparquet-writer/src/snappy.js'
import { writeByteStreamSplit } from 'hyparquet-writer/src/splitstream.js'
import { serializeTCompactProtocol } from 'hyparquet-writer/src/thrift.js'
import { brotliCompressSync, crc32, gzipSync, zstdCompressSync } from 'node:zlib'

// Writes Parquet page by page, with features that libraries lack: repeated pages, and false headers and footers.

/** A column that holds values, with the levels that result from its parents. */
export type ParquetLeaf = {
  /** From the root to the leaf. */
  readonly tree: readonly SchemaTree[]
  readonly path: readonly string[]
  readonly type: ParquetType
  readonly typeLength: number | undefined
  readonly definition: number
  readonly repetition: number
}

/** The leaves of a schema in the order of the footer. `schema` begins with the root. */
export function parquetLeaves(schema: readonly SchemaElement[]): readonly ParquetLeaf[] {
  return leavesBelow([parquetSchema({ schema: [...schema] })])
}

function leavesBelow(tree: readonly SchemaTree[]): readonly ParquetLeaf[] {
  const { element, children, path } = tree.at(-1) as SchemaTree
  if (element.type === undefined) return children.flatMap((child) => leavesBelow([...tree, child]))
  const [definition, repetition] = [getMaxDefinitionLevel([...tree]), getMaxRepetitionLevel([...tree])]
  return [{ tree, path, type: element.type, typeLength: element.type_length, definition, repetition }]
}

export type PageSetup = {
  readonly codec?: CompressionCodec
  /** The version of data pages, which decides the form of headers and the compressed part. */
  readonly version?: 1 | 2
  readonly hasCrc?: boolean
}

export type PageContent = {
  /** Only the present values; for RLE_DICTIONARY, their indexes. */
  readonly values: DecodedArray
  readonly encoding?: Encoding
  /** Absent: every value is present. */
  readonly definition?: readonly number[]
  /** Absent: every value begins a row. */
  readonly repetition?: readonly number[]
  /** The bytes after the levels, in place of the encoded values. */
  readonly raw?: Uint8Array
  /** The number of values of the page if `raw` holds them together with their levels. */
  readonly slots?: number
  /** Falsifies the header. */
  readonly lie?: (header: PageHeader) => PageHeader
}

/** A page as written to the file, including its header. */
export type ParquetPage = {
  readonly kind: 'data' | 'dictionary'
  readonly bytes: Uint8Array
  /** Includes the header. */
  readonly unpackedBytes: number
  /** Includes nulls and the places of empty lists. */
  readonly slots: number
  readonly encoding: Encoding
}

export function dataPage(leaf: ParquetLeaf, content: PageContent, setup: PageSetup = {}): ParquetPage {
  const { values, encoding = 'PLAIN', definition, repetition, raw, lie = truth } = content
  const { version = 1, codec = 'SNAPPY' } = setup
  const slots = content.slots ?? definition?.length ?? repetition?.length ?? values.length
  const body = raw ?? encoded(leaf, values, encoding)
  const present = definition ?? (leaf.definition > 0 ? repeated(leaf.definition, slots) : [])
  const starts = repetition ?? (leaf.repetition > 0 ? repeated(0, slots) : [])
  const levels = [levelBytes(starts, leaf.repetition, version), levelBytes(present, leaf.definition, version)] as const
  const counts = { slots, nulls: definition?.filter((level) => level < leaf.definition).length ?? 0, rows: 0 }
  const rows = starts.length === 0 ? slots : starts.filter((level) => level === 0).length
  const seen = { body, levels, encoding, codec, counts: { ...counts, rows } }
  const { header, packed } = version === 1 ? firstVersion(seen) : secondVersion(seen)
  return { ...assemble(header, packed, { ...setup, lie }), kind: 'data', slots, encoding }
}

export function dictionaryPage(leaf: ParquetLeaf, content: PageContent, setup: PageSetup = {}): ParquetPage {
  const { values, lie = truth, raw } = content
  const body = raw ?? encoded(leaf, values, 'PLAIN')
  const header: PageHeader = {
    type: 'DICTIONARY_PAGE',
    uncompressed_page_size: body.length,
    compressed_page_size: 0,
    dictionary_page_header: { num_values: values.length, encoding: 'PLAIN' },
  }
  const packed = pack(body, setup.codec ?? 'SNAPPY')
  return { ...assemble(header, packed, { ...setup, lie }), kind: 'dictionary', slots: 0, encoding: 'PLAIN' }
}

function repeated(level: number, slots: number): readonly number[] {
  return Array.from({ length: slots }, () => level)
}

function truth<T>(what: T): T {
  return what
}

type Seen = {
  readonly body: Uint8Array
  readonly levels: readonly [repetition: Uint8Array, definition: Uint8Array]
  readonly encoding: Encoding
  readonly codec: CompressionCodec
  readonly counts: { readonly slots: number; readonly nulls: number; readonly rows: number }
}

type Unassembled = { readonly header: PageHeader; readonly packed: Uint8Array }

function firstVersion({ body, levels, encoding, codec, counts }: Seen): Unassembled {
  const plain = Buffer.concat([...levels, body])
  const header: PageHeader = {
    type: 'DATA_PAGE',
    uncompressed_page_size: plain.length,
    compressed_page_size: 0,
    data_page_header: {
      num_values: counts.slots,
      encoding,
      definition_level_encoding: 'RLE',
      repetition_level_encoding: 'RLE',
    },
  }
  return { header, packed: pack(plain, codec) }
}

/** A version 2 data page, whose levels are never compressed. */
function secondVersion({ body, levels, encoding, codec, counts }: Seen): Unassembled {
  const [repetition, definition] = levels
  const header: PageHeader = {
    type: 'DATA_PAGE_V2',
    uncompressed_page_size: repetition.length + definition.length + body.length,
    compressed_page_size: 0,
    data_page_header_v2: {
      num_values: counts.slots,
      num_nulls: counts.nulls,
      num_rows: counts.rows,
      encoding,
      definition_levels_byte_length: definition.length,
      repetition_levels_byte_length: repetition.length,
      is_compressed: codec !== 'UNCOMPRESSED',
    },
  }
  return { header, packed: Buffer.concat([...levels, pack(body, codec)]) }
}

type Assembly = PageSetup & { readonly lie: (header: PageHeader) => PageHeader }

function assemble(header: PageHeader, packed: Uint8Array, { hasCrc = false, lie }: Assembly) {
  const writer = new ByteWriter()
  // Signed, because Thrift has no unsigned integers.
  const crc = hasCrc ? { crc: crc32(packed) | 0 } : {}
  writePageHeader(writer, lie({ ...header, compressed_page_size: packed.length, ...crc }))
  const unpackedBytes = writer.offset + header.uncompressed_page_size
  return { bytes: Buffer.concat([writer.getBytes(), packed]), unpackedBytes }
}

function levelBytes(levels: readonly number[], highest: number, version: 1 | 2): Uint8Array {
  if (highest === 0) return new Uint8Array()
  const writer = new ByteWriter()
  writeRleBitPackedHybrid(writer, [...levels], bitWidth(highest))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(writer.offset)
  return version === 1 ? Buffer.concat([length, writer.getBytes()]) : writer.getBytes()
}

function bitWidth(highest: number): number {
  return 32 - Math.clz32(highest)
}

function encoded({ type, typeLength }: ParquetLeaf, given: DecodedArray, encoding: Encoding): Uint8Array {
  const writer = new ByteWriter()
  const values = typeof given[0] === 'string' ? Array.from(given, (text) => Buffer.from(String(text))) : given
  if (encoding === 'PLAIN') writePlain(writer, values, type, typeLength)
  else if (encoding === 'RLE_DICTIONARY') writeIndexes(writer, values as readonly number[])
  else if (encoding === 'DELTA_BINARY_PACKED') deltaBinaryPack(writer, values, type as 'INT32' | 'INT64')
  else if (encoding === 'DELTA_LENGTH_BYTE_ARRAY') deltaLengthByteArray(writer, values)
  else if (encoding === 'DELTA_BYTE_ARRAY') deltaByteArray(writer, values)
  else if (encoding === 'BYTE_STREAM_SPLIT') writeByteStreamSplit(writer, values, type, typeLength)
  else throw new Error(`Nothing here writes ${encoding}`)
  return writer.getBytes()
}

function writeIndexes(writer: ByteWriter, indexes: readonly number[]): void {
  const width = bitWidth(indexes.reduce((most, index) => Math.max(most, index), 1))
  writer.appendUint8(width)
  writeRleBitPackedHybrid(writer, [...indexes], width)
}

function pack(bytes: Uint8Array, codec: CompressionCodec): Uint8Array {
  if (codec === 'UNCOMPRESSED') return bytes
  if (codec === 'SNAPPY') return snappyCompress(new Uint8Array(bytes))
  if (codec === 'GZIP') return gzipSync(bytes)
  if (codec === 'BROTLI') return brotliCompressSync(bytes)
  if (codec === 'ZSTD') return zstdCompressSync(bytes)
  if (codec === 'LZ4_RAW') return literalsOfLz4(bytes)
  if (codec === 'LZ4') return inHadoopFrame(bytes.length, literalsOfLz4(bytes))
  throw new Error(`Nothing here compresses by ${codec}`)
}

/** An LZ4 block that consists only of literals. */
function literalsOfLz4(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 15) return Buffer.concat([Buffer.of(bytes.length << 4), bytes])
  const lengths = Array.from({ length: Math.floor((bytes.length - 15) / 255) }, () => 255)
  return Buffer.concat([Buffer.of(0xf0, ...lengths, (bytes.length - 15) % 255), bytes])
}

/** The old codec LZ4, in Hadoop's framing, which all writers used: both lengths first, big-endian. */
function inHadoopFrame(unpackedBytes: number, block: Uint8Array): Uint8Array {
  const lengths = Buffer.alloc(8)
  lengths.writeUInt32BE(unpackedBytes)
  lengths.writeUInt32BE(block.length, 4)
  return Buffer.concat([lengths, block])
}

export type RepeatedPage = { readonly page: ParquetPage; readonly times: number }

export type ParquetChunk = {
  readonly leaf: ParquetLeaf
  readonly codec?: CompressionCodec
  readonly pages: readonly RepeatedPage[]
  readonly lie?: (chunk: ColumnMetaData) => ColumnMetaData
}

export type ParquetFile = {
  /** Begins with the root. */
  readonly schema: readonly SchemaElement[]
  readonly groups: readonly { readonly rows: number; readonly chunks: readonly ParquetChunk[] }[]
  readonly lie?: (metadata: FileMetaData) => FileMetaData
}

const MAGIC = Buffer.from('PAR1')

/** The bytes of the file, page by page, so that a file can be larger than memory. */
export function* parquetParts({ schema, groups, lie = truth }: ParquetFile): Generator<Uint8Array> {
  yield MAGIC
  let offset = MAGIC.length
  const written: FileMetaData['row_groups'] = []
  for (const { rows, chunks } of groups) {
    const columns: ColumnChunk[] = []
    for (const chunk of chunks) {
      const column = chunkAt(chunk, offset)
      for (const { page, times } of chunk.pages) for (let time = 0; time < times; time++) yield page.bytes
      offset += Number(column.meta_data?.total_compressed_size ?? 0n)
      columns.push({ ...column, ...(column.meta_data && { meta_data: (chunk.lie ?? truth)(column.meta_data) }) })
    }
    const bytes = columns.reduce((sum, { meta_data }) => sum + (meta_data?.total_uncompressed_size ?? 0n), 0n)
    written.push({ columns, total_byte_size: bytes, num_rows: BigInt(rows) })
  }
  const rows = groups.reduce((sum, group) => sum + group.rows, 0)
  const metadata = { version: 2, schema: [...schema], num_rows: BigInt(rows), row_groups: written, metadata_length: 0 }
  yield footerOf(lie(metadata))
}

function chunkAt({ leaf, codec = 'SNAPPY', pages }: ParquetChunk, offset: number): ColumnChunk {
  const sum = (figure: (page: ParquetPage) => number) =>
    pages.reduce((total, { page, times }) => total + figure(page) * times, 0)
  const dictionary = pages[0]?.page.kind === 'dictionary' ? pages[0].page.bytes.length : undefined
  const meta_data: ColumnMetaData = {
    type: leaf.type,
    encodings: [...new Set(pages.map(({ page }) => page.encoding))],
    path_in_schema: [...leaf.path],
    codec,
    num_values: BigInt(sum(({ slots }) => slots)),
    total_uncompressed_size: BigInt(sum(({ unpackedBytes }) => unpackedBytes)),
    total_compressed_size: BigInt(sum(({ bytes }) => bytes.length)),
    data_page_offset: BigInt(offset + (dictionary ?? 0)),
    ...(dictionary !== undefined && { dictionary_page_offset: BigInt(offset) }),
  }
  return { file_offset: BigInt(offset), meta_data }
}

/** Uses the field numbers of `parquet.thrift`. A library's writer would fail on an invalid schema. */
function footerOf({ version, schema, num_rows, row_groups: groups }: FileMetaData): Uint8Array {
  const writer = new ByteWriter()
  serializeTCompactProtocol(writer, {
    field_1: version,
    field_2: schema.map(elementFields),
    field_3: num_rows,
    field_4: groups.map(({ columns, total_byte_size, num_rows: rows }) => ({
      field_1: columns.map(columnFields),
      field_2: total_byte_size,
      field_3: rows,
    })),
  })
  writer.appendUint32(writer.offset)
  return Buffer.concat([writer.getBytes(), MAGIC])
}

function elementFields(element: SchemaElement): Fields {
  const { type, repetition_type: repetition, converted_type: annotation, logical_type: logical } = element
  return {
    field_1: type && ParquetTypes.indexOf(type),
    field_2: element.type_length,
    field_3: repetition && FieldRepetitionTypes.indexOf(repetition),
    field_4: element.name,
    field_5: element.num_children,
    field_6: annotation && ConvertedTypes.indexOf(annotation),
    field_7: element.scale,
    field_8: element.precision,
    field_10:
      logical?.type === 'DECIMAL' ? { field_5: { field_1: logical.scale, field_2: logical.precision } } : undefined,
  }
}

type Fields = Readonly<Record<`field_${number}`, unknown>>

function columnFields({ file_path: path, file_offset: offset, meta_data: chunk }: ColumnChunk): Fields {
  return {
    field_1: path,
    field_2: offset,
    field_3: chunk && {
      field_1: ParquetTypes.indexOf(chunk.type),
      field_2: chunk.encodings.map((encoding) => Encodings.indexOf(encoding)),
      field_3: chunk.path_in_schema,
      field_4: CompressionCodecs.indexOf(chunk.codec),
      field_5: chunk.num_values,
      field_6: chunk.total_uncompressed_size,
      field_7: chunk.total_compressed_size,
      field_9: chunk.data_page_offset,
      field_11: chunk.dictionary_page_offset,
    },
  }
}

export function parquetBytes(file: ParquetFile): Buffer<ArrayBuffer> {
  return Buffer.concat([...parquetParts(file)])
}
