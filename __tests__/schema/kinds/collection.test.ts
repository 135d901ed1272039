import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { schemaOf } from '../issues-of.ts'
import { bothWays } from '../record/both-ways.ts'

const text = { type: 'string' }
const moment = { ...text, format: 'date-time' }
const list = (items: object) => ({ type: 'array', items })

const SCHEMA = schemaOf({
  texts: list(text),
  moments: list(moment),
  old: list({ ...text, 'meta:status': 'deprecated' }),
  anything: {},
  map: { type: 'object', additionalProperties: text },
  maps: { type: 'object', additionalProperties: { type: 'object', additionalProperties: moment } },
})

/** After so many lists, many items are passed at once. */
const MANY_LISTS = 300

const MOMENTS = [
  '"2024-03-05T12:34:56.123456789+02:00"',
  '"2024-02-29T00:00:00Z"',
  '"1999-12-31T23:59:59.5-05:30"',
  '1700000000000',
]
const TEXTS = [
  '""',
  '"a"',
  '"Ångström"',
  '"a, \\"b\\""',
  `"${'long '.repeat(30)}"`,
  '"]"',
  '12',
  '"2024-03-05T12:34:56Z"',
]
const ODD = ['null', '"a', 'a"', '"\t"', 'true', '[]', '{}', '"2023-02-29T00:00:00Z"', '']
const SEPARATORS = [',', ', ', ' ,', ',  ', ',\t', '', ',,']

const items = (usual: readonly string[]) =>
  fc.array(
    fc.tuple(
      fc.oneof({ weight: 40, arbitrary: fc.constantFrom(...usual) }, fc.constantFrom(...ODD)),
      fc.oneof({ weight: 40, arbitrary: fc.constantFrom(',', ', ') }, fc.constantFrom(...SEPARATORS)),
    ),
    { maxLength: 12 },
  )

const lists = fc
  .tuple(fc.constantFrom('texts', 'moments', 'old', 'anything'), items(TEXTS), items(MOMENTS))
  .map(([name, some, moments]) => {
    const written = name === 'moments' ? moments : some
    const inner = written.map(([item, separator], index) => item + (index < written.length - 1 ? separator : ''))
    return `{"${name}":[${inner.join('')}]}`
  })

/** Each in several spellings, so that a map may have one key twice. */
const KEYS = ['"ab"', '"\\u0061b"', '"abc"', '"größe"', '"gr\\u00f6\\u00dfe"', '"a"', '"a\\/b"', '"a/b"', '""']
const key = fc.oneof(
  fc.constantFrom(...KEYS),
  fc.nat(400).map((number) => `"k${number}"`),
)
const members = (value: string) =>
  fc
    .array(fc.tuple(key, fc.constantFrom(':', ' : ')), { maxLength: 5 })
    .map((written) => `{${written.map(([name, colon]) => name + colon + value).join(',')}}`)
const maps = fc.oneof(
  members('"x"').map((one) => `{"map":${one}}`),
  fc
    .tuple(members('"2024-03-05T12:34:56Z"'), members('1700000000000'))
    .map(([one, other]) => `{"maps":{"one":${one},"two":${other}}}`),
)

describe.each([
  ['a list', lists],
  ['a map', maps],
])('%s', (_, records) => {
  it('is recognised only where its check has nothing to report, after many others too', () => {
    const { scan, check } = bothWays({ schema: SCHEMA, descriptors: undefined, isForProfile: false })
    for (let count = 0; count < MANY_LISTS; count++) scan('{"texts":["a","b"]}')
    const seen = { recognised: 0, doubtful: 0 }
    fc.assert(
      fc.property(records, (record) => {
        const said = scan(record)
        seen[said === false ? 'doubtful' : 'recognised']++
        if (said !== false) expect({ record, ...said }).toEqual({ record, ...check(record) })
      }),
      { numRuns: 5000 },
    )
    expect(Math.min(seen.recognised, seen.doubtful)).toBeGreaterThan(100)
  })
})

describe('a list of many items', () => {
  it.each([
    ['texts', '"one","two", "three",  "four",\t"Ångström"'],
    ['moments', '"2024-03-05T12:34:56.123456789+02:00","2024-02-29T12:34:56Z",1700000000000, "2024-03-05T12:34:56Z"'],
    ['anything', '"one",2,"three",null,{"a":["b","c"]},"d"'],
  ])('of %s is recognised, whatever stands between them', (name, written) => {
    const { scan } = bothWays({ schema: SCHEMA, descriptors: undefined, isForProfile: false })
    for (let count = 0; count < MANY_LISTS; count++) {
      expect(scan(`{"${name}":[${written}]}`)).toEqual({ issues: [], key: undefined })
    }
  })

  it('is recognised where it goes beyond what is searched at once', () => {
    const { scan } = bothWays({ schema: SCHEMA, descriptors: undefined, isForProfile: false })
    for (let count = 0; count < MANY_LISTS; count++) scan('{"texts":["a","b"]}')
    for (const [name, item] of [
      ['texts', '"abcdefghij"'],
      ['moments', MOMENTS[0]],
    ] as const) {
      const record = `{"${name}":[${Array.from({ length: 20_000 }, () => item).join(',')}]}`
      expect(scan(record)).toEqual({ issues: [], key: undefined })
      expect(scan(record.replace(/\]}$/, ',]}'))).toBe(false)
    }
  })
})

describe('a map', () => {
  it('with keys that many others had is recognised, with each key once', () => {
    const { scan } = bothWays({ schema: SCHEMA, descriptors: undefined, isForProfile: false })
    for (let count = 0; count < MANY_LISTS; count++) {
      expect(scan(`{"map":{"one":"","two":"","gr\\u00f6\\u00dfe":"${count}"}}`)).toEqual({ issues: [], key: undefined })
      expect(scan('{"map":{"one":"","two":"","one":""}}')).toBe(false)
      expect(scan(`{"map":{"k${count}":"","two":"","k${count}":""}}`)).toBe(false)
    }
  })
})
