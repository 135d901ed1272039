import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isDate, isDateTime } from '../../../emulator/ingestion/calendar.ts'
import { promote, rowCodes } from './promote.ts'

/** Fields as `xed-full` answers show them. */
const FIELDS = {
  text: { type: 'string', 'meta:xdmType': 'string' },
  byte: { type: 'integer', 'meta:xdmType': 'byte' },
  short: { type: 'integer', 'meta:xdmType': 'short' },
  int: { type: 'integer', 'meta:xdmType': 'int' },
  long: { type: 'integer', 'meta:xdmType': 'long', minimum: -9007199254740991, maximum: 9007199254740991 },
  double: { type: 'number', 'meta:xdmType': 'number' },
  flag: { type: 'boolean', 'meta:xdmType': 'boolean' },
  day: { type: 'string', format: 'date', 'meta:xdmType': 'date' },
  moment: { type: 'string', format: 'date-time', 'meta:xdmType': 'date-time' },
  tags: { type: 'array', items: { type: 'string' } },
  counts: { type: 'object', 'meta:xdmType': 'map', additionalProperties: { type: 'integer' } },
  person: { type: 'object', properties: { name: { type: 'string' } } },
}

const SCHEMA = { properties: FIELDS }

async function codesOf(record: unknown, schema: unknown = SCHEMA, mode: 'strict' | 'lenient' = 'strict') {
  return rowCodes(await promote(JSON.stringify(record), { schema, mode }))
}

