import {
  dateTime,
  day,
  decimal,
  flag,
  group,
  identityMap,
  list,
  long,
  map,
  text,
  whole,
} from '../../emulator/seed/fields.ts'

/** The rows of a file: one string per row, each different. */
export type RowShape = {
  readonly name: string
  readonly properties: Readonly<Record<string, unknown>>
  /** The class of the schema; absent: Individual Profile. */
  readonly classId?: string
  /** Each row must name its identity in `identityMap`. */
  readonly isForProfile: boolean
  /** JSON, without the line end. */
  readonly row: (draw: Draw) => string
}

/** A number from 0 below `end`. */
export type Draw = (end: number) => number

/** Mulberry32: gives the same numbers for the same seed. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0
  return (end) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end
  }
}

/** An object with these members, as JSON, in random order. A `name` that ends with `?` is left out half of the time. */
function object(draw: Draw, members: Readonly<Record<string, () => string>>): string {
  const written = Object.entries(members).flatMap(([name, value]) =>
    name.endsWith('?') && draw(2) === 0 ? [] : [`"${name.replace('?', '')}":${value()}`],
  )
  for (let left = written.length; left > 1; left--) {
    const drawn = draw(left)
    const last = written[left - 1] ?? ''
    written[left - 1] = written[drawn] ?? ''
    written[drawn] = last
  }
  return `{${written.join(',')}}`
}

const quoted = (value: string) => JSON.stringify(value)

export function oneOf(draw: Draw, values: readonly string[]): string {
  return values[draw(values.length)] ?? ''
}

export function digitsOf(draw: Draw, length: number): string {
  return Array.from({ length }, () => draw(10)).join('')
}

export function hexOf(draw: Draw, length: number): string {
  return Array.from({ length }, () => draw(16).toString(16)).join('')
}

export function lettersOf(draw: Draw, length: number): string {
  return Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyz '[draw(27)]).join('')
}

const padded = (number: number) => String(number).padStart(2, '0')

const date = (draw: Draw) => `${1930 + draw(95)}-${padded(1 + draw(12))}-${padded(1 + draw(28))}`
const time = (draw: Draw) => `${padded(draw(24))}:${padded(draw(60))}:${padded(draw(60))}`
const moment = (draw: Draw) => `${date(draw)}T${time(draw)}${oneOf(draw, ['Z', '.123Z', '+02:00'])}`
const epoch = (draw: Draw) => String(1_400_000_000_000 + draw(300_000_000) * 1000 + draw(1000))
const yes = (draw: Draw) => (draw(2) === 0 ? 'true' : 'false')

const FIRST = ['Renée', 'Anna', 'Bjørn', 'Zoë', 'Łukasz', '美咲', 'Peter', 'Мария', 'José', 'Ida', 'Chloé', 'Noah']
const LAST = ['Ångström', 'Smith', 'Müller', 'Dvořák', 'O’Neill', '田中', 'García', 'Иванова', 'Jones', 'Lindqvist']
const CITY = ['Zürich', 'Basel', 'København', 'São Paulo', 'London', 'Kraków', '東京', 'Malmö', 'Boston']
const WORDS = ['prefers', 'a call', 'in the', 'morning', 'near', 'the', 'late', 'order', 'gift', 'café', 'returned']

const words = (draw: Draw, most: number) => Array.from({ length: 1 + draw(most) }, () => oneOf(draw, WORDS)).join(' ')

const address = (draw: Draw) => `${oneOf(draw, ['anna', 'b.lind', 'jo-se', 'mia'])}${digitsOf(draw, 5)}@example.com`

function identities(draw: Draw): string {
  const state = () => quoted(oneOf(draw, ['ambiguous', 'authenticated', 'loggedOut']))
  const crm = () =>
    object(draw, { id: () => `"CRM-${digitsOf(draw, 9)}"`, primary: () => 'true', 'authenticatedState?': state })
  const ecid = () =>
    object(draw, {
      id: () =>
        `"${oneOf(draw, '1234567'.split(''))}${digitsOf(draw, 18)}${oneOf(draw, '1234567'.split(''))}${digitsOf(draw, 18)}"`,
      'primary?': () => 'false',
      'authenticatedState?': state,
    })
  const email = () => object(draw, { id: () => quoted(address(draw)) })
  return object(draw, {
    CRMID: () => `[${crm()}]`,
    'ECID?': () => `[${draw(4) === 0 ? `${ecid()},` : ''}${ecid()}]`,
    'Email?': () => `[${email()}]`,
  })
}

const PERSON = group({
  birthDate: day,
  gender: { ...text, enum: ['female', 'male', 'non_specific', 'not_specified'] },
  name: group({ firstName: text, lastName: text, courtesyTitle: text }),
})
const ADDRESS = group({
  street1: text,
  city: text,
  postalCode: text,
  countryCode: { ...text, pattern: '^[A-Z]{2}$' },
  _schema: group({ latitude: decimal, longitude: decimal }),
})
const LOYALTY = group({
  loyaltyId: { ...text, minLength: 1 },
  tier: { ...text, enum: ['bronze', 'silver', 'gold'] },
  points: whole,
  balanceCents: long,
  discount: decimal,
  newsletter: flag,
  memberSince: dateTime,
  lastSeen: dateTime,
  storeNumber: text,
  tags: list(text),
  attributes: map(text),
})

