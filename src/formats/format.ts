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
 * | `shape`       | what is known of a file's records once it was read: enough to read them again                          |
 * | `layout`      | what a slice needs beside its bytes to be read by itself                                               |
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

/** Each shape names its format, so that `tsc` points here at one that doesn't. */
type WithNames<T extends { readonly [N in keyof T]: { readonly shape: { readonly format: N } } }> = T

export type FormatName = keyof FormatTypes

export type RecordShape<N extends FormatName = FormatName> = {
  readonly [P in N]: FormatTypes[P]['shape'] & { readonly format: P }
}[N]

/** Whole records of a file: what a thread takes, and can be cloned or handed over. Of Parquet it says where they stand. */
export type Slice<N extends FormatName = FormatName> = {
  readonly [P in N]: {
    readonly format: P
    readonly bytes: Uint8Array<ArrayBuffer>
    readonly layout: FormatTypes[P]['layout']
  }
}[N]

export type InputFormat<N extends FormatName = FormatName> = FormatTypes[N]['inputFormat']

/**
 * All that the action asks of a format. A new one visits eight files, and does not compile before it was in the four of
 * `src`: its types here, `FORMATS` in `formats.ts`, a `format.ts` in a folder of its own, and `check/findings.ts`, which
 * knows columns and schemas. The other four are its test, the input's description in `action.yml`, `docs/files-and-formats.md`, and
 * `report.schema.json`.
 */
export type FileFormat<N extends FormatName> = {
  /** Of file names, in lower case. */
  readonly extensions: readonly string[]
  /** What places of its records count: lines of a text, or rows. */
  readonly placedBy: RowPlace['kind']
  /** Whether files of any number, one behind the other, are one file of this format, where each ends with a line feed. */
  readonly isJoinedByLines: boolean
  /** Whether a few bytes may unpack to any number of them: only a thread of its own reads them, so that signals are heard. */
  readonly isReadApart: boolean
  /** Whether values are texts, whatever they mean: then only their columns say something. */
  readonly isUntyped: boolean
  /** What shape the records of a file have and how many they are, or why it must not be sent. */
  readonly summarise: (file: NamedContent, options: SummaryOptions) => Promise<FileSummary>
  /** The file in slices of whole records, each once and in order. @throws Problem when it has changed or can't be read */
  readonly slices: (content: Content, shape: RecordShape<N>, slicing: SlicesOptions) => AsyncIterable<Slice<N>>
  /** Shows every record of a slice to the sink, in order. What the slice does not hold, `read` gives. Returns how far they reach. */
  readonly readSlice: (slice: Slice<N>, sink: RowSink, read: ByteSource) => Extent | Promise<Extent>
  /** How many rows of a slice those behind it are counted from; 0 where places are lines. */
  readonly rowsToCount: (slice: Slice<N>) => number
  /** What is sent, in chunks that can be read by themselves; none where it can't be cut. */
  readonly split: (content: Content, shape: RecordShape<N>, options: SplitOptions) => Promise<readonly Content[]>
  /** Whether a file has no column for the value at this path, as far as the format knows columns. */
  readonly lacksColumn: (shape: RecordShape<N>, path: readonly string[]) => boolean
  readonly shown: ShownRecords
  readonly inputFormat: (how: HowToRead) => InputFormat<N>
}

/** The name says what the content promises. */
export type NamedContent = { readonly path: string; readonly content: Content }

export type SlicesOptions = { readonly size: SliceSize; readonly buffers: Buffers }

/** A chunk has at most `mostBytes`, but for one that is a single slice. */
export type SplitOptions = { readonly mostBytes: number; readonly signal: AbortSignal }

export type HowToRead = { readonly isMultiLine: boolean; readonly dialect: CsvDialect }

/** How the JSON that the platform shows of a rejected record differs from the record in the file. */
export type ShownRecords = {
  /** A number or a word stands for its text, nothing for an empty one, and all columns may stand in one object. */
  readonly areValuesTexts: boolean
  /** A moment is spelled in the platform's way, since the file has no spelling of it. */
  readonly areMomentsRespelled: boolean
  /** A record that can't be read is shown as the text that it is in the file. */
  readonly isCorruptText: boolean
}

export type FileSummary = FileRecords | ContentRefusal

export type FileRecords = {
  readonly kind: 'records'
  /** Unknown for CSV, which is read no further than its first record; else above 0. */
  readonly rows: number | undefined
  readonly shape: RecordShape
  /** An array or documents: not JSON Lines yet, `JsonCompactor` makes them so. */
  readonly isMultiLine: boolean
  /** What is to be sent went to `onLines`: it is not the file as it stands. */
  readonly isRewritten: boolean
}

export type SummaryOptions = {
  readonly dialect: CsvDialect
  /** For a hash: sees every byte of a file that is not refused once and in order, whatever its format. */
  readonly onBytes?: ((chunk: Uint8Array) => void) | undefined
  /**
   * The records of an array, of documents, or of lines that not every reader would split alike, as JSON Lines in the same
   * order; not to be used where the file is refused. Absent: files are to be sent as they stand.
   */
  readonly onLines?: ((lines: Uint8Array) => Promise<void>) | undefined
  /** Records are made of the rows, and sent in their place: nobody but `read` reads the file. */
  readonly isConverted?: boolean | undefined
  /** Reads all of the file, for a purpose of its own, so that everybody sees its bytes in one reading. */
  readonly read?: ((content: Content, shape: RecordShape) => Promise<void>) | undefined
}

/** One reading of all bytes, in which `see` comes behind `onBytes`, and `read` behind both. */
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
  // oxlint-disable-next-line no-unused-vars -- whoever observes them sees them
  for await (const _ of content.bytes());
}
