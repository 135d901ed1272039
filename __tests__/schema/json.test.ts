import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactJson } from '../../src/schema/json.ts'
import { LosslessNumber } from '../../src/schema/json.ts'
import { parseLossless, parseVerbatim } from '../../src/schema/json.ts'
import { tookMs } from '../support/time/took.ts'

function duplicatesIn(text: string): readonly string[] {
  const paths: string[] = []
  parseLossless(text, (path) => paths.push(path))
  return paths
}

/** What JSON.parse would have made of it. */
function plain(value: unknown): unknown {
  if (value instanceof LosslessNumber) return value.nearest
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]))
}

describe('a text of JSON', () => {
  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), undefined, indent)
        expect(plain(parseLossless(text, () => undefined))).toEqual(JSON.parse(text))
        expect(plain(exactJson(text))).toEqual(JSON.parse(text))
      }),
    )
  })

  it('keeps every digit that would be lost', () => {
    const numbers = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n })
    fc.assert(
      fc.property(numbers, fc.constantFrom('{"a":#}', '[#]', '{"a": #, "b":1}', '[1,\n  #]'), (number, text) => {
        const value = Object.values(parseLossless(text.replace('#', String(number))) as object)
        const [kept] = value.filter((one) => one !== 1 || number === 1n) as (number | LosslessNumber)[]
        expect(kept instanceof LosslessNumber ? kept.exact : BigInt(kept ?? 0)).toBe(number)
      }),
    )
  })

  it.each([
    ['1.0', 1n],
    ['1e3', 1000n],
    ['1.5e1', 15n],
    ['-0.0', 0n],
    ['1200e-2', 12n],
    ['-12.50e2', -1250n],
    ['9007199254740993', 9007199254740993n],
    ['1.0000000000000001', undefined],
    ['0.99999999999999999999', undefined],
    ['123456789012345.001', undefined],
    ['1e999999999', undefined],
  ])('that writes %s keeps it, and means %s', (text, exact) => {
    const { n } = parseLossless(`{"n":${text}}`) as { n: LosslessNumber }
    expect(n).toMatchObject({ text, exact })
  })

  it.each(['1', '-5', '0.1', '1.05', '10.99', '9007199254740991', '"1.0"', '"1e3"', '"2019-11-01T00:00:00.000-08:00"'])(
    'that writes %s is read as ever',
    (text) => {
      expect(parseLossless(`{"n":${text}}`)).toEqual(JSON.parse(`{"n":${text}}`))
    },
  )

  it.each(['1.50', '-0.10', '0.12345678901234567', '0.00000012', '1.5e-3', '12.0', '9007199254740993'])(
    'that writes %s keeps these very digits for whom they count',
    (text) => {
      expect(parseVerbatim(`{"n": ${text}, "m":"1.50"}`)).toEqual({ n: new LosslessNumber(text), m: '1.50' })
    },
  )

  it.each(['1', '-5', '0.1', '10.99', '-0', '0.05', 'null', '"1.50"', '[1.5, {"a":1.10}]'])(
    'that writes %s means the same, whether or not its digits count',
    (text) => {
      expect(plain(parseVerbatim(`{"n":${text}}`))).toEqual(JSON.parse(`{"n":${text}}`))
      expect(() => parseVerbatim(`{"n":${text}`)).toThrow(SyntaxError)
    },
  )

  it.each(['{', '{"a":01}', '[1,]', '{"a":1.}', '', 'nul'])('is refused when it is %s', (text) => {
    expect(() => parseLossless(text)).toThrow(SyntaxError)
  })

  it('may be nested deep', () => {
    const deep = `${'{"a":['.repeat(30_000)}1.0${']}'.repeat(30_000)}`
    expect(parseLossless(deep, () => undefined)).toBeTypeOf('object')
  })

  it.each([
    ['{"a":1,"a":2}', ['/a']],
    ['{"a":{"b":1,"b":2,"b":3}}', ['/a/b', '/a/b']],
    ['{"a":[0,{"b":1},{"c":[],"d":1,"c":2}]}', ['/a/2/c']],
    ['{"a":1,"\\u0061":2}', ['/a']],
    ['{"a/b":1,"a/b":2}', ['/a~1b']],
    ['{"__proto__":1,"__proto__":2}', ['/__proto__']],
    ['{"a":"\\"a\\":","b":{"a":1}}', []],
    ['{"a" : 1, "b" :2}', []],
    ['{"toString":1,"constructor":2}', []],
    ['{"a":{"a":{"a":1}}}', []],
  ])('%s is told of %j', (text, paths) => {
    expect(duplicatesIn(text)).toEqual(paths)
  })

  it('that repeats a key has its last value', () => {
    expect(parseLossless('{"a":1,"a":2.50}', () => undefined)).toEqual({ a: 2.5 })
  })

  it('keeps a key that would set a prototype', () => {
    const value = parseLossless('{"__proto__":{"a":1.0}}') as object
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(Object.keys(value)).toEqual(['__proto__'])
  })
})

it('a number of 400,000 zeros is read in no more than moments', async () => {
  const zeros = '0'.repeat(400_000)
  const ms = await tookMs(() => {
    expect(new LosslessNumber(`0.${zeros}1`).exact).toBeUndefined()
    expect(new LosslessNumber(`1${zeros}1e-${zeros.length + 1}`).exact).toBeUndefined()
  })
  expect(ms).toBeLessThan(2_000)
})
