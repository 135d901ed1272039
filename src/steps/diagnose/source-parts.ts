import type { Content } from '../../base/content.ts'
import { cutCsv, cutLines, cutObjects } from '../../rows/cuts.ts'
import type { Extent } from '../../rows/extent.ts'
import { readCsv } from '../../rows/read-csv.ts'
import { readJsonLines } from '../../rows/read-json-lines.ts'
import { readJsonObjects } from '../../rows/read-json-objects.ts'
import { readRowGroup } from '../../rows/read-row-group.ts'
import type { CsvDialect } from '../../rows/csv.ts'
import { rowGroupSlices } from '../../rows/row-group-slices.ts'
import type { RowSink } from '../../rows/row.ts'
import { slices, SLICE_SIZE, type Cut } from '../../rows/slices.ts'
import type { CheckedFile } from '../preflight.ts'

/** Some whole records of a file: shows each of them to the sink, with places that count from the part's beginning. */
export type SourcePart = {
  /** Of the rows of Parquet; lines are counted by the extent that `read` returns. */
  readonly rows: number
  read(sink: RowSink): Promise<Extent>
}

/** A source file, part by part, each once and in order. @throws Problem when the file has changed or can't be read */
export async function* sourceParts({ source, shape }: CheckedFile, dialect: CsvDialect): AsyncGenerator<SourcePart> {
  switch (shape.kind) {
    case 'lines':
      return yield* textParts(source, cutLines, readJsonLines)
    case 'array':
    case 'documents':
      return yield* textParts(source, cutObjects, readJsonObjects)
    case 'csv':
      return yield* textParts(source, cutCsv(dialect), (bytes, sink, isFirst) =>
        readCsv(bytes, { dialect, header: shape.header, hasHeader: isFirst }, sink),
      )
    case 'parquet':
      return yield* parquetParts(source)
    default:
      return shape satisfies never
  }
}

type Read = (bytes: Uint8Array, sink: RowSink, isFirst: boolean) => Extent

async function* textParts(source: Content, cut: Cut, read: Read): AsyncGenerator<SourcePart> {
  let isFirst = true
  for await (const bytes of slices(source, cut, SLICE_SIZE)) {
    const isHead = isFirst
    yield { rows: 0, read: async (sink) => read(bytes, sink, isHead) }
    isFirst = false
  }
}

async function* parquetParts(source: Content): AsyncGenerator<SourcePart> {
  for await (const { bytes, layout } of rowGroupSlices(source)) {
    if (layout.kind !== 'parquet') continue
    yield { rows: Number(layout.metadata.num_rows), read: (sink) => readRowGroup(bytes, layout, sink) }
  }
}
