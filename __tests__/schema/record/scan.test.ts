import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IDENTITY_MAP, type Setting, mutation } from './arbitrary-records.ts'
import { bothWays } from './both-ways.ts'
import { schemaOf } from '../issues-of.ts'

const text = { type: 'string' }
const map = (values: object) => ({ type: 'object', additionalProperties: values })
const group = (properties: object, required: readonly string[] = []) => ({ type: 'object', properties, required })

const FIELDS = {
  _id: { ...text, format: 'uri-reference' },
  timestamp: { ...text, format: 'date-time' },
  identityMap: IDENTITY_MAP,
  person: group({ born: { ...text, format: 'date' }, name: group({ first: { ...text, minLength: 1 }, last: text }) }),
  'say "hi"': text,
  _acme: group(
    {
      id: { ...text, pattern: '^L\\d+$', maxLength: 9 },
      tier: { ...text, enum: ['silver', 'göld'] },
      points: { type: 'integer', minimum: -2_147_483_648, maximum: 2_147_483_647 },
      balance: { type: 'integer', 'meta:xdmType': 'long' },
      discount: { type: 'number', minimum: 0, exclusiveMaximum: 1 },
      price: { type: 'number' },
      newsletter: { type: 'boolean' },
      old: { ...text, 'meta:status': 'deprecated' },
      tags: { type: 'array', items: text },
      notes: map(text),
      free: {},
    },
    ['id'],
  ),
}

const RECORDS: Setting = { schema: schemaOf(FIELDS), descriptors: undefined, isForProfile: false }
const EVENTS: Setting = {
  ...RECORDS,
  schema: { ...RECORDS.schema, 'meta:class': 'https://ns.adobe.com/xdm/context/experienceevent' },
}
const PROFILES: Setting = {
  ...RECORDS,
  descriptors: [
    { '@type': 'xdm:descriptorIdentity', 'xdm:isPrimary': true, 'xdm:sourceProperty': '/person/name/last' },
  ],
  isForProfile: true,
}

/** Each a record of its own. */
const ORDINARY: readonly string[] = [
  '{}',
  '{ }',
  '{"_id":"m1"}',
  '{"_id": "m1", "person": {"born": "1984-02-29", "name": {"first": "Renée", "last": "👩"}}}',
  '{"person":{"name":{"last":"","first":"Ång"},"born":"2000-12-31"},"_id":"urn:m:1"}',
  '{"person":{"name":{"first":"x"}}}',
  '{"person":{"name":{"first":"\\u00c5","last":"\\"\\\\\\/\\b\\n\\ud83d\\uDC69\\ud800"}}}',
  '{"_acme":{"id":"\\u004c1"}}',
  '{"timestamp":"2024-02-29T23:59:59Z"}',
  '{"timestamp":"2024-02-29T23:59:59.123456789+05:30"}',
  '{"identityMap":{"ECID":[{"id":"1","primary":true}],"CRM":[{"id":"2"}]}}',
  '{"_acme":{"id":"L1"}}',
  '{"_acme":{"id":"L1","tier":"göld","points":-2147483648,"balance":123456789012345}}',
  '{"_acme":{"points":0,"id":"L12345678","discount":0.125,"newsletter":false,"tags":[],"notes":{}}}',
  '{"_acme":{"discount":0,"id":"L1","tags":["a", "b"],"notes":{"a":"","ab":"x","b":"y"},"free":"anything"}}',
  '{"_acme":{"discount":0.0,"id":"L1"}}  \t\r',
  // Names and blanks in the ways in which programs write them.
  '{"\\u005fid":"1"}',
  '{"say \\"hi\\"":"x"}',
  '{ "_id" : "m1" ,\t"person" : { "name" : { "first" : "x" } } }',
  '{"person":{"name":{"last":"b","first":"a"},"born":"1984-02-29"},"_acme":{"tags":[],"id":"L1"},"_id":"m1"}',
  // What is converted.
  '{"_id":12}',
  '{"_acme":{"id":"L1","points":"12","balance":"-7","discount":"0.5","tags":[1,-2.5,1e3]}}',
  '{"timestamp":1700000000000,"person":{"born":-200000000000}}',
  // Numbers that no other number is taken for.
  '{"_acme":{"id":"L1","balance":1234567890123456}}',
  '{"_acme":{"id":"L1","balance":-9007199254740991}}',
  '{"_acme":{"id":"L1","discount":0.12345678901234567890}}',
  '{"_acme":{"id":"L1","discount":1e-1}}',
  '{"_acme":{"id":"L1","price":1e99}}',
  '{"_acme":{"id":"L1","price":-1.7E+308}}',
  `{"_acme":{"id":"L1","price":1${'0'.repeat(200)}.5}}`,
  '{"_acme":{"id":"L1","free":[-0,1.0,1E+400,{"a":null,"b":[true,false,[]],"":{}},"\\ud800"]}}',
  '{"_acme":{"id":"L1","notes":{"k\\u00e4se":"x","kase":"y"}}}',
]

