import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../../src/schema/compile.ts'
import { recordCheck } from '../../../src/schema/record.ts'
import { found, issuesIn, PLAIN, schemaOf } from '../issues-of.ts'

const text = { type: 'string', 'meta:xdmType': 'string' }
const group = (properties: object, required: readonly string[] = []) => ({ type: 'object', properties, required })

const LOYALTY = schemaOf({
  _id: text,
  person: group({
    name: group({ firstName: text, lastName: text }, ['lastName']),
    birthDate: { type: 'string', format: 'date' },
  }),
  _schema: group({ latitude: { type: 'number' } }),
  _acme: group({ loyalty: group({ loyaltyId: text }, ['loyaltyId']) }),
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
    expect(issues.map(({ code, path: shown, at = shown, hint: meant }) => [code, at, meant])).toEqual([
      ['unknown-field', path, hint],
    ])
  })

  it('get no more hints after a thousand different ones, which are values used as keys', () => {
    const check = recordCheck(compileSchema(LOYALTY), PLAIN)
    const hintsOf = (record: object) => {
      const hints: unknown[] = []
      check(record, ({ hint }) => hints.push(hint))
      return hints
    }
    expect(hintsOf({ Person: 1, birthdat: 1 })).toEqual(['did you mean "person"?', undefined])
    for (let row = 0; row < 998; row++) expect(hintsOf({ [`customer${row}`]: 1 })).toEqual([undefined])
    expect(hintsOf({ Person: 1, PERSON: 1 })).toEqual(['did you mean "person"?', undefined])
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

  it('are _id and timestamp for experience events, though the answer may not say so', () => {
    const events = schemaOf(
      { _id: text },
      { 'meta:class': '', 'meta:extends': ['https://ns.adobe.com/xdm/context/experienceevent'] },
    )
    expect(found(events, '{}')).toEqual(['required-missing /_id', 'required-missing /timestamp'])
    expect(found(events, '{"_id":"a","timestamp":"2024-01-01T00:00:00Z"}')).toEqual([])
  })

  it('are what the schema says for summary metrics and other classes of time series', () => {
    const metrics = schemaOf(
      { _id: text, timestamp: { type: 'string', format: 'date-time' } },
      {
        'meta:class': 'https://ns.adobe.com/xdm/classes/summarymetrics',
        'meta:extends': ['https://ns.adobe.com/xdm/data/time-series'],
        required: ['timestamp'],
      },
    )
    expect(found(metrics, '{}')).toEqual(['required-missing /timestamp'])
    expect(found(metrics, '{"timestamp":"2024-01-01T00:00:00Z"}')).toEqual([])
  })

  it('may be named like what every object inherits', () => {
    const odd = schemaOf({ a: text }, { required: ['toString', '__proto__'] })
    expect(found(odd, '{}')).toEqual(['required-missing /toString', 'required-missing /__proto__'])
    expect(found(odd, '{"toString":1,"__proto__":2}')).toEqual([])
  })
})
