import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDate, isDateTime } from '../../../src/schema/kinds/date.ts'

describe('a date', () => {
  const digits = (count: number) =>
    fc.integer({ min: 0, max: 10 ** count - 1 }).map((n) => String(n).padStart(count, '0'))

  it('is one that the calendar of JavaScript keeps as it is', () => {
    const dates = fc.tuple(digits(4), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
    fc.assert(
      fc.property(dates, ([year, month, day]) => {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
        const there = new Date(`${text}T00:00:00Z`)
        expect(isDate(text)).toBe(!Number.isNaN(there.getTime()) && there.toISOString().startsWith(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('with a time is one that JavaScript writes', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }),
        (date) => {
          expect(isDateTime(date.toISOString())).toBe(true)
          expect(isDate(date.toISOString().slice(0, 10))).toBe(true)
          expect(isDateTime(date.toISOString().slice(0, -1))).toBe(false)
        },
      ),
    )
  })

  it('with any one character changed, missing or more is what an expression says', () => {
    const pattern =
      /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/
    const characters = Array.from({ length: 0x82 }, (_, unit) => String.fromCharCode(unit))
    const misjudged: string[] = []
    for (const base of [
      '2024-02-29T10:11:12Z',
      '2024-02-29T10:11:12.345Z',
      '2024-12-01T19:59:59.123456789+01:30',
      '2024-01-11T23:00:00.1-23:59',
    ]) {
      for (let at = 0; at <= base.length; at++) {
        for (const character of [...characters, '']) {
          for (const behind of [base.slice(at), base.slice(at + 1)]) {
            const text = base.slice(0, at) + character + behind
            // Days beyond the 29th, and years without one, are for the calendar's own test.
            if (/^\d{4}-\d\d-3/.test(text) || (text.slice(5, 10) === '02-29' && !text.startsWith('2024'))) continue
            if (isDateTime(text) !== pattern.test(text)) misjudged.push(text)
            const day = text.slice(0, 10)
            if (isDate(day) !== pattern.test(`${day}T00:00:00Z`)) misjudged.push(day)
          }
        }
      }
    }
    expect(misjudged).toEqual([])
  })
})
