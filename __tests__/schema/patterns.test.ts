import { expect, it } from 'vitest'
import { compileSchema } from '../../src/schema/compile.ts'
import { hasSlowPattern, isSlowPattern } from '../../src/schema/patterns.ts'

const isSlow = (source: string) => {
  try {
    return isSlowPattern(new RegExp(source, 'u'))
  } catch {
    return isSlowPattern(new RegExp(source))
  }
}

it.each([
  'abc',
  '^[A-Z]{2}$',
  '^[A-Z]{2}-[A-Z0-9]{1,3}$',
  '([A-Z]{2}-[A-Z0-9]{1,3}|)',
  '^\\+?[1-9]\\d{1,14}$',
  '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  '^https?://.+$',
  '^(?:ab)*$',
  '^\\p{Lu}+$',
  '^\\u{1F389}+$',
  '^[\\](+*]+$',
  '^(a|b){0}$',
  '^a{2,3}(bronze|silver|gold)$',
])('a string of any length is soon matched with %s', (source) => {
  expect(isSlow(source)).toBe(false)
})

it.each([
  '^(a+)+$',
  '^(a|a)*$',
  '^(a|ab|b)*$',
  '^(?:a?)*$',
  '^(?<name>a+)+$',
  '^a*a*$',
  'a+$',
  '^a|a*a*$',
  '^(a{0,60}){0,60}$',
  '(x{1000}){1000}',
  '^(\\w+)\\1*$',
  '^(?=(a+)+$)',
  '^(?!(a+)+$)',
  '^(\\1){0}(a+)+$',
  '^\\u{3,}\\p{3,}$',
  '^[^]]*]*$',
  '^[\\]]+(\\()+$',
])('a string may take any time to be matched with %s', (source) => {
  expect(isSlow(source)).toBe(true)
})

it('a slow pattern is found wherever a schema has one', () => {
  const slow = { type: 'string', pattern: '^(a+)+$' }
  const fields = [
    slow,
    { type: 'array', items: slow },
    { type: 'object', additionalProperties: slow },
    { type: 'object', properties: { b: { type: 'string' }, c: slow } },
    { type: 'string', pattern: '^a+$' },
  ]
  const found = fields.map((a) => hasSlowPattern(compileSchema({ type: 'object', properties: { a } }).root))
  expect(found).toEqual([true, true, true, true, false])
})
