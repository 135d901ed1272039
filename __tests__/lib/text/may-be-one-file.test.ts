import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayBeOneFile } from '../../../src/lib/text.ts'

describe('two paths may be one file', () => {
  it.each([
    ['data/a.json', './data//a.json', true],
    ['data/a.json', 'data\\a.json', true],
    ['Data/A.json', 'data/a.JSON', true],
    ['caf\u00e9.json', 'cafe\u0301.json', true],
    ['CAF\u00c9.json', 'cafe\u0301.json', true],
    ['data/a.json', 'data/b.json', false],
    ['data/a.json', 'a.json', false],
    ['cafe.json', 'caf\u00e9.json', false],
  ])('%j and %j: %s', (one, other, expected) => {
    expect([mayBeOneFile(one, other), mayBeOneFile(other, one)]).toEqual([expected, expected])
  })

  it('however their name is spelled in Unicode', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (path) => {
        expect(mayBeOneFile(path.normalize('NFD'), path.normalize('NFC'))).toBe(true)
      }),
    )
  })
})
