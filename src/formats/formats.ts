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

/** In the order in which they are offered. */
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[]

/** By its extension, if that is one of a format. */
export function formatOfPath(path: string): FormatName | undefined {
  const extension = /\.[^./]*$/.exec(path)?.[0].toLowerCase() ?? ''
  return FORMAT_NAMES.find((name) => FORMATS[name].extensions.includes(extension))
}

/**
 * What a file's bytes say: what shape its records have and how many they are, or why it must not be sent. A text is read
 * once from end to end, beside its beginning; a Parquet file is not read in order, so its bytes are read for themselves.
 */
export async function summarise(file: NamedContent, format: FormatName, options: SummaryOptions): Promise<FileSummary> {
  const { content } = file
  const suspicion = sniff(await readAll(content.slice(0, Math.min(SNIFF_BYTES, content.size))))
  // That a file looks like its format is none.
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

/** Shows every record of a slice to the sink, in order. `read` gives bytes of its file. Returns how far they reach. */
export async function readSlice<N extends FormatName>(
  slice: Slice<N>,
  sink: RowSink,
  read: ByteSource,
): Promise<Extent> {
  return await FORMATS[slice.format].readSlice(slice, sink, read)
}

/** How many rows of a slice those behind it are counted from; 0 where places are lines alone. */
export function rowsToCount<N extends FormatName>(slice: Slice<N>): number {
  return FORMATS[slice.format].rowsToCount(slice)
}

/** What is sent, cut at the ends of records into chunks that can be read by themselves; none where it can't be cut. */
export async function splitRecords<N extends FormatName>(
  content: Content,
  shape: RecordShape<N>,
  options: SplitOptions,
): Promise<readonly Content[]> {
  return await FORMATS[shape.format].split(content, shape, options)
}

/** Whether a file has no column for the value at this path, as far as its format knows columns. */
export function lacksColumn<N extends FormatName>(shape: RecordShape<N>, path: readonly string[]): boolean {
  return FORMATS[shape.format].lacksColumn(shape, path)
}
