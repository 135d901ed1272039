import type { ColumnMetaData, FileMetaData, SchemaElement } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { leaf, parquetSchemaOf, text } from '../../../support/parquet/parquet-records.ts'
import { dataPage, parquetBytes, parquetLeaves } from '../../../support/parquet/parquet-writer.ts'
import { readRows, verdictOf } from '../verdict.ts'

const COLUMNS = [text('word'), leaf('count', 'INT32')]
const SCHEMA = parquetSchemaOf(COLUMNS)
const CONTENTS = [{ values: ['a', 'b', 'c'] }, { values: [1, 2, 3] }] as const

type Lies = {
  readonly file?: (metadata: FileMetaData) => FileMetaData
  readonly chunk?: (chunk: ColumnMetaData) => ColumnMetaData
  /** In the order of the columns. */
  readonly rows?: readonly number[]
}

/** Two columns of three rows each, whose footer says something else. */
function lying({ file, chunk, rows = [3, 3] }: Lies = {}): Buffer {
  const codec = 'UNCOMPRESSED'
  const chunks = parquetLeaves(SCHEMA).map((one, index) => {
    const values = CONTENTS[index]?.values.slice(0, rows[index]) ?? []
    const pages = [{ page: dataPage(one, { values: [...values] }, { codec }), times: 1 }]
    return { leaf: one, codec, pages, ...(chunk && { lie: chunk }) } as const
  })
  return parquetBytes({ schema: SCHEMA, groups: [{ rows: 3, chunks }], ...(file && { lie: file }) })
}

function ofChunk(more: Partial<ColumnMetaData>): Buffer {
  return lying({ chunk: (chunk) => ({ ...chunk, ...more }) })
}

function ofRows(rows: bigint, ...groups: readonly bigint[]): Buffer {
  return lying({
    file: ({ row_groups: [first], ...metadata }) => ({
      ...metadata,
      num_rows: rows,
      row_groups: groups.map((num_rows) => ({ columns: [], total_byte_size: 0n, ...first, num_rows })),
    }),
  })
}

function ofSchema(change: (schema: readonly SchemaElement[]) => readonly SchemaElement[]): Buffer {
  return lying({ file: (metadata) => ({ ...metadata, schema: [...change(metadata.schema)] }) })
}

const [root, word, number] = SCHEMA as readonly [SchemaElement, SchemaElement, SchemaElement]

function ofDecimals(scale: number): Buffer {
  return ofSchema(() => [root, word, { ...number, logical_type: { type: 'DECIMAL', precision: 9, scale } }])
}

/** Each group has one below it, and the last both leaves. */
function deep(depth: number): readonly SchemaElement[] {
  const groups = Array.from({ length: depth }, (_, index) => ({ name: `g${index}`, num_children: 1 }))
  return [...groups, { name: 'last', num_children: 2 }, word, number]
}

