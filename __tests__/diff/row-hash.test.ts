import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CanonicalRows, canonicalText, rowHash } from '../../src/diff/row-hash.ts'
import { LosslessNumber, parseLossless } from '../../src/schema/json.ts'

/** The same value by another way: as a fraction of whole numbers. */
function exactValue(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? []
  const scaled = BigInt(whole + fraction) * 10n ** BigInt(Number(exponent) - fraction.length + 60)
  return `${scaled === 0n ? '' : sign}${scaled}`
}

const digits = (most: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${most}}$`))
const decimal = fc
  .tuple(fc.constantFrom('', '-'), digits(20), fc.option(digits(20)), fc.option(fc.integer({ min: -20, max: 20 })))
  .map(([sign, whole, fraction, exponent]) =>
    [sign, whole, fraction === null ? '' : `.${fraction}`, exponent === null ? '' : `e${exponent}`].join(''),
  )

const formOf = (text: string) => canonicalText(new LosslessNumber(text))

describe('a number', () => {
  it('is the same in every form of its value, at any length, and in no other', () => {
    fc.assert(
      fc.property(decimal, decimal, (one, other) => {
        expect(formOf(one) === formOf(other)).toBe(exactValue(one) === exactValue(other))
        expect(formOf(formOf(one))).toBe(formOf(one))
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['1.0', '1'],
    ['10e-1', '1'],
    ['-0.0', '0'],
    ['9007199254740993', '9007199254740993'],
    ['1e400', '1e400'],
    ['120', '120'],
    ['0.10', '1e-1'],
    ['1e99999999999999999999', '1e99999999999999999999'],
  ])('written as %s reads %s', (text, form) => {
    expect(formOf(text)).toBe(form)
  })

  it('reads alike whether JavaScript can hold it or a reader kept its text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()), (number) => {
        expect(canonicalText(number)).toBe(canonicalText(new LosslessNumber(JSON.stringify(number))))
      }),
      { examples: [[-0], [-0.000001], [-0.5]] },
    )
  })
})

describe('a row', () => {
  const read = (row: unknown) => new CanonicalRows().read(row)

  it('is the same if and only if it is the same JSON value', () => {
    const value = fc.jsonValue({ maxDepth: 3 })
    fc.assert(
      fc.property(value, value, (one, other) => {
        expect(read(one) === read(other)).toBe(sorted(one) === sorted(other))
        expect(read(parseLossless(JSON.stringify(one, undefined, 3)))).toBe(read(one))
      }),
      {
        examples: [
          [-0.5, 0.5],
          ['-0', '0'],
          [[-0], [0]],
        ],
      },
    )
  })

  function sorted(value: unknown): string {
    return JSON.stringify(value, (_, one: unknown) =>
      typeof one === 'object' && one !== null && !Array.isArray(one)
        ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : one,
    )
  }

  it.each([
    [{ a: 1 }, { a: '1' }],
    [{ a: null }, {}],
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{ a: {} }, { a: [] }],
    [{ a: 'x' }, { a: 'x ' }],
    [{ a: { b: 1 } }, { 'a.b': 1 }],
    [{ a: ['b', 'c'] }, { a: ['b","c'] }],
  ])('%j differs from %j', (one, other) => {
    expect(read(one)).not.toBe(read(other))
  })

  it('has one leaf for each field, and one for a list', () => {
    const reader = new CanonicalRows()
    reader.read({ b: [1, { c: 2 }], a: { 'x/y': 1, z: {} } })
    const fields = reader.leaves.filter((_, at) => at % 2 === 0).map((field) => reader.pathOf(field))
    expect(fields).toEqual(['/a/x~1y', '/a/z', '/b'])
  })

  it('nested without end is refused instead of ending the stack', () => {
    const nest = (open: string, close: string) => JSON.parse(`${open.repeat(5_000)}1${close.repeat(5_000)}`) as unknown
    expect(() => read({ a: nest('[', ']') })).toThrow(RangeError)
    expect(() => read(nest('{"a":', '}'))).toThrow(RangeError)
  })

  it('has a hash of 128 bits of SHA-256', () => {
    const words = rowHash('abc')
    expect(Buffer.from(words.buffer).toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223')
  })
})
