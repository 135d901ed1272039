import { parquetMetadataAsync, parquetReadObjects, parquetSchema, type AsyncBuffer, type FileMetaData } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { checkColumns } from './check-columns.ts'
import type { Field } from './field.ts'
import { FileRefused } from './file-refused.ts'
import type { IngestionMode } from './ingestion-mode.ts'
import { PARQUET_PARSERS } from './parquet-parsers.ts'
import { plainRow } from './plain-row.ts'
import type { RowSink } from './row-sink.ts'
import type { StoredFile } from './stored-file.ts'

/** Rows of larger files are counted and not looked into. */
const MOST_READ_BYTES = 64 << 20

const MAGIC = 'PAR1'

export async function readParquet(
  file: StoredFile,
  { schema, mode }: { readonly schema: Field; readonly mode: IngestionMode },
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

/** ETL integrations guide: a file that doesn't begin and end with the magic number fails its batch with code 200. */
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
