import { parquetMetadata } from 'hyparquet/src/metadata.js'
import type { FileMetaData } from 'hyparquet'
import type { Content } from '../base/content.ts'
import { readAll } from './read-all.ts'
import { refusal, type Refusal } from './refusal.ts'

export type ParquetSummary = {
  readonly kind: 'parquet'
  readonly rows: number
  readonly rowGroups: number
  /** The leaves of the schema, as the first row group stores them. */
  readonly columns: readonly ParquetColumn[]
}

export type ParquetColumn = { readonly path: readonly string[]; readonly type: string; readonly codec: string }

/** Length and magic, at the very end. */
const TAIL_BYTES = 8

/** The magic at both ends and the length of a footer, and not a byte between them. */
const SMALLEST_BYTES = 12

/** The footer of a file with a hundred thousand column chunks takes some 20 MiB. */
const LARGEST_FOOTER_BYTES = 64 * 1024 * 1024

/** Reads a Parquet file's footer, and nothing else of it. */
export async function parquetSummary(content: Content): Promise<ParquetSummary | Refusal> {
  const tail = await readAll(content.slice(Math.max(0, content.size - TAIL_BYTES), content.size))
  const refused = await refuseMagic(content, tail)
  if (refused !== undefined) return refused
  const footerBytes = Buffer.from(tail).readUInt32LE(0)
  const dataEnd = content.size - TAIL_BYTES - footerBytes
  if (dataEnd < 4) return refusal('parquet-footer', { found: 'it would be longer than the file' })
  if (footerBytes > LARGEST_FOOTER_BYTES) return refusal('parquet-footer', { found: 'it is longer than 64 MiB' })
  const metadata = readFooter(await readAll(content.slice(dataEnd, content.size)))
  if (metadata === undefined) return refusal('parquet-footer', { found: 'it is not what Parquet writes' })
  return judge(metadata, dataEnd)
}

async function refuseMagic(content: Content, tail: Uint8Array): Promise<Refusal | undefined> {
  const first = ascii(await readAll(content.slice(0, Math.min(4, content.size))))
  const last = ascii(tail.subarray(-4))
  if (first === 'PARE' || (first === 'PAR1' && last === 'PARE')) return refusal('parquet-encrypted')
  if (first !== 'PAR1') return refusal('not-parquet')
  return last === 'PAR1' && content.size >= SMALLEST_BYTES ? undefined : refusal('parquet-truncated')
}

function ascii(bytes: Uint8Array): string {
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

function judge(metadata: FileMetaData, dataEnd: number): ParquetSummary | Refusal {
  const groups = metadata.row_groups
  const chunks = groups.flatMap((group) => group.columns)
  if (chunks.some((chunk) => chunk.crypto_metadata !== undefined)) return refusal('parquet-encrypted')
  if (!chunks.every((chunk) => liesInside(chunk, dataEnd))) return refusal('parquet-ranges')
  const rows = Number(metadata.num_rows)
  const inGroups = groups.reduce((sum, group) => sum + Number(group.num_rows), 0)
  if (!Number.isSafeInteger(rows) || rows !== inGroups) {
    return refusal('parquet-footer', { found: 'its number of rows is not that of its row groups' })
  }
  return rows === 0
    ? refusal('no-rows')
    : { kind: 'parquet', rows, rowGroups: groups.length, columns: columnsOf(metadata) }
}

type ColumnChunk = FileMetaData['row_groups'][number]['columns'][number]

/** Older writers leave the dictionary's offset at 0 where there is none; a chunk in another file is never sent with it. */
function liesInside({ meta_data: chunk, file_path: elsewhere }: ColumnChunk, dataEnd: number): boolean {
  if (chunk === undefined || elsewhere) return false
  const dictionary = Number(chunk.dictionary_page_offset ?? 0)
  const page = Number(chunk.data_page_offset)
  const start = dictionary > 0 ? Math.min(dictionary, page) : page
  const bytes = Number(chunk.total_compressed_size)
  return start >= 4 && bytes >= 0 && start + bytes <= dataEnd
}

function columnsOf(metadata: FileMetaData): readonly ParquetColumn[] {
  const chunks = metadata.row_groups[0]?.columns ?? []
  return chunks.flatMap(({ meta_data: chunk }) =>
    chunk === undefined ? [] : [{ path: chunk.path_in_schema, type: chunk.type, codec: chunk.codec }],
  )
}
