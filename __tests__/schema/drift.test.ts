import { describe, expect, it } from 'vitest'
import { loyaltySchema } from '../../emulator/seed/loyalty-schema.ts'
import { seededDescriptors } from '../../emulator/seed/descriptors.ts'
import { compileSchema } from '../../src/schema/compile.ts'
import { compareSchemas } from '../../src/schema/drift.ts'

const text = { type: 'string', 'meta:xdmType': 'string' }
const int = { type: 'integer', 'meta:xdmType': 'int' }
const long = { type: 'integer', 'meta:xdmType': 'long' }

function schemaOf(properties: object, more: object = {}) {
  return compileSchema({ $id: 'https://ns.adobe.com/acme/schemas/1', type: 'object', properties, ...more })
}

function drift(stored: object, current: object, required: readonly [string[], string[]] = [[], []]) {
  const found = compareSchemas(
    schemaOf(stored, { required: required[0] }),
    schemaOf(current, { required: required[1] }),
  )
  return found.map(({ path, change, detail, isBreaking }) => [path, change, detail, isBreaking])
}

describe('a stored schema', () => {
  it('is like itself', () => {
    const compiled = compileSchema(loyaltySchema, seededDescriptors)
    expect(compareSchemas(compiled, compileSchema(structuredClone(loyaltySchema), seededDescriptors))).toEqual([])
  })

  it.each<[string, object, object, readonly unknown[][]]>([
    ['a new field', { a: text }, { a: text, b: int }, [['/b', 'added', '', false]]],
    ['a field that is gone', { a: text, b: int }, { a: text }, [['/b', 'removed', '', true]]],
    ['another type', { a: text }, { a: { type: 'boolean' } }, [['/a', 'changed', 'string, now boolean', true]]],
    [
      'a nested field',
      { a: { properties: { 'b/c': text } } },
      { a: { properties: { 'b/c': int } } },
      [['/a/b~1c', 'changed', expect.stringMatching(/^string, now integer from -2147483648/), true]],
    ],
    ['a wider integer', { a: int }, { a: long }, [['/a', 'changed', expect.stringContaining('integer'), false]]],
    ['a narrower integer', { a: long }, { a: int }, [['/a', 'changed', expect.stringContaining('integer'), true]]],
    [
      'items',
      { a: { type: 'array', items: text } },
      { a: { type: 'array', items: int } },
      [['/a/*', 'changed', expect.stringContaining('string, now'), true]],
    ],
    [
      'values of a map',
      { a: { additionalProperties: int } },
      { a: { additionalProperties: long } },
      [['/a/*', 'changed', expect.stringContaining('integer'), false]],
    ],
    [
      'a value of an enum that is gone',
      { a: { ...text, enum: ['x', 'y'] } },
      { a: { ...text, enum: ['y', 'z'] } },
      [
        ['/a', 'changed', 'no longer allowed: "x"', true],
        ['/a', 'changed', 'now allowed: "z"', false],
      ],
    ],
    [
      'an enum',
      { a: text },
      { a: { ...text, enum: ['x'] } },
      [['/a', 'changed', 'only some values are allowed now', true]],
    ],
    ['no enum', { a: { ...text, enum: ['x'] } }, { a: text }, [['/a', 'changed', 'any value is allowed now', false]]],
    [
      'a higher minimum',
      { a: { ...int, minimum: 0 } },
      { a: { ...int, minimum: 1 } },
      [['/a', 'changed', 'other minimum or maximum', true]],
    ],
    [
      'a higher maximum',
      { a: { ...int, maximum: 5 } },
      { a: { ...int, maximum: 9 } },
      [['/a', 'changed', 'other minimum or maximum', false]],
    ],
  ])('differs by %s', (_, stored, current, expected) => {
    expect(drift(stored, current)).toEqual(expected)
  })

  it('differs by what is required, and breaking changes come first', () => {
    expect(drift({ a: text, b: text }, { a: text, b: text }, [['a'], ['b']])).toEqual([
      ['/b', 'changed', 'now required', true],
      ['/a', 'changed', 'no longer required', false],
    ])
  })

  it('differs by its primary identity, where both sides know it', () => {
    const identity = (property: string) => ({
      '@type': 'xdm:descriptorIdentity',
      'xdm:sourceProperty': property,
      'xdm:isPrimary': true,
    })
    const compiled = (descriptors?: unknown) =>
      compileSchema({ $id: 'https://ns.adobe.com/acme/schemas/1', properties: { a: text, b: text } }, descriptors)
    const found = compareSchemas(compiled([identity('/a')]), compiled([identity('/b')]))
    expect(found).toEqual([{ path: '', change: 'changed', detail: 'primary identity /a, now /b', isBreaking: true }])
    expect(compareSchemas(compiled(), compiled([identity('/b')]))).toEqual([])
  })
})