const PROFILE = {
  _id: text,
  identityMap,
  _repo: group({ createDate: dateTime, modifyDate: dateTime }),
  person: PERSON,
  personalEmail: group({ address: { ...text, format: 'email' } }),
  mobilePhone: group({ number: text }),
  homeAddress: ADDRESS,
  testProfile: flag,
  _acme: group({ loyalty: LOYALTY }),
}

/** The spelling of values that can be written in several ways. */
type Spelling = {
  readonly text: (draw: Draw, value: string) => string
  readonly moment: (draw: Draw) => string
  readonly number: (draw: Draw, value: string) => string
  readonly code: (draw: Draw, value: string) => string
}

const PLAIN: Spelling = {
  text: (_, value) => quoted(value),
  moment: (draw) => quoted(moment(draw)),
  number: (_, value) => value,
  code: (_, value) => quoted(value),
}

const escaped = (value: string) =>
  quoted(value).replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** The mixed spellings of several unrelated programs. */
const MIXED: Spelling = {
  text: (draw, value) => oneOf(draw, [quoted(value), escaped(value), quoted(`${value} "x"\n`), 'null']),
  moment: (draw) => oneOf(draw, [quoted(moment(draw)), epoch(draw), 'null']),
  number: (draw, value) => oneOf(draw, [value, `"${value}"`, value, 'null']),
  code: (draw, value) => oneOf(draw, [quoted(value), value, quoted(value)]),
}

function profile(draw: Draw, spelling: Spelling): string {
  const string = (value: string) => spelling.text(draw, value)
  const when = () => spelling.moment(draw)
  const number = (value: string) => spelling.number(draw, value)
  const place = (degrees: number) => () => number(`${draw(degrees)}.${digitsOf(draw, 6 + draw(11))}5`)
  return object(draw, {
    '_id?': () => `"m-${hexOf(draw, 12)}"`,
    identityMap: () => identities(draw),
    '_repo?': () => object(draw, { createDate: when, 'modifyDate?': when }),
    person: () =>
      object(draw, {
        'birthDate?': () => quoted(date(draw)),
        'gender?': () => quoted(oneOf(draw, ['female', 'male', 'not_specified'])),
        name: () =>
          object(draw, {
            firstName: () => string(oneOf(draw, FIRST)),
            lastName: () => string(oneOf(draw, LAST)),
            'courtesyTitle?': () => string('Dr.'),
          }),
      }),
    'personalEmail?': () => object(draw, { address: () => quoted(address(draw)) }),
    'mobilePhone?': () => object(draw, { number: () => spelling.code(draw, `4179${digitsOf(draw, 7)}`) }),
    'homeAddress?': () =>
      object(draw, {
        'street1?': () => string(`${words(draw, 2)} ${draw(200)}`),
        city: () => string(oneOf(draw, CITY)),
        postalCode: () => spelling.code(draw, `${1 + draw(9)}${digitsOf(draw, 3)}`),
        'countryCode?': () => quoted(oneOf(draw, ['CH', 'DK', 'BR', 'GB', 'JP'])),
        '_schema?': () => object(draw, { latitude: place(90), longitude: place(180) }),
      }),
    'testProfile?': () => yes(draw),
    _acme: () => object(draw, { loyalty: () => loyalty(draw, { string, when, number }) }),
  })
}

type Written = {
  readonly string: (value: string) => string
  readonly when: () => string
  readonly number: (value: string) => string
}

function loyalty(draw: Draw, { string, when, number }: Written): string {
  return object(draw, {
    loyaltyId: () => `"L${digitsOf(draw, 7)}"`,
    tier: () => quoted(oneOf(draw, ['bronze', 'silver', 'gold'])),
    points: () => number(String(draw(50_000))),
    'balanceCents?': () => number(String(draw(2 ** 31) * 1000)),
    'discount?': () => number(`0.${digitsOf(draw, 2)}5`),
    newsletter: () => yes(draw),
    memberSince: when,
    'lastSeen?': when,
    'storeNumber?': () => string(digitsOf(draw, 4)),
    'tags?': () => `[${Array.from({ length: draw(4) }, () => quoted(oneOf(draw, WORDS))).join(',')}]`,
    'attributes?': () =>
      object(draw, { 'note?': () => quoted(words(draw, 8)), shop: () => `"S${draw(100)}"`, 'käse?': () => '"Brie"' }),
  })
}

/** Profiles as programs export them, checked for the identity in `identityMap`. */
export const IDENTITY_MAP_ROWS: RowShape = {
  name: 'Profile rows with an identityMap',
  properties: PROFILE,
  isForProfile: true,
  row: (draw) => profile(draw, PLAIN),
}

export const MIXED_ROWS: RowShape = {
  name: 'Profile rows with nulls, epochs, numbers for text and escapes',
  properties: PROFILE,
  isForProfile: true,
  row: (draw) => profile(draw, MIXED),
}