describe('conversion', () => {
  test.each([
    { text: 'a' },
    { text: 1 },
    { text: 1.5 },
    { byte: -128 },
    { byte: '127' },
    { short: 32_767 },
    { int: -2_147_483_648 },
    { int: '+7' },
    { int: 1.5 },
    { long: Number.MAX_SAFE_INTEGER },
    { double: 1 },
    { double: '-1.5e3' },
    { flag: false },
    { day: '2024-02-29' },
    { day: 1_531_263_959_000 },
    { moment: '2018-07-10T15:05:59.000-08:00' },
    { moment: '2018-07-10T15:05:59.123456789Z' },
    { moment: 1_531_263_959_000 },
    { tags: ['a', 1, null] },
    { counts: { a: 1, b: '2' } },
    { counts: {} },
    { person: { name: 'Ada' } },
    { person: null, text: null },
  ])('%j is taken', async (record) => {
    expect(await codesOf(record)).toEqual([])
  })

  test.each([
    [{ text: true }, '100'],
    [{ text: ['a'] }, '100'],
    [{ text: {} }, '100'],
    [{ byte: 128 }, 'EMU-RANGE'],
    [{ short: -32_769 }, 'EMU-RANGE'],
    [{ int: 2_147_483_648 }, 'EMU-RANGE'],
    [{ int: '2147483648' }, 'EMU-RANGE'],
    [{ long: Number.MAX_SAFE_INTEGER + 1 }, 'EMU-RANGE'],
    [{ int: '1.5' }, '100'],
    [{ int: 'x' }, '100'],
    [{ int: true }, '100'],
    [{ double: 'many' }, '100'],
    [{ double: '' }, '100'],
    [{ flag: 'true' }, '100'],
    [{ flag: 1 }, '100'],
    [{ day: '1979-01-3' }, '124'],
    [{ day: '2023-02-29' }, '124'],
    [{ day: '2023-04-31' }, '124'],
    [{ day: '2023-13-01' }, '124'],
    [{ day: '2023-01-01T00:00:00Z' }, '124'],
    [{ day: 1.5 }, '100'],
    [{ day: true }, '100'],
    [{ moment: '2025-06-17 22:24:32' }, '124'],
    [{ moment: '2025-06-17T22:24:32' }, '124'],
    [{ moment: '2025-06-17T22:24Z' }, '124'],
    [{ moment: '2025-06-17T24:00:00Z' }, '124'],
    [{ moment: '2018-00-10T22:07:56Z' }, '124'],
    [{ moment: '2025-06-17' }, '124'],
    [{ tags: 'a' }, '100'],
    [{ tags: { a: 1 } }, '100'],
    [{ tags: ['a', {}] }, '123'],
    [{ counts: [1] }, '100'],
    [{ counts: { a: 'x' } }, '100'],
    [{ person: 'Ada' }, '100'],
    [{ person: [] }, '100'],
  ])('%j is refused with %s', async (record, code) => {
    expect(await codesOf(record)).toEqual([code])
  })

  test.each([{ byte: 128 }, { int: 2_147_483_648 }, { day: '2023-01-01T00:00:00Z' }, { moment: '2025-06-17' }])(
    '%j is undocumented or misprinted, and taken in lenient mode',
    async (record) => {
      expect(await codesOf(record, SCHEMA, 'lenient')).toEqual([])
    },
  )

  test('a row error names the column and what could not be converted', async () => {
    const { rowErrors } = await promote('{"person":{"name":true},"text":"a"}', { schema: SCHEMA })
    expect(rowErrors).toEqual([
      {
        name: 'conversion_errors_0.json',
        records: [
          {
            person: { name: true },
            text: 'a',
            _errors: [{ column: 'person.name', code: '100', message: 'Cannot convert boolean to string' }],
            _filename: 'conversion_errors_0.json',
          },
        ],
      },
    ])
  })

  test('types that a schema leaves out follow from its bounds and formats', async () => {
    const schema = {
      properties: {
        small: { type: 'integer', minimum: 1, maximum: 31 },
        big: { type: 'integer', minimum: 0, maximum: 5_000_000_000 },
        plain: { type: 'integer' },
        day: { type: 'string', format: 'date' },
        mail: { type: 'string', format: 'email' },
      },
    }
    expect(await codesOf({ small: 31, big: 4_000_000_000, day: '2024-01-01', mail: 'nobody' }, schema)).toEqual([])
    expect(await codesOf({ small: 200, plain: 4_000_000_000, day: 'x' }, schema)).toEqual([
      'EMU-RANGE',
      'EMU-RANGE',
      '124',
    ])
  })

  test('any moment of the years 0 to 9999 is a date-time, and its day a date', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          expect(isDateTime(date.toISOString())).toBe(true)
          expect(isDate(date.toISOString().slice(0, 10))).toBe(true)
        },
      ),
    )
  })

  test('a text of three numbers is a date exactly when the calendar has that day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.nat(13), fc.nat(32), (year, month, day) => {
        const text = [String(year).padStart(4, '0'), ...[month, day].map((part) => String(part).padStart(2, '0'))].join(
          '-',
        )
        const parsed = new Date(`${text}T00:00:00Z`)
        expect(isDate(text)).toBe(!Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text))
      }),
    )
  })
})

