import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PlacedFault } from '../../src/mapping/fault.ts'
import { type PathStep, pathText, readSourcePath, readTargetPath } from '../../src/mapping/path.ts'

const plain = (steps: readonly PathStep[]) =>
  steps.map((step) => (step.kind === 'name' ? step.name : step.kind === 'every' ? '*' : step.index))

describe('a path', () => {
  it.each([
    ['a.b', ['a', 'b']],
    ['First Name', ['First Name']],
    ['address.street\\.name', ['address', 'street.name']],
    ['customerInfo.emails[0].email', ['customerInfo', 'emails', 0, 'email']],
    ['a[*].b[12]', ['a', '*', 'b', 12]],
    ['${First Name}', ['First Name']],
    ['${a.b\\.c}', ['a', 'b.c']],
    ['${a b}.c', ['a b', 'c']],
    ['tag[x]', ['tag[x]']],
    ['a\\[0]', ['a[0]']],
  ])('%j has the steps %j', (text, steps) => {
    expect(plain(readSourcePath(text).steps)).toEqual(steps)
  })

  it.each([
    ['', 0, 'expected a name'],
    ['a..b', 2, 'expected a name'],
    ['a[-1]', 1, 'an element from 0 on'],
    ['a[?]', 1, 'filters'],
    ['a[]', 1, 'an element from 0 on'],
    ['a[0]b', 4, 'expected "." or "["'],
    ['a\\', 1, 'backslash'],
  ])('%j cannot be read at %d: %s', (text, at, message) => {
    const fault = faultOf(text)
    expect(fault.at).toBe(at)
    expect(fault.message).toContain(message)
  })

  it('is written so that it is read again', () => {
    const anyStep = fc.oneof(
      fc
        .string({ minLength: 1 })
        .filter((name) => !name.includes('${'))
        .map((name) => ({ kind: 'name', name, at: 0 }) as const),
      fc.nat(99).map((index) => ({ kind: 'index', index, at: 0 }) as const),
      fc.constant({ kind: 'every', at: 0 } as const),
    )
    const anyPath = fc
      .array(anyStep, { maxLength: 6 })
      .map((steps): readonly PathStep[] => [{ kind: 'name', name: 'root', at: 0 }, ...steps])
    fc.assert(
      fc.property(anyPath, (steps) => {
        expect(plain(readTargetPath(pathText(steps)))).toEqual(plain(steps))
      }),
      { examples: [[['root', '[? ', '] '].map((name) => ({ kind: 'name', name, at: 0 }) as const)]] },
    )
  })
})

function faultOf(text: string): PlacedFault {
  try {
    readSourcePath(text)
  } catch (error) {
    if (error instanceof PlacedFault) return error
  }
  throw new Error('it was read')
}
