import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../src/schema/compile.ts'
import { recordCheck } from '../../src/schema/record.ts'
import { type Issue, RULES } from '../../src/schema/rules.ts'
import { isPlainName } from '../../src/schema/walk.ts'
import { issuesIn, PLAIN, schemaOf } from './issues-of.ts'

const text = { type: 'string', 'meta:xdmType': 'string' }
const group = (properties: object) => ({ type: 'object', properties })

const LOYALTY = schemaOf({
  _id: text,
  person: group({ birthDate: { type: 'string', format: 'date' } }),
  _acme: group({ loyalty: group({ loyaltyId: text, tier: { ...text, enum: ['silver', 'gold'] } }) }),
})

describe('what an issue says', () => {
  const record = { person: { birthDate: '1979-01-3' }, _acme: { loyalty: { loyaltyId: 'a', tier: 'platinum' } } }

  it('gives no value away', () => {
    expect(issuesIn(LOYALTY, record)).toEqual([
      {
        code: 'date-format',
        level: 'error',
        fate: 'rejected',
        path: '/person/birthDate',
        expected: 'a date as YYYY-MM-DD',
        received: 'a string like "0000-00-0"',
        hint: 'write two digits',
      },
      {
        code: 'enum',
        level: 'error',
        fate: 'rejected',
        path: '/_acme/loyalty/tier',
        expected: 'one of "silver", "gold"',
        received: 'a string',
      },
    ])
  })

  it('shows the value when it may', () => {
    const issues = issuesIn(LOYALTY, record, { ...PLAIN, showValues: true })
    expect(issues.map(({ received }) => received)).toEqual(['"1979-01-3"', '"platinum"'])
  })

  it.each([
    [{}, 'nothing'],
    [{ _id: null }, 'null'],
    [{ _id: '' }, '""'],
  ])('shows of a row without its identity (%j) that it has none, values or not', (row, received) => {
    const descriptor = { '@type': 'xdm:descriptorIdentity', 'xdm:isPrimary': true, 'xdm:sourceProperty': '/_id' }
    const schema = compileSchema(schemaOf({ _id: { type: 'string' } }), [descriptor])
    const issues: Issue[] = []
    recordCheck(schema, { showValues: true, isForProfile: true })(row, (issue) => issues.push(issue))
    expect(issues.find(({ code }) => code === 'identity-missing')?.received).toBe(received)
  })

  it('shows any value as it is, and cuts no character in two', () => {
    const check = recordCheck(compileSchema(LOYALTY), { ...PLAIN, showValues: true })
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withTypedArray: true }), (value) => {
        for (const tier of [value, `${'x'.repeat(97)}🎉🎉`]) {
          const row = { _acme: { loyalty: { tier } }, person: { birthDate: tier }, amount: tier }
          check(row, ({ received }) => expect(received.isWellFormed()).toBe(true))
          check(value, ({ received }) => expect(received).toBeTypeOf('string'))
        }
      }),
    )
    const huge = issuesIn(
      schemaOf({ amount: { type: 'number' } }),
      { amount: Infinity },
      { ...PLAIN, showValues: true },
    )
    expect(huge.map(({ received }) => received)).toEqual(['Infinity'])
  })

  it('has the level of its rule', () => {
    for (const { code, level } of issuesIn(LOYALTY, { _id: null, x: 1 })) expect(level).toBe(RULES[code].level)
  })

  it.each([
    ['2025-06-17 22:24:32Z', 'put "T" between date and time'],
    ['2025-06-17T22:24:32', 'add "Z" or an offset'],
    ['2025-06-17T22:24:32+0100', 'write the offset with a colon'],
    ['2025-06-17', 'add a time'],
    ['2026-02-02T7:55:46.000Z', 'write two digits'],
    ['2026-2-2T17:5:6.1+2:00', 'write two digits'],
    ['2026-02-02T7:55:46.1234567890Z', undefined],
    ['yesterday', undefined],
  ])('helps with the date-time %s', (value, hint) => {
    const events = schemaOf({ at: { type: 'string', format: 'date-time' } })
    expect(issuesIn(events, { at: value })[0]?.hint).toBe(hint)
  })
})

describe('a name that the schema does not have', () => {
  it.each(['sku', '_id', 'first_name', 'Order total', 'a.b-c', 'One 2 three 4', 'x'.repeat(64), 'a1234'])(
    'may be shown when it looks like one: %s',
    (name) => expect(isPlainName(name)).toBe(true),
  )

  it.each([
    '',
    'anna@example.com',
    '1987-02-03',
    'a12345',
    'Müller',
    'a  b',
    ' a',
    'a ',
    'a b c d e',
    'x'.repeat(65),
    'a\nb',
    'a\n',
    '+49',
    'a/b',
  ])('is hidden when it may be a value: %j', (name) => expect(isPlainName(name)).toBe(false))
})

describe('the shape of a text', () => {
  it.each([
    ['1979-1-3 10:00', '0000-0-0 00:00'],
    ['Анна@example.com', 'aaaa?aaaaaaa.aaa'],
    ['€ 1.5 ☂', '? 0.0 ?'],
    ['e\u0301१"', 'a0?'],
  ])('of %s keeps nothing of it but what dates and numbers are written with', (value, shape) => {
    const [issue] = issuesIn(LOYALTY, { person: { birthDate: value } })
    expect(issue?.received).toBe(`a string like "${shape}"`)
  })
})
