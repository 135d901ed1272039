import type { CsvDialect } from './csv/grammar.ts'
import type { CsvRecordShape } from './csv/header.ts'
import type { CsvLayout } from './csv/records.ts'
import type { JsonLayout } from './json/records.ts'
import type { JsonRecordShape } from './json/shape.ts'
import type { ParquetLayout } from './parquet/columns.ts'
import type { ByteSource } from './parquet/pages.ts'
import type { ParquetRecordShape } from './parquet/summary.ts'
import type { Extent, RowPlace, RowSink } from './record.ts'
import type { ContentRefusal } from './refusal.ts'
import type { Buffers, SliceSize } from './slices.ts'
import { type Content, observe } from '../lib/content.ts'

/**
 * The types of each format.
 *
 * | member        | what it is                                                                                             |
 * |---------------|--------------------------------------------------------------------------------------------------------|
 * | `shape`       | what is known of a file's records after the first reading: enough to read them again                   |
 * | `layout`      | what is needed besides a slice's bytes to read the slice on its own                                    |
 * | `inputFormat` | how the platform is told to read files (API guide, "Create a batch"; defaults as in its preview call)  |
 */
type FormatTypes = WithNames<{
  readonly json: {
    readonly shape: JsonRecordShape
    readonly layout: JsonLayout
    readonly inputFormat: { readonly format: 'json'; readonly isMultiLineJson: boolean }
  }
  readonly parquet: {
    readonly shape: ParquetRecordShape
    readonly layout: ParquetLayout
    readonly inputFormat: { readonly format: 'parquet' }
  }
  readonly csv: {
    readonly shape: CsvRecordShape
    readonly layout: CsvLayout
    readonly inputFormat: CsvDialect & { readonly format: 'csv'; readonly header: true; readonly charset: 'UTF-8' }
  }
}>

/** Makes `tsc` report here a shape that doesn't name its format. */
type WithNames<T extends { readonly [N in keyof T]: { readonly shape: { readonly format: N } } }> = T

export type FormatName = keyof FormatTypes

export type RecordShape<N extends FormatName = FormatName> = {
  readonly [P in N]: FormatTypes[P]['shape'] & { readonly format: P }
}[N]

/**
 * Whole records of a file: the unit of work of a thread, which can be cloned or transferred. A Parquet slice holds only
 * their positions.
 */
export type Slice<N extends FormatName = FormatName> = {
  readonly [P in N]: {
    readonly format: P
    readonly bytes: Uint8Array<ArrayBuffer>
    readonly layout: FormatTypes[P]['layout']
  }
}[N]

export type InputFormat<N extends FormatName = FormatName> = FormatTypes[N]['inputFormat']

/**
 * Everything that the action needs from a format. A new format touches eight files; the code compiles only when four of
 * them, in `src`, are done: its types here, `FORMATS` in `formats.ts`, a `format.ts` in its own folder, and
 * `check/findings.ts`, which knows columns and schemas. The other four are its test, the input's description in
 * `action.yml`, `docs/files-and-formats.md`, and `report.schema.json`.
 */
