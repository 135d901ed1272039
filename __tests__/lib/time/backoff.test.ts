import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoff, retryAfterMs } from '../../../src/lib/time.ts'

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0)
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('the wait before another attempt', () => {
  it('is anything from nothing up to a ceiling that doubles until 30 s', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), random, (attempts, chance) => {
        const waitMs = backoff({ attempts, wishMs: undefined }, () => chance)
        expect(waitMs).toBeGreaterThanOrEqual(0)
        expect(waitMs).toBeLessThanOrEqual(Math.min(500 * 2 ** attempts, 30_000))
      }),
    )
  })

  it('is never shorter than the far side wishes, nor longer than five minutes and a little', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(10 ** 12), random, (attempts, wishMs, chance) => {
        const waitMs = backoff({ attempts, wishMs }, () => chance)
        expect(waitMs).toBeGreaterThanOrEqual(Math.min(wishMs, 300_000))
        expect(waitMs).toBeLessThanOrEqual(300_500)
      }),
    )
  })
})

describe('Retry-After', () => {
  const cases: readonly (readonly [string, string | undefined, number | undefined])[] = [
    ['is absent', undefined, undefined],
    ['gives seconds', '120', 120_000],
    ['gives seconds amid blanks', ' 7 ', 7000],
    ['gives 0', '0', 0],
    ['gives a date to come', 'Thu, 01 Jan 2026 12:01:30 GMT', 90_000],
    ['gives a date in the oldest form, which is in GMT too', 'Thu Jan  1 12:01:30 2026', 90_000],
    ['gives a date that has passed', 'Thu, 01 Jan 2026 11:00:00 GMT', 0],
    ['is empty', '', undefined],
    ['is a word', 'soon', undefined],
    ['is a negative number', '-5', undefined],
    ['is a fraction', '1.5', undefined],
    ['is a word and a number', 'later 1', undefined],
  ]
  it.each(cases)('that %s: %j → %j', (_, header, expected) => {
    expect(retryAfterMs(header, NOW)).toBe(expected)
  })

  it('is never a negative wait, whatever it says', () => {
    fc.assert(fc.property(fc.string(), (text) => (retryAfterMs(text, NOW) ?? 0) >= 0))
  })
})
