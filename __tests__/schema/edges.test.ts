import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDate, isDateTime } from '../../src/schema/kinds/date.ts'
import { compileSchema } from '../../src/schema/compile.ts'
import { recordCheck } from '../../src/schema/record.ts'
import { decimalNames } from '../../src/schema/record.ts'
import { INTEGER_RANGES } from '../../src/schema/field.ts'
import { parseLossless } from '../../src/schema/json.ts'
import { holdsTellingNumber } from '../../src/schema/json.ts'
import { found, PLAIN, schemaOf } from './issues-of.ts'

/** Numbers around a power of two, where ranges begin and end, and any others. */
const nearEdges = fc
  .tuple(fc.constantFrom(0, 7, 8, 15, 16, 31, 32, 53, 63, 64, 100), fc.integer({ min: -2, max: 2 }), fc.boolean())
  .map(([power, off, isNegative]) => (isNegative ? -(2n ** BigInt(power)) : 2n ** BigInt(power)) + BigInt(off))

/** One number, written in the ways that JSON has for it. */
const written = fc.constantFrom(
  (number: bigint) => String(number),
  (number: bigint) => `"${number}"`,
  (number: bigint) => `${number}.0`,
  (number: bigint) => `${number}.5`,
  (number: bigint) => `${number}e0`,
)

describe('an integer field', () => {
  it.each(Object.entries(INTEGER_RANGES))(
    'of type %s takes what a reader of big integers would',
    (type, { min, max }) => {
      const schema = schemaOf({ n: { type: 'integer', 'meta:xdmType': type } })
      fc.assert(
        fc.property(fc.oneof(nearEdges, fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n })), written, (number, write) => {
          const text = write(number)
          const isWithin = number >= BigInt(min) && number <= BigInt(max)
          const isErroneous = found(schema, `{"n":${text}}`).some((issue) => !issue.startsWith('integer-decimal'))
          expect(isErroneous, text).toBe(!isWithin || text.endsWith('.5'))
        }),
      )
    },
  )
})

describe('a date', () => {
  const digits = (count: number) =>
    fc.integer({ min: 0, max: 10 ** count - 1 }).map((n) => String(n).padStart(count, '0'))

  it('is one that the calendar of JavaScript keeps as it is', () => {
    const dates = fc.tuple(digits(4), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
    fc.assert(
      fc.property(dates, ([year, month, day]) => {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
        const there = new Date(`${text}T00:00:00Z`)
        expect(isDate(text)).toBe(!Number.isNaN(there.getTime()) && there.toISOString().startsWith(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('with a time is one that JavaScript writes', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }),
        (date) => {
          expect(isDateTime(date.toISOString())).toBe(true)
          expect(isDate(date.toISOString().slice(0, 10))).toBe(true)
          expect(isDateTime(date.toISOString().slice(0, -1))).toBe(false)
        },
      ),
    )
  })

  it('with any one character changed is what an expression says', () => {
    const pattern =
      /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/
    const bases = fc.constantFrom(
      '2024-02-29T10:11:12Z',
      '2024-12-01T10:11:12.123456789+01:30',
      '2024-01-11T23:59:59.1Z',
    )
    const characters = fc.constantFrom(...'0123456789-+:.TZtz ,'.split(''))
    fc.assert(
      fc.property(bases, fc.nat({ max: 34 }), characters, fc.boolean(), (base, at, character, isInserted) => {
        const text = base.slice(0, at) + character + base.slice(isInserted ? at : at + 1)
        // Days beyond the 29th, and years without one, are for the calendar's own test.
        fc.pre(!/^\d{4}-\d\d-3/.test(text) && (text.slice(5, 10) !== '02-29' || text.startsWith('2024')))
        expect(isDateTime(text), text).toBe(pattern.test(text))
      }),
      { numRuns: 5000 },
    )
  })
})

describe('the text of a record', () => {
  const schema = schemaOf({
    price: { type: 'number' },
    count: { type: 'integer' },
    name: { type: 'string', enum: ['1', '1.0'] },
    at: { type: 'string', format: 'date-time' },
    prices: { type: 'array', items: { type: 'number' } },
    any: {},
  })
  const token = fc.constantFrom(
    '1',
    '1.0',
    '-0.50',
    '1e3',
    '1.5',
    '"1.0"',
    '1700000000000.0',
    '12345678901234567',
    'null',
    '0.000',
    '[1.0]',
  )
  const member = fc.tuple(fc.constantFrom('price', 'count', 'name', 'at', 'prices', 'any', 'other'), token)

  it('is judged in one go as it is when read without loss and checked', () => {
    const check = recordCheck(compileSchema(schema), PLAIN)
    fc.assert(
      fc.property(fc.array(member, { maxLength: 5 }), fc.constantFrom(':', ': ', ' : '), (members, colon) => {
        const text = `{${members.map(([name, value]) => `"${name}"${colon}${value}`).join(',')}}`
        const apart: string[] = []
        const record = parseLossless(text, (path) => apart.push(`duplicate-key ${path}`))
        check(record, ({ code, path }) => apart.push(`${code} ${path}`))
        expect(new Set(found(schema, text))).toEqual(new Set(apart))
      }),
      { numRuns: 1000 },
    )
  })

  it('needs no exact reading for decimals, unless the keys of a map may have their names', () => {
    const price = { type: 'number' }
    const counts = { type: 'object', additionalProperties: { type: 'integer' } }
    const inMap = schemaOf({ price, item: { type: 'object', properties: { price } }, counts })
    expect(decimalNames(compileSchema(schemaOf({ price, a: { type: 'object', properties: { price } } })).root)).toEqual(
      new Set(['price']),
    )
    expect(
      decimalNames(
        compileSchema(schemaOf({ price, a: { type: 'object', properties: { price: { type: 'integer' } } } })).root,
      ),
    ).toEqual(new Set())
    expect(found(inMap, '{"price":1.0,"counts":{"price":1.0}}')).toEqual(['integer-decimal /counts/price'])
  })

  it('is read exactly only where a number asks for it', () => {
    const decimals = new Set(['price'])
    const plain = '{"price":1.0,"a": 1.5,"at":"2024-01-01T00:00:00.000Z","id":"71a1-3e05","urn":"u:12345678901234567"}'
    expect(holdsTellingNumber(plain, decimals)).toBe(false)
    for (const text of ['{"a":1.0}', '{"a": 2.00 }', '[1.0]', '{"a":1E3}', '{"a":1234567890123456}', '{"a" : 1.0}']) {
      expect(holdsTellingNumber(text, decimals), text).toBe(true)
    }
  })
})