describe('validation', () => {
  const bounded = {
    properties: {
      score: { type: 'number', minimum: 0, exclusiveMaximum: 10 },
      day: { type: 'integer', minimum: 1, maximum: 31 },
      days: { type: 'array', items: { type: 'integer', exclusiveMinimum: 0 } },
      zip: { type: 'string', pattern: '^[0-9]{5}$', minLength: 5, maxLength: 5 },
      mail: { type: 'string', format: 'email' },
    },
  }

  test.each([
    [{ score: -0.5 }],
    [{ score: 10 }],
    [{ score: '10.5' }],
    [{ day: 0 }],
    [{ day: '32' }],
    [{ days: [1, 0] }],
  ])('%j is outside the range of the schema, and refused in either mode', async (record) => {
    expect(await codesOf(record, bounded)).toEqual(['EMU-BOUNDS'])
    expect(await codesOf(record, bounded, 'lenient')).toEqual(['EMU-BOUNDS'])
  })

  test.each([{ score: 0, day: 31, days: [1] }, { zip: 'no code' }, { mail: 'nobody' }])(
    '%j is taken, since patterns, lengths and formats are not checked',
    async (record) => {
      expect(await codesOf(record, bounded)).toEqual([])
    },
  )

  const schema = {
    'meta:tenantNamespace': '_acme',
    properties: {
      _id: { type: 'string' },
      status: { type: 'string', enum: ['on', 'off'] },
      suggested: { type: 'string', 'meta:enum': { a: 'A' } },
      person: {
        type: 'object',
        properties: {
          gender: { type: 'string', enum: ['male', 'female'] },
          home: { type: 'object', properties: { kind: { type: 'string', enum: ['flat', 'house'] } } },
        },
      },
      _acme: {
        type: 'object',
        required: ['loyalty'],
        properties: {
          loyalty: {
            type: 'object',
            required: ['loyaltyId', 'channel'],
            properties: {
              loyaltyId: { type: 'string' },
              channel: { type: 'string', default: 'web' },
              tier: { type: 'string', enum: ['silver', 'gold'] },
              tiers: { type: 'array', items: { type: 'string', enum: ['silver', 'gold'] } },
            },
          },
        },
      },
      marks: { type: 'object', additionalProperties: { type: 'string', enum: ['x'] } },
    },
    required: ['_id'],
  }

  test.each([
    { _id: 'a' },
    { _id: 'a', _acme: { loyalty: { loyaltyId: 'l' } } },
    { _id: 'a', status: 'on', suggested: 'anything', person: { gender: 'male' } },
    { _id: 'a', person: { home: { kind: 'too deep to be looked at' } } },
    { _id: 'a', _acme: { loyalty: { loyaltyId: 'l', tiers: ['in an array'] } } },
    { _id: 'a', marks: { one: 'in a map' } },
  ])('%j is taken', async (record) => {
    expect(await codesOf(record, schema)).toEqual([])
  })

  test.each([
    [{}, 'INGEST-1555-400'],
    [{ _id: null }, 'INGEST-1555-400'],
    [{ _id: 'a', _acme: {} }, 'INGEST-1555-400'],
    [{ _id: 'a', _acme: { loyalty: { tier: 'gold' } } }, 'INGEST-1555-400'],
    [{ _id: 'a', status: 'broken' }, 'EMU-ENUM'],
    [{ _id: 'a', person: { gender: 'Male' } }, 'EMU-ENUM'],
    [{ _id: 'a', _acme: { loyalty: { loyaltyId: 'l', tier: 'tin' } } }, 'EMU-ENUM'],
  ])('%j is refused with %s', async (record, code) => {
    expect(await codesOf(record, schema)).toEqual([code])
  })

  test.each([
    { 'meta:class': 'https://ns.adobe.com/xdm/context/experienceevent' },
    { 'meta:extends': ['https://ns.adobe.com/acme/mixins/1', 'https://ns.adobe.com/xdm/context/experienceevent'] },
    { required: ['_id', 'timestamp'] },
  ])('an event needs _id and timestamp (schema with %j)', async (kind) => {
    const events = { ...kind, properties: { _id: { type: 'string' }, timestamp: FIELDS.moment, note: FIELDS.text } }
    expect(await codesOf({ _id: 'a', timestamp: '2024-01-01T00:00:00Z' }, events)).toEqual([])
    expect(await codesOf({ note: 'a' }, events)).toEqual(['INGEST-1555-400', 'INGEST-1555-400'])
  })

  test('another class of time series needs what its schema says', async () => {
    const metrics = {
      'meta:class': 'https://ns.adobe.com/xdm/classes/summarymetrics',
      'meta:extends': ['https://ns.adobe.com/xdm/data/time-series'],
      required: ['timestamp'],
      properties: { _id: { type: 'string' }, timestamp: FIELDS.moment },
    }
    expect(await codesOf({ timestamp: '2024-01-01T00:00:00Z' }, metrics)).toEqual([])
    expect(await codesOf({ _id: 'a' }, metrics)).toEqual(['INGEST-1555-400'])
  })

  test('a long takes what its schema states, up to 64 bits', async () => {
    const long = { type: 'integer', 'meta:xdmType': 'long', minimum: -(2 ** 63), maximum: 2 ** 63 }
    expect(await codesOf({ n: 2 ** 60 }, { properties: { n: long } })).toEqual([])
    expect(await codesOf({ n: 2 ** 64 }, { properties: { n: long } })).toEqual(['EMU-RANGE'])
    expect(await codesOf({ n: 2 ** 60 }, { properties: { n: { ...long, maximum: 2 ** 53 } } })).toEqual(['EMU-RANGE'])
  })

  test('an enum without a type is looked at', async () => {
    expect(await codesOf({ tier: 'gold' }, { properties: { tier: { enum: ['gold'] } } })).toEqual([])
    expect(await codesOf({ tier: 'tin' }, { properties: { tier: { enum: ['gold'] } } })).toEqual(['EMU-ENUM'])
  })

  test('a row that fails conversion is not validated', async () => {
    expect(await codesOf({ status: 'broken', person: 'Ada' }, schema)).toEqual(['100'])
  })

  test('members of allOf count as written into their node', async () => {
    const node = (name: string) => ({
      properties: { inner: { properties: { [name]: { type: 'integer' } } } },
      required: [name],
    })
    const merged = { properties: { a: { type: 'object', allOf: [node('x'), node('y')] } } }
    expect(await codesOf({ a: { x: 1, y: 1, inner: { x: 'no', y: 'no' } } }, merged)).toEqual(['100', '100'])
    expect(await codesOf({ a: { inner: { x: 1 } } }, merged)).toEqual(['INGEST-1555-400', 'INGEST-1555-400'])
    const lists = { properties: { a: { allOf: [{ type: 'array', items: node('x') }, { items: node('y') }] } } }
    expect(await codesOf({ a: [{ x: 1, y: 1, inner: { x: 'no', y: 'no' } }, { x: 1 }] }, lists)).toEqual(['100', '100'])
    const maps = { properties: { a: { allOf: ['x', 'y'].map((name) => ({ additionalProperties: node(name) })) } } }
    expect(await codesOf({ a: { k: { x: 1, inner: { y: 1 } } } }, maps)).toEqual(['INGEST-1555-400'])
  })
})

