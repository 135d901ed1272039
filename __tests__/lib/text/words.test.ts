import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareBytes, count, formatBytes, formatDuration, formatNumber, quoteList } from '../../../src/lib/text.ts'

describe('sizes, times and numbers in words', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [1_234_567, '1.2 MB'],
    [999_999, '1.0 MB'],
    [256_000_000, '256.0 MB'],
    [100_000_000_000, '100.0 GB'],
    [5e15, '5000.0 TB'],
  ])('%d bytes → %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))

  it.each([
    [0, '0 ms'],
    [999.4, '999 ms'],
    [999.9, '1.0 s'],
    [1000, '1.0 s'],
    [59_940, '59.9 s'],
    [59_990, '1 min 0 s'],
    [90_400, '1 min 30 s'],
    [3_599_400, '59 min 59 s'],
    [3_599_600, '1 h 0 min'],
    [90_061_000, '25 h 1 min'],
  ])('%d ms → %s', (ms, text) => expect(formatDuration(ms)).toBe(text))

  it('count one and many', () => {
    expect([count(0, 'file'), count(1, 'file'), count(12_345, 'row')]).toEqual(['0 files', '1 file', '12,345 rows'])
  })

  it('list at most twenty names, quoted, and say how many more there are', () => {
    expect(quoteList(['a', 'b "c"'])).toBe(String.raw`"a", "b \"c\""`)
    expect(quoteList(Array.from({ length: 23 }, (_, i) => `f${i}`))).toMatch(/"f19" and 3 more$/)
  })
})

describe('bytewise order', () => {
  it('is that of the UTF-8 bytes, also where JavaScript would sort by UTF-16', () => {
    expect(['\u{1F600}', '\uFF5E', 'b', 'B', 'a/b', 'a-b'].toSorted(compareBytes)).toEqual([
      'B',
      'a-b',
      'a/b',
      'b',
      '\uFF5E',
      '\u{1F600}',
    ])
  })

  it('does not depend on the order that names come in', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (names) => {
        expect(names.toReversed().toSorted(compareBytes)).toEqual(names.toSorted(compareBytes))
      }),
    )
  })
})

it.each([
  [0, '0'],
  [-999, '-999'],
  [999, '999'],
  [1000, '1,000'],
  [1_234_567, '1,234,567'],
])('%i is written as %s', (number, text) => {
  expect(formatNumber(number)).toBe(text)
})
