import { dateTime, day, decimal, flag, group, list, long, map, text, whole } from '../../emulator/seed/fields.ts'
import { type Draw, type RowShape, digitsOf, hexOf, lettersOf, oneOf } from './profile-rows.ts'

const FIELDS = Array.from({ length: 20 }, (_, at) => `field${at}`)
const WIDE = Array.from({ length: 400 }, (_, at) => `attribute${at}`)

/**
 * Rows of one thing each, again and again, in search of the file that is checked slowest beside `JSON.parse`: whatever a
 * schema can ask for, and a JSON text can hold, without a finding.
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
    'texts of some length',
    { ...text, minLength: 2, maxLength: 40 },
    (draw) => `"${lettersOf(draw, 2 + draw(12))}"`,
  ),
  listOf(
    'texts with a pattern, few',
    { ...text, pattern: '^[A-Z]{2}$' },
    (draw) => `"${oneOf(draw, ['CH', 'DK', 'JP', 'GB'])}"`,
  ),
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
