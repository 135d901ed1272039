import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mutation, setting, valueOf, written } from './arbitrary-records.ts'
import { bothWays } from './both-ways.ts'

describe('a record that is recognised as in order', () => {
  it('is JSON that the check says nothing of, and has the same key, whatever was changed in it', () => {
    const seen = { inOrder: 0, doubtful: 0 }
    fc.assert(
      fc.property(cases, ([one, records]) => {
        const { scan, check } = bothWays(one)
        for (const record of records) {
          const said = scan(record)
          if (said === false) seen.doubtful++
          else {
            seen.inOrder++
            expect({ record, ...said }).toEqual({ record, ...check(record) })
          }
        }
      }),
      { numRuns: 1500 },
    )
    expect(seen.inOrder).toBeGreaterThan(2000)
    expect(seen.doubtful).toBeGreaterThan(2000)
  })
})

/** A line can't hold a line feed, nor UTF-8 half a pair. */
const isLine = (record: string) => !record.includes('\n') && record.isWellFormed()

const cases = setting.chain((one) => {
  const record = fc
    .tuple(valueOf(one.schema), fc.boolean(), fc.array(mutation, { maxLength: 2 }))
    .map(([value, isPython, changes]) => changes.reduce((before, change) => change(before), written(value, isPython)))
  return fc.tuple(fc.constant(one), fc.array(record.filter(isLine), { minLength: 10, maxLength: 30 }))
})
