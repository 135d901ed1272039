import type { Content } from '../base/content.ts'
import { createBuffers, type Buffers } from './buffers.ts'
import { cutCsv, cutLines, cutObjects } from './cuts.ts'
import type { CsvDialect } from './csv.ts'
import type { Slice, SliceLayout } from './read-slice.ts'
import { rowGroupSlices } from './row-group-slices.ts'
import { SLICE_SIZE, type SliceSize } from './slice-size.ts'
import { slices, type Cut } from './slices.ts'

/** How a file holds its records, as `summarise` found it. */
export type RecordLayout =
  | { readonly kind: 'lines' }
  | { readonly kind: 'array' }
  | { readonly kind: 'documents' }
  | { readonly kind: 'csv'; readonly header: readonly string[]; readonly dialect: CsvDialect }
  | { readonly kind: 'parquet' }

export type FileToRead = {
  readonly content: Content
  readonly layout: RecordLayout
  readonly sliceSize?: SliceSize
  readonly buffers?: Buffers
}

/** A file in slices of whole records, each once and in order. Throws a Problem when it has changed or can't be read. */
export async function* fileSlices({
  content,
  layout,
  sliceSize: size = SLICE_SIZE,
  buffers = createBuffers(),
}: FileToRead): AsyncGenerator<Slice> {
  const cutBy = (cut: Cut) => slices(content, { cut, size, buffers })
  switch (layout.kind) {
    case 'lines':
      return yield* textSlices(cutBy(cutLines), () => ({ kind: 'json-lines' }))
    case 'array':
    case 'documents':
      return yield* textSlices(cutBy(cutObjects), () => ({ kind: 'json-objects' }))
    case 'csv':
      return yield* textSlices(cutBy(cutCsv(layout.dialect)), (index) => ({
        ...layout,
        hasHeader: index === 0,
      }))
    case 'parquet':
      return yield* rowGroupSlices(content)
    default:
      return layout satisfies never
  }
}

async function* textSlices(
  blocks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  layout: (index: number) => SliceLayout,
): AsyncGenerator<Slice> {
  let index = 0
  for await (const bytes of blocks) yield { bytes, layout: layout(index++) }
}
