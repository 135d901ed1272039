import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { found, issuesIn, schemaOf } from '../issues-of.ts'
import { bothWays } from '../record/both-ways.ts'

const IN_ORDER = { issues: [], key: undefined }

const tier = { type: 'string', 'meta:xdmType': 'string', enum: ['silver', 'gold'] }

const group = (properties: object) => ({ type: 'object', properties })

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

it('a length is told in characters, one or several', () => {
  const schema = schemaOf({ a: { type: 'string', minLength: 1 }, b: { type: 'string', maxLength: 2 } })
  const [short, long] = issuesIn(schema, { a: '', b: 'abc' })
  expect([short?.expected, long?.expected]).toEqual(['at least 1 character', 'at most 2 characters'])
})

describe('enumerated values of any length and spelling', () => {
  const values = ['M', 'F', '', 'größer', 'ab', 'a"b', 'longer than all the others']
  const schema = schemaOf({
    v: { type: 'string', enum: values },
    vs: { type: 'array', items: { type: 'string', enum: values } },
  })
  const { scan, check } = bothWays({ schema, descriptors: undefined, isForProfile: false })

  it.each(['"M"', '"F"', '""', '"größer"', '"gr\\u00f6\\u00dfer"', '"ab"', '"a\\"b"', '"\\u004d"'])(
    'are recognised: %s',
    (value) => {
      for (const record of [`{"v":${value}}`, `{"v":${value} }`, `{"vs":[${value}, ${value} ,${value}]}`]) {
        expect([record, scan(record), scan(record)]).toEqual([record, IN_ORDER, IN_ORDER])
        expect(check(record).issues).toEqual([])
      }
    },
  )

  it.each(['"m"', '"MF"', '"M', 'M"', '"gr\\u00f6\\u00dfe"', '"longer than all the other"', '"M"F', '"abc"'])(
    'are not taken for %s',
    (value) => {
      for (const record of [`{"v":${value}}`, `{"vs":["M",${value},"F"]}`])
        expect([record, scan(record)]).toEqual([record, false])
    },
  )
})

const unit = fc.constantFrom(
  'a',
  'ab',
  'é',
  '日本',
  '👩‍🚀',
  '\\n',
  '\\"',
  '\\u00e9',
  '\\ud83d\\ude00',
  '\\ud800',
  ' '.repeat(17),
)

it('a length is counted alike in bytes and in characters, near its limits too', () => {
  const limit = fc.nat(40)
  const seen = { recognised: 0, doubtful: 0 }
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 30 }), limit, limit, (units, one, other) => {
      const [minLength, maxLength] = [Math.min(one, other), Math.max(one, other)]
      const schema = schemaOf({ v: { type: 'string', minLength, maxLength } })
      const { scan, check } = bothWays({ schema, descriptors: undefined, isForProfile: false })
      const record = `{"v":"${units.join('')}"}`
      const isRecognised = scan(record) !== false
      seen[isRecognised ? 'recognised' : 'doubtful']++
      expect([record, minLength, maxLength, isRecognised]).toEqual([
        record,
        minLength,
        maxLength,
        check(record).issues.length === 0,
      ])
    }),
    { numRuns: 2000 },
  )
  expect(Math.min(seen.recognised, seen.doubtful)).toBeGreaterThan(100)
})

it.each([
  [{ maxLength: 0 }],
  [{ minLength: 1 }],
  [{ maxLength: 20 }],
  [{ minLength: 2, maxLength: 2 }],
  [{ minLength: 16.5, maxLength: 40.5 }],
  [{ minLength: 3, maxLength: 2 }],
  [{ minLength: -1, maxLength: 1e9 }],
  [{ minLength: 1, pattern: '^[^b]*$' }],
])('a length is counted alike in long files of lists: %j', (rules) => {
  const schema = schemaOf({ v: { type: 'array', items: { type: 'string', ...rules } } })
  const { scan, check } = bothWays({ schema, descriptors: undefined, isForProfile: false })
  // Items of lists are passed at once only after so many lists.
  for (let lists = 0; lists < 300; lists++) scan('{"v":["a"]}')
  const item = fc.array(unit, { maxLength: 6 }).map((units) => `"${units.join('')}"`)
  fc.assert(
    fc.property(fc.array(item, { maxLength: 4 }), fc.constantFrom(',', ', '), (items, comma) => {
      const record = `{"v":[${items.join(comma)}]}`
      if (scan(record) !== false) expect([record, check(record).issues]).toEqual([record, []])
    }),
    { numRuns: 1000 },
  )
})
