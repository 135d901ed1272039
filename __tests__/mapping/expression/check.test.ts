import { describe, expect, it } from 'vitest'
import { checkExpression, isConstant } from '../../../src/mapping/expression/check.ts'
import { parseExpression } from '../../../src/mapping/expression/parse.ts'

const checked = (text: string) => checkExpression(parseExpression(text), { isUpsert: false })

describe('an expression', () => {
  it('tells all its faults at once, each at its place', () => {
    const { faults } = checked('concat(dat(a), substr(b), date(c, "YYYY"), d.foo())')
    expect(faults.map(({ code, at, message }) => [code, at, message.slice(0, 40)])).toEqual([
      ['syntax', 7, 'unknown function "dat": did you mean "da'],
      ['syntax', 15, '"substr" takes 3 arguments, found 1: sub'],
      ['value', 26, 'expected a date pattern, found one that '],
      ['refused', 45, 'the method "foo" is not supported'],
    ])
  })

  it.each([
    ['not a == b', '"not" binds tighter'],
    ['"n" + 1', '"+" joins a string and a number'],
    ['a ?? b', 'may not know "??"'],
    ['a % 3', '"%" takes the sign'],
    ['iif(a, 1, 2)', 'as a condition'],
    ['a ? 1 : 2', 'as a condition'],
    ['a && b == 1', 'as a condition'],
    ['min(a, b)', 'compares strings'],
    [String.raw`concat("a\t", b)`, String.raw`"\t" in a string is a tab here; older releases`],
    [String.raw`split(a, '\n')`, String.raw`"\n" in a string is a line feed here`],
  ])('%s is read, and noted: %s', (text, note) => {
    expect(checked(text).faults).toEqual([])
    expect(checked(text).notes).toEqual([expect.stringContaining(note)])
  })

  it.each([
    '5 % 3',
    '(not a) && b == c',
    '"a" + "b"',
    '1 + 2',
    'iif(a == "x", 1, 2)',
    'concat(a, "-", b)',
    String.raw`explode(a, "\d\\t|\\n")`,
    'concat(a, "\t")',
  ])('%s is noted only for what is worth it', (text) => {
    expect(checked(text).notes.filter((note) => !note.includes('condition'))).toEqual([])
  })

  it.each([
    'matches_regex("a!", "^(a+)+$")',
    'iif("a" =~ "b", 1, 2)',
    '"a" !~ "b"',
    '"a".replaceAll("b", "c")',
    '"a".matches("b")',
    'size_of(explode("a", "b"))',
    'first(extract_regex("a", "b"))',
  ])('%s may take without end, and so is left to the rows, which are watched', (text) => {
    const { expression, isSlow } = checked(text)
    expect({ isSlow, isConstant: isConstant(expression) }).toEqual({ isSlow: true, isConstant: false })
  })

  it.each(['split("a.b", ".")', 'replacestr("a", "b", "c")', '"a".replace("b", "c")'])(
    '%s takes its text as it is, and is computed once',
    (text) => {
      const { expression, isSlow } = checked(text)
      expect({ isSlow, isConstant: isConstant(expression) }).toEqual({ isSlow: false, isConstant: true })
    },
  )

  it.each([
    ['"a"', 'text'],
    ['1 - 1', 'number'],
    ['a + b', 'any'],
    ['a == b', 'boolean'],
    ['now()', 'date'],
    ['[1]', 'array'],
    ['{"a": 1}', 'object'],
    ['iif(a == 1, "x", null)', 'text'],
    ['iif(a == 1, "x", 2)', 'any'],
    ['a == 1 ? true : false', 'boolean'],
    ['a.trim()', 'any'],
  ])('%s gives %s', (text, kind) => {
    expect(checked(text).kind).toBe(kind)
  })

  it('tells the fields that it reads, and those that it only asks for', () => {
    const { reads } = checked('iif(contains_key("x.y"), object_to_map(list, type), a.b)')
    expect(reads.map(({ path: { whole }, mayLack }) => [whole, mayLack])).toEqual([
      ['x.y', true],
      ['list', false],
      ['a.b', false],
    ])
  })

  it.each([
    ['matches_regex(a, "x")', true],
    ['a =~ "x"', true],
    ['a.replaceAll("x", "y")', true],
    ['split(a, ",")', false],
  ])('%s runs regular expressions: %j', (text, isSlow) => {
    expect(checked(text).isSlow).toBe(isSlow)
  })

  it('refuses placeholders of connectors by name', () => {
    expect(checked('concat(a, "${CRM_ORG_ID}")').faults).toMatchObject([
      { code: 'refused', at: 10, message: expect.stringContaining('${CRM_ORG_ID}') as string },
    ])
    expect(checked('concat(a, "${name}")').faults).toEqual([])
  })

  it('finds nothing under the names that every object has', () => {
    expect(checked('constructor(a)').faults).toMatchObject([{ message: 'unknown function "constructor"' }])
    expect(checked('a.constructor()').faults).toMatchObject([{ code: 'refused' }])
  })
})
