import { gzipSync } from 'node:zlib'
import { parquetMetadata, type RowGroup, type SchemaElement } from 'hyparquet'
import { ByteWriter, ParquetWriter, parquetWriteBuffer } from 'hyparquet-writer'

export type Columns = readonly { readonly name: string; readonly data: readonly unknown[] }[]

export type Codec = 'SNAPPY' | 'GZIP' | 'UNCOMPRESSED'

const compressors = { GZIP: (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes)) }

/** A Parquet file with these columns. `schema` does not include the root. */
export function parquetFile(
  schema: readonly SchemaElement[],
  columns: Columns,
  { codec = 'SNAPPY', rowGroupSize }: { readonly codec?: Codec; readonly rowGroupSize?: number } = {},
): Uint8Array {
  const columnData = columns.map(({ name, data }) => ({ name, data: [...data] }))
  const groups = rowGroupSize === undefined ? {} : { rowGroupSize }
  const written = { schema: rooted(schema, columns), columnData, codec, compressors, statistics: false, ...groups }
  return new Uint8Array(parquetWriteBuffer(written))
}

/** A timestamp in Spark's old format: the nanoseconds of the day, then the Julian day. */
function int96(time: Date | bigint): Uint8Array {
  const nanoseconds = typeof time === 'bigint' ? time : BigInt(time.getTime()) * 1_000_000n
  const bytes = Buffer.alloc(12)
  bytes.writeBigUInt64LE(nanoseconds % DAY_NANOSECONDS)
  bytes.writeUInt32LE(Number(nanoseconds / DAY_NANOSECONDS) + JULIAN_1970, 8)
  return new Uint8Array(bytes)
}

const DAY_NANOSECONDS = 86_400_000_000_000n
const JULIAN_1970 = 2_440_588

/**
 * A file with an INT96 column. No writer creates INT96 any more, so the bytes are written as a fixed-length column, whose
 * type the footer then changes.
 *
 * @param times dates, or nanoseconds since 1970
 */
export function int96File(name: string, times: readonly (Date | bigint)[]): Uint8Array {
  const element = { name, repetition_type: 'REQUIRED', type: 'FIXED_LEN_BYTE_ARRAY', type_length: 12 } as const
  const columns = [{ name, data: times.map((time) => int96(time)) }]
  const file = parquetFile([element], columns)
  const footerBytes = Buffer.from(file).readUInt32LE(file.length - 8)
  const groups = parquetMetadata(file.buffer as ArrayBuffer).row_groups
  const told = footer(rooted([{ name, repetition_type: 'REQUIRED', type: 'INT96' }], columns), groups, times.length)
  return Buffer.concat([file.subarray(0, file.length - 8 - footerBytes), told])
}

function footer(schema: SchemaElement[], groups: readonly RowGroup[], rows: number): Uint8Array {
  const writer = new ByteWriter()
  const parquet = new ParquetWriter({ writer, schema, codec: 'SNAPPY', statistics: false })
  parquet.row_groups = groups.map((group) => ({ ...group, columns: group.columns.map(asInt96) }))
  parquet.num_rows = BigInt(rows)
  void parquet.finish()
  return writer.getBytes().slice('PAR1'.length)
}

function asInt96({ meta_data: chunk, ...column }: RowGroup['columns'][number]): RowGroup['columns'][number] {
  return { ...column, ...(chunk && { meta_data: { ...chunk, type: 'INT96' } }) }
}

function rooted(schema: readonly SchemaElement[], columns: Columns): SchemaElement[] {
  return [{ name: 'root', num_children: columns.length }, ...schema]
}
