import { describe, expect, it } from 'vitest'
import { addMappingCounts, countNotes, mappingCounts, unfilledNotes } from '../../../src/mapping/counts.ts'
import { Mapper, recordText } from '../../../src/mapping/mapper.ts'
import { LosslessNumber, parseLossless } from '../../../src/schema/json.ts'
import { compiledOf, mapRow, mapped, mapperOf, schemaOfMini } from '../mapped.ts'

const attribute = (source: string, destination: string) => ({ sourceType: 'ATTRIBUTE', source, destination })
const expression = (source: string, destination: string) => ({ sourceType: 'EXPRESSION', source, destination })

const MINI = {
  _id: 'string',
  born: 'date',
  n: 'int',
  person: { name: 'string', age: 'int' },
  list: [{ n: 'int' }],
} as const
const place = (row: number) => ({ row, sha256: () => `sha of ${row}` })

describe('a row', () => {
  it('has a fault where a value does not convert, with places on both sides and no value', () => {
    const schema = schemaOfMini(MINI)
    const mapper = mapperOf([attribute('Birth date', 'born'), expression('upper(x) + to_integer(y)', 'n')], { schema })
    expect(mapRow(mapper, { 'Birth date': '31.13.1990', x: 'secret', y: 'secret' }).faults).toEqual([
      {
        mapping: 1,
        column: 'Birth date',
        at: '/Birth date',
        path: '/born',
        expected: 'a date that exists, in one of the known formats',
        received: 'a string like "00.00.0000"',
        fate: 'changed',
      },
      {
        mapping: 2,
        column: 'x',
        at: '/x',
        path: '/n',
        expected: 'a number',
        received: 'a string like "aaaaaa"',
        fate: 'changed',
      },
    ])
  })

  it.each([
    [['n'], [attribute('a', 'n')], 'rejected'],
    [['_id'], [attribute('a', 'n'), attribute('b', '_id')], 'changed'],
    [['person', 'person.age'], [attribute('a', 'person.age')], 'rejected'],
    [['person.age'], [attribute('a', 'person.age'), attribute('b', 'person.name')], 'rejected'],
    [['person.age'], [attribute('a', 'person.age'), attribute('empty', 'person.name')], 'changed'],
    [['list.n'], [attribute('a', 'list[0].n')], 'changed'],
  ])('with %j required is, by a fault of the first of %j, %s', (required, set, fate) => {
    const mapper = mapperOf(set, { schema: schemaOfMini(MINI, { required }) })
    expect(mapRow(mapper, { a: 'x', b: 'there' }).faults.map((fault) => fault.fate)).toEqual([fate])
  })

  it('has a fault at the element where it is', () => {
    const mapper = mapperOf([attribute('a[*].n', 'list[*].n')], { schema: schemaOfMini(MINI) })
    const { record, faults } = mapRow(mapper, { a: [{ n: 1 }, { n: 'x' }, { n: 3 }] })
    expect(record).toEqual({ list: [{ n: 1 }, { n: 3 }] })
    expect(faults).toMatchObject([{ at: '/a/1/n', path: '/list/1/n', column: 'a' }])
  })

  it('is found by the spelling of its header', () => {
    const mapper = mapperOf([attribute('Email', 'mail'), expression('contains_key("Email")', 'has')], {
      run: { header: ['Name', ' Email'] },
    })
    expect(mapRow(mapper, { ' Email': 'a@b' }).record).toEqual({ mail: 'a@b', has: true })
    expect(mapRow(mapper, {}).record).toEqual({ has: true })
  })

  it('keeps numbers that JavaScript cannot hold', () => {
    const row = parseLossless('{"a":12345678901234567890,"b":1.0}') as Readonly<Record<string, unknown>>
    const mapper = mapperOf([attribute('a', 'x'), expression('a + 1', 'y'), attribute('b', 'z')])
    const done = mapRow(mapper, row)
    expect(recordText(done)).toBe('{"x":12345678901234567890,"y":12345678901234567891,"z":1}')
    expect([done.isLossless, done.record['x']]).toEqual([true, new LosslessNumber('12345678901234567890')])
    expect(mapRow(mapper, { a: 1 }).isLossless).toBe(false)
  })
})

