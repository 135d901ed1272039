import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Moment, isoText, momentOfEpoch, wallSeconds } from '../../../src/mapping/dates/moment.ts'

const YEAR_1 = -62_135_596_800_000
const YEAR_9999 = 253_402_300_799_999

describe('a moment', () => {
  it('has the calendar and the clock of JavaScript', () => {
    fc.assert(
      fc.property(fc.integer({ min: YEAR_1, max: YEAR_9999 }), (ms) => {
        const date = new Date(ms)
        const { year, month, day, hour, minute, second } = momentOfEpoch(ms).wall
        expect([year, month - 1, day]).toEqual([date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()])
        expect([hour, minute, second]).toEqual([date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()])
        expect(wallSeconds(momentOfEpoch(ms).wall)).toBe(Math.floor(ms / 1000))
      }),
    )
  })

  it('is written so that JavaScript reads the same moment', () => {
    const anyOffset = fc.integer({ min: -18 * 60, max: 18 * 60 }).map((minutes) => minutes * 60)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: YEAR_9999 - 86_400_000 }), anyOffset, (ms, offset) => {
        expect(Date.parse(isoText(momentOfEpoch(ms).in(offset)))).toBe(ms)
      }),
    )
  })

  it.each([
    [0, '2019-10-23T11:24:35Z'],
    [123_000_000, '2019-10-23T11:24:35.123Z'],
    [123_456_000, '2019-10-23T11:24:35.123456Z'],
    [1, '2019-10-23T11:24:35.000000001Z'],
  ])('has a fraction only where it needs one (%d ns)', (nano, text) => {
    expect(isoText(new Moment({ second: 1_571_829_875, nano, offset: 0 }))).toBe(text)
  })
})
