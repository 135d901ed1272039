import type { Extent } from './extent.ts'
import { readCsv, type CsvLayout } from './read-csv.ts'
import { readJsonLines } from './read-json-lines.ts'
import { readJsonObjects } from './read-json-objects.ts'
import { readRowGroup, type RowGroup } from './read-row-group.ts'
import type { RowSink } from './row.ts'

/** Whole records of a file, by themselves: what a thread takes, and can be cloned or handed over. */
export type Slice = { readonly bytes: Uint8Array<ArrayBuffer>; readonly layout: SliceLayout }

export type SliceLayout =
  | { readonly kind: 'json-lines' }
  | { readonly kind: 'json-objects' }
  | ({ readonly kind: 'csv' } & CsvLayout)
  | ({ readonly kind: 'parquet' } & RowGroup)

/** Shows every record of a slice to the sink, in order. @returns how far that goes in the file */
export async function readSlice({ bytes, layout }: Slice, sink: RowSink): Promise<Extent> {
  switch (layout.kind) {
    case 'json-lines':
      return readJsonLines(bytes, sink)
    case 'json-objects':
      return readJsonObjects(bytes, sink)
    case 'csv':
      return readCsv(bytes, layout, sink)
    case 'parquet':
      return await readRowGroup(bytes, layout, sink)
    default:
      return layout satisfies never
  }
}
