import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bothWays } from '../record/both-ways.ts'
import { schemaOf } from '../issues-of.ts'

const { scan, check } = bothWays({
  schema: schemaOf({ v: { type: 'object' } }),
  descriptors: undefined,
  isForProfile: false,
})

it.each([
  '[1,2,3]',
  '[1, 20 ,300]',
  '[0,1,-2,3.5,4e5,6]',
  '[12345678901234567890,"a",7,null,{"b":[8,[9,10],11]}]',
  '[5]',
])('a list that the schema leaves open is recognised: %s', (list) => {
  expect(scan(`{"v":{"a":${list}}}`)).toEqual({ issues: [], key: undefined })
})

it('a list that the schema leaves open is recognised only if it is JSON', () => {
  const item = fc.constantFrom(
    '1',
    '20',
    '300',
    '0',
    '01',
    '-1',
    '1.5',
    '1.',
    '1e3',
    '"a"',
    '',
    'null',
    '[1,2]',
    '1 ',
    '+1',
  )
  const seen = { json: 0, other: 0 }
  fc.assert(
    fc.property(fc.array(item, { maxLength: 6 }), fc.constantFrom(',', ', ', ' ,', ',,'), (items, comma) => {
      const record = `{"v":{"a":[${items.join(comma)}]}}`
      const isInOrder = isJson(record) && check(record).issues.length === 0
      seen[isInOrder ? 'json' : 'other']++
      expect([record, scan(record) !== false]).toEqual([record, isInOrder])
    }),
    { numRuns: 2000 },
  )
  expect(Math.min(seen.json, seen.other)).toBeGreaterThan(50)
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
