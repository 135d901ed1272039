import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../src/lib/errors.ts'
import { compileSchema } from '../../src/schema/compile.ts'
import { found, schemaOf } from './issues-of.ts'
import { setting } from './record/arbitrary-records.ts'

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
    expect(() => compileSchema(schema)).toThrow(/contains the unresolved reference/)
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

  it('means the same when each of its keywords is in a member of allOf of its own', () => {
    fc.assert(
      fc.property(setting, ({ schema: { properties, ...rest } }) => {
        const distributed = compileSchema({ ...rest, allOf: partsOf({ properties }) })
        expect(distributed.root).toEqual(compileSchema({ ...rest, properties }).root)
      }),
      { numRuns: 500 },
    )
  })

  it('takes the fields of list items and of map values from every member of allOf that describes them', () => {
    const named = { properties: { name: { type: 'string' } }, required: ['name'] }
    const counted = { properties: { count: { type: 'integer' } } }
    const schema = schemaOf(
      { list: { type: 'array', items: named } },
      {
        allOf: [
          { properties: { list: { items: counted }, map: { additionalProperties: named } } },
          { properties: { map: { allOf: [{ additionalProperties: counted }] } } },
        ],
      },
    )
    expect(found(schema, '{"list":[{"name":"a","count":1}],"map":{"k":{"name":"a","count":1}}}')).toEqual([])
    expect(found(schema, '{"list":[{"count":"a"}],"map":{"k":{"count":"a","x":1}}}')).toEqual([
      'number-format /list/0/count',
      'required-missing /list/0/name',
      'number-format /map/k/count',
      'unknown-field /map/k/x',
      'required-missing /map/k/name',
    ])
  })

  it.each([
    [{ type: 'integer', minimum: 1, maximum: 9 }, { minimum: 3, maximum: 20 }, [2, 10], [3, 9]],
    [{ type: 'number', exclusiveMinimum: 3 }, { exclusiveMinimum: 1, exclusiveMaximum: 4 }, [3, 4], [3.5]],
    [{ type: 'string', maxLength: 2 }, { minLength: 2, maxLength: 5 }, ['a', 'abc'], ['ab']],
    [{ type: 'string', enum: ['a', 'b'] }, { enum: ['b', 'c'] }, ['a', 'c'], ['b']],
  ])('allows only what both %j and %j of an allOf allow', (one, other, refused, taken) => {
    for (const schema of [schemaOf({ f: { ...one, allOf: [other] } }), schemaOf({ f: { allOf: [one, other] } })]) {
      expect(refused.map((f) => found(schema, JSON.stringify({ f })).length)).toEqual([1, 1])
      expect(taken.flatMap((f) => found(schema, JSON.stringify({ f })))).toEqual([])
    }
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
    expect(compileSchema(schema).notes).toEqual([
      '"/person/friend" is nested without end: its content is not validated',
    ])
    expect(found(schema, '{"person":{"name":true,"friend":{"name":true}}}')).toEqual(['type-mismatch /person/name'])
  })
})

/** Nodes with one keyword each that together are this node. */
function partsOf(node: object): readonly object[] {
  const parts = Object.entries(node).flatMap(([keyword, value]: [string, unknown]) => {
    // As a computed name, so that `__proto__` is one.
    if (keyword === 'properties')
      return Object.entries(value as object).flatMap(([name, inner]) =>
        partsOf(inner as object).map((part) => ({ properties: { [name]: part } })),
      )
    const isNode = typeof value === 'object' && (keyword === 'items' || keyword === 'additionalProperties')
    return isNode && value !== null ? partsOf(value).map((part) => ({ [keyword]: part })) : [{ [keyword]: value }]
  })
  return parts.length === 0 ? [{}] : parts
}
