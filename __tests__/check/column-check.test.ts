import { parquetWriteBuffer } from 'hyparquet-writer'
import type { SchemaElement } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { rowCheckOf } from '../../src/check/row-check.ts'
import { checkFile } from '../../src/formats/check.ts'
import { createLocalChecker } from '../../src/formats/pool.ts'
import { bytesContent } from '../../src/lib/content.ts'
import { schemaOf } from '../schema/issues-of.ts'
import { LINES, PARQUET } from '../support/files/shapes.ts'
import { findDuplicates } from '../../src/check/duplicates.ts'

type Rows = readonly Readonly<Record<string, unknown>>[]

const text = { type: 'string' }
const EVENTS = { 'meta:class': 'https://ns.adobe.com/xdm/context/experienceevent' }

const NESTED: SchemaElement[] = [
  { name: 'root', num_children: 3 },
  { name: '_id', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  { name: 'count', type: 'INT64', repetition_type: 'OPTIONAL' },
  { name: 'items', converted_type: 'LIST', num_children: 1, repetition_type: 'OPTIONAL' },
  { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
  { name: 'element', num_children: 2, repetition_type: 'OPTIONAL' },
  { name: 'sku', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  { name: 'note', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
]

const items = { type: 'array', items: { type: 'object', properties: { sku: text, note: text }, required: ['sku'] } }
const count = { type: 'integer', 'meta:xdmType': 'long' }

function parquetOf(schema: SchemaElement[], rows: Rows, rowGroupSize = rows.length) {
  const names = Object.keys(Object.assign({}, ...rows) as object)
  const columnData = names.map((name) => ({
    name,
    data: rows.map((row) => (typeof row[name] === 'number' ? BigInt(row[name]) : (row[name] ?? null))),
  }))
  return new Uint8Array(parquetWriteBuffer({ schema, columnData, rowGroupSize }))
}

function asLines(rows: Rows): Uint8Array {
  return Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
}

/** The schema of orders, whose key each test names. */
const ORDERS = {
  $id: 'https://ns.adobe.com/emutenant/schemas/orders',
  title: 'Orders',
  type: 'object',
  'meta:extends': ['https://ns.adobe.com/xdm/data/adhoc-v2'],
  'meta:behaviorType': 'record',
  properties: {
    orderId: text,
    lineId: count,
    at: { type: 'string', format: 'date-time', 'meta:xdmType': 'date-time' },
  },
}

const ORDER_COLUMNS: SchemaElement[] = [
  { name: 'root', num_children: 3 },
  { name: 'orderId', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  { name: 'lineId', type: 'INT64', repetition_type: 'OPTIONAL' },
  { name: 'at', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'OPTIONAL' },
]

const keyedBy = (key: readonly string[]) => [
  { '@type': 'xdm:descriptorPrimaryKey', 'xdm:sourceSchema': ORDERS.$id, 'xdm:sourceProperty': key },
]

type Of = { readonly isForProfile?: boolean; readonly descriptors?: unknown }

async function found(
  bytes: Uint8Array,
  shape: typeof LINES | typeof PARQUET,
  schema: object,
  { isForProfile = false, descriptors }: Of = {},
) {
  const check = rowCheckOf({ source: { schema, descriptors }, showValues: true, isForProfile, isUntyped: false })
  const signal = new AbortController().signal
  return await checkFile({ content: bytesContent(bytes), shape }, { checker: createLocalChecker(check), signal })
}

describe('the columns of a Parquet file', () => {
  it('say what the same records say as JSON Lines, each at its row and its place in the record', async () => {
    const schema = schemaOf({ _id: text, count: { ...count, minimum: 0 }, items }, EVENTS)
    const rows = [
      { _id: 'a', count: -1, items: [{ sku: 'A', note: 'x' }, { note: 'y' }] },
      { count: 1, items: [] },
      { _id: 'b', items: [null, { sku: 'B' }] },
      { _id: 'a', count: 5 },
    ]
    const columns = await found(parquetOf(NESTED, rows, 3), PARQUET, schema)
    const lines = await found(asLines(rows), LINES, schema)
    expect(lines.findings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'bounds /count',
      'required-missing /items/*/sku',
      'required-missing /timestamp',
      'required-missing /_id',
      'null-value /items/*',
    ])
    const shown = ({ findings, rows: all, badRows, rejectedRows }: typeof lines) => ({
      all,
      badRows,
      rejectedRows,
      findings: findings.map(({ first, ...finding }) => ({
        ...finding,
        first: first.map(({ issue, place }) => [issue, place.kind === 'row' ? place.row : place.line]),
      })),
    })
    expect(shown(columns)).toEqual(shown(lines))
    expect([...columns.keys.places]).toEqual([1, 3, 4])
    expect(columns.keys.hashes).toEqual(lines.keys.hashes)
  })

  it.each([
    ['one column', ['/lineId'], [1, 2, 3, 5, 6]],
    ['several columns', ['/orderId', '/lineId'], [1, 2, 3, 6]],
    ['a time among them', ['/at', '/orderId'], [1, 2, 3]],
  ])('have the primary keys of the same records as JSON Lines: of %s', async (_, key, places) => {
    const at = (day: number) => `2026-11-0${day}T00:00:00.000Z`
    const rows = [
      { orderId: 'o1', lineId: 1, at: at(1) },
      { orderId: 'o2', lineId: 1, at: at(1) },
      { orderId: 'o1', lineId: 1, at: at(2) },
      { orderId: 'o1' },
      { lineId: 1 },
      { orderId: 'o3', lineId: 2 },
    ]
    const typed = rows.map((row) => ('at' in row ? { ...row, at: new Date(row.at ?? '') } : row))
    const columns = await found(parquetOf(ORDER_COLUMNS, typed, 2), PARQUET, ORDERS, { descriptors: keyedBy(key) })
    const lines = await found(asLines(rows), LINES, ORDERS, { descriptors: keyedBy(key) })
    expect([...columns.keys.places]).toEqual(places)
    expect(columns.keys).toEqual(lines.keys)
  })

  it('have primary keys that differ by a microsecond', async () => {
    const columns = ORDER_COLUMNS.map((column): SchemaElement =>
      column.name === 'at' ? { ...column, converted_type: 'TIMESTAMP_MICROS' } : column,
    )
    const rows = [1n, 2n, 1n].map((rest) => ({ orderId: 'o1', lineId: 1, at: 1_700_000_000_000_000n + rest }))
    const { keys } = await found(parquetOf(columns, rows), PARQUET, ORDERS, {
      descriptors: keyedBy(['/at', '/orderId']),
    })
    expect(findDuplicates([keys])).toMatchObject({ counts: [1], shown: [{ place: 3, first: { place: 1 } }] })
  })

  it('have no key where an _id is not UTF-8: many such would look the same', async () => {
    const schema = { ...EVENTS, type: 'object', properties: { _id: text } }
    const ids = [[0xff], [0xfe], [0x61], [0x61]].map((bytes) => ({ _id: Buffer.from(bytes) }))
    const columns: SchemaElement[] = [
      { name: 'root', num_children: 1 },
      { name: '_id', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
    ]
    const { keys } = await found(parquetOf(columns, ids), PARQUET, schema)
    expect(findDuplicates([keys])).toMatchObject({ counts: [1], shown: [{ place: 4, first: { place: 3 } }] })
  })

  it('have no primary key where a part of it is no single value', async () => {
    const rows = [{ _id: 'a', count: 1, items: [{ sku: 'A' }] }]
    const schema = { ...ORDERS, properties: { _id: text, count, items } }
    const { keys } = await found(parquetOf(NESTED, rows), PARQUET, schema, { descriptors: keyedBy(['/_id', '/items']) })
    expect([...keys.places]).toEqual([])
  })

  it('say which rows are larger than Profile takes, whatever columns make them so', async () => {
    const schema = schemaOf({ _id: text, count, items }, EVENTS)
    const long = (length: number) => 'x'.repeat(length)
    const rows = [
      { _id: long(9_000), count: 12, items: [{ sku: long(900), note: long(200) }] },
      { _id: long(9_000), count: 12, items: [{ sku: long(400), note: long(200) }] },
      { _id: 'a', count: 12, items: Array.from({ length: 1_000 }, () => ({ sku: '' })) },
      { _id: 'a', count: 12, items: Array.from({ length: 700 }, () => ({ sku: '' })) },
    ]
    const codes = async (bytes: Uint8Array, shape: typeof LINES | typeof PARQUET) => {
      const { findings } = await found(bytes, shape, schema, { isForProfile: true })
      const large = findings.find(({ code }) => code === 'oversize-record')
      return large?.first.map(({ place }) => (place.kind === 'row' ? place.row : place.line))
    }
    expect(await codes(asLines(rows), LINES)).toEqual([1, 3])
    expect(await codes(parquetOf(NESTED, rows), PARQUET)).toEqual([1, 3])
  })

  it('name a deprecated field wherever it stands: a member, an item of a list', async () => {
    const old = { ...text, 'meta:status': 'deprecated' }
    const row = { _id: 'a', count: 1, items: [{ sku: 'A' }, { sku: 'B' }] }
    const nested = { type: 'array', items: { type: 'object', properties: { sku: old }, 'meta:status': 'deprecated' } }
    const { findings } = await found(parquetOf(NESTED, [row]), PARQUET, schemaOf({ _id: old, count, items: nested }))
    expect(findings.map(({ code, path, count: times }) => [code, path, times])).toEqual([
      ['deprecated-field', '/_id', 1],
      ['deprecated-field', '/items/*', 2],
      ['deprecated-field', '/items/*/sku', 2],
    ])
  })

  it('name bytes that are no text, and what to write instead', async () => {
    const bytes = { name: '_id', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' } as const
    const columnData = [{ name: '_id', data: [Uint8Array.of(0xff, 0xfe), Uint8Array.of(0x61)] }]
    const schema = [{ name: 'root', num_children: 1 }, bytes]
    const file = new Uint8Array(parquetWriteBuffer({ schema, columnData }))
    const { findings, badRows, rejectedRows } = await found(file, PARQUET, schemaOf({ _id: text }))
    expect({ badRows, rejectedRows }).toEqual({ badRows: 1, rejectedRows: 0 })
    expect(findings.map(({ code, path, first: [one] }) => [code, path, one?.place, one?.issue.hint])).toEqual([
      ['corrupt-record', '/_id', { kind: 'row', row: 1 }, expect.stringContaining('pyarrow.string()')],
    ])
  })

  it('count a row that several of them fault once', async () => {
    const schema = schemaOf({ _id: { ...text, enum: ['z'] }, count: { ...count, maximum: 0 }, items })
    const rows = [
      { _id: 'z', count: 0 },
      { _id: 'a', count: 1, items: [{ note: 'x' }] },
      { _id: 'z', count: 1 },
    ]
    expect(await found(parquetOf(NESTED, rows), PARQUET, schema)).toMatchObject({
      rows: 3,
      badRows: 2,
      rejectedRows: 2,
    })
  })
})