test('a fraction is cut off in silence where the field holds integers, at any depth', async () => {
  const schema = { properties: { ...FIELDS, list: { type: 'array', items: { type: 'integer' } } } }
  const record = { int: -1.5, list: [1, 2.5], counts: { a: 3.9 }, double: 1.5 }
  const promotion = await promote(JSON.stringify(record), { schema })
  expect(promotion.accepted).toEqual([{ int: -1, list: [1, 2], counts: { a: 3 }, double: 1.5 }])
  expect(promotion).toMatchObject({ verdict: 'success', errors: [] })
})

describe('fields that the schema does not know', () => {
  test('are dropped in silence, at any depth', async () => {
    const schema = {
      properties: {
        ...FIELDS,
        people: { type: 'array', items: FIELDS.person },
        byId: { additionalProperties: FIELDS.person },
      },
    }
    const ada = { name: 'Ada', age: 36 }
    const record = { text: 'a', xyz: 1, person: ada, people: [ada], byId: { a: ada }, tags: ['b'] }
    const promotion = await promote(JSON.stringify(record), { schema })
    const known = { name: 'Ada' }
    expect(promotion.accepted).toEqual([{ text: 'a', person: known, people: [known], byId: { a: known }, tags: ['b'] }])
    expect(promotion).toMatchObject({ verdict: 'success', errors: [] })
  })

  test('are kept where the schema leaves an object open', async () => {
    const schema = {
      properties: { open: { type: 'object', properties: {} }, bare: { type: 'object' }, list: { type: 'array' } },
    }
    const record = { open: { a: 1 }, bare: { b: [2] }, list: [{ c: 3 }] }
    expect((await promote(JSON.stringify(record), { schema })).accepted).toEqual([record])
  })
})
