import type { FileMetaData, RowGroup } from 'hyparquet'
import { parquetFooter, parquetSummary } from './footer.ts'
import { readRowGroup } from './records.ts'
import type { FileFormat, FileSummary, NamedContent, Slice, SummaryOptions } from '../format.ts'
import { type Content, readAll } from '../../lib/content.ts'
import { Problem } from '../../lib/errors.ts'

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
  lacksColumn: ({ columns }, path) =>
    !columns.some((column) => path.every((name, depth) => column.path[depth] === name)),
  shown: { areValuesTexts: false, areMomentsRespelled: true, isCorruptText: false },
  inputFormat: () => ({ format: 'parquet' }),
}

async function summariseParquet({ content }: NamedContent, options: SummaryOptions): Promise<FileSummary> {
  const shape = await parquetSummary(content)
  if (!('format' in shape)) return shape
  const { onBytes, read } = options
  if (onBytes !== undefined) for await (const chunk of content.bytes()) onBytes(chunk)
  await read?.(content, shape)
  return { kind: 'records', rows: shape.rows, shape, isMultiLine: false, isRewritten: false }
}

/** Writers stay at 128 MiB or 512 MiB at the most; what is larger has to be held in memory like the rest, and is refused. */
const LARGEST_GROUP_BYTES = 1024 ** 3

/** Each row group of a Parquet file by itself, with a footer of its own. @throws Problem for a file that is none */
async function* rowGroupSlices(content: Content): AsyncGenerator<Slice<'parquet'>> {
  const footer = await parquetFooter(content)
  if (footer.kind === 'refused') throw new Problem(`The Parquet file ${footer.says}`, { remedy: footer.remedy })
  for (const group of footer.metadata.row_groups) {
    const { start, end } = rangeOf(group)
    if (end - start > LARGEST_GROUP_BYTES) throw refuseSize(end - start)
    const bytes = await readAll(content.slice(start, Math.min(end, content.size)))
    yield { format: 'parquet', bytes, layout: { metadata: aloneIn(footer.metadata, group), start } }
  }
}

/** Older writers leave the dictionary's offset at 0 where there is none. */
function rangeOf({ columns }: RowGroup): { readonly start: number; readonly end: number } {
  let [start, end] = [Infinity, 0]
  for (const { meta_data: chunk } of columns) {
    if (chunk === undefined) continue
    const first = Number(chunk.dictionary_page_offset || chunk.data_page_offset)
    start = Math.min(start, first)
    end = Math.max(end, first + Number(chunk.total_compressed_size))
  }
  return { start: Math.min(start, end), end }
}

function aloneIn(metadata: FileMetaData, group: RowGroup): FileMetaData {
  return { ...metadata, row_groups: [group], num_rows: group.num_rows }
}

function refuseSize(bytes: number): Problem {
  return new Problem(
    `A row group of the Parquet file has ${bytes} bytes, and rows are checked up to ${LARGEST_GROUP_BYTES}`,
    {
      remedy: 'Write smaller row groups (128 MiB is usual), or set "validation: off".',
    },
  )
}
