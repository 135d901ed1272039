import { dateTime, day, decimal, flag, group, list, long, map, text, whole } from '../../emulator/seed/fields.ts'
import { type Draw, type RowShape, digitsOf, hexOf, lettersOf, oneOf } from './profile-rows.ts'

const FIELDS = Array.from({ length: 20 }, (_, at) => `field${at}`)
const MANY = Array.from({ length: 1000 }, (_, at) => `item${at}`)
const MANY_KINDS: readonly { readonly field: Properties; readonly value: (draw: Draw) => string }[] = [
  { field: text, value: (draw) => `"${lettersOf(draw, 5)}"` },
  { field: whole, value: (draw) => String(draw(1000)) },
  { field: decimal, value: (draw) => `${draw(90)}.5` },
  { field: flag, value: (draw) => String(draw(2) === 0) },
  { field: day, value: (draw) => `"20${10 + draw(16)}-02-1${draw(10)}"` },
]
const WIDE = Array.from({ length: 400 }, (_, at) => `attribute${at}`)

/**
 * Each file repeats one feature, to find the one whose check is slowest relative to `JSON.parse`. The features cover
 * everything that a schema can require and a JSON text can contain without a finding.
 */
export const VALID_ROWS: readonly RowShape[] = [
  listOf('integers', whole, (draw) => String(draw(1000))),
  listOf('long integers', long, (draw) => `${1 + draw(8)}${digitsOf(draw, 15)}`),
  listOf('decimals', decimal, (draw) => `${draw(90)}.${digitsOf(draw, 17)}5`),
  listOf(
    'decimals with bounds',
    { ...decimal, minimum: -180, maximum: 180 },
    (draw) => `-${draw(90)}.${digitsOf(draw, 6)}5`,
  ),
  listOf('exponents', decimal, (draw) => `${1 + draw(9)}.${digitsOf(draw, 6)}e-${1 + draw(20)}`),
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
  listOf('dates', day, (draw) => `"20${10 + draw(16)}-0${1 + draw(9)}-1${draw(10)}"`),
  listOf('one of three', { ...text, enum: ['bronze', 'silver', 'gold'] }, (draw) =>
    oneOf(draw, ['"bronze"', '"silver"', '"gold"']),
  ),
  listOf(
    'one of 200',
    { ...text, enum: Array.from({ length: 200 }, (_, at) => `value${at}`) },
    (draw) => `"value${draw(200)}"`,
  ),
  listOf('e-mail addresses', { ...text, format: 'email' }, (draw) => `"a.${hexOf(draw, 6)}@example.com"`),
  listOf('addresses of pages', { ...text, format: 'uri' }, (draw) => `"https://example.com/${hexOf(draw, 12)}"`),
  listOf(
    'addresses of pages with escapes',
    { ...text, format: 'uri' },
    (draw) => `"https:\\/\\/example.com\\/${hexOf(draw, 6)}?q=caf%C3%A9&p=${draw(100)}"`,
  ),
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
  listOf('short texts', text, (draw) => `"${lettersOf(draw, draw(12))}"`),
  listOf('objects', group({ a: text, b: whole, c: flag }), (draw) => `{"c":true,"a":"x","b":${draw(10)}}`),
  texts('long texts', (draw) => lettersOf(draw, 2_000)),
  texts('long texts beyond ASCII', (draw) =>
    Array.from({ length: 1_000 }, () => oneOf(draw, ['ä', 'b', '日', ' '])).join(''),
  ),
  texts('long texts, one letter beyond ASCII', (draw) => `${lettersOf(draw, 1_000)}é${lettersOf(draw, 1_000)}`),
  texts('escapes', (draw) => Array.from({ length: 300 }, () => oneOf(draw, ['\\u00e4', '\\"', '\\n', 'ab'])).join('')),
  {
    ...sheet('nulls', Object.fromEntries(FIELDS.map((name) => [name, text]))),
    row: (draw) => members(FIELDS.map((name) => [name, oneOf(draw, ['null', 'null', '"x"'])])),
  },
  {
    ...sheet('hundreds of fields', Object.fromEntries(WIDE.map((name) => [name, text]))),
    row: (draw) => members(WIDE.map((name) => [name, `"${draw(10)}"`])),
  },
  {
    ...sheet('maps', { m: map(text) }),
    row: (draw) =>
      `{"m":${members(Array.from({ length: 24 }, (_, at) => [`${lettersOf(draw, 8)}${at}`, `"${draw(100)}"`]))}}`,
  },
  {
    ...sheet('maps of maps', { m: map(map(map(decimal))) }),
    row: (draw) =>
      `{"m":${nested(
        3,
        (at) => `${lettersOf(draw, 6)}${at}`,
        () => `${draw(100)}.5`,
      )}}`,
  },
  {
    ...sheet(
      'a thousand fields of all kinds, from any place on',
      Object.fromEntries(MANY.map((name, at) => [name, MANY_KINDS[at % MANY_KINDS.length]?.field])),
    ),
    row: (draw) => {
      const written = MANY.map((name, at): readonly [string, string] => [
        name,
        MANY_KINDS[at % MANY_KINDS.length]?.value(draw) ?? '',
      ])
      return members(turned(written, draw(written.length)))
    },
  },
  {
    ...sheet('names with escapes', { größe: text, maß: whole }),
    row: (draw) => `{"gr\\u00f6\\u00dfe":"x","ma\\u00df":${draw(100)}}`,
  },
  { ...sheet('empty rows', { a: text }), row: () => '{}' },
  {
    ...sheet('rows that end with CR and LF', { a: text, b: whole, c: flag }),
    row: (draw) => `{"a":"${lettersOf(draw, 9)}","b":${draw(100)},"c":true}\r`,
  },
  {
    ...sheet('what the schema leaves open', { a: { type: 'object' } }),
    row: (draw) => `{"a":{"b":[1,2,{"c":"${lettersOf(draw, 5)}","d":null}],"e":{"f":true,"g":${draw(1000)}.5}}}`,
  },
  { ...sheet('deep objects', { a: deep(30) }), row: () => `${'{"a":'.repeat(31)}"x"${'}'.repeat(31)}` },
  { ...sheet('small rows', { _id: text }), row: (draw) => `{"_id":"${draw(10)}"}` },
  { ...sheet('blanks between all', { a: text, b: whole }), row: (draw) => `{ "a" : "x" ,\t"b" : ${draw(100)} }` },
  {
    ...sheet('events', { _id: text, timestamp: dateTime, n: whole }),
    classId: 'https://ns.adobe.com/xdm/context/experienceevent',
    row: (draw) => `{"_id":"e-${hexOf(draw, 16)}","timestamp":"2024-02-29T23:59:59Z","n":${draw(100)}}`,
  },
  {
    ...sheet('events with UUIDs', { _id: text, timestamp: dateTime }),
    classId: 'https://ns.adobe.com/xdm/context/experienceevent',
    row: (draw) => `{"timestamp":"2024-02-29T23:59:59.${digitsOf(draw, 3)}Z","_id":"${uuidOf(draw)}"}`,
  },
  {
    ...sheet('events with ids beyond ASCII', { _id: text, timestamp: dateTime }),
    classId: 'https://ns.adobe.com/xdm/context/experienceevent',
    row: (draw) => `{"_id":"Bestellung für ${hexOf(draw, 12)}","timestamp":"2024-02-29T23:59:59Z"}`,
  },
]

