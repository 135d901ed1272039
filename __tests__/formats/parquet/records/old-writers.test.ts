import { describe, expect, it } from 'vitest'
import { group, leaf, type ParquetNode, parquetSchemaOf, text } from '../../../support/parquet/parquet-records.ts'
import { type PageContent, dataPage, parquetBytes, parquetLeaves } from '../../../support/parquet/parquet-writer.ts'
import { readRows } from '../verdict.ts'

const REPEATED = { repetition_type: 'REPEATED' } as const
const LIST = { converted_type: 'LIST' } as const
const MAP = { converted_type: 'MAP' } as const

/** Three rows: two values, none, one. */
const TWO_NONE_ONE = { repetition: [0, 1, 0, 0] } as const

/** Of each leaf, in order; `definition` of the four places where the list is there and optional. */
function filled(values: readonly unknown[], definition: readonly number[]): PageContent {
  return { values: [...values], definition, ...TWO_NONE_ONE }
}

type Case = readonly [what: string, node: ParquetNode, contents: readonly PageContent[], rows: readonly object[]]

/** LogicalTypes.md, "Backward-compatibility rules"; pyarrow 25 reads the same, but for optional keys, which it refuses. */
const CASES: readonly Case[] = [
  [
    'a list of two levels',
    group('tags', [leaf('element', 'INT32', REPEATED)], LIST),
    [filled([1, 2, 3], [2, 2, 1, 2])],
    [{ tags: [1, 2] }, { tags: [] }, { tags: [3] }],
  ],
  [
    'a repeated value without a list around it',
    leaf('tags', 'INT32', REPEATED),
    [filled([1, 2, 3], [1, 1, 0, 1])],
    [{ tags: [1, 2] }, { tags: [] }, { tags: [3] }],
  ],
  [
    'a repeated group without a list around it',
    group('items', [text('sku')], REPEATED),
    [filled(['a', 'b'], [2, 1, 0, 2])],
    [{ items: [{ sku: 'a' }, {}] }, { items: [] }, { items: [{ sku: 'b' }] }],
  ],
  [
    'a list whose repeated group has several members',
    group('items', [group('pair', [text('sku'), leaf('n', 'INT32')], REPEATED)], LIST),
    [filled(['a', 'b', 'c'], [3, 3, 1, 3]), filled([1], [3, 2, 1, 2])],
    [{ items: [{ sku: 'a', n: 1 }, { sku: 'b' }] }, { items: [] }, { items: [{ sku: 'c' }] }],
  ],
  [
    'a list whose repeated group is named array',
    group('items', [group('array', [text('sku')], REPEATED)], LIST),
    [filled(['a', 'b'], [3, 2, 1, 3])],
    [{ items: [{ sku: 'a' }, {}] }, { items: [] }, { items: [{ sku: 'b' }] }],
  ],
  [
    'a list whose repeated group is named for the list',
    group('items', [group('items_tuple', [text('sku')], REPEATED)], LIST),
    [filled(['a', 'b'], [3, 2, 1, 3])],
    [{ items: [{ sku: 'a' }, {}] }, { items: [] }, { items: [{ sku: 'b' }] }],
  ],
  [
    'a list of three levels with names of its own',
    group('tags', [group('bag', [text('array_element')], REPEATED)], LIST),
    [filled(['a', 'b'], [3, 2, 1, 3])],
    [{ tags: ['a', null] }, { tags: [] }, { tags: ['b'] }],
  ],
  [
    'a map that is called MAP_KEY_VALUE',
    group('map', [group('map', [text('key', 'REQUIRED'), leaf('value', 'INT32')], REPEATED)], {
      converted_type: 'MAP_KEY_VALUE',
    }),
    [filled(['x', 'y', 'x'], [2, 2, 1, 2]), filled([1, 3], [3, 2, 1, 3])],
    [{ map: { x: 1 } }, { map: {} }, { map: { x: 3 } }],
  ],
  [
    'a map with optional keys',
    group('map', [group('key_value', [text('key'), leaf('value', 'INT32')], REPEATED)], MAP),
    [filled(['x', 'y', 'x'], [3, 3, 1, 3]), filled([1, 2, 3], [3, 3, 1, 3])],
    [{ map: { x: 1, y: 2 } }, { map: {} }, { map: { x: 3 } }],
  ],
  [
    'a map whose entries have names of their own',
    group('map', [group('entries', [text('k', 'REQUIRED'), leaf('v', 'INT32')], REPEATED)], MAP),
    [filled(['x', 'y', 'x'], [2, 2, 1, 2]), filled([1, 2, 3], [3, 3, 1, 3])],
    [{ map: { x: 1, y: 2 } }, { map: {} }, { map: { x: 3 } }],
  ],
]

describe('what old writers wrote', () => {
  it.each(CASES)('%s, is read', async (_, node, contents, rows) => {
    expect(await readRows(fileOf(node, contents))).toEqual({ rows, corrupt: 0 })
  })
})

function fileOf(node: ParquetNode, contents: readonly PageContent[]): Uint8Array {
  const schema = parquetSchemaOf([node])
  const chunks = parquetLeaves(schema).map((one, index) => {
    const content = contents[index] ?? { values: [] }
    return { leaf: one, pages: [{ page: dataPage(one, content), times: 1 }] }
  })
  return parquetBytes({ schema, groups: [{ rows: 3, chunks }] })
}
