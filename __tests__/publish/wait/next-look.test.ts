import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INPUTS } from '../../../src/inputs/table.ts'
import { nextLook } from '../../../src/publish/wait.ts'

const HOUR_MS = 3_600_000
const DEFAULT_MS = Number(INPUTS.pollIntervalMs.default) * 1_000

/** When a batch is asked for, and when that is answered, each answer taking as long. */
function looks(untilMs: number, longestMs: number, answerMs = 0) {
  const found: { readonly askedMs: number; readonly answeredMs: number }[] = []
  let askedMs = 0
  while (askedMs < untilMs) {
    const answeredMs = askedMs + answerMs
    found.push({ askedMs, answeredMs })
    askedMs = answeredMs + nextLook(answeredMs, longestMs, answerMs)
  }
  return found
}

/** What is still allowed when the end comes just after a look was asked for: the latest of all the moments to be told. */
const latestMs = (endMs: number) => endMs * 1.1 + 2_000

describe('looking at a batch', () => {
  it('happens 55 times in its first hour, and 12 times in every later one, by default', () => {
    const hours = [1, 2, 3].map((hour) => looks(hour * HOUR_MS, DEFAULT_MS).length)
    expect(hours).toEqual([55, 67, 79])
  })

  it('happens as rarely as pauses can that notice every end within a tenth of the time it took and 2 s', () => {
    let [fewest, atMs] = [1, 0]
    for (; latestMs(atMs) < HOUR_MS; fewest++) atMs = latestMs(atMs)
    expect(looks(HOUR_MS, DEFAULT_MS)).toHaveLength(fewest)
  })

  it.each([0, 20, 400, 500])('notices every end in time when answers take %d ms', (answerMs) => {
    const found = looks(2 * HOUR_MS, DEFAULT_MS, answerMs)
    // The first answer is no pause of ours.
    for (const [index, { askedMs }] of found.entries()) {
      const next = found[index + 1]
      if (next !== undefined) expect(next.answeredMs).toBeLessThanOrEqual(latestMs(askedMs) + 1e-6)
    }
    expect(found.length).toBeLessThan(100)
  })

  it('pauses half as long at least, however long answers take', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 500_000 }), (age, longest) => {
        expect(nextLook(age, longest, age)).toBeGreaterThanOrEqual(Math.min(2_000, longest) / 2)
      }),
    )
  })

  it('never pauses longer than was asked for, the first time included', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 500_000 }), fc.nat(100_000), (age, longest, look) => {
        expect(nextLook(age + look, longest, look)).toBeLessThanOrEqual(longest)
      }),
    )
  })
})
