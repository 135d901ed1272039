import { type CsvDialect, firstRecordEnd } from './grammar.ts'
import { type CsvRecordShape, readHeader } from './header.ts'
import { LineEndGuard, UnevenLineEnd } from './line-ends.ts'
import { lastRecordEnd } from './record-ends.ts'
import { readCsv } from './records.ts'
import {
  type FileFormat,
  type FileSummary,
  type NamedContent,
  type Slice,
  type SlicesOptions,
  type SplitOptions,
  type SummaryOptions,
  readForAll,
} from '../format.ts'
import { type Cut, cutAt, slices, splitPoints } from '../slices.ts'
import { placeOfByte } from '../record.ts'
import { refuseContent } from '../refusal.ts'
import { type Content, joinedContent, readAll } from '../../lib/content.ts'

/** A header and records of strings, in a dialect that the inputs define. */
export const csvFormat: FileFormat<'csv'> = {
  extensions: ['.csv'],
  placedBy: 'text',
  isJoinedByLines: false,
  isReadApart: false,
  isUntyped: true,
  summarise: summariseCsv,
  slices: csvSlices,
  readSlice: ({ bytes, layout }, sink) => readCsv(bytes, layout, sink),
  split: splitCsv,
  // CSV is refused for schemas that aren't flat.
  lacksColumn: ({ header }, path) => path.length === 1 && !header.includes(path[0] ?? ''),
  shown: { areValuesTexts: true, areMomentsRespelled: false, isCorruptText: false },
  inputFormat: ({ dialect }) => ({ format: 'csv', ...dialect, header: true, charset: 'UTF-8' }),
}

async function summariseCsv({ content }: NamedContent, options: SummaryOptions): Promise<FileSummary> {
  const shape = await readHeader(content, options.dialect)
  if (!('format' in shape)) return shape
  const guard = new LineEndGuard(options.dialect, options.isConverted)
  try {
    await readForAll(content, shape, { ...options, see: (chunk) => guard.write(chunk) })
    guard.end()
  } catch (error) {
    if (!(error instanceof UnevenLineEnd)) throw error
    return refuseContent(error.code, { place: await placeOfByte(content, error.offset) })
  }
  return { kind: 'records', rows: undefined, shape, isMultiLine: false, isRewritten: false }
}

async function* csvSlices(
  content: Content,
  { header, dialect }: CsvRecordShape,
  options: SlicesOptions,
): AsyncGenerator<Slice<'csv'>> {
  let hasHeader = true
  for await (const bytes of slices(content, { cut: cutCsv(dialect), ...options })) {
    yield { format: 'csv', bytes, layout: { header, dialect, hasHeader } }
    hasHeader = false
  }
}

export function cutCsv(dialect: CsvDialect): Cut {
  return (block) => lastRecordEnd(block, dialect)
}

/** Each chunk begins with the header. */
async function splitCsv(
  content: Content,
  { dialect }: CsvRecordShape,
  { mostBytes, signal }: SplitOptions,
): Promise<readonly Content[]> {
  const header = content.slice(0, await headerBytes(content, dialect))
  const splitting = { cut: cutCsv(dialect), mostBytes: mostBytes - header.size, signal }
  const chunks = cutAt(content, await splitPoints(content, splitting))
  return header.size === 0 ? [] : chunks.map((chunk, index) => (index === 0 ? chunk : joinedContent([header, chunk])))
}

/** By now, the header and the first record are known to end within this many bytes. */
const LONGEST_HEADER_BYTES = 1 << 24

/** A line feed in quotes doesn't end the header. 0 if the header doesn't end. */
async function headerBytes(content: Content, dialect: CsvDialect): Promise<number> {
  return firstRecordEnd(await readAll(content.slice(0, Math.min(LONGEST_HEADER_BYTES, content.size))), dialect)
}
