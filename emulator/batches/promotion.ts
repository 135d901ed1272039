import { emptyHarvest } from './batches.ts'
import { ingest, type BatchError, type IngestOrder, type StoredFile } from '../ingestion/ingest.ts'
import { objectOf, type JsonObject } from '../json.ts'
import type { Platform } from '../platform.ts'
import { appliedRows, isRelational, readingSchema } from './relational.ts'
import type { Batch, Harvest, Upload } from '../state.ts'

export type Promotion = { readonly verdict: 'success' | 'failed'; readonly harvest: Harvest }

/** The platform's processing of a completed batch: it checks the guardrails, then reads the rows. */
export async function promote(platform: Platform, batch: Batch): Promise<Promotion> {
  const files = finishedFiles(batch)
  const refused = beyondGuardrails(platform, files)
  if (refused !== undefined) return failure(refused)
  if (files.length === 0) return withoutFiles(platform)
  return await promoteRows(platform, batch, files.map(storedFile))
}

async function promoteRows(platform: Platform, batch: Batch, files: readonly StoredFile[]): Promise<Promotion> {
  const rows: unknown[] = []
  const { maxKeptRows } = platform.settings()
  const accept = (row: unknown) => {
    if (rows.length < maxKeptRows) rows.push(row)
  }
  try {
    const { verdict, ...ingested } = await ingest({ ...order(platform, batch), files, accept })
    const schema = schemaOf(platform, batch.datasetId)
    const kept = isRelational(schema) ? appliedRows(platform, schema, rows) : rows
    return { verdict, harvest: { ...ingested, rows: verdict === 'success' ? kept : [] } }
  } catch (error) {
    // A defect of the emulator is reported as an error of the batch: if thrown, it would end every later request.
    return failure({
      code: 'EMU-CRASH',
      description: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
  }
}

function order(platform: Platform, batch: Batch): Omit<IngestOrder, 'files' | 'accept'> {
  const schema = schemaOf(platform, batch.datasetId)
  return {
    format: batch.input.format,
    isMultiLineJson: batch.input.isMultiLineJson,
    csv: batch.input.csv,
    schema: isRelational(schema) ? readingSchema(platform, schema) : schema,
    mode: platform.settings().mode,
    diagnostics: batch.diagnostics,
    thresholdPercent: batch.thresholdPercent,
  }
}

export function schemaOf(platform: Platform, datasetId: string): JsonObject {
  const record = platform.state.datasets.get(datasetId)?.record
  const id = objectOf(record?.['schemaRef'])['id']
  return (typeof id === 'string' ? platform.state.schemas.get(id) : undefined) ?? {}
}

function finishedFiles(batch: Batch): readonly Upload[] {
  return [...batch.uploads.values()]
    .filter((upload) => upload.finished)
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

function storedFile(upload: Upload): StoredFile {
  return { name: upload.name, size: upload.size, read: (start, end) => upload.stored.read(start, end) }
}

/** Ingestion guardrails: the text is Adobe's; the code is unknown. */
function beyondGuardrails(platform: Platform, files: readonly Upload[]): BatchError | undefined {
  const { mode, maxFiles, maxBatchBytes } = platform.settings()
  const size = files.reduce((sum, file) => sum + file.size, 0)
  if (mode === 'lenient' || (files.length <= maxFiles && size <= maxBatchBytes)) return undefined
  const description = `Batch ingestion guardrails hit: ${files.length} files (over the ${maxFiles} threshold); ${size} bytes (over the ${maxBatchBytes} threshold)`
  return { code: 'EMU-GUARDRAIL', description }
}

/** Undocumented; 106 is the platform's code for a dataset file without data. */
function withoutFiles(platform: Platform): Promotion {
  if (platform.settings().batchWithoutFiles === 'succeeds') return { verdict: 'success', harvest: emptyHarvest }
  return failure({ code: '106', description: 'The dataset file is empty.' })
}

function failure(error: BatchError): Promotion {
  return { verdict: 'failed', harvest: { ...emptyHarvest, errors: [error] } }
}
