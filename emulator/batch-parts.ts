import { textDownload, type Download } from './export-bytes.ts'
import type { Settings } from './settings.ts'
import type { Batch } from './state.ts'

/**
 * What a successful batch holds, as Data Access hands it out. The lake keeps Snappy Parquet whatever was uploaded; here
 * Parquet comes back as it was sent, and rows of other formats as JSON Lines that say so in name and type.
 */
export function batchParts(batch: Batch): readonly Download[] {
  if (batch.phase.kind !== 'success') return []
  const uploads = [...batch.uploads.values()].filter(({ finished }) => finished)
  if (batch.input.format !== 'parquet' || uploads.length === 0) {
    return batch.harvest.rows.length === 0 ? [] : [textDownload(partName(batch, 0, 'json'), batch.harvest.rows)]
  }
  return uploads.map((upload, index) => ({
    name: partName(batch, index, 'snappy.parquet'),
    size: upload.size,
    type: 'application/parquet',
    read: (start, end) => upload.stored.read(start, end),
  }))
}

/** What Data Access and Catalog call the file that a batch becomes. */
export function fileIdOf({ id }: Pick<Batch, 'id'>, { fileEntries }: Settings): string {
  return fileEntries === 'counted' ? `${id}-1` : `${id}-DE1`
}

function partName(batch: Batch, index: number, extension: string): string {
  return `${batch.id}_part-${String(index).padStart(5, '0')}-c000.${extension}`
}
