import { textDownload, type Download } from '../export/export-bytes.ts'
import type { Settings } from '../settings.ts'
import type { Batch } from '../state.ts'

/**
 * The files of a successful batch, as Data Access serves them. The lake stores every upload as Snappy Parquet. Here,
 * Parquet comes back as it was sent, and rows of other formats as JSON Lines, with a matching name and type.
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

/** The id by which Data Access and Catalog name the file of a batch. */
export function fileIdOf({ id }: Pick<Batch, 'id'>, { fileEntries }: Settings): string {
  return fileEntries === 'counted' ? `${id}-1` : `${id}-DE1`
}

function partName(batch: Batch, index: number, extension: string): string {
  return `${batch.id}_part-${String(index).padStart(5, '0')}-c000.${extension}`
}
