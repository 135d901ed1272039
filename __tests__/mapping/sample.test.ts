import { expect, it } from 'vitest'
import { recordText } from '../../src/mapping/mapper.ts'
import { sampleOf } from '../../src/mapping/sample.ts'
import { compiledOf, mapRow, mapperOf, schemaOfMini } from './mapped.ts'

const schema = schemaOfMini({
  person: { name: { firstName: 'string' } },
  identityMap: { '*': [{ id: 'string', primary: 'boolean' }] },
  tags: ['string'],
  big: 'long',
  attributes: { '*': 'string' },
})

const set = [
  { source: 'first', destination: 'person.name.firstName' },
  { source: 'mail', destination: 'identityMap.Email[0].id' },
  { sourceType: 'STATIC', source: 'true', destination: 'identityMap.Email[0].primary' },
  { sourceType: 'EXPRESSION', source: 'explode(tags, ";")', destination: 'tags' },
  { source: 'big', destination: 'big' },
  { sourceType: 'EXPRESSION', source: 'str_to_object(pairs)', destination: 'attributes' },
]

const row = { first: 'Ada', mail: 'ada@example.com', tags: 'a;b', big: '7', pairs: 'jane@example.com:1' }

function sample(showValues: boolean) {
  const line = recordText(mapRow(mapperOf(set, { schema }), row))
  return sampleOf(line, compiledOf(set, { schema }).mapping, showValues)
}

it('a record is shown as its paths: names of the schema and of the mapping set, no value, and no key that is data', () => {
  expect(sample(false)).toEqual(
    [
      '/person/name/firstName',
      '/identityMap/Email/0/id',
      '/identityMap/Email/0/primary',
      '/tags/0',
      '/tags/1',
      '/big',
      '/attributes/key 1',
    ].map((path) => ({ path })),
  )
})

it('with show-values, each path has its value', () => {
  expect(sample(true)).toEqual([
    { path: '/person/name/firstName', value: '"Ada"' },
    { path: '/identityMap/Email/0/id', value: '"ada@example.com"' },
    { path: '/identityMap/Email/0/primary', value: 'true' },
    { path: '/tags/0', value: '"a"' },
    { path: '/tags/1', value: '"b"' },
    { path: '/big', value: '7' },
    { path: '/attributes/jane@example.com', value: '"1"' },
  ])
})

it('of a record with very many fields the first are shown', () => {
  const mapping = compiledOf(set, { schema }).mapping
  expect(sampleOf(JSON.stringify({ tags: Array(10_000).fill('a') }), mapping, false)).toHaveLength(200)
})

it('a number is shown as it is written', () => {
  const { mapping } = compiledOf(set, { schema })
  expect(sampleOf('{"big":9007199254740993}', mapping, true)).toEqual([{ path: '/big', value: '9007199254740993' }])
})
