import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INTEGER_RANGES } from '../../../src/schema/node.ts'
import { found, schemaOf } from '../issues-of.ts'

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