/** Each with what is noted of it. */
const NOTED: readonly (readonly [string, readonly string[]])[] = [
  ['{"_id":null}', ['null-value /_id']],
  ['{"_acme":{"id":"L1","old":"x"}}', ['deprecated-field /_acme/old']],
  ['{"_acme":{"id":"L1","old":null}}', ['null-value /_acme/old']],
  ['{"_acme":{"id":"L1","free":null}}', ['null-value /_acme/free']],
  ['{"_acme":{"id":"L1","tags":["a",null]}}', ['null-value /_acme/tags/*']],
  ['{"_acme":{"id":"L1","notes":{"a":null}}}', ['null-value /_acme/notes/*']],
]

const DOUBTFUL: readonly (readonly [string, Setting])[] = [
  ['{"_id":"a\\u006"}', RECORDS],
  ['{"_id":"a\\x"}', RECORDS],
  ['{"person":{"name":{"first":"x","last":"\\"}}}', RECORDS],
  ['{"_acme":{"id":"L1","notes":{"a\\u0062":"x","ab":"x"}}}', RECORDS],
  ['{"_acme":{"id":"\\u004d1"}}', RECORDS],
  ['{"_id":"a\tb"}', RECORDS],
  ['{"_id":"1","_id":"1"}', RECORDS],
  ['{"_id":"1"} {"_id":"2"}', RECORDS],
  ['{"_id":"1",}', RECORDS],
  ['{,"_id":"1"}', RECORDS],
  ['{"_id":"1";"person":{}}', RECORDS],
  ['{"say "hi"":"x"}', RECORDS],
  ['{"_id":"1"', RECORDS],
  ['{"_id":"1', RECORDS],
  ['{"_id"', RECORDS],
  ['{"_id":', RECORDS],
  ['', RECORDS],
  [' {}', RECORDS],
  ['[]', RECORDS],
  ['{"_ID":"1"}', RECORDS],
  ['{"_id":"a b"}', RECORDS],
  ['{"person":{"born":"1983-02-29"}}', RECORDS],
  ['{"person":{"born":"1984-02-29 "}}', RECORDS],
  ['{"person":{"name":{"first":""}}}', RECORDS],
  ['{"timestamp":"2024-02-29T24:00:00Z"}', RECORDS],
  ['{"timestamp":"2024-02-29T23:59:59"}', RECORDS],
  ['{"timestamp":"2024-02-29T23:59:59.Z"}', RECORDS],
  ['{"timestamp":"2024-02-29T23:59:59.1234567890Z"}', RECORDS],
  ['{"_acme":{}}', RECORDS],
  ['{"_acme":{"id":"L123456789"}}', RECORDS],
  ['{"_acme":{"id":"l1"}}', RECORDS],
  ['{"_acme":{"id":"L1","tier":"gold"}}', RECORDS],
  ['{"_acme":{"id":"L1","points":2147483648}}', RECORDS],
  ['{"_acme":{"id":"L1","points":01}}', RECORDS],
  ['{"_acme":{"id":"L1","points":1.0}}', RECORDS],
  ['{"_acme":{"id":"L1","points":-}}', RECORDS],
  ['{"_acme":{"id":"L1","discount":1}}', RECORDS],
  ['{"_acme":{"id":"L1","discount":0.}}', RECORDS],
  ['{"_acme":{"id":"L1","discount":1.00000000000000000}}', RECORDS],
  ['{"_acme":{"id":"L1","discount":"0.5x"}}', RECORDS],
  ['{"_acme":{"id":"L1","balance":9007199254740992}}', RECORDS],
  ['{"_acme":{"id":"L1","balance":"1.0"}}', RECORDS],
  ['{"_acme":{"id":null}}', RECORDS],
  ['{"_acme":{"id":"L1","free":{"a":1,"b":{},"a":2}}}', RECORDS],
  ['{"_acme":{"id":"L1","free":[{"a":1,"\\u0061":2}]}}', RECORDS],
  ['{"_acme":{"id":"L1","free":{"\\u00e4":1,"ä":2}}}', RECORDS],
  ['{"_acme":{"id":"L1","free":{"a\\/b":1,"a/b":2}}}', RECORDS],
  ['{"_acme":{"id":"L1","free":{"\\u00e4":1,"\\u00E4":2}}}', RECORDS],
  ['{"_acme":{"id":"L1","free":{"<":1,"\\u003c":2}}}', RECORDS],
  [`{"_acme":{"id":"L1","price":1${'0'.repeat(400)}.5}}`, RECORDS],
  ['{"_acme":{"id":"L1","price":1e309}}', RECORDS],
  ['{"_acme":{"id":"L1","price":9007199254740993}}', RECORDS],
  ['{"_acme":{"id":"L1","price":"9007199254740993"}}', RECORDS],
  ['{"_acme":{"id":"L1","free":[01]}}', RECORDS],
  ['{"_acme":{"id":"L1","free":nul}}', RECORDS],
  ['{"_acme":{"id":"L1","free":[}}', RECORDS],
  ['{"_id":"1","\\u005fid":"1"}', RECORDS],
  ['{"timestamp":1700000000}', RECORDS],
  ['{"timestamp":1700000000000.5}', RECORDS],
  ['{"timestamp":null,"_id":"1"}', EVENTS],
  ['{"_acme":{"id":"L1","newsletter":"true"}}', RECORDS],
  ['{"_acme":{"id":"L1","tags":["a",]}}', RECORDS],
  ['{"_acme":{"id":"L1","notes":{"":"x"}}}', RECORDS],
  ['{"_acme":{"id":"L1","notes":{"a":"x","b":"y","a":"x"}}}', RECORDS],
  ['{"_id":"1"}', EVENTS],
  ['{"_id":"1"}', PROFILES],
  ['{"person":{"name":{"last":""}}}', PROFILES],
  [`{"person":{"name":{"last":${'1'.repeat(1025)}}}}`, PROFILES],
  ['{"identityMap":{"ECID":[{"id":"1"}]}}', { ...PROFILES, descriptors: undefined }],
  ['{"identityMap":{"ECID":[{"id":"1","primary":true}]}}', { ...PROFILES, descriptors: [] }],
]

