import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowOfCells } from '../../../src/formats/csv/records.ts'
import { mapperOf, schemaOfMini } from '../mapped.ts'

/** Names that meet each other: with blanks around them, with a dot, and of what every object has. */
const HEADER = ['a', ' b ', 'c.d', 'c', 'n', 'constructor', '__proto__']

const SOURCES = [
  ['ATTRIBUTE', 'a'],
  ['ATTRIBUTE', 'b'],
  ['ATTRIBUTE', 'c.d'],
  ['ATTRIBUTE', 'n'],
  ['ATTRIBUTE', 'absent'],
  ['EXPRESSION', 'constructor'],
  ['EXPRESSION', '${__proto__}'],
  ['EXPRESSION', 'concat(a, "-", b)'],
  ['EXPRESSION', 'iif(n == "1", a, ${c.d})'],
  ['EXPRESSION', 'to_integer(n) + 1'],
  ['EXPRESSION', 'explode(a, ";")'],
  ['EXPRESSION', 'contains_key("a")'],
  ['EXPRESSION', 'contains_key("c.x")'],
  ['EXPRESSION', 'c.x'],
  ['EXPRESSION', 'coalesce(a, b, c)'],
  ['EXPRESSION', 'is_empty(b)'],
  ['EXPRESSION', 'uuid()'],
] as const

const SCHEMA = schemaOfMini(
  {
    text: 'string',
    whole: 'int',
    flag: 'boolean',
    day: 'date',
    list: ['string'],
    deep: { text: 'string', whole: 'int' },
  },
  { required: ['whole'] },
)
const TARGETS = ['text', 'flag', 'day', 'list', 'deep.text', 'deep.whole'] as const

const cell = fc.constantFrom(
  '',
  ' ',
  '1',
  '01',
  '1.5',
  'x',
  'x;y;;',
  'yes',
  '2024-02-29',
  '31/12/1990',
  'false',
  'ü "q"\n',
)

const set = fc
  .tuple(fc.constantFrom('a', 'n'), fc.array(fc.tuple(fc.constantFrom(...SOURCES), fc.constantFrom(...TARGETS))))
  .map(([required, others]) => {
    const byTarget = new Map(others.map(([source, target]) => [target, source]))
    const mappings = [...byTarget].map(([destination, [sourceType, source]]) => ({ sourceType, source, destination }))
    return [{ sourceType: 'ATTRIBUTE', source: required, destination: 'whole' }, ...mappings]
  })

function trialOf(mappings: unknown) {
  try {
    return mapperOf(mappings, { schema: SCHEMA, run: { header: HEADER } })
  } catch {
    // Of what a set may hold, some never fits.
    return undefined
  }
}

const tuples = (count: number) => fc.array(fc.tuple(...HEADER.map(() => cell)), { minLength: 1, maxLength: count })

describe('a row of CSV', () => {
  it('becomes the same record, with the same faults and counts, whether it stands in cells or in an object', () => {
    let rows = 0
    fc.assert(
      fc.property(set, tuples(5), (mappings, table) => {
        const [one, other] = [trialOf(mappings), trialOf(mappings)]
        if (one === undefined || other === undefined) return
        for (const [at, cells] of table.entries()) {
          const place = { row: at + 1, sha256: () => cells.join('|') }
          rows++
          expect(one.mapCells(cells, place)).toEqual(other.map(rowOfCells(HEADER, cells), place))
        }
        expect(one.counts).toEqual(other.counts)
      }),
    )
    expect(rows).toBeGreaterThan(0)
  })
})
