import { csvFormat } from './csv/format.ts'
import type {
  FileFormat,
  FileSummary,
  FormatName,
  NamedContent,
  RecordShape,
  Slice,
  SplitOptions,
  SummaryOptions,
} from './format.ts'
import { jsonFormat } from './json/format.ts'
import { parquetFormat } from './parquet/format.ts'
import type { ByteSource } from './parquet/pages.ts'
import { type Extent, type RowSink, placeOfByte } from './record.ts'
import { SNIFF_BYTES, refuseContent, sniff } from './refusal.ts'
import { type Buffers, RecordTooLong, SLICE_SIZE, type SliceSize, createBuffers } from './slices.ts'
import { type Content, readAll } from '../lib/content.ts'

export const FORMATS: { readonly [N in FormatName]: FileFormat<N> } = {
  json: jsonFormat,
  parquet: parquetFormat,
  csv: csvFormat,
}

/** In the order in which users see them. */
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[]

/** Determined by the extension; undefined for unknown extensions. */
export function formatOfPath(path: string): FormatName | undefined {
  const extension = /\.[^./]*$/.exec(path)?.[0].toLowerCase() ?? ''
  return FORMAT_NAMES.find((name) => FORMATS[name].extensions.includes(extension))
}

/**
 * Reads a file to find the shape and number of its records, or the reason why it must not be sent. Text is read once
 * from start to end, apart from its beginning. Parquet is not read in order, so its bytes are read separately for
 * `onBytes`.
 */
export async function summarise(file: NamedContent, format: FormatName, options: SummaryOptions): Promise<FileSummary> {
  const { content } = file
  const suspicion = sniff(await readAll(content.slice(0, Math.min(SNIFF_BYTES, content.size))))
  // A file that looks like its own format is not suspicious.
  if (suspicion !== undefined && suspicion.kind !== format) {
    return refuseContent(suspicion.kind, suspicion.kind === 'compressed' ? { found: suspicion.by } : {})
  }
  return await FORMATS[format].summarise(file, options).catch(async (error: unknown) => {
    if (!(error instanceof RecordTooLong)) throw error
    return refuseContent('record-too-long', { place: await placeOfByte(content, error.offset) })
  })
}

export type FileToRead<N extends FormatName = FormatName> = {
  readonly content: Content
  readonly shape: RecordShape<N>
  readonly sliceSize?: SliceSize
  readonly buffers?: Buffers
}

/** A file in slices of whole records, each once and in order. @throws Problem when it has changed or can't be read */
export function fileSlices<N extends FormatName>(file: FileToRead<N>): AsyncIterable<Slice<N>> {
  const { content, shape, sliceSize = SLICE_SIZE, buffers = createBuffers() } = file
  return FORMATS[shape.format].slices(content, shape, { size: sliceSize, buffers })
}

/**
 * Passes every record of a slice to the sink, in order. `read` reads bytes of its file. Returns the extent of the
 * records.
 */
export async function readSlice<N extends FormatName>(
  slice: Slice<N>,
  sink: RowSink,
  read: ByteSource,
): Promise<Extent> {
  return await FORMATS[slice.format].readSlice(slice, sink, read)
}

/** Splits the content at record ends into chunks that can be read on their own; empty if it can't be split. */
export async function splitRecords<N extends FormatName>(
  content: Content,
  shape: RecordShape<N>,
  options: SplitOptions,
): Promise<readonly Content[]> {
  return await FORMATS[shape.format].split(content, shape, options)
}

/** Whether a file has no column for the value at this path, as far as its format has columns. */
export function lacksColumn<N extends FormatName>(shape: RecordShape<N>, path: readonly string[]): boolean {
  return FORMATS[shape.format].lacksColumn(shape, path)
}
