import { expect, it } from 'vitest'
import { predict } from '../../../src/check/judge.ts'

it('no bad row is always accepted', () => {
  expect(predict({ rows: 1234, badRows: 0, errorThreshold: 0 })).toEqual({
    isAccepted: true,
    text: 'No bad row in 1,234 rows',
  })
  expect(predict({ rows: 0, badRows: 0, errorThreshold: 0 }).isAccepted).toBe(true)
})

it.each([
  [1, 0, false],
  [5, 5, true],
  [6, 5, false],
  [100, 99.9, false],
  [100, 100, true],
])('%d of 100 bad rows with %d %% allowed are accepted: %s', (badRows, errorThreshold, isAccepted) => {
  const { text, ...rest } = predict({ rows: 100, badRows, errorThreshold })
  expect(rest).toEqual({ isAccepted })
  expect(text).toContain(`(${badRows} %), and "error-threshold" allows ${errorThreshold} %`)
  expect(text).toContain(isAccepted ? 'the platform would drop them' : 'the platform would fail the batch')
})

it('a share is never rounded to nothing', () => {
  expect(predict({ rows: 10_000_000, badRows: 1, errorThreshold: 0 }).text).toMatch(
    /^1 bad row of 10,000,000 rows \(below 0\.01 %\)/,
  )
  expect(predict({ rows: 3, badRows: 2, errorThreshold: 0 }).text).toContain('(66.67 %)')
})
