import { type FileMetaData, asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { readColumn } from 'hyparquet/src/column.js'
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js'
import { type ParquetLeaf, parquetLeaves } from '../support/parquet/parquet-writer.ts'

/** The output of this program, and of `read-parquet.py`. */
export type ReadRun = { readonly cpuMs: number; readonly rows: number }

/** Reads every column of a Parquet file with only hyparquet, column by column in each row group, and keeps nothing. */
async function main(path: string): Promise<ReadRun> {
  const begun = process.cpuUsage()
  const file = await asyncBufferFromFile(path)
  const { schema, row_groups: groups, num_rows: rows } = await parquetMetadataAsync(file)
  const leaves = parquetLeaves(schema)
  for (const { columns, num_rows: groupRows } of groups) {
    for (const [index, chunk] of columns.entries()) await readChunk(chunk, { leaf: leaves[index], groupRows, file })
  }
  const { user, system } = process.cpuUsage(begun)
  return { cpuMs: (user + system) / 1000, rows: Number(rows) }
}

type Place = {
  readonly leaf: ParquetLeaf | undefined
  readonly groupRows: bigint
  readonly file: Awaited<ReturnType<typeof asyncBufferFromFile>>
}

type Chunk = FileMetaData['row_groups'][number]['columns'][number]

async function readChunk({ meta_data: chunk }: Chunk, { leaf, groupRows, file }: Place): Promise<void> {
  const element = leaf?.tree.at(-1)?.element
  if (chunk === undefined || leaf === undefined || element === undefined) throw new Error('A column has no leaf')
  const start = Number(chunk.dictionary_page_offset ?? chunk.data_page_offset)
  const bytes = await file.slice(start, start + Number(chunk.total_compressed_size))
  const decoder = { ...chunk, pathInSchema: [...leaf.path], schemaPath: [...leaf.tree], element }
  const rows = Number(groupRows)
  const group = { groupStart: 0, groupRows: rows, selectStart: 0, selectEnd: rows }
  readColumn({ view: new DataView(bytes), offset: 0 }, group, { ...decoder, parsers: DEFAULT_PARSERS, compressors })
}

console.log(JSON.stringify(await main(process.argv[2] ?? '')))
