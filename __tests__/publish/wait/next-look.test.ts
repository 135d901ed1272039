import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextLook } from '../../../src/publish/wait.ts'

/** The ages at which a batch is looked at. */
function looks(untilMs: number, longestMs: number): readonly number[] {
  const ages: number[] = []
  for (let age = 0; age <= untilMs; age += nextLook(age, longestMs)) ages.push(age)
  return ages
}

describe('looking at a batch', () => {
  it('happens at most 75 times in the first hour', () => {
    expect(looks(3_600_000, 120_000).length).toBeLessThanOrEqual(75)
  })

  it('notices an end within a tenth of the time it took, and 2 s', () => {
    const ages = looks(86_400_000, Infinity)
    fc.assert(
      fc.property(fc.nat(70_000_000), (endMs) => {
        const noticed = ages.find((age) => age >= endMs) ?? Infinity
        expect(noticed - endMs).toBeLessThanOrEqual(endMs / 10 + 2_000)
      }),
    )
  })

  it('never pauses longer than was asked for, the first time included', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 500_000 }), (age, longest) => nextLook(age, longest) <= longest),
    )
  })
})
