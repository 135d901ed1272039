import type { Field } from './field.ts'
import type { Mode } from '../settings.ts'
import { readCsv, type CsvDialect } from './read-csv.ts'
import { readJsonDocuments } from './read-json-documents.ts'
import { readJsonLines } from './read-json-lines.ts'
import { readParquet } from './read-parquet.ts'
import { refuseEmpty } from './file-refused.ts'
import type { RowSink } from './row-sink.ts'
import type { StoredFile } from './stored-file.ts'

export type ReadOrder = {
  readonly format: 'json' | 'csv' | 'parquet'
  readonly isMultiLineJson: boolean
  readonly csv: CsvDialect
  readonly mode: Mode
  readonly schema: Field
  accept(record: unknown): void
}

/** Passes every row of a file to the sink. Throws a `FileRefused` if the file can't be part of a batch of its format. */
export async function readFile(file: StoredFile, order: ReadOrder, sink: RowSink): Promise<void> {
  if (file.size === 0) refuseEmpty(file)
  switch (order.format) {
    case 'csv':
      return readCsv(file, order.csv, (row) => order.accept(row))
    case 'json':
      return order.isMultiLineJson ? readJsonDocuments(file, order.mode, sink) : readJsonLines(file, order.mode, sink)
    case 'parquet':
      return readParquet(file, order, sink)
    default:
      return order.format satisfies never
  }
}
