import type { CsvDialect } from './csv/grammar.ts'
import { type CsvSummary, csvSummary } from './csv/header.ts'
import { JsonCompactor } from './json/compactor.ts'
import { MalformedJson } from './json/grammar.ts'
import { LineCounter, type OddLine, jsonShape } from './json/shape.ts'
import { type ParquetSummary, parquetSummary } from './parquet/footer.ts'
import { type Refusal, refusal } from './refusal.ts'
import type { RecordLayout } from './slices.ts'
import { SNIFF_BYTES, sniff } from './sniff.ts'
import { type Content, observe, readAll } from '../lib/content.ts'

/** `json` is looked at; `json-lines` is what `.jsonl` and `.ndjson` promise. */
export type RowFormat = 'json' | 'json-lines' | 'csv' | 'parquet'

export type FileSummary = FileRecords | Refusal

export type FileRecords = {
  readonly kind: 'records'
  /** Unknown for CSV, which is read no further than its first record; else above 0. */
  readonly rows: number | undefined
  readonly shape: RecordShape
  /** An array or documents: not JSON Lines yet, `JsonCompactor` makes them so. */
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
  /** The records of an array or of documents as JSON Lines, in the same order; not to be used where the file is refused. */
  readonly onLines?: ((lines: Uint8Array) => Promise<void>) | undefined
  /** Reads all of the file, for a purpose of its own, so that everybody sees its bytes in one reading. */
  readonly read?: ((content: Content, layout: RecordLayout) => Promise<void>) | undefined
}

/**
 * What a file's bytes say: what shape its records have and how many they are, or why it must not be sent. A text is read
 * once from end to end, beside its beginning; a Parquet file is not read in order, so its bytes are read for themselves.
 */
export async function summarise(content: Content, format: RowFormat, options: SummaryOptions): Promise<FileSummary> {
  const suspicion = sniff(await readAll(content.slice(0, Math.min(SNIFF_BYTES, content.size))))
  if (suspicion !== undefined && !(suspicion.kind === 'parquet' && format === 'parquet')) {
    return refusal(suspicion.kind, suspicion.kind === 'compressed' ? { found: suspicion.by } : {})
  }
  if (format === 'json' || format === 'json-lines') return await summariseJson(content, format, options)
  return format === 'csv' ? await summariseCsv(content, options) : await summariseParquet(content, options)
}

async function summariseCsv(content: Content, options: SummaryOptions): Promise<FileSummary> {
  const { dialect } = options
  const shape = await csvSummary(content, dialect)
  if (shape.kind === 'refused') return shape
  await readWatched(content, { ...shape, dialect }, options)
  return { kind: 'records', rows: undefined, shape, multiLine: false }
}

async function summariseParquet(content: Content, { onBytes, read }: SummaryOptions): Promise<FileSummary> {
  const shape = await parquetSummary(content)
  if (shape.kind === 'refused') return shape
  if (onBytes !== undefined) for await (const chunk of content.bytes()) onBytes(chunk)
  await read?.(content, { kind: 'parquet' })
  return { kind: 'records', rows: shape.rows, shape, multiLine: false }
}

async function summariseJson(
  content: Content,
  format: 'json' | 'json-lines',
  options: SummaryOptions,
): Promise<FileSummary> {
  const shape = await jsonShape(content)
  switch (shape.kind) {
    case 'blank':
      return refusal('no-records')
    case 'other':
      return refusal('not-json', shape)
    case 'lines':
      return await countRows(content, options)
    case 'array':
      return format === 'json-lines' ? refusal('array-in-lines') : await countRecords(content, shape.kind, options)
    case 'documents':
      return format === 'json-lines' ? refusal('documents-in-lines') : await countRecords(content, shape.kind, options)
    default:
      return shape satisfies never
  }
}

async function countRows(content: Content, options: SummaryOptions): Promise<FileSummary> {
  const lines = new LineCounter()
  await readWatched(content, { kind: 'lines' }, options, (chunk) => lines.write(chunk))
  return { kind: 'records', rows: lines.rows, shape: { kind: 'lines', odd: lines.odd }, multiLine: false }
}

async function countRecords(
  content: Content,
  kind: 'array' | 'documents',
  options: SummaryOptions,
): Promise<FileSummary> {
  const compactor = new JsonCompactor()
  try {
    await readWatched(content, { kind }, options, async (chunk) => {
      const lines = compactor.write(chunk)
      if (lines.length > 0) await options.onLines?.(lines)
    })
    compactor.end()
  } catch (error) {
    if (error instanceof MalformedJson) return refusal('malformed-json', error)
    throw error
  }
  const rows = compactor.records
  return rows === 0 ? refusal('empty-array') : { kind: 'records', rows, shape: { kind }, multiLine: true }
}

/** One reading of all bytes, in which `see` comes behind `onBytes`, and `read` behind both. */
async function readWatched(
  content: Content,
  layout: RecordLayout,
  { onBytes, read = readToEnd }: SummaryOptions,
  see?: (chunk: Uint8Array) => Promise<void> | void,
): Promise<void> {
  const watched = observe(content, async (chunk) => {
    onBytes?.(chunk)
    await see?.(chunk)
  })
  await read(watched, layout)
}

async function readToEnd(content: Content): Promise<void> {
  // oxlint-disable-next-line no-unused-vars -- whoever watches sees them
  for await (const _ of content.bytes());
}