export type FileFormat<N extends FormatName> = {
  /** Extensions of file names, in lower case. */
  readonly extensions: readonly string[]
  /** What its places count: lines of text, or rows. */
  readonly placedBy: RowPlace['kind']
  /** Whether any number of files, concatenated, are one file of this format if each ends with a line feed. */
  readonly isJoinedByLines: boolean
  /**
   * Whether a few bytes may unpack to any number: such files are read only in a worker thread, so that the main thread
   * stays responsive to signals.
   */
  readonly isReadApart: boolean
  /** Whether all values are strings, whatever they mean: then only the columns describe the data. */
  readonly isUntyped: boolean
  /** The shape and number of a file's records, or the reason why it must not be sent. */
  readonly summarise: (file: NamedContent, options: SummaryOptions) => Promise<FileSummary>
  /**
   * The file in slices of whole records, each once and in order. @throws Problem when it has changed or can't be read
   */
  readonly slices: (content: Content, shape: RecordShape<N>, slicing: SlicesOptions) => AsyncIterable<Slice<N>>
  /**
   * Passes every record of a slice to the sink, in order. `read` reads bytes that the slice doesn't hold. Returns the
   * extent of the records.
   */
  readonly readSlice: (slice: Slice<N>, sink: RowSink, read: ByteSource) => Extent | Promise<Extent>
  /** Splits the content into chunks that can be read on their own; empty if it can't be split. */
  readonly split: (content: Content, shape: RecordShape<N>, options: SplitOptions) => Promise<readonly Content[]>
  /** Whether a file has no column for the value at this path, as far as the format has columns. */
  readonly lacksColumn: (shape: RecordShape<N>, path: readonly string[]) => boolean
  readonly shown: ShownRecords
  readonly inputFormat: (how: HowToRead) => InputFormat<N>
}

/** The file name indicates what the content should be. */
export type NamedContent = { readonly path: string; readonly content: Content }

export type SlicesOptions = { readonly size: SliceSize; readonly buffers: Buffers }

/** A chunk has at most `mostBytes`, unless it is a single slice. */
export type SplitOptions = { readonly mostBytes: number; readonly signal: AbortSignal }

export type HowToRead = { readonly isMultiLine: boolean; readonly dialect: CsvDialect }

/** How the JSON that the platform shows for a rejected record differs from the record in the file. */
export type ShownRecords = {
  /**
   * Values may appear as numbers or words instead of strings, empty ones may be missing, and all columns may be in one
   * object.
   */
  readonly areValuesTexts: boolean
  /** Timestamps appear in the platform's spelling, because the file has no spelling of its own. */
  readonly areMomentsRespelled: boolean
  /** A record that can't be read appears as its text in the file. */
  readonly isCorruptText: boolean
}

export type FileSummary = FileRecords | ContentRefusal

export type FileRecords = {
  readonly kind: 'records'
  /** Undefined for CSV, which is read only up to its first record; otherwise above 0. */
  readonly rows: number | undefined
  readonly shape: RecordShape
  /** An array or documents rather than JSON Lines; `JsonCompactor` converts them. */
  readonly isMultiLine: boolean
  /** The data to send went to `onLines` and differs from the file. */
  readonly isRewritten: boolean
}

export type SummaryOptions = {
  readonly dialect: CsvDialect
  /** Receives every byte of a file that is not refused, once and in order, whatever its format; for a hash. */
  readonly onBytes?: ((chunk: Uint8Array) => void) | undefined
  /**
   * Receives the records of an array, of documents, or of lines that readers would split differently, as JSON Lines in
   * the same order. Its output must be discarded if the file is refused. Absent if files are sent unchanged.
   */
  readonly onLines?: ((lines: Uint8Array) => Promise<void>) | undefined
  /** Records are made from the rows and sent instead of them, so only `read` reads the file. */
  readonly isConverted?: boolean | undefined
  /** Reads the whole file for its own purpose, so that all consumers get the bytes from one reading. */
  readonly read?: ((content: Content, shape: RecordShape) => Promise<void>) | undefined
}

/** Reads all bytes once. Each chunk goes to `onBytes`, then `see`, then `read`. */
export async function readForAll(
  content: Content,
  shape: RecordShape,
  { onBytes, read = readToEnd, see }: SummaryOptions & { readonly see?: (chunk: Uint8Array) => Promise<void> | void },
): Promise<void> {
  const seen = observe(content, async (chunk) => {
    onBytes?.(chunk)
    await see?.(chunk)
  })
  await read(seen, shape)
}

async function readToEnd(content: Content): Promise<void> {
  // oxlint-disable-next-line no-unused-vars -- the observers receive the chunks
  for await (const _ of content.bytes());
}
