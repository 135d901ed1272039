import { describe, expect, it } from 'vitest'
import { faultText, mappingProblem } from '../../src/mapping/fault.ts'

describe('a fault of a mapping set', () => {
  it('names the mapping, its target and the column, and has a caret below the place', () => {
    const text = 'dat(x)'
    const fault = {
      code: 'syntax',
      message: 'unknown function',
      mapping: 3,
      target: 'a.b',
      excerpt: { text, at: 4 },
    } as const
    expect(faultText(fault)).toBe('mapping 3 (→ a.b), column 5: unknown function\n    dat(x)\n        ^')
  })

  it('shows the line of its place, and of a long line the part around it', () => {
    const text = `first\n${'a'.repeat(100)}X${'b'.repeat(100)}\nlast`
    const [first, line, caret] = faultText({ code: 'form', message: 'wrong', excerpt: { text, at: 106 } }).split('\n')
    expect(first).toBe('line 2, column 101: wrong')
    expect(line).toBe(`    …${'a'.repeat(50)}X${'b'.repeat(49)}…`)
    expect(line?.[caret?.indexOf('^') ?? 0]).toBe('X')
  })

  it('stands with all others in one problem', () => {
    const faults = [1, 2].map((mapping) => ({ code: 'form', message: 'wrong', mapping }) as const)
    expect(mappingProblem('map.json', faults).message).toBe(
      'Cannot use the mapping set "map.json": 2 errors\nmapping 1: wrong\nmapping 2: wrong',
    )
  })

  it('is one of the first 20 that are shown', () => {
    const faults = Array.from({ length: 23 }, (_, at) => ({ code: 'form', message: 'wrong', mapping: at + 1 }) as const)
    const lines = mappingProblem('map.json', faults).message.split('\n')
    expect([lines.length, lines.at(-1)]).toEqual([22, 'and 3 more'])
  })
})
