import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INTEGER_RANGES } from '../../../src/schema/node.ts'
import { found, schemaOf } from '../issues-of.ts'
import { bothWays } from '../record/both-ways.ts'

/** Numbers around a power of two, where ranges begin and end, and any others. */
const nearEdges = fc
  .tuple(fc.constantFrom(0, 7, 8, 15, 16, 31, 32, 53, 63, 64, 100), fc.integer({ min: -2, max: 2 }), fc.boolean())
  .map(([power, off, isNegative]) => (isNegative ? -(2n ** BigInt(power)) : 2n ** BigInt(power)) + BigInt(off))

/** One number, written in the ways that JSON has for it. */
const writings = fc.constantFrom(
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
        fc.property(
          fc.oneof(nearEdges, fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n })),
          writings,
          (number, write) => {
            const text = write(number)
            const isWithin = number >= BigInt(min) && number <= BigInt(max)
            const isErroneous = found(schema, `{"n":${text}}`).some((issue) => !issue.startsWith('integer-decimal'))
            expect(isErroneous, text).toBe(!isWithin || text.endsWith('.5'))
          },
        ),
      )
    },
  )
})

describe('a number field', () => {
  const schema = schemaOf({ n: { type: 'number' } })

  it('tells digits that are lost also of a text with a plus', () => {
    expect(found(schema, '{"n":"9007199254740993"}')).toEqual(found(schema, '{"n":"+9007199254740993"}'))
    expect(found(schema, '{"n":"+9007199254740993"}')).toHaveLength(1)
    expect(found(schema, '{"n":"+9007199254740992"}')).toEqual([])
  })

  it('looks at each digit of a long text that is no number once', () => {
    // A look for each digit at all that are behind it would take minutes.
    expect(found(schema, `{"n":"${'1'.repeat(1_000_000)}a"}`)).toHaveLength(1)
  })

  it.each(['1', '1.', '.5', '+1.5', '-1.e3', '1e-3'])('takes the text %s', (text) => {
    expect(found(schema, `{"n":"${text}"}`)).toEqual([])
  })
})

describe('numbers within limits or of an enum', () => {
  const whole = fc.bigInt({ min: -300n, max: 300n })
  const digits = fc.bigInt({ min: 0n, max: 2n ** 54n })
  const written = fc.oneof(
    fc.oneof(whole, nearEdges, digits).map(String),
    whole.map((number) => `"${number}"`),
    fc.constantFrom('-0', '00', '-', '+1', '1.0', '1e2', '9007199254740991', '-9007199254740992', '"-0"'),
    fc
      .tuple(whole, fc.constantFrom('e', 'E', 'e+', 'E-'), fc.nat(400))
      .map(([number, e, power]) => `${number}${e}${power}`),
    fc.tuple(digits, fc.nat(999_999)).map(([number, fraction]) => `${number}.${fraction}`),
  )
  const limit = fc.constantFrom(undefined, -200, -1, 0, 0.5, 1, 9, 10, 100, 255, 1000)
  const field = fc.record(
    {
      type: fc.constantFrom('integer', 'number'),
      minimum: limit,
      maximum: limit,
      exclusiveMinimum: limit,
      enum: fc.constantFrom(undefined, undefined, [1, 2, 3, 300], [-1, 0, 255, 256]),
    },
    { requiredKeys: ['type'] },
  )

  it('are recognised only where their check has nothing to report', () => {
    const seen = { recognised: 0, doubtful: 0 }
    fc.assert(
      fc.property(field, written, (keywords, number) => {
        const { scan, check } = bothWays({
          schema: schemaOf({ n: keywords }),
          descriptors: undefined,
          isForProfile: false,
        })
        const record = `{"n":${number}}`
        const said = scan(record)
        seen[said === false ? 'doubtful' : 'recognised']++
        if (said !== false) expect({ record, ...said }).toEqual({ record, ...check(record) })
      }),
      { numRuns: 5000 },
    )
    expect(Math.min(seen.recognised, seen.doubtful)).toBeGreaterThan(100)
  })

  it.each([
    [{ type: 'integer', minimum: 0, maximum: 100 }, ['0', '7', '99', '100', '"42"']],
    [{ type: 'integer', enum: [1, 300, -5] }, ['1', '300', '-5']],
    [{ type: 'integer' }, ['2147483647', '-12345']],
    [{ type: 'number' }, ['1e290', '12.5E-290', '-7e+7']],
  ])('are recognised by their bytes: %j, %j', (keywords, numbers) => {
    const { scan } = bothWays({ schema: schemaOf({ n: keywords }), descriptors: undefined, isForProfile: false })
    for (const number of numbers)
      expect([number, scan(`{"n":${number}}`)]).toEqual([number, { issues: [], key: undefined }])
  })
})

describe('an integer of sixteen digits', () => {
  const exact = ['8999999999999999', '9006999999999999', '9007199199999999', '9007199254740990', '9007199254740991']
  const others = ['9007199254740992', '9007199254740993', '9007199300000000', '9007200000000000', '9999999999999999']

  it.each([...exact, ...others])('is recognised by its digits only where the check finds nothing: %s', (digits) => {
    const keywords = { type: 'integer', minimum: -9.3e18, maximum: 9.3e18, 'meta:xdmType': 'long' }
    const { scan, check } = bothWays({ schema: schemaOf({ n: keywords }), descriptors: undefined, isForProfile: false })
    for (const record of [`{"n":${digits}}`, `{"n":-${digits}}`, `{"n":"${digits}"}`]) {
      expect([record, scan(record) !== false]).toEqual([record, check(record).issues.length === 0])
    }
  })
})
