import { describe, expect, it } from 'vitest'
import { faultText } from '../../src/mapping/fault.ts'
import { type MappingTrial, compiledOf, faultsOf, schemaOfMini } from './mapped.ts'

const ID = 'https://ns.adobe.com/acme/schemas/mini'
const MINI = {
  _id: 'string',
  person: { name: { firstName: 'string', lastName: 'string' }, birthDate: 'date' },
  points: 'int',
  active: 'boolean',
  tags: ['string'],
  items: [{ sku: 'string', price: 'number' }],
  identityMap: { '*': [{ id: 'string', primary: 'boolean' }] },
}
const schema = schemaOfMini(MINI)

const attribute = (source: string, destination: string) => ({ sourceType: 'ATTRIBUTE', source, destination })
const expression = (source: string, destination: string) => ({ sourceType: 'EXPRESSION', source, destination })
const constant = (source: string, destination: string) => ({ sourceType: 'STATIC', source, destination })

function firstLines(set: unknown, trial: MappingTrial = { schema }): readonly string[] {
  return faultsOf(set, trial).map((fault) => faultText(fault).split('\n')[0] ?? '')
}

describe('a mapping set and a schema', () => {
  it.each([
    [
      'person.name.fistName',
      'the schema does not define "person.name.fistName": did you mean "person.name.firstName"?',
    ],
    ['lastName', 'the schema does not define "lastName": did you mean "person.name.lastName"?'],
    ['zzz', 'the schema does not define "zzz"'],
    ['_id.x', '"_id" has no fields in the schema'],
    ['_id[0]', '"_id" is not an array in the schema: remove the brackets'],
    ['items.sku', '"items" is an array: add [0] for one element or [*] for all'],
    ['constructor', 'the schema does not define "constructor"'],
    ['tags[', 'the schema does not define "tags["'],
  ])('do not agree on %s', (target, message) => {
    expect(faultsOf([attribute('a', target)], { schema })[0]?.message).toContain(message)
  })

  it.each([
    [expression('true', 'points'), 'the source is a boolean, and the target is an integer: it can never be converted'],
    [expression('now()', 'active'), 'the source is a date, and the target is a boolean'],
    [expression('upper(a)', 'person'), 'the source is a string, and the target is an object'],
    [expression('to_object("a", 1)', 'points'), 'the source is an object, and the target is an integer'],
    [expression('split(a, ",")', '_id'), 'the source is an array, and the target is a string'],
    [expression('upper(a)', 'items'), 'the source is a string, and the target is an array'],
    [constant('abc', 'points'), 'the constant fails in every row: expected an integer'],
    [constant('yes please', 'active'), 'the constant fails in every row'],
    [expression('1 / 0', 'points'), 'the expression fails in every row: expected a divisor other than 0'],
    [expression('date("31.12.1990", "dd/MM/yyyy")', 'person.birthDate'), 'the expression fails in every row'],
    [attribute('a[*].b', 'tags'), '"[*]": 1 in the source, 0 in the target; both need the same number'],
    [expression('a', 'items[*].sku'), '"[*]": 0 in the source, 1 in the target'],
    [constant('${ORG_ID}', '_id'), '${ORG_ID} is a placeholder'],
  ])('never fit: %j', (entry, message) => {
    expect(faultsOf([entry], { schema }).map((fault) => fault.message)).toEqual([expect.stringContaining(message)])
  })

  it.each([
    expression('upper(a)', 'tags'),
    expression('iif(a == "x", 1, null)', 'points'),
    expression('concat(a, b)', 'points'),
    expression('12', '_id'),
    constant('on', 'active'),
    constant('31/12/1990'.replaceAll('31/12', '12/31'), 'person.birthDate'),
    attribute('a', 'person'),
  ])('may fit: %j', (entry) => {
    expect(faultsOf([entry], { schema })).toEqual([])
  })

  it('have no target twice, however it is written', () => {
    expect(firstLines([attribute('a', '_id'), attribute('b', 'xdm:_id')])).toEqual([
      'mapping 2 (→ _id): mapping 1 has the same target',
    ])
  })

  it('tell all faults at once', () => {
    const set = [attribute('a[?]', '_id'), expression('dat(a)', 'x'), expression('true', 'points')]
    expect(faultsOf(set, { schema }).map(({ mapping, code }) => [mapping, code])).toEqual([
      [1, 'refused'],
      [2, 'syntax'],
      [2, 'target'],
      [3, 'type'],
    ])
  })

  it.each([
    [['_id'], [attribute('a', 'points')], ['_id']],
    [['_id'], [attribute('a', '_id')], []],
    [['person.name.lastName'], [attribute('a', 'points')], []],
    [['person.name.lastName'], [attribute('a', 'person.name.firstName')], ['person.name.lastName']],
    [['person.name.lastName'], [attribute('a', 'person.name')], []],
    [['items.sku'], [attribute('a', 'items[0].price')], ['items[0].sku']],
    [['items.sku'], [attribute('a[*].p', 'items[*].price')], ['items[*].sku']],
  ])('with %j required', (required, set, missing) => {
    const faults = faultsOf(set, { schema: schemaOfMini(MINI, { required }) })
    expect(faults.map(({ message }) => /"(.*)"/.exec(message)?.[1])).toEqual(missing)
    expect(faults.every(({ code }) => code === 'required')).toBe(true)
  })

  const descriptor = {
    '@type': 'xdm:descriptorIdentity',
    'xdm:sourceSchema': ID,
    'xdm:sourceProperty': '/_id',
    'xdm:namespace': 'CRMID',
    'xdm:isPrimary': true,
  }

  it.each([
    [[descriptor], attribute('a', 'points'), 'no mapping fills the primary identity "_id"'],
    [[descriptor], attribute('a', '_id'), undefined],
    [[], attribute('a', '_id'), 'no mapping fills the primary identity "identityMap"'],
    [[], attribute('a', 'identityMap.Email[0].id'), undefined],
  ])('need the primary identity for Profile (%#)', (descriptors, entry, message) => {
    const trial = { schema: schemaOfMini(MINI, { descriptors }) }
    expect(faultsOf([entry], trial)).toEqual([])
    const [fault] = faultsOf([entry], { ...trial, setting: { isForProfile: true } })
    if (message === undefined) expect(fault).toBeUndefined()
    else expect(fault?.message).toContain(message)
  })

  it('of another schema are noted, and where targets are missing named as the reason', () => {
    const xdmSchema = 'https://ns.adobe.com/acme/schemas/other'
    const notes = compiledOf({ xdmSchema, mappings: [attribute('a', '_id')] }, { schema }).notes
    expect(notes.map(({ message }) => message)).toEqual([expect.stringContaining('all targets exist in both')])
    const faults = faultsOf({ xdmSchema, mappings: [attribute('a', 'x')] }, { schema })
    expect(faults.at(-1)?.message).toContain(`made for schema "${xdmSchema}"`)
    expect(compiledOf({ xdmSchema: ID, mappings: [attribute('a', '_id')] }, { schema }).notes).toEqual([])
  })

  it('know which targets identify somebody', () => {
    const set = [attribute('a', '_id'), attribute('b', 'points'), attribute('c', 'identityMap.Email[0].id')]
    const { entries } = compiledOf(set, { schema: schemaOfMini(MINI, { descriptors: [descriptor] }) }).mapping
    expect(entries.map(({ isIdentity }) => isIdentity)).toEqual([true, false, true])
  })

  it('may have 10,000 mappings', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => expression(`concat(a, "${at}")`, `identityMap.N${at}[0].id`))
    expect(compiledOf(many, { schema }).mapping.entries).toHaveLength(10_000)
  })
})
