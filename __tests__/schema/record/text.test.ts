import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../../src/schema/compile.ts'
import { holdsTellingNumber, parseLossless } from '../../../src/schema/json.ts'
import { decimalNames, recordCheck } from '../../../src/schema/record.ts'
import { found, PLAIN, schemaOf } from '../issues-of.ts'

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
        check(record, ({ code, path, at = path }) => apart.push(`${code} ${at}`))
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
