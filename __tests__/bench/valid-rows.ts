import { dateTime, day, decimal, flag, group, identityMap, map, text, whole } from '../../emulator/seed/fields.ts'
import { LISTS, type RowProperties, sheet, uuidOf } from './list-rows.ts'
import { type Draw, type RowShape, digitsOf, hexOf, lettersOf, oneOf } from './profile-rows.ts'

const FIELDS = Array.from({ length: 20 }, (_, at) => `field${at}`)
const MANY = Array.from({ length: 1000 }, (_, at) => `item${at}`)
const MANY_KINDS: readonly {
  readonly field: RowProperties
  readonly value: (draw: Draw) => string
}[] = [
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
  ...LISTS,
  texts('long texts', (draw) => lettersOf(draw, 2_000)),
  texts('long texts beyond ASCII', (draw) =>
    Array.from({ length: 1_000 }, () => oneOf(draw, ['ä', 'b', '日', ' '])).join(''),
  ),
  texts('long texts, one letter beyond ASCII', (draw) => `${lettersOf(draw, 1_000)}é${lettersOf(draw, 1_000)}`),
  texts('lines', (draw) => Array.from({ length: 30 }, () => lettersOf(draw, 30 + draw(40))).join('\\n')),
  texts('HTML', (draw) => Array.from({ length: 30 }, () => `<p class=\\"a\\">${lettersOf(draw, 12)}<\\/p>`).join('')),
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
    ...sheet('maps with the same keys', { m: map(dateTime) }),
    row: (draw) =>
      `{"m":${members(MANY.slice(0, 30).map((name) => [name, `"2024-03-05T12:34:56.${digitsOf(draw, 9)}+02:00"`]))}}`,
  },
  {
    ...sheet('maps with the same keys, escaped', { m: map(whole) }),
    row: (draw) => `{"m":${members(MANY.slice(0, 20).map((name) => [`gr\\u00f6\\u00dfe ${name}`, String(draw(10))]))}}`,
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
    ...sheet('identities that begin like excluded ones', { identityMap }),
    isForProfile: true,
    row: (draw) => `{"identityMap":{"Email":[{"id":"anna.${hexOf(draw, 6)}@example.com","primary":true}]}}`,
  },
  {
    ...sheet('numbers that the schema leaves open', { a: { type: 'object' } }),
    row: (draw) => `{"a":{"b":[${Array.from({ length: 100 }, () => draw(1000)).join(',')}]}}`,
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
  {
    ...sheet('deep objects', { a: deep(30) }),
    row: () => `${'{"a":'.repeat(31)}"x"${'}'.repeat(31)}`,
  },
  {
    ...sheet('small rows', { _id: text }),
    row: (draw) => `{"_id":"${draw(10)}"}`,
  },
  {
    ...sheet('blanks between all', { a: text, b: whole }),
    row: (draw) => `{ "a" : "x" ,\t"b" : ${draw(100)} }`,
  },
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
    ...sheet('events with ids beyond ASCII', {
      _id: text,
      timestamp: dateTime,
    }),
    classId: 'https://ns.adobe.com/xdm/context/experienceevent',
    row: (draw) => `{"_id":"Bestellung für ${hexOf(draw, 12)}","timestamp":"2024-02-29T23:59:59Z"}`,
  },
]

function texts(name: string, value: (draw: Draw) => string): RowShape {
  return {
    ...sheet(name, { a: text, b: text }),
    row: (draw) => `{"a":"${value(draw)}","b":"${value(draw)}"}`,
  }
}

function members(written: readonly (readonly [string, string])[]): string {
  return `{${written.map(([name, value]) => `"${name}":${value}`).join(',')}}`
}

function deep(levels: number): RowProperties {
  return levels === 0 ? text : group({ a: deep(levels - 1) })
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
