import { type CsvDialect, firstRecordEnd } from '../formats/csv/grammar.ts'
import { cutCsv, cutLines, splitPoints } from '../formats/slices.ts'
import type { RecordShape } from '../formats/summarise.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { type Content, joinedContent, readAll } from '../lib/content.ts'

/** Batch ingestion overview: 1,500 files and 100 GB a batch; newer guardrails allow more, older tenants may not. */
export const MOST_FILES = 1_500
export const MOST_BYTES = 100_000_000_000
/** API guide: above 256 MB a file goes by the large-file calls. */
export const MOST_BYTES_WHOLE = 256_000_000
/** Of files that are packed or split: enough that requests cost nothing, few enough that a slow line sends one in time. */
export const MOST_BYTES_PART = 128_000_000

export type CsvChoices = Pick<Inputs, 'csvDelimiter' | 'csvQuote' | 'csvEscape'>

export function csvDialect({ csvDelimiter, csvQuote, csvEscape }: CsvChoices): CsvDialect {
  return { delimiter: csvDelimiter, quote: csvQuote, escape: csvEscape }
}

export type SplitChoices = CsvChoices & Pick<Inputs, 'largeFiles' | 'mode'>

/** What travels, and how the file held its records. */
type Whole = { readonly content: Content; readonly shape: RecordShape }

/**
 * Cuts what is too large to go whole at the ends of records, into pieces of about the same size that go side by side; each
 * of CSV begins with the header. Empty where it travels in one: Parquet always does.
 */
export async function splitContent(
  { content, shape }: Whole,
  choices: SplitChoices,
  signal: AbortSignal,
): Promise<readonly Content[]> {
  const isLarge = content.size > MOST_BYTES_WHOLE
  const isSent = choices.mode !== 'validate'
  if (choices.largeFiles === 'chunk' || !isLarge || !isSent || shape.kind === 'parquet') return []
  if (shape.kind !== 'csv')
    return splitAt(content, await splitPoints(content, { cut: cutLines, mostBytes: MOST_BYTES_PART, signal }))
  const dialect = csvDialect(choices)
  const header = content.slice(0, await headerBytes(content, dialect))
  const mostBytes = MOST_BYTES_PART - header.size
  const pieces = splitAt(content, await splitPoints(content, { cut: cutCsv(dialect), mostBytes, signal }))
  return header.size === 0 ? [] : pieces.map((piece, index) => (index === 0 ? piece : joinedContent([header, piece])))
}

function splitAt(content: Content, points: readonly number[]): readonly Content[] {
  if (points.length === 0) return []
  return [0, ...points].map((start, index) => content.slice(start, points[index] ?? content.size))
}

/** A header and its first record were found within this before. */
const LONGEST_HEADER_BYTES = 1 << 24

/** A line feed in quotes doesn't end it. 0 where nothing does. */
async function headerBytes(content: Content, dialect: CsvDialect): Promise<number> {
  const head = await readAll(content.slice(0, Math.min(LONGEST_HEADER_BYTES, content.size)))
  return firstRecordEnd(head, dialect)
}
