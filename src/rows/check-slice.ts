import type { Extent } from './extent.ts'
import { Inspector, type SliceResult } from './inspector.ts'
import { readCsv, type CsvLayout } from './read-csv.ts'
import { readJsonLines } from './read-json-lines.ts'
import { readJsonObjects } from './read-json-objects.ts'
import { readRowGroup, type RowGroup } from './read-row-group.ts'
import type { RowCheck, RowSink } from './row.ts'

/** Whole records of a file, by themselves: what a thread takes, and can be cloned or handed over. */
export type Slice = { readonly bytes: Uint8Array<ArrayBuffer>; readonly layout: SliceLayout }

export type SliceLayout =
  | { readonly kind: 'json-lines' }
  | { readonly kind: 'json-objects' }
  | ({ readonly kind: 'csv' } & CsvLayout)
  | ({ readonly kind: 'parquet' } & RowGroup)

/** Every record of a slice, in order. Throws what the check throws, but a SyntaxError, which makes a record corrupt. */
export async function checkSlice({ bytes, layout }: Slice, check: RowCheck): Promise<SliceResult> {
  const inspector = new Inspector(check)
  const extent = await read(bytes, layout, inspector)
  return inspector.result(extent)
}

async function read(bytes: Uint8Array, layout: SliceLayout, sink: RowSink): Promise<Extent> {
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
