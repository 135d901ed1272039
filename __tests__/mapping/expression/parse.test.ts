import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExpression } from '../../../src/mapping/expression/parse.ts'
import { canonicalText } from '../../../src/mapping/expression/syntax.ts'
import { PlacedFault } from '../../../src/mapping/fault.ts'

function faultOf(text: string): PlacedFault | undefined {
  try {
    parseExpression(text)
    return undefined
  } catch (error) {
    if (error instanceof PlacedFault) return error
    throw error
  }
}

describe('an expression', () => {
  it.each([
    ['1+2*3', '(1 + (2 * 3))'],
    ['1 - 2 - 3', '((1 - 2) - 3)'],
    ['true or false and false', '(true || (false && false))'],
    ['1 | 2 ^ 3 & 4', '(1 | (2 ^ (3 & 4)))'],
    ['not true == false', '((! true) == false)'],
    ['1 lt 2 ? "a" : "b"', '((1 < 2) ? "a" ? "b")'],
    ['\'a\' eq "a"', '("a" == "a")'],
    ['-1 mod 2', '((- 1) % 2)'],
    ['empty "" && size [] == 0', '((empty "") && ((size []) == 0))'],
    ['a ?: b ?? c', '($("a":a) ?: ($("b":b) ?? $("c":c)))'],
    ['!$paid', '(! $("$paid":$paid))'],
    ['"x" !$ "y"', '("x" !$ "y")'],
    ['!${paid}', '(! $("paid":paid))'],
  ])('%s is read as %s', (text, meaning) => {
    expect(canonicalText(parseExpression(text))).toBe(meaning)
  })

  it('has one meaning, however it is spaced and commented', () => {
    const spaces = fc.constantFrom(' ', '\n', '\t', '/* x */', '// y\n', '## z\n', '')
    const tokens = ['iif', '(', 'a', '==', '"x y"', ',', '${b c}', '.', 'd', ',', '[', '1.5', ',', 'null', ']', ')']
    const meaning = canonicalText(parseExpression(tokens.join('')))
    fc.assert(
      fc.property(fc.array(spaces, { minLength: tokens.length, maxLength: tokens.length }), (between) => {
        const text = tokens.map((token, at) => `${between[at]}${token}`).join('')
        expect(canonicalText(parseExpression(text))).toBe(meaning)
      }),
    )
  })

  it.each([
    ['a = 1', 'refused', 2],
    ['a=${b}', 'refused', 1],
    ['a; b', 'refused', 1],
    ['ns:f(1)', 'refused', 2],
    ['~/x/', 'refused', 0],
    ['new', 'syntax', 0],
    ['size', 'syntax', 0],
    ['a ==', 'syntax', 4],
    ['"a', 'syntax', 0],
    ['"a\nb"', 'syntax', 0],
    ['${a', 'syntax', 0],
    ['08', 'syntax', 0],
    ['1abc', 'syntax', 0],
    ['f(a,)', 'syntax', 4],
    ['(a', 'syntax', 2],
    ['/* a', 'syntax', 0],
    ['a[-1]', 'syntax', 1],
    ['é €', 'syntax', 2],
    ['', 'syntax', 0],
  ])('%j is %s at %d', (text, code, at) => {
    expect(faultOf(text)).toMatchObject({ code, at })
  })

  it.each([
    ['brackets', `${'('.repeat(101)}a${')'.repeat(101)}`],
    ['signs', `${'!'.repeat(4000)}a`],
    ['conditions', `${'a?1:'.repeat(1000)}2`],
    ['sums', `a${'+1'.repeat(2000)}`],
    ['names', `a${'.b'.repeat(2000)}`],
    ['characters', `"${'a'.repeat(4095)}"`],
  ])('is refused with too many %s, and never overflows', (_, text) => {
    expect(faultOf(text)).toMatchObject({ code: 'syntax' })
  })

  it.each([
    ['levels', `${'('.repeat(99)}a${')'.repeat(99)}`],
    ['operators', `a=="x"${'||a=="x"'.repeat(500)}`],
    ['characters', `"${'a'.repeat(4094)}"`],
  ])('may have many %s', (_, text) => {
    expect(faultOf(text)).toBeUndefined()
  })

  it('is read or refused, whatever stands there', () => {
    const part = fc.constantFrom(
      'a',
      '1',
      '"x"',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      ',',
      '.',
      '?',
      ':',
      '+',
      '!',
      '==',
      'not ',
      '${',
      '$',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const fault = faultOf(parts.join(''))
        expect(fault === undefined || fault.at <= parts.join('').length).toBe(true)
      }),
      { numRuns: 3_000 },
    )
  })
})
