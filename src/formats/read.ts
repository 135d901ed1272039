import { type CsvLayout, readCsv } from './csv/records.ts'
import { readJsonLines, readJsonObjects } from './json/records.ts'
import { type RowGroup, readRowGroup } from './parquet/records.ts'
import type { Extent, RowSink } from './record.ts'

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
