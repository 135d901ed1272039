import { describe, expect, it } from 'vitest'
import { compileRegex } from '../../../src/mapping/functions/regex.ts'
import { evaluated } from '../mapped.ts'

describe('a regular expression of Java', () => {
  it.each([
    ['(?i)abc', 'ABC', true],
    ['(?s)a.c', 'a\nc', true],
    ['a.c', 'a\nc', false],
    ['\\Qa.c\\E', 'a.c', true],
    ['\\Qa.c\\E', 'abc', false],
    ['\\Qa.c', 'a.c', true],
    ['a\\sb', 'a b', true],
    ['a\\sb', 'a\u00a0b', false],
    ['[\\s,]+', ' , ', true],
    ['\\Aabc\\z', 'abc', true],
    ['[]a]+', ']a', true],
    ['\\p{L}+', 'Zoë', true],
    ['\\_\\-x', '_-x', true],
    ['\\p{Alpha}+', 'Zoe', true],
    ['\\p{Alpha}+', 'Zoë', false],
    ['[\\p{Alnum}_]+', 'a_1', true],
    ['\\P{Digit}', 'x', true],
    ['a\\++', 'a++', true],
    ['(?:a|b)c', 'bc', true],
    ['abc|x', 'abcd', false],
    ['(?m)a', 'a\nb', false],
    ['(?m)^a$\n^b$', 'a\nb', true],
    ['(?m)a\n\\Ab', 'a\nb', false],
  ])('%j on %j is %j', (pattern, text, result) => {
    expect(compileRegex(pattern).whole.test(text)).toBe(result)
  })

  it.each([
    ['a++', 'possessive'],
    ['(?>a)', 'atomic'],
    ['[a-z&&[^b]]', 'intersection'],
    ['[a[bc]]', 'class within'],
    ['\\h', '\\h'],
    ['(?x)a', '(?x)'],
    ['\\p{IsLatin}', 'cannot be read'],
    ['[\\P{Alpha}]', 'in a class'],
    ['(a', 'cannot be read'],
    ['[a', 'cannot be read'],
  ])('%j is refused, since JavaScript reads it otherwise (%s)', (pattern, reason) => {
    expect(() => compileRegex(pattern)).toThrow(reason)
  })

  it.each([
    ['explode("a1b22c", "[0-9]+")', ['a', 'b', 'c']],
    ['explode(",a", ",")', ['', 'a']],
    ['explode("abc", "")', ['a', 'b', 'c']],
    ['explode(",", ",")', []],
    ['"a1b2".replaceAll("([a-z])([0-9])", "$2$1")', '1a2b'],
    ['"a1".replaceAll("(?<x>[a-z])", "<${x}>")', '<a>1'],
    ['"a".replaceAll("a", "\\$1")', '$1'],
    ['"abc".replaceAll("b", "[$0]")', 'a[b]c'],
    ['"abc".replaceAll("(b)", "$10")', 'ab0c'],
    ['"abc".replaceAll("(x)?b", "<$1>")', 'a<>c'],
    ['"abc".replaceAll("x", "$1")', 'abc'],
    ['extract_regex("x", "(y)?x")', ['x', null]],
    ['extract_regex("x", "z")', null],
  ])('%s is %j', (text, result) => {
    expect(evaluated(text)).toEqual(result)
  })

  it.each(['"abc".replaceAll("b", "$1")', '"abc".replaceAll("b", "$&")', '"abc".replaceAll("(?<x>b)", "${y}")'])(
    '%s fails, as in Java: the pattern has no such group',
    (text) => {
      expect(() => evaluated(text)).toThrow('expected a replacement that names groups')
    },
  )
})
