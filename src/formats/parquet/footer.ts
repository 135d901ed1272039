import type { FileMetaData, SchemaElement } from 'hyparquet'
import { parquetMetadata } from 'hyparquet/src/metadata.js'
import { type ContentRefusal, refuseContent } from '../refusal.ts'
import { type Content, readAll } from '../../lib/content.ts'

export type ParquetRecordShape = {
  readonly format: 'parquet'
  readonly rows: number
  readonly rowGroups: number
  /** The leaves of the schema. */
  readonly columns: readonly ParquetColumn[]
}

type ParquetColumn = {
  /** As the footer spells it, with `list.element` and `key_value.key`. */
  readonly path: readonly string[]
  readonly meaning: ColumnMeaning
  readonly repetition: 'required' | 'optional' | 'repeated'
}

/** What a column's values mean, by its annotation, or by its physical type where it has none. */
type ColumnMeaning =
  'string' | 'byte' | 'short' | 'integer' | 'long' | 'double' | 'boolean' | 'date' | 'date-time' | 'other'

/** Reads a Parquet file's footer, and nothing else of it. */
export async function parquetSummary(content: Content): Promise<ParquetRecordShape | ContentRefusal> {
  const footer = await parquetFooter(content)
  return footer.kind === 'refused' ? footer : judge(footer.metadata, footer.dataEnd)
}

function judge(metadata: FileMetaData, dataEnd: number): ParquetRecordShape | ContentRefusal {
  const groups = metadata.row_groups
  const chunks = groups.flatMap((group) => group.columns)
  if (chunks.some((chunk) => chunk.crypto_metadata !== undefined)) return refuseContent('parquet-encrypted')
  if (!chunks.every((chunk) => isInside(chunk, dataEnd))) return refuseContent('parquet-ranges')
  const rows = Number(metadata.num_rows)
  const inGroups = groups.reduce((sum, group) => sum + Number(group.num_rows), 0)
  if (!Number.isSafeInteger(rows) || rows !== inGroups) {
    return refuseContent('parquet-footer', { found: 'its number of rows is not that of its row groups' })
  }
  return rows === 0
    ? refuseContent('no-rows')
    : { format: 'parquet', rows, rowGroups: groups.length, columns: parquetColumns(metadata) }
}

type ColumnChunk = FileMetaData['row_groups'][number]['columns'][number]

/** Older writers leave the dictionary's offset at 0 where there is none; a chunk in another file is never sent with it. */
function isInside({ meta_data: chunk, file_path: elsewhere }: ColumnChunk, dataEnd: number): boolean {
  if (chunk === undefined || elsewhere) return false
  const dictionary = Number(chunk.dictionary_page_offset ?? 0)
  const page = Number(chunk.data_page_offset)
  const start = dictionary > 0 ? Math.min(dictionary, page) : page
  const bytes = Number(chunk.total_compressed_size)
  return start >= 4 && bytes >= 0 && start + bytes <= dataEnd
}

type ParquetFooter = {
  readonly kind: 'footer'
  readonly metadata: FileMetaData
  /** Where the footer begins, and what the columns hold ends. */
  readonly dataEnd: number
}

/** Length and magic, at the very end. */
const TAIL_BYTES = 8

/** The magic at both ends and the length of a footer, and not a byte between them. */
const SMALLEST_BYTES = 12

/** The footer of a file with a hundred thousand column chunks takes some 20 MiB. */
const LARGEST_FOOTER_BYTES = 64 * 1024 * 1024

/** Reads a Parquet file's footer, and nothing else of it. */
export async function parquetFooter(content: Content): Promise<ParquetFooter | ContentRefusal> {
  const tail = await readAll(content.slice(Math.max(0, content.size - TAIL_BYTES), content.size))
  const refused = await refuseMagic(content, tail)
  if (refused !== undefined) return refused
  const footerBytes = Buffer.from(tail).readUInt32LE(0)
  const dataEnd = content.size - TAIL_BYTES - footerBytes
  if (dataEnd < 4) return refuseContent('parquet-footer', { found: 'it would be longer than the file' })
  if (footerBytes > LARGEST_FOOTER_BYTES) return refuseContent('parquet-footer', { found: 'it is longer than 64 MiB' })
  const metadata = readFooter(await readAll(content.slice(dataEnd, content.size)))
  if (metadata === undefined) return refuseContent('parquet-footer', { found: 'it is not what Parquet writes' })
  return { kind: 'footer', metadata, dataEnd }
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

function readFooter(footer: Uint8Array): FileMetaData | undefined {
  try {
    return parquetMetadata(footer, { geoparquet: false })
  } catch {
    // The reader stumbles over what is missing, each time in another way; all of them mean the same.
    return undefined
  }
}

/** The leaves of a Parquet file's schema. The footer lists the tree depth first, each group with its number of children. */
function parquetColumns({ schema }: Pick<FileMetaData, 'schema'>): readonly ParquetColumn[] {
  const columns: ParquetColumn[] = []
  let at = 1
  const read = (children: number, path: readonly string[]) => {
    for (let child = 0; child < children; child++) {
      const element = schema[at++]
      if (element === undefined) return
      const here = [...path, element.name]
      if (element.num_children) read(element.num_children, here)
      else columns.push({ path: here, meaning: meaningOf(element), repetition: repetitionOf(element) })
    }
  }
  read(schema[0]?.num_children ?? 0, [])
  return columns
}

function repetitionOf({ repetition_type: type }: SchemaElement): ParquetColumn['repetition'] {
  if (type === 'REQUIRED') return 'required'
  return type === 'REPEATED' ? 'repeated' : 'optional'
}

const ANNOTATED: Readonly<Record<string, ColumnMeaning>> = {
  UTF8: 'string',
  ENUM: 'string',
  JSON: 'string',
  INT_8: 'byte',
  INT_16: 'short',
  INT_32: 'integer',
  INT_64: 'long',
  DECIMAL: 'double',
  DATE: 'date',
  TIMESTAMP_MILLIS: 'date-time',
  TIMESTAMP_MICROS: 'date-time',
}

const PHYSICAL: Readonly<Record<string, ColumnMeaning>> = {
  BOOLEAN: 'boolean',
  INT32: 'integer',
  INT64: 'long',
  // Spark wrote timestamps so for years, and Adobe's own samples are.
  INT96: 'date-time',
  FLOAT: 'double',
  DOUBLE: 'double',
  // Older writers leave the annotation of text out.
  BYTE_ARRAY: 'string',
}

function meaningOf({ type, converted_type: converted, logical_type: logical }: SchemaElement): ColumnMeaning {
  if (logical?.type === 'STRING') return 'string'
  if (logical?.type === 'DATE') return 'date'
  if (logical?.type === 'TIMESTAMP') return 'date-time'
  if (converted !== undefined) return ANNOTATED[converted] ?? 'other'
  return PHYSICAL[type ?? ''] ?? 'other'
}
