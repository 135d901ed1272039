import { describe, expect, it } from 'vitest'
import { sizeIssue } from '../../src/schema/record.ts'
import { compileSchema } from '../../src/schema/compile.ts'
import { recordCheck } from '../../src/schema/record.ts'
import { found, issuesIn, PLAIN, schemaOf } from './issues-of.ts'

const text = { type: 'string', 'meta:xdmType': 'string' }
const tier = { ...text, enum: ['silver', 'gold'] }

const group = (properties: object, required: readonly string[] = []) => ({ type: 'object', properties, required })

const LOYALTY = schemaOf({
  _id: text,
  person: group({
    name: group({ firstName: text, lastName: text }, ['lastName']),
    birthDate: { type: 'string', format: 'date' },
  }),
  _schema: group({ latitude: { type: 'number' } }),
  _acme: group({ loyalty: group({ loyaltyId: text, tier }, ['loyaltyId']) }),
})

describe('unknown fields', () => {
  it.each([
    ['{"Person":{}}', '/Person', 'did you mean "person"?'],
    ['{"xdm:person":{}}', '/xdm:person', 'did you mean "person"?'],
    ['{"@id":"a"}', '/@id', 'did you mean "_id"?'],
    ['{"schema:latitude":1}', '/schema:latitude', 'did you mean "_schema.latitude"?'],
    ['{"loyalty":{}}', '/loyalty', 'did you mean "_acme.loyalty"?'],
    ['{"person":{"name":{"lastName":"a","first_name":"b"}}}', '/person/name/first_name', 'did you mean "firstName"?'],
    ['{"person":{"birthdat":"a"}}', '/person/birthdat', 'did you mean "birthDate"?'],
    ['{"somethingElse":1}', '/somethingElse', undefined],
    ['{"constructor":1}', '/constructor', undefined],
  ])('are found in %s, with what was most likely meant', (record, path, hint) => {
    const issues = issuesIn(LOYALTY, JSON.parse(record))
    expect(issues.map((issue) => [issue.code, issue.path, issue.hint])).toEqual([['unknown-field', path, hint]])
  })

  it('are found by the same check in each record, whatever the order of the fields', () => {
    const check = recordCheck(compileSchema(LOYALTY), PLAIN)
    const records = [{ _id: 'a', people: 1 }, { people: 1, _id: 'a' }, { _id: 'a' }, { x: 1, y: 2, people: 3, _id: 4 }]
    const paths = records.map((record) => {
      const seen: string[] = []
      check(record, ({ path }) => seen.push(path))
      return seen
    })
    expect(paths).toEqual([['/people'], ['/people'], [], ['/x', '/y', '/people']])
  })
})

describe('required fields', () => {
  const nested = schemaOf({
    _acme: group({ loyalty: group({ loyaltyId: text, state: { ...text, default: 'new' } }, ['loyaltyId', 'state']) }),
  })

  it.each([
    ['{}', []],
    ['{"_acme":{}}', []],
    ['{"_acme":{"loyalty":{"state":"a"}}}', ['required-missing /_acme/loyalty/loyaltyId']],
    ['{"_acme":{"loyalty":{"state":"a","loyaltyId":null}}}', ['required-null /_acme/loyalty/loyaltyId']],
    ['{"_acme":{"loyalty":{"loyaltyId":"a"}}}', ['required-defaulted /_acme/loyalty/state']],
    ['{"_acme":{"loyalty":{"loyaltyId":"a","state":null}}}', ['required-defaulted /_acme/loyalty/state']],
    ['{"_acme":null}', ['null-value /_acme']],
  ])('are asked for in %s only where the object around them is', (record, issues) => {
    expect(found(nested, record)).toEqual(issues)
  })

  it('are _id and timestamp for every time series, though the answer may not say so', () => {
    const events = schemaOf(
      { _id: text },
      { 'meta:class': '', 'meta:extends': ['https://ns.adobe.com/xdm/data/time-series'] },
    )
    expect(found(events, '{}')).toEqual(['required-missing /_id', 'required-missing /timestamp'])
    expect(found(events, '{"_id":"a","timestamp":"2024-01-01T00:00:00Z"}')).toEqual([])
  })

  it('may be named like what every object inherits', () => {
    const odd = schemaOf({ a: text }, { required: ['toString', '__proto__'] })
    expect(found(odd, '{}')).toEqual(['required-missing /toString', 'required-missing /__proto__'])
    expect(found(odd, '{"toString":1,"__proto__":2}')).toEqual([])
  })
})

