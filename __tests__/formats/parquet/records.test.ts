import { PARQUET } from '../../support/files/shapes.ts'
import type { ParquetType, SchemaElement } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bytesContent } from '../../../src/lib/content.ts'
import { checkFile } from '../../../src/formats/check.ts'
import { CalendarDay } from '../../../src/formats/parquet/values.ts'
import { createLocalChecker } from '../../../src/formats/pool.ts'
import { rowCheck } from '../row-check.ts'

const signal = new AbortController().signal

function column(name: string, type: ParquetType, more: Partial<SchemaElement> = {}): SchemaElement {
  return { name, type, repetition_type: 'OPTIONAL', ...more }
}

async function rowsOf(bytes: ArrayBuffer): Promise<readonly unknown[]> {
  const rows: unknown[] = []
  const checker = createLocalChecker({ text: () => undefined, value: (value) => void rows.push(value) })
  await checkFile({ content: bytesContent(new Uint8Array(bytes)), shape: PARQUET }, { checker, signal })
  return rows
}

describe('the rows of a Parquet file', () => {
  const words = Array.from({ length: 25 }, (_, index) => (index % 10 === 7 ? 'bad' : `good ${index}`))

  it.each([
    ['SNAPPY', undefined],
    ['UNCOMPRESSED', undefined],
    ['GZIP', gzipSync],
    ['BROTLI', brotliCompressSync],
    ['ZSTD', zstdCompressSync],
  ] as const)('(%s) have their numbers across row groups', async (codec, compress) => {
    const bytes = parquetWriteBuffer({
      columnData: [{ name: 'word', data: words, type: 'STRING' }],
      rowGroupSize: 10,
      codec,
      ...(compress && { compressors: { [codec]: (input: Uint8Array) => new Uint8Array(compress(input)) } }),
    })
    const content = bytesContent(new Uint8Array(bytes))
    const found = await checkFile({ content, shape: PARQUET }, { checker: createLocalChecker(rowCheck), signal })
    expect(found).toMatchObject({ rows: 25, badRows: 2, findings: [{ code: 'a-bad', path: '/word', count: 2 }] })
    expect(found.findings[0]?.first.map(({ place }) => place)).toEqual([
      { kind: 'row', row: 8 },
      { kind: 'row', row: 18 },
    ])
  })

  it('are plain values, and kinds that JSON does not know stay what they are', async () => {
    const day = Date.UTC(2024, 1, 29)
    const time = new Date('2024-02-29T12:34:56.789Z')
    const schema: SchemaElement[] = [
      { name: 'root', num_children: 10 },
      column('text', 'BYTE_ARRAY', { converted_type: 'UTF8' }),
      column('small', 'INT64'),
      column('large', 'INT64'),
      column('double', 'DOUBLE'),
      column('flag', 'BOOLEAN'),
      column('price', 'INT32', { converted_type: 'DECIMAL', precision: 5, scale: 2 }),
      column('time', 'INT64', { converted_type: 'TIMESTAMP_MILLIS' }),
      column('day', 'INT32', { converted_type: 'DATE' }),
      column('endOfDays', 'INT32', { converted_type: 'DATE' }),
      column('absent', 'DOUBLE'),
    ]
    const bytes = parquetWriteBuffer({
      schema,
      columnData: Object.entries({
        text: 'ü',
        small: 5n,
        large: 2n ** 60n,
        double: 1.5,
        flag: true,
        price: 12.25,
        time,
        day: new Date(day),
        endOfDays: 1_582_000_000,
        absent: null,
      }).map(([name, value]) => ({ name, data: [value] })),
    })
    const [row] = await rowsOf(bytes)
    expect(row).toEqual({
      text: 'ü',
      small: 5,
      large: 2n ** 60n,
      double: 1.5,
      flag: true,
      price: 12.25,
      time,
      day: new CalendarDay(day),
      endOfDays: new CalendarDay(NaN),
    })
  })

  it('have lists as arrays, maps and groups as objects, and nothing where nothing is', async () => {
    const schema: SchemaElement[] = [
      { name: 'root', num_children: 3 },
      { name: 'tags', converted_type: 'LIST', num_children: 1, repetition_type: 'OPTIONAL' },
      { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
      { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      { name: 'attributes', converted_type: 'MAP', num_children: 1, repetition_type: 'OPTIONAL' },
      { name: 'key_value', num_children: 2, repetition_type: 'REPEATED' },
      { name: 'key', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      { name: 'value', type: 'INT64', repetition_type: 'OPTIONAL' },
      { name: '_acme', num_children: 1, repetition_type: 'OPTIONAL' },
      { name: 'sku', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
    ]
    const columnData = [
      { name: 'tags', data: [['a', null], null] },
      { name: 'attributes', data: [{ x: 1n }, null] },
      { name: '_acme', data: [{ sku: 'A' }, null] },
    ]
    expect(await rowsOf(parquetWriteBuffer({ schema, columnData }))).toEqual([
      { tags: ['a', null], attributes: { x: 1 }, _acme: { sku: 'A' } },
      {},
    ])
  })

  it('have maps by keys of any type, each as JSON would write it', async () => {
    const days = ['2024-02-29', '1969-12-31'].map((day) => new Date(day))
    const schema: SchemaElement[] = [
      { name: 'root', num_children: 1 },
      { name: 'visits', converted_type: 'MAP', num_children: 1, repetition_type: 'OPTIONAL' },
      { name: 'key_value', num_children: 2, repetition_type: 'REPEATED' },
      { name: 'key', type: 'INT32', converted_type: 'DATE', repetition_type: 'REQUIRED' },
      { name: 'value', type: 'INT32', repetition_type: 'OPTIONAL' },
    ]
    const columnData = [{ name: 'visits', data: [new Map(days.map((day, at) => [day, at]))] }]
    expect(await rowsOf(parquetWriteBuffer({ schema, columnData }))).toEqual([
      { visits: { '2024-02-29': 0, '1969-12-31': 1 } },
    ])
  })

  it('are read a window at a time where a row group is large', async () => {
    const data = Array.from({ length: 40 }, (_, index) => String(index).repeat(1_000_000))
    const bytes = parquetWriteBuffer({ columnData: [{ name: 'long', data, type: 'STRING' }], codec: 'UNCOMPRESSED' })
    const seen: string[] = []
    const checker = createLocalChecker({
      text: () => undefined,
      value({ long }, report) {
        seen.push(String(long).slice(0, 2))
        if (String(long).startsWith('39'))
          report({ code: 'last', level: 'error', fate: 'rejected', path: '/long', expected: '', received: '' })
      },
    })
    const content = bytesContent(new Uint8Array(bytes))
    const { findings } = await checkFile({ content, shape: PARQUET }, { checker, signal })
    expect(seen).toEqual(data.map((one) => one.slice(0, 2)))
    expect(findings).toMatchObject([{ code: 'last', first: [{ place: { kind: 'row', row: 40 } }] }])
  })

  it('are a finding where a row group is damaged, and the next group is read', async () => {
    const columnData = [{ name: 'word', data: words, type: 'STRING' as const }]
    const bytes = new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 10, codec: 'SNAPPY' }))
    bytes.fill(0xff, 4, 40)
    const content = bytesContent(bytes)
    const found = await checkFile({ content, shape: PARQUET }, { checker: createLocalChecker(rowCheck), signal })
    expect(found).toMatchObject({ rows: 25, badRows: 11 })
    expect(found.findings).toMatchObject([
      { code: 'corrupt-record', count: 1, first: [{ place: { kind: 'row', row: 1 } }] },
      { code: 'a-bad', count: 1, first: [{ place: { kind: 'row', row: 18 } }] },
    ])
  })
})
