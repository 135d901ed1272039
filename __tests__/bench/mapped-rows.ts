import { createHash } from 'node:crypto'
import { parse } from 'csv-parse/sync'

/** Columns of an export whose cells are quoted in different ways. */
export const MAPPED_HEADER = [
  'id',
  'first',
  'last',
  'loyalty',
  'points',
  'discount',
  'newsletter',
  'since',
  'birth',
  'plan',
  'tags',
  'email',
] as const

type MappedCells = Readonly<Record<(typeof MAPPED_HEADER)[number], string>>

/** A row with quoted cells and letters beyond ASCII; one row in a hundred has an invalid number. */
export function mappedRow(number: number): string {
  const cells = [
    `m${number}`,
    `"Zoë ""Z"" ${number}"`,
    '"Müller, née Ångström"',
    `L${String(number).padStart(7, '0')}`,
    number % 100 === 0 ? 'n/a' : String(number % 50_000),
    '0.125',
    ['yes', 'no'][number % 2],
    '2021-03-04T05:06:07Z',
    `${String((number % 28) + 1).padStart(2, '0')}/0${(number % 9) + 1}/1990`,
    ['G', 'S', 'B'][number % 3],
    '"north;early bird;ünïcödé"',
    ` User${number}@Example.com`,
  ]
  return `${cells.join(',')}\n`
}

function plain(source: string, destination: string) {
  return { sourceType: 'ATTRIBUTE', source, destination }
}

function computed(source: string, destination: string) {
  return { sourceType: 'EXPRESSION', source, destination }
}

/** Maps eight columns unchanged and computes four, into the schema of the other benchmarks. */
export const MAPPED_SET = [
  plain('id', '_id'),
  plain('first', 'person.name.firstName'),
  plain('last', 'person.name.lastName'),
  plain('loyalty', '_acme.loyalty.loyaltyId'),
  plain('points', '_acme.loyalty.points'),
  plain('discount', '_acme.loyalty.discount'),
  plain('newsletter', '_acme.loyalty.newsletter'),
  plain('since', '_acme.loyalty.memberSince'),
  computed('date(birth, "dd/MM/yyyy")', 'person.birthDate'),
  computed('iif(plan == "G", "gold", decode(plan, "S", "silver", null))', '_acme.loyalty.tier'),
  computed('explode(tags, ";")', '_acme.loyalty.tags'),
  computed('sha256(lower(trim(email)))', '_acme.loyalty.attributes.email'),
]

export type MappedByHand = { readonly records: number; readonly errors: number; readonly sha256: string }

/** A simple program with a library for this file only, which checks nothing but the number. */
export function mapByHand(csv: Buffer): MappedByHand {
  const hash = createHash('sha256')
  let [records, errors] = [0, 0]
  parse(csv, {
    columns: true,
    onRecord: (cells: MappedCells) => {
      const points = Number(cells.points)
      const isNumber = Number.isInteger(points)
      if (!isNumber) errors++
      records++
      hash.update(`${JSON.stringify(recordOf(cells, isNumber ? points : undefined))}\n`)
      return null
    },
  })
  return { records, errors, sha256: hash.digest('hex') }
}

function recordOf(cells: MappedCells, points: number | undefined) {
  const [day, month, year] = cells.birth.split('/')
  return {
    _id: cells.id,
    person: { name: { firstName: cells.first, lastName: cells.last }, birthDate: `${year}-${month}-${day}` },
    _acme: {
      loyalty: {
        loyaltyId: cells.loyalty,
        points,
        discount: Number(cells.discount),
        newsletter: cells.newsletter === 'yes',
        memberSince: cells.since,
        tier: cells.plan === 'G' ? 'gold' : cells.plan === 'S' ? 'silver' : undefined,
        tags: cells.tags.split(';'),
        attributes: { email: createHash('sha256').update(cells.email.trim().toLowerCase()).digest('hex') },
      },
    },
  }
}
