import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scratchName } from '../../../src/github/workspace.ts'

// Microsoft, "Naming Files, Paths, and Namespaces".
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i
const FORBIDDEN = /[<>:"/\\|?*]|[. ]$/

describe('the name of a file of our own', () => {
  it('is one that every system takes, whatever it is made of', () => {
    const names = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('con', 'AUX.json', 'nul.tar.gz', 'a.', 'a/..'),
    )
    fc.assert(
      fc.property(fc.nat(), names, (count, name) => {
        const scratch = scratchName(count, name)
        expect(scratch).not.toMatch(DEVICE)
        expect(scratch).not.toMatch(FORBIDDEN)
        expect(scratch.length).toBeLessThan(100)
      }),
    )
  })

  it('keeps the end of the name, with its extension, and differs by its number', () => {
    expect(scratchName(7, `data/${'x'.repeat(100)} ü.json`)).toMatch(/^7-x+--\.json$/)
    expect(scratchName(1, 'a.json')).not.toBe(scratchName(2, 'a.json'))
  })
})