type Properties = Readonly<Record<string, unknown>>

function sheet(name: string, properties: Properties): Omit<RowShape, 'row'> {
  return { name, properties, isForProfile: false }
}

const ITEMS = 40

function listOf(name: string, items: Properties, item: (draw: Draw) => string): RowShape {
  const row = (draw: Draw) => `{"a":[${Array.from({ length: ITEMS }, () => item(draw)).join(',')}]}`
  return { ...sheet(name, { a: list(items) }), row }
}

function texts(name: string, value: (draw: Draw) => string): RowShape {
  return { ...sheet(name, { a: text, b: text }), row: (draw) => `{"a":"${value(draw)}","b":"${value(draw)}"}` }
}

function members(written: readonly (readonly [string, string])[]): string {
  return `{${written.map(([name, value]) => `"${name}":${value}`).join(',')}}`
}

function deep(levels: number): Properties {
  return levels === 0 ? text : group({ a: deep(levels - 1) })
}

function uuidOf(draw: Draw): string {
  return [8, 4, 4, 4, 12].map((digits) => hexOf(draw, digits)).join('-')
}

/** The same elements, rotated to begin at index `first`. */
function turned<T>(all: readonly T[], first: number): readonly T[] {
  return [...all.slice(first), ...all.slice(0, first)]
}

/** Maps within maps, with four keys each. */
function nested(levels: number, key: (at: number) => string, value: () => string): string {
  const held = Array.from({ length: 4 }, (_, at): readonly [string, string] => [
    key(at),
    levels === 1 ? value() : nested(levels - 1, key, value),
  ])
  return members(held)
}
