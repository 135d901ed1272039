import fc from 'fast-check'
import { expect, it } from 'vitest'
import { percentOf } from '../../src/lib/percent.ts'

it('a share that is exactly a limit never exceeds it', () => {
  const limits = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => Number(`${hundredths}e-2`))
  fc.assert(
    fc.property(limits, fc.integer({ min: 1, max: 1_000_000 }), (limit, times) => {
      const part = Math.round(limit * 100) * times
      expect(percentOf(part, 10_000 * times)).toBe(limit)
    }),
  )
})

it('nothing is no share of nothing', () => {
  expect(percentOf(0, 0)).toBe(0)
})
