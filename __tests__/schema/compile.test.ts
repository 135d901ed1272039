import { describe, expect, it } from 'vitest'
import { Problem } from '../../src/lib/errors.ts'
import { compileSchema } from '../../src/schema/compile.ts'
import { found, schemaOf } from './issues-of.ts'

const fieldOf = (node: unknown) => compileSchema(schemaOf({ field: node })).root.fields.get('field')

describe('a schema', () => {
  it('says what it is', () => {
    expect(compileSchema(schemaOf({ a: {} }, { 'meta:immutableTags': ['union'] }))).toMatchObject({
      id: 'https://ns.adobe.com/acme/schemas/1f0c9d7a',
      title: 'Loyalty Members',
      behaviour: 'record',
      isUnion: true,
      tenant: '_acme',
    })
  })

  it.each([
    [{ 'meta:extends': ['https://ns.adobe.com/xdm/data/time-series'] }, 'time-series'],
    [{ 'meta:class': 'https://ns.adobe.com/xdm/context/experienceevent', 'meta:extends': undefined }, 'time-series'],
    [{ 'meta:extends': ['https://ns.adobe.com/xdm/data/adhoc'] }, 'ad-hoc'],
    [{ 'meta:extends': [] }, 'record'],
  ])('with %j is %s', (rest, behaviour) => {
    expect(compileSchema(schemaOf({ a: {} }, rest)).behaviour).toBe(behaviour)
  })

  it.each([
    [{ 'meta:datasetNamespace': '_0a1b' }, '_0a1b'],
    [{ 'meta:tenantNamespace': 'acme' }, '_acme'],
    [{ 'meta:tenantNamespace': undefined }, '_acme'],
    [{ 'meta:tenantNamespace': undefined, $id: 'https://ns.adobe.com/xdm/schemas/x' }, undefined],
  ])('with %j has its own fields in %s', (rest, tenant) => {
    expect(compileSchema(schemaOf({ a: {} }, rest)).tenant).toBe(tenant)
  })

  it.each([null, 'schema', [], {}, { type: 'object' }, { properties: {} }, { results: [] }])('is not %j', (schema) => {
    expect(() => compileSchema(schema)).toThrow(Problem)
  })

  it.each([
    schemaOf({ a: { $ref: 'https://ns.adobe.com/xdm/context/person' } }),
    schemaOf({ a: { type: 'array', items: { $ref: '#/x' } } }),
    schemaOf({ a: {} }, { allOf: [{ $ref: 'https://ns.adobe.com/xdm/context/profile' }] }),
  ])('that refers to others was stored in the wrong form', (schema) => {
    expect(() => compileSchema(schema)).toThrow(/refers to ".*" instead of holding it/)
  })

  it('may have a field that is called $ref', () => {
    expect(found(schemaOf({ $ref: { type: 'string' } }), '{"$ref":"a"}')).toEqual([])
  })

  it('merges allOf wherever it stands', () => {
    const schema = schemaOf(
      {
        a: {
          allOf: [
            { type: 'object', properties: { b: { type: 'string' } }, required: ['b'] },
            { allOf: [{ properties: { c: { allOf: [{ type: 'boolean' }] } } }] },
          ],
        },
      },
      {
        allOf: [
          { properties: { d: { type: 'integer' }, a: { properties: { e: { type: 'number' } } } }, required: ['d'] },
        ],
      },
    )
    expect(found(schema, '{"a":{"c":1,"e":true},"x":1}')).toEqual([
      'type-mismatch /a/c',
      'type-mismatch /a/e',
      'required-missing /a/b',
      'unknown-field /x',
      'required-missing /d',
    ])
  })

  it('may be nested without end', () => {
    const deep: unknown = JSON.parse(`${'{"properties":{"a":'.repeat(20_000)}{}${'}}'.repeat(20_000)}`)
    const chain: unknown = JSON.parse(`${'{"allOf":['.repeat(20_000)}{"type":"string"}${']}'.repeat(20_000)}`)
    expect(compileSchema(schemaOf({ deep })).notes).toHaveLength(1)
    expect(fieldOf(chain)).toMatchObject({ kind: 'string' })
  })

  it('may stand within itself', () => {
    const person: { type: string; properties: Record<string, unknown> } = {
      type: 'object',
      properties: { name: { type: 'string' } },
    }
    person.properties['friend'] = person
    const schema = schemaOf({ person })
    expect(compileSchema(schema).notes).toEqual(['"/person/friend" goes on without end: what it holds is not checked'])
    expect(found(schema, '{"person":{"name":true,"friend":{"name":true}}}')).toEqual(['type-mismatch /person/name'])
  })
})

describe('a node', () => {
  it.each([
    [{ type: 'string' }, { kind: 'string' }],
    [{ type: 'string', format: 'date' }, { kind: 'date' }],
    [{ type: 'string', format: 'date-time' }, { kind: 'date-time' }],
    [{ type: 'integer' }, { kind: 'integer', type: 'int' }],
    [
      { type: 'integer', minimum: 1, maximum: 31 },
      { kind: 'integer', type: 'byte' },
    ],
    [
      { type: 'integer', minimum: 1, maximum: 32_767 },
      { kind: 'integer', type: 'short' },
    ],
    [
      { type: 'integer', minimum: -128, maximum: 128 },
      { kind: 'integer', type: 'byte' },
    ],
    [
      { type: 'integer', minimum: -(2 ** 53), maximum: 2 ** 53 },
      { kind: 'integer', type: 'long' },
    ],
    [
      { type: 'integer', minimum: 0 },
      { kind: 'integer', type: 'int' },
    ],
    [
      { type: 'integer', minimum: 1, maximum: 31, 'meta:xdmType': 'long' },
      { kind: 'integer', type: 'long' },
    ],
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

  it('that says too little is told of', () => {
    const { notes } = compileSchema(
      schemaOf({ list: { type: 'array' }, odd: {}, word: { type: 'string', pattern: '(' } }),
    )
    expect(notes).toEqual([
      '"/list" says nothing of its items: what it holds is not checked',
      '"/odd" has no type: what it holds is not checked',
      '"/word" has a pattern that cannot be read: it is not checked',
    ])
  })
})
