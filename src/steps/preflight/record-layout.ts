import type { CsvDialect } from '../../rows/csv.ts'
import type { RecordLayout } from '../../rows/file-slices.ts'
import type { RecordShape } from '../../rows/summarise.ts'

/** How a file holds its records, for whoever reads them again. */
export function recordLayout(shape: RecordShape, dialect: CsvDialect): RecordLayout {
  return shape.kind === 'csv' ? { ...shape, dialect } : { kind: shape.kind }
}
