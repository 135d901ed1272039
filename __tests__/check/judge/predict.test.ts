import { expect, it } from 'vitest'
import { predict } from '../../../src/check/judge.ts'

const NONE = { rows: 100, rejectedRows: 0, changedRows: 0, failsBatch: false }

it('no bad row is always harmless', () => {
  expect(predict({ ...NONE, rows: 1234 }, 0)).toEqual({ isHarmless: true, text: '1,234 rows validated, no errors' })
  expect(predict({ ...NONE, rows: 0 }, 0).isHarmless).toBe(true)
})

it.each([
  [1, 0, false],
  [5, 5, true],
  [6, 5, false],
  [100, 99.9, false],
  [100, 100, true],
])(
  '%d of 100 rows that would be rejected, with %d %% allowed, are harmless: %s',
  (rejectedRows, threshold, isHarmless) => {
    const { text, ...rest } = predict({ ...NONE, rejectedRows }, threshold)
    expect(rest).toEqual({ isHarmless })
    expect(text).toContain(`(${rejectedRows} %) would be rejected ("error-threshold" allows ${threshold} %)`)
    expect(text).toContain(isHarmless ? 'expected to succeed without these rows' : 'the batch is expected to fail')
  },
)

it.each([0, 50, 100])(
  'a changed row is never harmless, nor predicted to be dropped, with %d %% allowed',
  (threshold) => {
    const { text, isHarmless } = predict({ ...NONE, changedRows: 1 }, threshold)
    expect({ text, isHarmless }).toEqual({
      isHarmless: false,
      text: '1 of 100 rows (1 %) would be stored incomplete or changed',
    })
  },
)

it('a share is never rounded to nothing', () => {
  expect(predict({ ...NONE, rows: 10_000_000, rejectedRows: 1 }, 0).text).toMatch(
    /^1 of 10,000,000 rows \(below 0\.01 %\)/,
  )
  expect(predict({ ...NONE, rows: 3, rejectedRows: 2 }, 0).text).toContain('(66.67 %)')
})
