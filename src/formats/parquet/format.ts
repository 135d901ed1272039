import type { FileFormat, FileSummary, NamedContent, Slice, SummaryOptions } from '../format.ts'
import { type RowIssue, NOTHING, type Extent, type RecordLocator, type RowSink } from '../record.ts'
import { type Content, readAll } from '../../lib/content.ts'
import { Problem } from '../../lib/errors.ts'
import { type ColumnsPart, bytesOf, countParts } from './columns.ts'
import { readFooter } from './footer.ts'
import type { ByteSource } from './pages.ts'
import { RowReader, allLeaves } from './records.ts'
import { parquetSummary } from './summary.ts'
import { ParquetDamage } from './thrift.ts'

/** Row groups of typed columns, and a footer with their positions. */
export const parquetFormat: FileFormat<'parquet'> = {
  extensions: ['.parquet'],
  placedBy: 'row',
  isJoinedByLines: false,
  isReadApart: true,
  isUntyped: false,
  summarise: summariseParquet,
  slices: (content) => partsOf(content),
  readSlice: ({ layout }, sink, read) => readRows(layout, sink, read),
  // The footer describes the whole file.
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

/** Numbers the files, so that a thread recognises the file that it made its check for. */
let files = 0

/**
 * Yields each row group in parts without bytes: the thread that takes a part requests the bytes of its pages. In a
 * check by columns, all parts are checked together; in a check by rows, the first part stands for the whole row group.
 * @throws Problem for a file that is not Parquet
 */
async function* partsOf(content: Content): AsyncGenerator<Slice<'parquet'>> {
  const footer = await readFooter(content)
  if (footer.kind === 'refused') throw new Problem(`The Parquet file ${footer.says}`, { remedy: footer.remedy })
  const file = ++files
  const leaves = allLeaves(footer)
  for (const [index, group] of footer.groups.entries()) {
    if (group.rows === 0) continue
    const parts = countParts(bytesOf(group, leaves))
    for (let part = 0; part < parts; part++) {
      const layout = { file, tree: footer.tree, group, groupNumber: index + 1, part, parts }
      yield { format: 'parquet', bytes: new Uint8Array(0), layout }
    }
  }
}

/** The bytes of a file from one offset to another, in a buffer of their own that can be transferred to a thread. */
export function bytesFrom(content: Content): ByteSource {
  return async (start, end, spare) => {
    if (content.fill === undefined) return await readAll(content.slice(start, end))
    const bytes = roomOf(spare, end - start)
    content.fill(bytes, start)
    return bytes
  }
}

function roomOf(spare: Uint8Array<ArrayBuffer> | undefined, bytes: number): Uint8Array<ArrayBuffer> {
  const isEnough = spare !== undefined && spare.buffer.byteLength >= bytes
  return isEnough ? new Uint8Array(spare.buffer, 0, bytes) : new Uint8Array(bytes)
}

/** When a row can't be read, it and all later rows of its group count as corrupt. */
async function readRows({ tree, group, part }: ColumnsPart, sink: RowSink, read: ByteSource): Promise<Extent> {
  if (part > 0) return NOTHING
  let row = 0
  try {
    const rows = new RowReader({ tree, group, leaves: allLeaves({ tree }), read, typedValues: sink.typedValues })
    for (let record = await rows.next(); record !== undefined; record = await rows.next()) {
      if (row === group.rows) throw new ParquetDamage('more rows than its row group has')
      sink.value(record, placeOfRow(row++))
      const pause = sink.pause?.()
      if (pause !== undefined) await pause
    }
    if (row < group.rows) throw new ParquetDamage('fewer rows than its row group has')
  } catch (error) {
    if (!(error instanceof ParquetDamage)) throw error
    // A surplus row counts as one corrupt row.
    sink.corrupt(UNREADABLE, placeOfRow(row), Math.max(1, group.rows - row))
  }
  return NOTHING
}

function placeOfRow(index: number): RecordLocator {
  return { placeOf: () => ({ kind: 'row', row: index + 1 }) }
}

const UNREADABLE: RowIssue = {
  code: 'corrupt-record',
  level: 'error',
  fate: 'fails-batch',
  path: '',
  expected: 'rows that can be read',
  received: 'a row group that is damaged, or packed in a way that is not read here',
}
