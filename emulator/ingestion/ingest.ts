import { type BatchError, FileRefused } from './file-refused.ts'
import { compileSchema } from './compile-schema.ts'
import type { Mode } from '../settings.ts'
import { createJudge, type Judgement } from './judge.ts'
import { readFile } from './read-file.ts'
import type { RowErrorFile } from './row-errors.ts'
import type { StoredFile } from './stored-file.ts'

export type { BatchError, StoredFile }

export type IngestOrder = {
  readonly files: readonly StoredFile[]
  readonly format: 'json' | 'csv' | 'parquet'
  readonly isMultiLineJson: boolean
  readonly csv: { readonly delimiter: string; readonly quote: string; readonly escape: string }
  /** `xed-full` JSON. */
  readonly schema: unknown
  readonly mode: Mode
  readonly diagnostics: boolean
  /** The percentage of rows with errors, 0 to 100, up to which a batch still succeeds. */
  readonly thresholdPercent: number
  /** Receives the valid rows while the batch is read: they count only if the batch succeeds. */
  accept(record: unknown): void
}

export type Ingested = {
  readonly verdict: 'success' | 'failed'
  readonly errors: readonly BatchError[]
  readonly metrics: Readonly<Record<string, number>> | undefined
  readonly rowErrors: readonly RowErrorFile[]
}

/** The platform's promotion of a batch: reads its files, checks their rows, and returns the facts that Catalog will show. */
export async function ingest(order: IngestOrder): Promise<Ingested> {
  const rules = { ...order, schema: compileSchema(order.schema) }
  const judge = createJudge(rules)
  try {
    for (const file of order.files) await readFile(file, rules, judge)
  } catch (error) {
    if (error instanceof FileRefused) return refused(error.reason)
    throw error
  }
  const { verdict, errors, rowErrors, rows } = judge.judge()
  return { verdict, errors, rowErrors, metrics: metrics(order, verdict, rows) }
}

function refused(reason: BatchError): Ingested {
  return { verdict: 'failed', errors: [reason], metrics: undefined, rowErrors: [] }
}

/** Batch ingestion troubleshooting guide: metrics are missing if the batch did not succeed, or is CSV. */
function metrics(order: IngestOrder, verdict: Judgement['verdict'], rows: Judgement['rows']): Ingested['metrics'] {
  if (verdict === 'failed' || order.format === 'csv') return undefined
  const inputByteSize = order.files.reduce((sum, { size }) => sum + size, 0)
  return {
    inputRecordCount: rows.read,
    outputRecordCount: rows.read - rows.bad,
    failedRecordCount: rows.bad,
    inputByteSize,
    // The platform stores Parquet, whose size can't be known here.
    outputByteSize: inputByteSize,
    inputFileCount: order.files.length,
    outputFileCount: 1,
    // A batch of one record was seen to succeed with 0.
    partitionCount: 0,
  }
}