const LIES: readonly (readonly [what: string, file: Buffer])[] = [
  ['more rows than its groups', ofRows(4n, 3n)],
  ['less than no rows', ofRows(-3n, -3n)],
  ['groups of 10 and -5 rows', ofRows(5n, 10n, -5n)],
  [
    '2^31 rows without columns',
    lying({
      file: (metadata) => ({
        ...metadata,
        num_rows: 2n ** 31n,
        row_groups: [{ columns: [], total_byte_size: 0n, num_rows: 2n ** 31n }],
      }),
    }),
  ],
  ['decimals below zero digits', ofDecimals(-400)],
  ['decimals of 2,000 digits', ofDecimals(2000)],
  ['2^62 rows', ofRows(2n ** 62n, 2n ** 62n)],
  ['more rows than its columns', ofRows(4n, 4n)],
  ['fewer rows than its columns', ofRows(2n, 2n)],
  ['a column of fewer rows than the other', lying({ rows: [3, 2] })],
  ['columns beyond the file', ofChunk({ data_page_offset: 1_000_000n })],
  ['columns before the file', ofChunk({ data_page_offset: -1000n })],
  ['columns at 2^62', ofChunk({ data_page_offset: 2n ** 62n })],
  ['columns over the footer', ofChunk({ total_compressed_size: 100_000n })],
  ['columns of less than nothing', ofChunk({ total_compressed_size: -1n })],
  ['columns of no bytes', ofChunk({ total_compressed_size: 0n })],
  ['a number of values below 0', ofChunk({ num_values: -1n })],
  ['fewer values than there are', ofChunk({ num_values: 1n })],
  [
    'columns in another file',
    lying({
      file: (metadata) => ({
        ...metadata,
        row_groups: metadata.row_groups.map((one) => ({
          ...one,
          columns: one.columns.map((column) => ({ ...column, file_path: 'other.parquet' })),
        })),
      }),
    }),
  ],
  [
    'columns that it does not describe',
    lying({
      file: (metadata) => ({
        ...metadata,
        row_groups: metadata.row_groups.map((one) => ({
          ...one,
          columns: one.columns.map(({ file_offset }) => ({ file_offset })),
        })),
      }),
    }),
  ],
  [
    'one column too few',
    lying({
      file: (metadata) => ({
        ...metadata,
        row_groups: metadata.row_groups.map((one) => ({ ...one, columns: one.columns.slice(1) })),
      }),
    }),
  ],
  [
    'one column too many',
    lying({
      file: (metadata) => ({
        ...metadata,
        row_groups: metadata.row_groups.map((one) => ({ ...one, columns: [...one.columns, ...one.columns.slice(1)] })),
      }),
    }),
  ],
  ['columns of another type', ofChunk({ type: 'DOUBLE' })],
  ['20,000 nested groups', ofSchema(() => deep(20_000))],
  [
    'groups that never end',
    ofSchema(() => [{ ...root, num_children: 1 }, { name: 'a', num_children: 2 ** 31 - 1 }, word, number]),
  ],
  ['a group of less than nothing', ofSchema(() => [{ ...root, num_children: -1 }, word, number])],
  ['more elements than its groups', ofSchema(() => [{ ...root, num_children: 1 }, word, number])],
  ['fewer elements than its groups', ofSchema(() => [{ ...root, num_children: 3 }, word, number])],
  ['no schema', ofSchema(() => [])],
  ['a leaf without a type', ofSchema(() => [root, { name: 'word', repetition_type: 'OPTIONAL' }, number])],
  [
    'values of a fixed length of 0',
    ofSchema(() => [root, { ...word, type: 'FIXED_LEN_BYTE_ARRAY', type_length: 0 }, number]),
  ],
  [
    'values of a fixed length of 2 GiB',
    ofSchema(() => [root, { ...word, type: 'FIXED_LEN_BYTE_ARRAY', type_length: 2 ** 31 - 1 }, number]),
  ],
]

describe('a footer of a Parquet file', () => {
  it('that tells the truth is believed', async () => {
    expect(await verdictOf(lying(), COLUMNS)).toEqual({ kind: 'checked', rows: 3, badRows: 0, codes: [] })
    expect((await readRows(lying())).rows).toEqual([
      { word: 'a', count: 1 },
      { word: 'b', count: 2 },
      { word: 'c', count: 3 },
    ])
  })

  it('that has dictionaries behind their pages has none, as parquet-mr reads it', async () => {
    const file = ofChunk({ dictionary_page_offset: 100_000n })
    expect(await verdictOf(file, COLUMNS)).toEqual({ kind: 'checked', rows: 3, badRows: 0, codes: [] })
  })

  it.each(LIES)('with %s is found out', async (_, file) => {
    const verdict = await verdictOf(file, COLUMNS)
    if (verdict.kind === 'checked') expect(verdict.codes).toContain('corrupt-record')
    const { corrupt } = await readRows(file)
    expect(corrupt).toBe(verdict.kind === 'checked' ? verdict.badRows : 0)
  })

  it('cut off anywhere is refused', async () => {
    const file = lying()
    for (let end = 0; end < file.length; end++) {
      expect(await verdictOf(file.subarray(0, end), COLUMNS), `${end} bytes`).toMatchObject({ kind: 'refused' })
    }
  })
})
