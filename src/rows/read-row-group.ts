import type { AsyncBuffer, FileMetaData } from 'hyparquet'
import { parquetReadObjects } from 'hyparquet/src/read.js'
import { NOTHING, type Extent } from './extent.ts'
import { PARQUET_CODECS } from './parquet-codecs.ts'
import { PARQUET_PARSERS, plainRecord } from './parquet-value.ts'
import type { Issue, RowSink, Where } from './row.ts'

export type RowGroup = {
  /** Of a file with this row group alone. */
  readonly metadata: FileMetaData
  /** Where in the file the bytes of the slice stand. */
  readonly start: number
}

/** What is unpacked at once; nested columns are read anew for each window, so it is large. */
const WINDOW_BYTES = 32 * 1024 * 1024

/** The rows of one row group, a window after the other. When one can't be read, all rows from there on count as corrupt. */
export async function readRowGroup(bytes: Uint8Array, { metadata, start }: RowGroup, sink: RowSink): Promise<Extent> {
  const file = part(bytes, start)
  const rows = Number(metadata.num_rows)
  const windowRows = windowOf(metadata, rows)
  for (let rowStart = 0; rowStart < rows; rowStart += windowRows) {
    const rowEnd = Math.min(rowStart + windowRows, rows)
    const records = await read({ metadata, file, rowStart, rowEnd })
    if (records === undefined) {
      sink.corrupt(UNREADABLE, at(rowStart), rows - rowStart)
      break
    }
    for (const [index, record] of records.entries()) sink.value(plainRecord(record), at(rowStart + index))
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

async function read(window: Window): Promise<readonly object[] | undefined> {
  try {
    return await parquetReadObjects({ ...window, compressors: PARQUET_CODECS, parsers: PARQUET_PARSERS })
  } catch {
    // Whatever the reader stumbles over, the platform will not read it either; its messages quote the data.
    return undefined
  }
}

/** What hyparquet reads stands where the whole file would have it. */
function part(bytes: Uint8Array, start: number): AsyncBuffer {
  return {
    byteLength: start + bytes.length,
    slice: (from, to = start + bytes.length) => {
      if (from < start || to > start + bytes.length) throw new RangeError('A column lies outside its row group')
      return new Uint8Array(bytes.subarray(from - start, to - start)).buffer
    },
  }
}

function at(index: number): Where {
  return { placeOf: () => ({ kind: 'row', row: index + 1 }) }
}

const UNREADABLE: Issue = {
  code: 'corrupt-record',
  level: 'error',
  path: '',
  expected: 'rows that can be read',
  received: 'a row group that is damaged, or packed in a way that is not read here',
}
