import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../src/schema/compile.ts'
import { INTEGER_RANGES } from '../../src/schema/node.ts'
import { schemaOf } from './issues-of.ts'

const fieldOf = (node: unknown) => compileSchema(schemaOf({ field: node })).root.fields.get('field')

describe('a node', () => {
  it.each([
    [{ type: 'string' }, { kind: 'string' }],
    [{ type: 'string', format: 'date' }, { kind: 'date' }],
    [{ type: 'string', format: 'date-time' }, { kind: 'date-time' }],
    [{ type: 'integer' }, { kind: 'integer', range: INTEGER_RANGES.int }],
    [
      { type: 'integer', minimum: 1, maximum: 31 },
      { kind: 'integer', range: INTEGER_RANGES.byte },
    ],
    [
      { type: 'integer', minimum: 1, maximum: 32_767 },
      { kind: 'integer', range: INTEGER_RANGES.short },
    ],
    [
      { type: 'integer', minimum: -128, maximum: 128 },
      { kind: 'integer', range: INTEGER_RANGES.byte },
    ],
    [
      { type: 'integer', minimum: -(2 ** 53), maximum: 2 ** 53 },
      { kind: 'integer', range: INTEGER_RANGES.long },
    ],
    [
      { type: 'integer', minimum: 0 },
      { kind: 'integer', range: INTEGER_RANGES.int },
    ],
    [
      { type: 'integer', minimum: 1, maximum: 31, 'meta:xdmType': 'long' },
      { kind: 'integer', range: INTEGER_RANGES.long },
    ],
    [{ enum: ['a'] }, { kind: 'string' }],
    [{ enum: [1.5, 2] }, { kind: 'number' }],
    [{ enum: [true] }, { kind: 'boolean' }],
    [{ enum: ['a', 1] }, { kind: 'any', allowed: { values: new Set(['a', 1]) } }],
    [{ enum: [{}] }, { kind: 'any', allowed: undefined }],
    [{ 'meta:xdmType': 'date' }, { kind: 'date' }],
    [{ 'meta:xdmType': 'toString' }, { kind: 'any' }],
    [{ properties: { a: {} } }, { kind: 'object', isOpen: false }],
    [
      { 'meta:xdmType': 'object', type: 'object' },
      { kind: 'object', isOpen: true },
    ],
    [
      { properties: {}, 'meta:xdmType': 'object' },
      { kind: 'object', isOpen: true },
    ],
    [{ 'meta:xdmType': 'object' }, { kind: 'object', isOpen: true }],
    [{ additionalProperties: { type: 'string' } }, { kind: 'map' }],
    [{ additionalProperties: { type: 'string' }, properties: { a: {} } }, { kind: 'object' }],
    [{ type: 'object', 'meta:xdmType': 'object', additionalProperties: { type: 'string' } }, { kind: 'map' }],
    [{ items: { type: 'string' } }, { kind: 'array' }],
    [{ type: 'array' }, { kind: 'array', items: { kind: 'any' } }],
    [{ 'meta:xdmType': 'map' }, { kind: 'map', values: { kind: 'any' } }],
    [{}, { kind: 'any' }],
    [{ type: ['string', 'null'] }, { kind: 'any' }],
    ['nonsense', { kind: 'any' }],
    [
      { type: 'string', 'meta:status': 'deprecated', default: 'a' },
      { isDeprecated: true, hasDefault: true },
    ],
    [{ type: 'string', pattern: '[\\w-\\.]' }, { pattern: expect.objectContaining({ flags: '' }) }],
    [{ type: 'string', pattern: '(' }, { pattern: undefined }],
  ])('%j is read as %j', (node, field) => {
    expect(fieldOf(node)).toMatchObject(field)
  })

  it('of a long may state up to 64 bits', () => {
    const long = { type: 'integer', minimum: -(2 ** 63), maximum: 2 ** 63 }
    expect(fieldOf(long)).toMatchObject({ range: { min: -(2n ** 63n), max: 2n ** 63n - 1n } })
    expect(fieldOf({ ...long, minimum: 0, maximum: 2 ** 60 })).toMatchObject({
      range: { min: INTEGER_RANGES.long.min, max: 2n ** 60n },
    })
  })

  it('that says too little is told of', () => {
    const { notes } = compileSchema(
      schemaOf({ list: { type: 'array' }, odd: {}, word: { type: 'string', pattern: '(' } }),
    )
    expect(notes).toEqual([
      '"/list" does not define its items: its content is not validated',
      '"/odd" has no type: its content is not validated',
      '"/word" has an invalid pattern, which is not checked',
    ])
  })
})
