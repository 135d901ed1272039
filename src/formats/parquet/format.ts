import { parquetSummary, rowGroupSlices } from './footer.ts'
import { readRowGroup } from './records.ts'
import type { FileFormat, FileSummary, NamedContent, SummaryOptions } from '../format.ts'

/** Row groups of typed columns, and a footer that says where they are. */
export const parquetFormat: FileFormat<'parquet'> = {
  extensions: ['.parquet'],
  placedBy: 'row',
  isJoinedByLines: false,
  isUntyped: false,
  summarise: summariseParquet,
  slices: (content) => rowGroupSlices(content),
  readSlice: ({ bytes, layout }, sink) => readRowGroup(bytes, layout, sink),
  rowsToCount: ({ layout }) => Number(layout.metadata.num_rows),
  // Its footer speaks of the whole file.
  split: async () => [],
  inputFormat: () => ({ format: 'parquet' }),
}

async function summariseParquet({ content }: NamedContent, options: SummaryOptions): Promise<FileSummary> {
  const shape = await parquetSummary(content)
  if (!('format' in shape)) return shape
  const { onBytes, read } = options
  if (onBytes !== undefined) for await (const chunk of content.bytes()) onBytes(chunk)
  await read?.(content, shape)
  return { kind: 'records', rows: shape.rows, shape, isMultiLine: false }
}
