import type { AsyncBuffer, Compressors, FileMetaData } from 'hyparquet'
import { parquetReadObjects } from 'hyparquet/src/read.js'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { setOwn } from '../../lib/json-reader.ts'
import { type Extent, type RowIssue, NOTHING, type RowSink, type RecordLocator } from '../record.ts'

export type RowGroupLayout = {
  /** Of a file with this row group alone. */
  readonly metadata: FileMetaData
  /** Where in the file the bytes of the slice stand. */
  readonly start: number
}

/** What is unpacked at once; nested columns are read anew for each window, so it is large. */
const WINDOW_BYTES = 32 * 1024 * 1024

/** The rows of one row group, a window after the other. When one can't be read, all rows from there on count as corrupt. */
export async function readRowGroup(
  bytes: Uint8Array,
  { metadata, start }: RowGroupLayout,
  sink: RowSink,
): Promise<Extent> {
  const file = bufferOf(bytes, start)
  const rows = Number(metadata.num_rows)
  const windowRows = windowOf(metadata, rows)
  for (let rowStart = 0; rowStart < rows; rowStart += windowRows) {
    const rowEnd = Math.min(rowStart + windowRows, rows)
    const records = await readWindow({ metadata, file, rowStart, rowEnd })
    if (records === undefined) {
      sink.corrupt(UNREADABLE, placeOfRow(rowStart), rows - rowStart)
      break
    }
    for (const [index, record] of records.entries()) sink.value(plainRecord(record), placeOfRow(rowStart + index))
  }
  return NOTHING
}

function windowOf({ row_groups: [group] }: FileMetaData, rows: number): number {
  const windows = Math.ceil(Number(group?.total_byte_size ?? 0) / WINDOW_BYTES)
  return Math.max(1, Math.ceil(rows / Math.max(1, windows)))
}

type Window = {
  readonly metadata: FileMetaData
  readonly file: AsyncBuffer
  readonly rowStart: number
  readonly rowEnd: number
}

async function readWindow(window: Window): Promise<readonly object[] | undefined> {
  try {
    return await parquetReadObjects({ ...window, compressors: PARQUET_CODECS, parsers: PARQUET_PARSERS })
  } catch {
    // Whatever the reader stumbles over, the platform will not read it either; its messages quote the data.
    return undefined
  }
}

/** Node brings what hyparquet lacks (it has SNAPPY itself). LZ4 has no writer that is told to write for this platform. */
const PARQUET_CODECS: Compressors = {
  GZIP: (bytes, maxOutputLength) => gunzipSync(bytes, limit(maxOutputLength)),
  BROTLI: (bytes, maxOutputLength) => brotliDecompressSync(bytes, limit(maxOutputLength)),
  ZSTD: (bytes, maxOutputLength) => zstdDecompressSync(bytes, limit(maxOutputLength)),
}

/** A page of nothing but nulls unpacks to no byte, and zlib takes no limit of 0. */
function limit(maxOutputLength: number) {
  return { maxOutputLength: Math.max(1, maxOutputLength) }
}

/** A calendar day of a DATE column; a point in time (TIMESTAMP, INT96) is a plain `Date`. Out of range, both are invalid. */
export class CalendarDay extends Date {
  override toJSON(): string {
    return this.toISOString().slice(0, 10)
  }
}

/** How hyparquet makes values of columns that need more than a primitive; it makes them of what stands in the file alone. */
const PARQUET_PARSERS = { dateFromDays: (days: number) => new CalendarDay(days * 86_400_000) }

/** What hyparquet reads stands where the whole file would have it. */
function bufferOf(bytes: Uint8Array, start: number): AsyncBuffer {
  return {
    byteLength: start + bytes.length,
    slice: (from, to = start + bytes.length) => {
      if (from < start || to > start + bytes.length) throw new RangeError('A column lies outside its row group')
      return new Uint8Array(bytes.subarray(from - start, to - start)).buffer
    },
  }
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

function plainRecord(record: object): Readonly<Record<string, unknown>> {
  const plain: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(record)) {
    if (value !== undefined && value !== null) setOwn(plain, name, plainValue(value))
  }
  return plain
}

/**
 * A value as hyparquet reads it, as JSON would hold it: an absent value is left out of its record, an INT64 is a number
 * where it fits. What stays is what JSON doesn't know: bigint beyond 2^53, `Date`, {@link CalendarDay}, bytes.
 */
function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') return isSafe(value) ? Number(value) : value
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (Array.isArray(value)) return value.map((item: unknown) => plainValue(item) ?? null)
  return ArrayBuffer.isView(value) ? value : plainRecord(value)
}

function isSafe(value: bigint): boolean {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
}
