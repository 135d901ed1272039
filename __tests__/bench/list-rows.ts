import { dateTime, day, decimal, flag, group, list, long, text, whole } from '../../emulator/seed/fields.ts'
import { type Draw, type RowShape, digitsOf, hexOf, lettersOf, oneOf } from './profile-rows.ts'

const LONG_PREFIX = 'https://ns.example.com/loyalty/programmes/2024/europe/levels/'

/** Each row is one list, whose values are of one kind. */
export const LISTS: readonly RowShape[] = [
  listOf('integers', whole, (draw) => String(draw(1000))),
  listOf('long integers', long, (draw) => `${1 + draw(8)}${digitsOf(draw, 15)}`),
  listOf('integers near 2^53', long, (draw) => String(9_007_199_254_740_991 - draw(1000))),
  listOf('integers with bounds', { ...whole, minimum: 0, maximum: 100 }, (draw) => String(draw(101))),
  listOf('one of five integers', { ...whole, enum: [1, 2, 3, 5, 8] }, (draw) => oneOf(draw, ['1', '2', '3', '5', '8'])),
  listOf('decimals', decimal, (draw) => `${draw(90)}.${digitsOf(draw, 17)}5`),
  listOf(
    'decimals with bounds',
    { ...decimal, minimum: -180, maximum: 180 },
    (draw) => `-${draw(90)}.${digitsOf(draw, 6)}5`,
  ),
  listOf('exponents', decimal, (draw) => `${1 + draw(9)}.${digitsOf(draw, 6)}e-${1 + draw(20)}`),
  listOf('exponents of three digits', decimal, (draw) => `${1 + draw(9)}E+${100 + draw(190)}`),
  listOf('texts for decimals', decimal, (draw) => `"${draw(90)}.${digitsOf(draw, 2)}"`),
  listOf('texts for integers', whole, (draw) => `"${draw(1_000_000)}"`),
  listOf('numbers for texts', text, (draw) => String(draw(1_000_000))),
  listOf('true and false', flag, (draw) => String(draw(2) === 0)),
  listOf(
    'date-times',
    dateTime,
    (draw) =>
      `"20${10 + draw(16)}-0${1 + draw(9)}-1${draw(10)}T1${draw(10)}:5${draw(10)}:0${draw(10)}.${digitsOf(draw, 3)}Z"`,
  ),
  listOf('epoch milliseconds', dateTime, (draw) => String(1_600_000_000_000 + draw(1_000_000_000))),
  listOf(
    'date-times with fractions and offsets',
    dateTime,
    (draw) =>
      `"20${10 + draw(16)}-1${draw(3)}-2${draw(9)}T0${draw(10)}:5${draw(10)}:0${draw(10)}.${digitsOf(draw, 9)}+05:30"`,
  ),
  listOf(
    'date-times of all lengths',
    dateTime,
    (draw) =>
      `"20${10 + draw(16)}-0${1 + draw(9)}-1${draw(10)}T1${draw(10)}:5${draw(10)}:0${draw(10)}${oneOf(draw, ['', '.5', `.${digitsOf(draw, 6)}`])}${oneOf(draw, ['Z', '-05:00'])}"`,
  ),
  listOf('dates', day, (draw) => `"20${10 + draw(16)}-0${1 + draw(9)}-1${draw(10)}"`),
  listOf('one of three', { ...text, enum: ['bronze', 'silver', 'gold'] }, (draw) =>
    oneOf(draw, ['"bronze"', '"silver"', '"gold"']),
  ),
  listOf(
    'one of 200',
    { ...text, enum: Array.from({ length: 200 }, (_, at) => `value${at}`) },
    (draw) => `"value${draw(200)}"`,
  ),
  listOf('one of three letters', { ...text, enum: ['M', 'F', 'X'] }, (draw) => oneOf(draw, ['"M"', '"F"', '"X"'])),
  listOf('one of two, escaped', { ...text, enum: ['größer', 'kleiner'] }, (draw) =>
    oneOf(draw, ['"gr\\u00f6\\u00dfer"', '"kleiner"']),
  ),
  listOf(
    'one of three long values',
    {
      ...text,
      enum: ['gold', 'silver', 'bronze'].map((tier) => `${LONG_PREFIX}${tier}`),
    },
    (draw) => `"${LONG_PREFIX}${oneOf(draw, ['gold', 'silver', 'bronze'])}"`,
  ),
  listOf(
    'e-mail addresses beyond ASCII',
    { ...text, format: 'email' },
    (draw) => `"jörg.${hexOf(draw, 6)}@example.com"`,
  ),
  listOf('e-mail addresses', { ...text, format: 'email' }, (draw) => `"a.${hexOf(draw, 6)}@example.com"`),
  listOf('addresses of pages', { ...text, format: 'uri' }, (draw) => `"https://example.com/${hexOf(draw, 12)}"`),
  listOf(
    'addresses of pages with escapes',
    { ...text, format: 'uri' },
    (draw) => `"https:\\/\\/example.com\\/${hexOf(draw, 6)}?q=caf%C3%A9&p=${draw(100)}"`,
  ),
  listOf(
    'long addresses of pages',
    { ...text, format: 'uri' },
    (draw) => `"https://shop.example.com/?a=${hexOf(draw, 60)}&b=${hexOf(draw, 60)}"`,
  ),
  listOf('IPv6 addresses', { ...text, format: 'ipv6' }, (draw) => `"2001:db8::${hexOf(draw, 4)}:${hexOf(draw, 4)}"`),
  listOf('JSON pointers', { ...text, format: 'json-pointer' }, (draw) => `"/items/${hexOf(draw, 8)}/0"`),
  listOf(
    'IPv4 addresses',
    { ...text, format: 'ipv4' },
    (draw) => `"${draw(256)}.${draw(256)}.${draw(256)}.${draw(256)}"`,
  ),
  listOf('host names', { ...text, format: 'hostname' }, (draw) => `"shop-${hexOf(draw, 4)}.example.com"`),
  listOf('emoji', text, (draw) => `"${oneOf(draw, ['👩‍🚀', '🎉🎉', 'ok 👍', '日本'])}"`),
  listOf(
    'texts of some length',
    { ...text, minLength: 2, maxLength: 40 },
    (draw) => `"${lettersOf(draw, 2 + draw(12))}"`,
  ),
  listOf(
    'texts with a pattern, few',
    { ...text, pattern: '^[A-Z]{2}$' },
    (draw) => `"${oneOf(draw, ['CH', 'DK', 'JP', 'GB'])}"`,
  ),
  listOf('texts with a pattern, many', { ...text, pattern: '^[A-Z]{2}\\d{6}$' }, (draw) => `"CH${digitsOf(draw, 6)}"`),
  listOf('UUIDs of fixed length', { ...text, minLength: 36, maxLength: 36 }, (draw) => `"${uuidOf(draw)}"`),
  listOf(
    'escaped texts of some length',
    { ...text, maxLength: 60 },
    (draw) => `"${lettersOf(draw, 9)}\\n${hexOf(draw, 5)}"`,
  ),
  listOf('texts of 24 letters', text, (draw) => `"${lettersOf(draw, 24)}"`),
  listOf('texts of 120 letters', text, (draw) => `"${lettersOf(draw, 120)}"`),
  listOf('short texts', text, (draw) => `"${lettersOf(draw, draw(12))}"`),
  listOf('objects', group({ a: text, b: whole, c: flag }), (draw) => `{"c":true,"a":"x","b":${draw(10)}}`),
]

export type RowProperties = Readonly<Record<string, unknown>>

export function sheet(name: string, properties: RowProperties): Omit<RowShape, 'row'> {
  return { name, properties, isForProfile: false }
}

const ITEMS = 40

function listOf(name: string, items: RowProperties, item: (draw: Draw) => string): RowShape {
  const row = (draw: Draw) => `{"a":[${Array.from({ length: ITEMS }, () => item(draw)).join(',')}]}`
  return { ...sheet(name, { a: list(items) }), row }
}

export function uuidOf(draw: Draw): string {
  return [8, 4, 4, 4, 12].map((digits) => hexOf(draw, digits)).join('-')
}
