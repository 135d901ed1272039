import { randomBytes } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { RowGroup, SchemaElement } from 'hyparquet'
import { ByteWriter, ParquetWriter, parquetWriteBuffer } from 'hyparquet-writer'

/** The columns of the seeded products dataset in these files: one group with one string. */
const SCHEMA: SchemaElement[] = [
  { name: 'root', num_children: 1 },
  { name: '_9b1d0001', num_children: 1, repetition_type: 'REQUIRED' },
  { name: 'sku', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
]

/** A Parquet file for the seeded products dataset, one row for each SKU. */
export function productsParquet(skus: readonly string[]): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({ schema: SCHEMA, columnData: productColumns(skus) }))
}

/** A Parquet file with rows of `rowBytes` each. The bytes of one row group are repeated under one footer. */
export async function writeLargeParquet(path: string, rows: number, rowBytes: number): Promise<void> {
  const writer = new ByteWriter(rowBytes + 4096)
  const first = new ParquetWriter({ writer, schema: SCHEMA, codec: 'UNCOMPRESSED', statistics: false })
  void first.write({ columnData: productColumns([randomBytes((rowBytes / 4) * 3).toString('base64')]) })
  const head = writer.getBytes()
  await using file = await open(path, 'w')
  await file.write(head)
  for (let row = 1; row < rows; row++) await file.write(head, MAGIC_BYTES)
  await file.write(footer(first.row_groups, { rows, groupBytes: head.length - MAGIC_BYTES }))
}

const MAGIC_BYTES = 4

type Repeated = { readonly rows: number; readonly groupBytes: number }

function footer([group]: readonly RowGroup[], { rows, groupBytes }: Repeated): Uint8Array {
  if (group === undefined) throw new Error('There is no row group to repeat')
  const writer = new ByteWriter()
  const parquet = new ParquetWriter({ writer, schema: SCHEMA, codec: 'UNCOMPRESSED', statistics: false })
  parquet.row_groups = Array.from({ length: rows }, (_, index) => moved(group, BigInt(index * groupBytes)))
  parquet.num_rows = BigInt(rows)
  void parquet.finish()
  return writer.getBytes().slice(MAGIC_BYTES)
}

function moved(group: RowGroup, by: bigint): RowGroup {
  const columns = group.columns.map(({ meta_data: chunk, ...column }) => ({
    ...column,
    file_offset: column.file_offset + by,
    ...(chunk && { meta_data: { ...chunk, data_page_offset: chunk.data_page_offset + by } }),
  }))
  return { ...group, columns }
}

function productColumns(skus: readonly string[]) {
  return [{ name: '_9b1d0001', data: skus.map((sku) => ({ sku })), offsetIndex: false }]
}
