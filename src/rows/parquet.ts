import type { FileMetaData } from 'hyparquet'
import type { Content } from '../base/content.ts'
import { parquetColumns, type ParquetColumn } from './parquet-columns.ts'
import { parquetFooter } from './parquet-footer.ts'
import { refusal, type Refusal } from './refusal.ts'

export type ParquetSummary = {
  readonly kind: 'parquet'
  readonly rows: number
  readonly rowGroups: number
  /** The leaves of the schema. */
  readonly columns: readonly ParquetColumn[]
}

/** Reads a Parquet file's footer, and nothing else of it. */
export async function parquetSummary(content: Content): Promise<ParquetSummary | Refusal> {
  const footer = await parquetFooter(content)
  return footer.kind === 'refused' ? footer : judge(footer.metadata, footer.dataEnd)
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
    : { kind: 'parquet', rows, rowGroups: groups.length, columns: parquetColumns(metadata) }
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
