import {
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  type AsyncBuffer,
  type FileMetaData,
  type ParquetParsers,
} from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { checkColumns } from './check-columns.ts'
import type { Field } from './field.ts'
import { FileRefused } from './file-refused.ts'
import type { Mode } from '../settings.ts'
import type { RowSink } from './row-sink.ts'
import type { StoredFile } from './stored-file.ts'

/** Rows of larger files are counted but not read. */
const MOST_READ_BYTES = 64 << 20

const MAGIC = 'PAR1'

export async function readParquet(
  file: StoredFile,
  { schema, mode }: { readonly schema: Field; readonly mode: Mode },
  sink: RowSink,
): Promise<void> {
  await refuseWithoutMagic(file)
  const buffer: AsyncBuffer = { byteLength: file.size, slice: (start, end = file.size) => readSlice(file, start, end) }
  const metadata = await readFooter(file, buffer)
  checkColumns(file.name, parquetSchema(metadata), { schema, mode })
  if (file.size > MOST_READ_BYTES) sink.unread(Number(metadata.num_rows))
  else await readRows({ file, buffer, metadata }, sink)
}

type OpenParquet = { readonly file: StoredFile; readonly buffer: AsyncBuffer; readonly metadata: FileMetaData }

async function readRows({ file, buffer, metadata }: OpenParquet, sink: RowSink): Promise<void> {
  let rowStart = 0
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows)
    const range = { file: buffer, metadata, rowStart, rowEnd }
    const rows = await parquetReadObjects({ ...range, compressors, parsers: PARQUET_PARSERS }).catch(
      (cause: unknown) => {
        // No document names a code for damage behind an intact footer.
        throw new FileRefused(
          { code: 'EMU-PARQUET', description: `Cannot read the rows of ${file.name}: ${String(cause)}` },
          cause,
        )
      },
    )
    for (const row of rows) sink.record(plainRow(row))
    rowStart = rowEnd
  }
}

/** ETL integrations guide: a file that doesn't start and end with the magic number fails its batch with code 200. */
async function refuseWithoutMagic(file: StoredFile): Promise<void> {
  const head = await file.read(0, Math.min(MAGIC.length, file.size))
  const tail = await file.read(Math.max(0, file.size - MAGIC.length), file.size)
  for (const [where, bytes] of [
    ['tail', tail],
    ['head', head],
  ] as const) {
    if (Buffer.from(bytes).toString('latin1') !== MAGIC) {
      const [expected, found] = [[...Buffer.from(MAGIC)], [...bytes]].map((list) => `[${list.join(', ')}]`)
      throw notParquet(file, `expected magic number at ${where} ${expected} but found ${found}`)
    }
  }
}

async function readFooter(file: StoredFile, buffer: AsyncBuffer): Promise<FileMetaData> {
  try {
    return await parquetMetadataAsync(buffer, { geoparquet: false })
  } catch (cause) {
    throw notParquet(file, 'its footer cannot be read', cause)
  }
}

function notParquet({ name }: StoredFile, why: string, cause?: unknown): FileRefused {
  const description = `Error in validating schema of file: '${name}' Exception message: ${name} is not a Parquet file. ${why}`
  return new FileRefused({ code: '200', description }, cause)
}

async function readSlice(file: StoredFile, start: number, end: number): Promise<ArrayBuffer> {
  const bytes = await file.read(start, end)
  return Uint8Array.from(bytes).buffer
}

/** A row of Parquet as a JSON value. Parquet writes an absent field as null, so nulls are left out here. */
function plainRow(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, plain(value)]],
    ),
  )
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(plain)
  return typeof value === 'object' && value !== null ? plainRow(Object.fromEntries(Object.entries(value))) : value
}

/** Parquet times as the strings that JSON would hold, so that one set of rules covers all formats. */
const PARQUET_PARSERS: Partial<ParquetParsers> = {
  dateFromDays: (days) => isoText(days * 86_400_000).slice(0, 10),
  timestampFromMilliseconds: (millis) => isoText(Number(millis)),
  timestampFromMicroseconds: (micros) => isoText(Number(micros / 1_000n)),
  timestampFromNanoseconds: (nanos) => isoText(Number(nanos / 1_000_000n)),
}

/** A DATE column that holds seconds gives days beyond the calendar. They must become row errors, not break the reader. */
function isoText(epochMs: number): string {
  const time = new Date(epochMs)
  return Number.isNaN(time.getTime()) ? 'unreadable' : time.toISOString()
}
