import type { RecordShape } from '../../../src/formats/format.ts'

export const LINES = { format: 'json', kind: 'lines' } as const satisfies RecordShape

export const PARQUET = { format: 'parquet', rows: 1, rowGroups: 1, columns: [] } as const satisfies RecordShape

export function csvShape(header: readonly string[]): RecordShape<'csv'> {
  return { format: 'csv', header, dialect: { delimiter: ',', quote: '"', escape: '"' } }
}
