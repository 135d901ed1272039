import type { Content } from '../base/content.ts'
import { csvSummary, type CsvDialect, type CsvSummary } from './csv.ts'
import { JsonCompactor } from './json-compactor.ts'
import { jsonShape } from './json-shape.ts'
import { countLines, type OddLine } from './jsonl.ts'
import { MalformedJson } from './malformed-json.ts'
import { parquetSummary, type ParquetSummary } from './parquet.ts'
import { readAll } from './read-all.ts'
import { refusal, type Refusal } from './refusal.ts'
import { SNIFF_BYTES, sniff } from './sniff.ts'

/** `json` is looked at; `json-lines` is what `.jsonl` and `.ndjson` promise. */
export type RowFormat = 'json' | 'json-lines' | 'csv' | 'parquet'

export type FileSummary = FileRecords | Refusal

export type FileRecords = {
  readonly kind: 'records'
  /** Unknown for CSV, which is read no further than its first record; else above 0. */
  readonly rows: number | undefined
  readonly shape: RecordShape
  /** An array or documents: not JSON Lines yet, `toJsonLines` makes them so. */
  readonly multiLine: boolean
}

export type RecordShape =
  | { readonly kind: 'lines'; readonly odd: OddLine | undefined }
  | { readonly kind: 'array' }
  | { readonly kind: 'documents' }
  | CsvSummary
  | ParquetSummary

export type SummaryOptions = {
  readonly dialect: CsvDialect
  /** For a hash: sees every byte of a file that is not refused once and in order, whatever its format. */
  readonly onBytes?: ((chunk: Uint8Array) => void) | undefined
}

/**
 * What a file's bytes say: what shape its records have and how many they are, or why it must not be sent. JSON is read
 * once from end to end; of CSV and Parquet what is needed is read, and then all of it where `onBytes` asks for it.
 */
export async function summarise(content: Content, format: RowFormat, options: SummaryOptions): Promise<FileSummary> {
  const suspicion = sniff(await readAll(content.slice(0, Math.min(SNIFF_BYTES, content.size))))
  if (suspicion !== undefined && !(suspicion.kind === 'parquet' && format === 'parquet')) {
    return refusal(suspicion.kind, suspicion.kind === 'compressed' ? { found: suspicion.by } : {})
  }
  if (format === 'json' || format === 'json-lines') return await summariseJson(content, format, options)
  const shape = format === 'csv' ? await csvSummary(content, options.dialect) : await parquetSummary(content)
  if (shape.kind === 'refused') return shape
  await showAll(content, options)
  return { kind: 'records', rows: shape.kind === 'csv' ? undefined : shape.rows, shape, multiLine: false }
}

async function showAll(content: Content, { onBytes }: SummaryOptions): Promise<void> {
  if (onBytes === undefined) return
  for await (const chunk of content.bytes()) onBytes(chunk)
}

async function summariseJson(
  content: Content,
  format: 'json' | 'json-lines',
  { onBytes }: SummaryOptions,
): Promise<FileSummary> {
  const shape = await jsonShape(content)
  switch (shape.kind) {
    case 'blank':
      return refusal('no-records')
    case 'other':
      return refusal('not-json', shape)
    case 'lines':
      return await countRows(content, onBytes)
    case 'array':
      return format === 'json-lines' ? refusal('array-in-lines') : await countRecords(content, shape.kind, onBytes)
    case 'documents':
      return format === 'json-lines' ? refusal('documents-in-lines') : await countRecords(content, shape.kind, onBytes)
    default:
      return shape satisfies never
  }
}

async function countRows(content: Content, onBytes: SummaryOptions['onBytes']): Promise<FileSummary> {
  const { rows, odd } = await countLines(content, onBytes)
  return { kind: 'records', rows, shape: { kind: 'lines', odd }, multiLine: false }
}

async function countRecords(
  content: Content,
  kind: 'array' | 'documents',
  onBytes: SummaryOptions['onBytes'],
): Promise<FileSummary> {
  const compactor = new JsonCompactor()
  try {
    for await (const chunk of content.bytes()) {
      onBytes?.(chunk)
      compactor.write(chunk)
    }
    compactor.end()
  } catch (error) {
    if (error instanceof MalformedJson) return refusal('malformed-json', error)
    throw error
  }
  const rows = compactor.records
  return rows === 0 ? refusal('empty-array') : { kind: 'records', rows, shape: { kind }, multiLine: true }
}
