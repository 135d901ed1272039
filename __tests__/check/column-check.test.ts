import { parquetWriteBuffer } from 'hyparquet-writer'
import type { SchemaElement } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { rowCheckOf } from '../../src/check/row-check.ts'
import { checkFile } from '../../src/formats/check.ts'
import { createLocalChecker } from '../../src/formats/pool.ts'
import { bytesContent } from '../../src/lib/content.ts'
import { schemaOf } from '../schema/issues-of.ts'
import { LINES, PARQUET } from '../support/shapes.ts'

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

async function found(bytes: Uint8Array, shape: typeof LINES | typeof PARQUET, schema: object, isForProfile = false) {
  const check = rowCheckOf({
    source: { schema, descriptors: undefined },
    showValues: true,
    isForProfile,
    isUntyped: false,
  })
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
      const { findings } = await found(bytes, shape, schema, true)
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