describe('a retry', () => {
  const set = [expression('uuid()', 'a'), expression('concat(guid(), uuid())', 'b'), expression('now()', 'c')]
  const run = (row: number, remoteName = 'people.csv.json') => {
    const mapper = mapperOf(set, { run: { nowMs: 1_571_829_875_000, remoteName } })
    return mapper.map({}, place(row)).record
  }

  it('makes the same record', () => expect(run(1)).toEqual(run(1)))

  it('tells rows, files, targets and places apart', () => {
    const [one, other, elsewhere] = [run(1), run(2), run(1, 'more.csv.json')]
    const both = String(one['b'])
    const ids = [one['a'], both.slice(0, 36), both.slice(36), other['a'], elsewhere['a']]
    expect(new Set(ids).size).toBe(5)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('has the moment of the run', () => expect(run(1)['c']).toBe('2019-10-23T11:24:35Z'))

  it('asks for the hash of a row only where a UUID is made of it', () => {
    const never = () => {
      throw new Error('asked')
    }
    expect(mapperOf([attribute('a', 'x')]).map({ a: 1 }, { row: 1, sha256: never }).record).toEqual({ x: 1 })
  })
})

describe('a mapper', () => {
  it('counts values, nulls and errors, and adds up what others counted', () => {
    const schema = schemaOfMini(MINI)
    const { mapping } = compiledOf([attribute('a', 'n'), attribute('b', '_id')], { schema })
    const mapper = new Mapper(mapping, { nowMs: 0, remoteName: 'x' })
    for (const a of ['1', 'x', undefined, '2']) mapRow(mapper, { a })
    const total = mapper.counts.slice()
    addMappingCounts(total, mapper.counts)
    const counts = mappingCounts(mapping, total)
    expect(counts).toMatchObject([
      { mapping: 1, source: 'a', target: 'n', values: 4, nulls: 2, errors: 2 },
      { mapping: 2, source: 'b', target: '_id', values: 0, nulls: 8, errors: 0 },
    ])
    expect(unfilledNotes(counts)).toEqual(['mapping 2 (→ _id): no row has a value'])
    expect(countNotes(counts)).toEqual([])
  })

  it('notes dates that may be read in two ways, and identities of empty parts', () => {
    const schema = schemaOfMini({ born: 'date', identityMap: { '*': [{ id: 'string' }] } })
    const set = [attribute('d', 'born'), expression('concat(a, "-", b)', 'identityMap.Own[0].id')]
    const { mapping } = compiledOf(set, { schema })
    const mapper = new Mapper(mapping, { nowMs: 0, remoteName: 'x' })
    mapRow(mapper, { d: '03/05/2024', a: '1', b: '2' })
    mapRow(mapper, { d: '2024-05-03', a: '1' })
    expect(countNotes(mappingCounts(mapping, mapper.counts))).toEqual([
      expect.stringContaining('read 1 date like 03/05/2024'),
      expect.stringContaining('concat() joined an empty value in 1 row:'),
    ])
  })

  it.each(['20240305', '03/25/2024', '03252024', '05/05/2024', '2024-05-03'])(
    'does not note %s, which can be read in one way only',
    (date) => {
      const { mapping } = compiledOf([attribute('d', 'born')], { schema: schemaOfMini({ born: 'date' }) })
      const mapper = new Mapper(mapping, { nowMs: 0, remoteName: 'x' })
      expect(mapRow(mapper, { d: date }).faults).toEqual([])
      expect(countNotes(mappingCounts(mapping, mapper.counts))).toEqual([])
    },
  )

  it('keeps the digits of a number in a JSON string', () => {
    const schema = schemaOfMini({ price: 'string' })
    const set = [expression('json_to_object(j).price', 'price')]
    const mapper = new Mapper(compiledOf(set, { schema }).mapping, { nowMs: 0, remoteName: 'x' })
    expect(mapRow(mapper, { j: '{"price":1.50}' }).record).toEqual({ price: '1.50' })
  })

  it('says which mapping it is at, so that an endless one can be named', () => {
    const progress = new Int32Array(1)
    const seen: (number | undefined)[] = []
    const row = {
      get a() {
        seen.push(progress[0])
        return 'x'
      },
    }
    mapRow(mapperOf([attribute('b', 'x'), attribute('a', 'y')], { run: { progress } }), row)
    expect([...new Set(seen), progress[0]]).toEqual([2, 0])
  })
})

describe('what makes a value', () => {
  const schema = schemaOfMini({
    person: { name: { first: 'string', last: 'string' } },
    tags: ['string'],
    list: [{ n: 'string', m: { x: 'string' } }],
    addr: { city: 'string' },
    fixed: 'string',
  })
  const set = [
    attribute('First Name', 'person.name.first'),
    expression('concat(a, b.c)', 'person.name.last'),
    attribute('t1', 'tags[0]'),
    attribute('t2', 'tags[1]'),
    attribute('items[*].k', 'list[*].n'),
    attribute('address', 'addr'),
    { sourceType: 'STATIC', source: 'x', destination: 'fixed' },
  ]
  const row = {
    'First Name': 'Ada',
    b: { c: 1 },
    t2: 'second',
    items: [{}, { k: 'x' }, { k: 'y' }],
    address: { city: 'Lyon' },
  }

  it.each([
    ['/person/name/first', { mapping: 1, columns: ['First Name'], at: '/First Name' }],
    ['/person/name/last', { mapping: 2, columns: ['a', 'b'], at: '/a' }],
    ['/person', { mapping: 1, columns: ['First Name'], at: '/First Name' }],
    ['/tags/0', { mapping: 4, columns: ['t2'], at: '/t2' }],
    ['/list/0/n', { mapping: 5, columns: ['items'], at: '/items/1/k' }],
    ['/list/1/n', { mapping: 5, columns: ['items'], at: '/items/2/k' }],
    ['/addr/city', { mapping: 6, columns: ['address'], at: '/address/city' }],
    ['/fixed', { mapping: 7, columns: [], at: '' }],
    ['/nothing', undefined],
    ['', undefined],
  ])('%j comes from %j', (pointer, origin) => {
    expect(mapperOf(set, { schema }).originOf(row, place(1), pointer)).toEqual(origin)
  })

  it('is asked without a trace in the counts', () => {
    const mapper = mapperOf(set, { schema })
    mapRow(mapper, row)
    const before = mapper.counts.slice()
    mapper.originOf(row, place(1), '/fixed')
    expect(mapper.counts).toEqual(before)
  })
})

describe('sets as Adobe publishes them', () => {
  it.each([
    [
      'iif(AccountId != null && AccountId != "", to_object("sourceType", "Salesforce", "sourceKey", concat(AccountId, "@ORG.Salesforce")), null)',
      { AccountId: '001' },
      { sourceType: 'Salesforce', sourceKey: '001@ORG.Salesforce' },
    ],
    ['decode(type, "Contact", contactId, "Lead", leadId, "")', { type: 'Lead', leadId: 'L1' }, 'L1'],
    [
      'iif(${web\\.ecid} != null, to_object(\'ECID\', arrays_to_objects(\'id\', explode(last(split(${web\\.ecid}, ":")), " "))), null)',
      { 'web.ecid': 'ecid:1 2' },
      { ECID: [{ id: '1' }, { id: '2' }] },
    ],
  ])('%s', (source, row, value) => {
    expect(mapped([expression(source, 'value')], row)).toEqual({ value })
  })

  it('nest conditions ten-fold', () => {
    const nested = Array.from({ length: 10 }, (_, at) => `iif(a == "${at}", "v${at}", `).join('')
    expect(mapped([expression(`${nested}null${')'.repeat(10)}`, 'value')], { a: '9' })).toEqual({ value: 'v9' })
  })
})