const IN_ORDER = { issues: [], key: undefined }

describe('a record', () => {
  it.each(ORDINARY)('is recognised as in order when it is as ordinary as %s', (record) => {
    const { scan, check } = bothWays(RECORDS)
    expect(scan(record)).toEqual(IN_ORDER)
    expect(check(record).issues).toEqual([])
  })

  it.each(NOTED)('is recognised when it is %s, with a note', (record, issues) => {
    const { scan, check } = bothWays(RECORDS)
    expect(scan(record)).toEqual({ ...IN_ORDER, issues })
    expect(check(record)).toEqual({ ...IN_ORDER, issues })
  })

  it('is recognised whatever stood before it', () => {
    const { scan } = bothWays(RECORDS)
    for (const record of [...ORDINARY, ...ORDINARY.toReversed()]) expect(scan(record)).toEqual(IN_ORDER)
  })

  it.each(DOUBTFUL)('gets a second look when it is %s', (record, one) => {
    expect(bothWays(one).scan(record)).toBe(false)
  })

  it('hands on the _id of an event', () => {
    const { scan } = bothWays(EVENTS)
    expect(scan('{"timestamp":"2024-02-29T23:59:59Z","_id":"é1"}')).toEqual({ issues: [], key: 'é1' })
    expect(scan('{"_id":"\\u00e9\\/1","timestamp":"2024-02-29T23:59:59Z"}')).toEqual({ issues: [], key: 'é/1' })
    expect(scan('{"_id":"2","timestamp":"2024-02-29T23:59:59Z"}')).toEqual({ issues: [], key: '2' })
  })

  it('is recognised with its identity in the identityMap, for Profile', () => {
    const { scan } = bothWays({ ...PROFILES, descriptors: [] })
    expect(scan('{"identityMap":{"CRM":[{"id":"1","primary":true}],"Email":[{"id":"a@b"}]}}')).toEqual(IN_ORDER)
    expect(scan('{"identityMap":{"CRM":[{"id":"1"}]}}')).toBe(false)
    expect(scan('{"_id":"1"}')).toBe(false)
  })

  it('is recognised with its identity, for Profile', () => {
    const { scan } = bothWays(PROFILES)
    expect(scan('{"person":{"name":{"last":"x"}}}')).toEqual(IN_ORDER)
    expect(scan('{"person":{"born":"1984-02-29"}}')).toBe(false)
  })

  it('gets a second look when it is larger than Profile takes', () => {
    const first = 'x'.repeat(100_000)
    expect(bothWays(PROFILES).scan(`{"person":{"name":{"last":"x","first":"${first}"}}}`)).toBe(false)
  })

  it('is recognised with an identityMap only where its check has nothing to report', () => {
    const id = fc.constantFrom(
      'anna',
      'n',
      'null',
      ' ',
      '',
      'Invalid',
      'ANONYMOUS',
      'inverse',
      'a\\no',
      '1'.repeat(38),
      '1'.repeat(39),
      '\u00a0',
      7,
      null,
    )
    const state = fc.constantFrom('authenticated', 'loggedOut', null)
    const identity = fc
      .tuple(fc.record({ id, primary: fc.boolean(), authenticatedState: state }, { requiredKeys: [] }), fc.boolean())
      .map(([members, isTurned]) => (isTurned ? Object.fromEntries(Object.entries(members).toReversed()) : members))
    const identityMaps = fc.dictionary(fc.constantFrom('ECID', 'CRM', ''), fc.array(identity, { maxLength: 12 }))
    const descriptors = fc.constantFrom<unknown>(undefined, [], PROFILES.descriptors)
    const seen = { recognised: 0, doubtful: 0 }
    const changes = fc.array(mutation, { maxLength: 1 })
    fc.assert(
      fc.property(identityMaps, descriptors, changes, (identityMap, described, changed) => {
        const { scan, check } = bothWays({ ...PROFILES, descriptors: described })
        const written = JSON.stringify({ identityMap, person: { name: { last: 'x' } } })
        const record = changed.reduce((before, change) => change(before), written)
        if (record.includes('\n')) return
        const said = scan(record)
        seen[said === false ? 'doubtful' : 'recognised']++
        if (said !== false) expect({ record, ...said }).toEqual({ record, ...check(record) })
      }),
      { numRuns: 3000 },
    )
    expect(Math.min(seen.recognised, seen.doubtful)).toBeGreaterThan(10)
  })
})
