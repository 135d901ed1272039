import { gzipSync } from 'node:zlib'
import type { SchemaElement } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, test } from 'vitest'
import { promote, rowCodes, stored } from './promote.ts'

type Write = Parameters<typeof parquetWriteBuffer>[0]

const parquet = (write: Write, name = 'rows.parquet') => stored(new Uint8Array(parquetWriteBuffer(write)), name)

const order = (properties: object, more: object = {}) =>
  ({ format: 'parquet', schema: { properties, ...more } }) as const

/** A file with one column of one row, its type given as a schema element. */
function oneColumn(element: Omit<SchemaElement, 'name'>, value: unknown) {
  const schema: SchemaElement[] = [
    { name: 'root', num_children: 1 },
    { name: 'c', repetition_type: 'OPTIONAL', ...element },
  ]
  return parquet({ schema, columnData: [{ name: 'c', data: [value] }] })
}

describe('Parquet', () => {
  const people: Write = {
    columnData: [
      { name: 'name', data: ['Ada', 'Bob', null], type: 'STRING' },
      { name: 'age', data: [36, 40, 50], type: 'INT32' },
    ],
  }
  const fields = { name: { type: 'string' }, age: { type: 'integer' } }
  const rows = [{ name: 'Ada', age: 36 }, { name: 'Bob', age: 40 }, { age: 50 }]

  test.each([
    ['SNAPPY', {}],
    ['no compression', { codec: 'UNCOMPRESSED' }],
    ['GZIP', { codec: 'GZIP', compressors: { GZIP: (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes)) } }],
    ['several row groups', { rowGroupSize: 2 }],
  ] as const)('rows are read from a file with %s', async (_, how) => {
    const promotion = await promote([parquet({ ...people, ...how })], order(fields))
    expect(promotion.accepted).toEqual(rows)
    expect(promotion).toMatchObject({ verdict: 'success', metrics: { inputRecordCount: 3, failedRecordCount: 0 } })
  })

  test('rows are checked as those of JSON are', async () => {
    const promotion = await promote(
      [parquet(people)],
      order({ name: fields.name, age: { 'meta:xdmType': 'byte' } }, { required: ['name'] }),
    )
    expect(rowCodes(promotion)).toEqual(['INGEST-1555-400'])
    expect(promotion.accepted).toEqual(rows.slice(0, 2))
  })

  test.each([
    ['JSON', '{"a":1}\n'],
    ['a file without its end', 'PAR1 and then nothing'],
    ['a file without its start', 'nothing and then PAR1'],
    ['three bytes', 'PAR'],
    ['a footer of nonsense', 'PAR1xxxxxxxxxxxxPAR1'],
  ])('%s in a Parquet batch fails it', async (_, content) => {
    const promotion = await promote([stored(content, 'people.parquet')], order(fields))
    expect(promotion).toMatchObject({
      verdict: 'failed',
      errors: [{ code: '200', description: expect.stringContaining('people.parquet is not a Parquet file') }],
    })
  })

  test('damage behind an intact footer fails the batch with a code of our own', async () => {
    const bytes = new Uint8Array(parquetWriteBuffer({ ...people, codec: 'SNAPPY' }))
    const promotion = await promote([stored(bytes.fill(0xff, 4, 60))], order(fields))
    expect(promotion).toMatchObject({ verdict: 'failed', errors: [{ code: 'EMU-PARQUET' }] })
  })

  test('a column that the schema does not know fails the batch in strict mode and is dropped in lenient mode', async () => {
    const known = order({ name: fields.name })
    expect(await promote([parquet(people)], known)).toMatchObject({
      verdict: 'failed',
      errors: [{ code: 'EMU-COLUMN' }],
    })
    const promotion = await promote([parquet(people)], { ...known, mode: 'lenient' })
    expect(promotion.accepted).toEqual([{ name: 'Ada' }, { name: 'Bob' }, {}])
  })

  const day = new Date('2024-05-06T00:00:00Z')
  const DATE = { type: 'INT32', converted_type: 'DATE' } as const
  const MILLIS = { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' } as const
  const date = { type: 'string', format: 'date' }
  const dateTime = { type: 'string', format: 'date-time' }

  test.each([
    ['DATE', DATE, day, date, '2024-05-06'],
    ['TIMESTAMP_MILLIS', MILLIS, day, dateTime, '2024-05-06T00:00:00.000Z'],
    [
      'TIMESTAMP_MICROS',
      { type: 'INT64', converted_type: 'TIMESTAMP_MICROS' },
      day,
      dateTime,
      '2024-05-06T00:00:00.000Z',
    ],
    ['INT64', { type: 'INT64' }, 1_700_000_000_000n, dateTime, 1_700_000_000_000],
    ['INT64', { type: 'INT64' }, 7n, { type: 'string' }, 7],
    ['DOUBLE', { type: 'DOUBLE' }, 7, { type: 'integer' }, 7],
    ['UTF8', { type: 'BYTE_ARRAY', converted_type: 'UTF8' }, '2024-05-06', date, '2024-05-06'],
  ] as const)('a %s column %j feeds a field', async (_, element, value, field, accepted) => {
    const promotion = await promote([oneColumn(element, value)], order({ c: field }))
    expect(promotion.errors).toEqual([])
    expect(promotion.accepted).toEqual([{ c: accepted }])
  })

  test.each([
    ['a DATE', DATE, day, { type: 'string' }],
    ['a DATE', DATE, day, dateTime],
    ['a TIMESTAMP', MILLIS, day, { type: 'string' }],
    ['a TIMESTAMP', MILLIS, day, date],
    ['an INT32', { type: 'INT32' }, 7, date],
    ['a DOUBLE', { type: 'DOUBLE' }, 7, dateTime],
    ['a BOOLEAN', { type: 'BOOLEAN' }, true, { type: 'string' }],
    ['a text', { type: 'BYTE_ARRAY', converted_type: 'UTF8' }, 'true', { type: 'boolean' }],
    ['a number', { type: 'INT32' }, 7, { type: 'object', properties: { a: { type: 'string' } } }],
  ] as const)('%s column that cannot become its field fails the batch', async (_, element, value, field) => {
    const promotion = await promote([oneColumn(element, value)], order({ c: field }))
    expect(promotion).toMatchObject({ verdict: 'failed', errors: [{ code: 'TypeCompatibilityException' }] })
  })

  test('a DATE column that holds seconds gives bad rows', async () => {
    const promotion = await promote([oneColumn(DATE, 1_534_442_400)], order({ c: date }))
    expect(rowCodes(promotion)).toEqual(['124'])
  })

  test('an INT96 column feeds a date-time field', async () => {
    const promotion = await promote([int96File(day)], order({ c: dateTime }))
    expect(promotion.accepted).toEqual([{ c: '2024-05-06T00:00:00.000Z' }])
  })

  const nested: Write = {
    schema: [
      { name: 'root', num_children: 3 },
      { name: 'person', num_children: 1, repetition_type: 'OPTIONAL' },
      { name: 'name', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      { name: 'tags', num_children: 1, converted_type: 'LIST', repetition_type: 'OPTIONAL' },
      { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
      { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      { name: 'counts', num_children: 1, converted_type: 'MAP', repetition_type: 'OPTIONAL' },
      { name: 'key_value', num_children: 2, repetition_type: 'REPEATED' },
      { name: 'key', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      { name: 'value', type: 'INT32', repetition_type: 'OPTIONAL' },
    ],
    columnData: [
      { name: 'person', data: [{ name: 'Ada' }] },
      { name: 'tags', data: [['a', 'b']] },
      { name: 'counts', data: [{ x: 1 }] },
    ],
  }
  const nestedFields = (leaf: object, element: object, value: object) => ({
    person: { type: 'object', properties: { name: leaf } },
    tags: { type: 'array', items: element },
    counts: { type: 'object', additionalProperties: value },
  })
  const text = { type: 'string' }

  test('groups, lists and maps feed objects, arrays and maps', async () => {
    const promotion = await promote([parquet(nested)], order(nestedFields(text, text, { type: 'integer' })))
    expect(promotion.errors).toEqual([])
    expect(promotion.accepted).toEqual([{ person: { name: 'Ada' }, tags: ['a', 'b'], counts: { x: 1 } }])
  })

  test.each([
    ['group', nestedFields({ type: 'boolean' }, text, text)],
    ['list', nestedFields(text, { type: 'boolean' }, text)],
    ['map', nestedFields(text, text, { type: 'boolean' })],
  ])('a misfit inside of a %s is found', async (_, misfits) => {
    const promotion = await promote([parquet(nested)], order(misfits))
    expect(promotion).toMatchObject({ verdict: 'failed', errors: [{ code: 'TypeCompatibilityException' }] })
  })

  test('of a large file the rows are counted from the footer alone', async () => {
    const bytes = Buffer.from(parquetWriteBuffer(people))
    // As if a part of the file that no row group points to were 100 MB long: offsets count from the start.
    const size = bytes.length + 100_000_000
    const shift = size - bytes.length
    const read = async (start: number, end: number) =>
      new Uint8Array(start < 4 ? bytes.subarray(start, end) : bytes.subarray(start - shift, end - shift))
    const promotion = await promote([{ name: 'large.parquet', size, read }], order(fields))
    expect(promotion).toMatchObject({
      verdict: 'success',
      accepted: [],
      metrics: { inputRecordCount: 3, inputByteSize: size },
    })
  })
})

/** The writer knows no INT96: a column of twelve bytes is written, and its type is renamed in the footer. */
function int96File(date: Date) {
  const value = new Uint8Array(12)
  new DataView(value.buffer).setUint32(8, Math.floor(date.getTime() / 86_400_000) + 2_440_588, true)
  const schema: SchemaElement[] = [
    { name: 'root', num_children: 1 },
    { name: 'c', type: 'FIXED_LEN_BYTE_ARRAY', type_length: 12, repetition_type: 'OPTIONAL' },
  ]
  const written = Buffer.from(
    parquetWriteBuffer({ schema, columnData: [{ name: 'c', data: [value] }], statistics: false }),
  )
  const footer = written.length - 8 - written.readUInt32LE(written.length - 8)
  const [fixed, int96] = [Buffer.from([0x15, 0x0e]), Buffer.from([0x15, 0x06])]
  for (let at = written.indexOf(fixed, footer); at !== -1; at = written.indexOf(fixed, at + 1)) int96.copy(written, at)
  return stored(written)
}
