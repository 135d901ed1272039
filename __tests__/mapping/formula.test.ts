import { expect, it } from 'vitest'
import { compiledOf } from './mapped.ts'

const formulaOf = (...mappings: readonly (readonly [type: string, source: string, destination: string])[]) =>
  compiledOf(mappings.map(([sourceType, source, destination]) => ({ sourceType, source, destination }))).mapping.formula

const BASE = formulaOf(['EXPRESSION', 'lower(a) == "x"', 't'], ['ATTRIBUTE', 'b.c', 'u'], ['STATIC', 'on', 'v'])

it('a formula is the same for the same meaning', () => {
  const same = formulaOf(
    ['STATIC', 'on', 'v'],
    ['EXPRESSION', '${b}.c', 'xdm:u'],
    ['EXPRESSION', " lcase( ${a} ) eq 'x' // as ever", 't'],
  )
  expect(same).toEqual(BASE)
})

it.each([
  formulaOf(['EXPRESSION', 'lower(a) == "y"', 't'], ['ATTRIBUTE', 'b.c', 'u'], ['STATIC', 'on', 'v']),
  formulaOf(['EXPRESSION', 'upper(a) == "x"', 't'], ['ATTRIBUTE', 'b.c', 'u'], ['STATIC', 'on', 'v']),
  formulaOf(['EXPRESSION', 'lower(a) == "x"', 't'], ['ATTRIBUTE', 'b\\.c', 'u'], ['STATIC', 'on', 'v']),
  formulaOf(['EXPRESSION', 'lower(a) == "x"', 't'], ['ATTRIBUTE', 'b.c', 'u'], ['ATTRIBUTE', 'on', 'v']),
  formulaOf(['EXPRESSION', 'lower(a) == "x"', 't'], ['ATTRIBUTE', 'b.c', 'v'], ['STATIC', 'on', 'u']),
  formulaOf(['EXPRESSION', 'lower(a) == "x"', 't'], ['ATTRIBUTE', 'b.c', 'u']),
])('another meaning has another formula (%#)', (other) => {
  expect(other.sha256).not.toBe(BASE.sha256)
})

it('a formula never changes: all data would be sent again', () => {
  expect(BASE.text).toMatchInlineSnapshot(`
    "mapping 1
    "t"=(lower($("a":a)) == "x")
    "u"=$("b.c":b.c)
    "v"="on""
  `)
  expect(BASE.sha256).toMatchInlineSnapshot(`"fe1bb356e688b027325861545eb85d4258eb02074b81578858192c5f0c6adb62"`)
})