describe('enumerated values', () => {
  const values = schemaOf({
    tier,
    tiers: { type: 'array', items: tier },
    byYear: { type: 'object', additionalProperties: tier },
    person: group({ tier, deep: group({ tier }) }),
    _acme: group({ tier, loyalty: group({ tier, deep: group({ tier }) }) }),
  })

  it.each([
    ['{"tier":"x"}', 'enum /tier'],
    ['{"person":{"tier":"x"}}', 'enum /person/tier'],
    ['{"_acme":{"tier":"x"}}', 'enum /_acme/tier'],
    ['{"_acme":{"loyalty":{"tier":"x"}}}', 'enum /_acme/loyalty/tier'],
    ['{"person":{"deep":{"tier":"x"}}}', 'enum-deep /person/deep/tier'],
    ['{"_acme":{"loyalty":{"deep":{"tier":"x"}}}}', 'enum-deep /_acme/loyalty/deep/tier'],
    ['{"tiers":["gold","x"]}', 'enum-deep /tiers/1'],
    ['{"byYear":{"2024":"x"}}', 'enum-deep /byYear/2024'],
  ])('are an error in %s as deep as the platform looks, a warning below', (record, issue) => {
    expect(found(values, record)).toEqual([issue])
  })
})

describe('a record', () => {
  it.each(['[]', '"a"', '1', 'null', 'true', '12345678901234567890'])('is no object when it is %s', (record) => {
    expect(found(LOYALTY, record)).toEqual(['not-an-object '])
  })

  it.each(['{', '', '{"a":1,}', "{'a':1}", '{"a":NaN}', '{"_id":"a"}{"_id":"b"}'])(
    'is corrupt when it is %s',
    (record) => {
      expect(() => found(LOYALTY, record)).toThrow(SyntaxError)
    },
  )

  it('is told of keys that stand twice, wherever', () => {
    expect(found(LOYALTY, '{"_id":"a","_id":"b"}')).toEqual(['duplicate-key /_id'])
    expect(found(LOYALTY, '{"_schema":{"latitude":1.0,"latitude":2e3}}')).toEqual(['duplicate-key /_schema/latitude'])
    expect(found(LOYALTY, '{"x":[1,{"a":1,"a":2}]}')).toEqual(['unknown-field /x', 'duplicate-key /x/1/a'])
    expect(found(LOYALTY, '{"_id" : "say \\"a\\": b"}')).toEqual([])
  })

  it('is too large for Profile above 100 kB, an event above 10 kB', () => {
    const record = compileSchema(LOYALTY)
    const event = compileSchema({ ...LOYALTY, 'meta:class': 'https://ns.adobe.com/xdm/context/experienceevent' })
    expect(sizeIssue(record, 100_000)).toBeUndefined()
    expect(sizeIssue(record, 100_001)).toMatchObject({ code: 'oversize-record', level: 'warning' })
    expect(sizeIssue(event, 10_000)).toBeUndefined()
    expect(sizeIssue(event, 10_001)).toMatchObject({ code: 'oversize-record' })
  })

  it('may be nested deeper than any schema', () => {
    const deep = `{"x":${'[{"a":'.repeat(20_000)}1${'}]'.repeat(20_000)}}`
    expect(found(LOYALTY, deep)).toEqual(['unknown-field /x'])
    expect(found(schemaOf({ _id: text, x: {} }), deep)).toEqual([])
  })
})
