import fc from 'fast-check'
import { issuesIn, schemaOf } from '../issues-of.ts'

type Json = Readonly<Record<string, unknown>>

const FIELD_NAMES = ['_id', 'timestamp', 'identityMap', 'a', 'aa', 'ä', 'say "hi"', 'b/c', '__proto__', '7'] as const

const leaf: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  { type: 'string' },
  { type: 'string', minLength: 1 },
  { type: 'string', minLength: 2, maxLength: 3 },
  { type: 'string', enum: ['gold', 'ä', 'say "hi"', 7, '\ud800'] },
  { type: 'string', pattern: '^[a-zä]+$' },
  { type: 'string', format: 'email', maxLength: 20 },
  { type: 'string', format: 'date', 'meta:xdmType': 'date' },
  { type: 'string', format: 'date-time', 'meta:xdmType': 'date-time' },
  { type: 'number' },
  { type: 'number', exclusiveMinimum: 0, maximum: 1.5 },
  { type: 'number', enum: [0, 0.125] },
  { type: 'integer', minimum: -128, maximum: 127, 'meta:xdmType': 'byte' },
  { type: 'integer', 'meta:xdmType': 'long' },
  { type: 'integer', enum: [0, 7], 'meta:xdmType': 'int' },
  { type: 'boolean' },
  { type: 'boolean', 'meta:status': 'deprecated' },
  { type: 'boolean', enum: [true] },
  { type: 'string', format: 'date', 'meta:xdmType': 'date', enum: ['2024-02-29'] },
  { type: 'string', format: 'uri' },
  { type: 'string', format: 'uri-reference', maxLength: 9 },
  { type: 'string', enum: Array.from({ length: 40 }, (_, index) => `value${index}`) },
  { type: 'string', default: 'x', 'meta:status': 'deprecated' },
  { type: 'integer', minimum: -3, exclusiveMaximum: 10_000, default: 7, 'meta:xdmType': 'int' },
  { type: 'integer', minimum: -9.3e18, maximum: 9.3e18, 'meta:xdmType': 'long' },
  { type: 'number', minimum: -1e9, maximum: 1e9 },
  { enum: ['a', 1, true] },
  { type: 'object' },
  {},
)

const { node } = fc.letrec<{ node: Json }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 4, arbitrary: leaf },
    { weight: 2, arbitrary: objectOf(tie('node')) },
    { weight: 1, arbitrary: tie('node').map((items) => ({ type: 'array', items })) },
    { weight: 1, arbitrary: tie('node').map((values) => ({ type: 'object', additionalProperties: values })) },
  ),
}))

function objectOf(inner: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  const fields = fc.array(fc.tuple(fc.constantFrom(...FIELD_NAMES), inner), { minLength: 1, maxLength: 4 })
  return fc.tuple(fields, fc.subarray(['a', '_id', 'ä'], { maxLength: 1 })).map(([entries, required]) => ({
    type: 'object',
    // As computed names, so that `__proto__` is one.
    properties: Object.fromEntries(entries),
    required: required.filter((name) => entries.some(([one]) => one === name)),
  }))
}

export type Setting = { readonly schema: Json; readonly descriptors: unknown; readonly isForProfile: boolean }

/** What rows are checked against: records or events, with and without an identity. */
export const setting: fc.Arbitrary<Setting> = fc.record({
  schema: fc.tuple(objectOf(node), fc.nat(2)).map(([root, kind]) => ({
    ...schemaOf({}),
    ...(kind === 0 ? asEvent(root) : kind === 1 ? withIdentities(root) : root),
  })),
  descriptors: fc.constantFrom<unknown>(undefined, [], ...['/a', '/_id', '/a/aa'].map(descriptorsOf), besideOthers()),
  isForProfile: fc.boolean(),
})

function withIdentities({ properties, ...rest }: Json): Json {
  return { ...rest, properties: { ...(properties as Json), identityMap: IDENTITY_MAP } }
}

/** As XDM defines it. */
export const IDENTITY_MAP: Json = {
  type: 'object',
  additionalProperties: {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        authenticatedState: { type: 'string', enum: ['ambiguous', 'authenticated'], default: 'ambiguous' },
        primary: { type: 'boolean', default: false },
      },
    },
  },
}

function asEvent({ properties, ...rest }: Json): Json {
  const own = { _id: { type: 'string' }, timestamp: { type: 'string', format: 'date-time' } }
  const fields = { ...own, ...(properties as Json) }
  return { ...rest, properties: fields, required: Object.keys(own), 'meta:class': EVENT }
}

const EVENT = 'https://ns.adobe.com/xdm/context/experienceevent'

function descriptorsOf(property: string): unknown {
  return [identityOf(property)]
}

function identityOf(property: string): Json {
  return { '@type': 'xdm:descriptorIdentity', 'xdm:isPrimary': true, 'xdm:sourceProperty': property }
}

/** Other fields beside the primary one. */
function besideOthers(): unknown {
  const others = ['/a', '/a/a', '/aa/a', '/ä'].map((property) => ({ ...identityOf(property), 'xdm:isPrimary': false }))
  return [...others, { ...identityOf('/aa'), 'xdm:isPrimary': false, 'xdm:namespace': 'ECID' }, identityOf('/_id')]
}

/** Values that fit a node, and a few that don't. */
export function valueOf(schema: Json): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 60, arbitrary: fitting(schema) }, { weight: 1, arbitrary: odd })
}

const odd = fc.constantFrom<unknown>(null, true, '', 'x', 0, 1.5, [], {}, { a: 1 }, '\\', '�', '\u2028', 'say "hi"')

function fitting(schema: Json): fc.Arbitrary<unknown> {
  const { properties, items, additionalProperties: values } = schema
  if (properties !== undefined) return members(properties as Json, (schema['required'] ?? []) as readonly string[])
  if (items !== undefined) return fc.array(valueOf(items as Json), { maxLength: 3 })
  if (values !== undefined) return fc.dictionary(fc.constantFrom('ECID', 'e', 'é'), valueOf(values as Json))
  return fc.constantFrom(...fittingValues(schema))
}

/** By the check itself. */
function fittingValues(rule: Json): readonly unknown[] {
  const values = known.get(rule) ?? VALUES.filter((v) => issuesIn(schemaOf({ v: rule }), { v }).length === 0)
  known.set(rule, values)
  return values.length === 0 ? [true] : values
}

const known = new Map<Json, readonly unknown[]>()

function members(properties: Json, required: readonly string[]): fc.Arbitrary<unknown> {
  const names = Object.keys(properties)
  const values = fc.tuple(...names.map((name) => valueOf(properties[name] as Json)))
  const kept = fc.shuffledSubarray(names)
  return fc.tuple(values, kept).map(([all, some]) => {
    const given = [...new Set([...some, ...required])]
    return Object.fromEntries(given.map((name) => [name, all[names.indexOf(name)]]))
  })
}

const VALUES: readonly unknown[] = [
  [
    'null',
    'Invalid',
    ' ',
    '\u00a0',
    '1'.repeat(38),
    'x'.repeat(1025),
    'an',
    'gold',
    'ä',
    'aa',
    'aaa',
    'äöü',
    '👩',
    'a\u007fb',
    '�',
    'a@example.com',
    '7',
    '-7',
    '007',
    '+0.5',
    '.5e1',
    '123456789012345678',
    'value39',
    'value4',
    'urn:a:%41',
    'https://a.b/c?d',
    'a~b',
    'x'.repeat(200),
    `${'y'.repeat(150)}"\\${'z'.repeat(150)}`,
  ],
  [
    '2024-02-29',
    '2023-02-28',
    '0000-01-01',
    '2000-02-29',
    '2024-02-29T23:59:59Z',
    '2024-02-29T00:00:00.123456789+02:00',
  ],
  [1_700_000_000_000, 1_700_000_000, -200_000_000_000, 1.7e300, 0.1 + 0.2, 123_456_789.123_456_78],
  [0.125, 1, 1.5, 2, -0.5, 0, 123_456_789.012345, 1e21, 1e-7, 7, 127, -128, 999_999_999_999_999, 9_007_199_254_740_991],
  [true, false, {}, [], [null], { a: null, b: { ä: [1, 'x'] } }, { '': '' }],
].flat()

/** As JSON.stringify writes it, and as Python does. */
export function written(record: unknown, isPython: boolean): string {
  const json = JSON.stringify(record)
  const text = isPython ? json.replaceAll(/[^\0-\x7f]/g, escaped) : json
  return isPython ? text.replaceAll(TOKENS, (token) => (/^[:,]$/.test(token) ? `${token} ` : token)) : text
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[-\w.+]+|[{}[\],:]/g

const token = fc.constantFrom(
  ...[
    ['0', '-0', '01', '-', '1.', '.5', '1.0', '1e5', '-1.5', '12345678901234567', '0.1234567890123456', '1E400', '128'],
    [
      '1.00000000000000000001',
      '0.99999999999999999999',
      '-0.12345678901234567890',
      '9007199254740991',
      '9007199254740992',
      '1e-9',
      '1700000000000',
      '1e12',
      '1.7e12',
    ],
    ['null', 'null', 'null', 'nul', 'fals', '"7"', '"-7.5"', '"1e2"', '"12345678901234567"', '"\\u0032024-02-29"'],
    [
      'null',
      'true',
      'truefalse',
      '""',
      '"x"',
      '"\\u0061"',
      '"\\u00g1"',
      '"\\v"',
      '"a\\"',
      '"\t"',
      '"\u0001"',
      '"gold"',
      '" 2024-02-29"',
    ],
    ['"2024-02-30"', '"2024-02-29T1:00:00Z"', '"2024-02-29T10:00:00.Z"', '"2024-02-29T10:00:00.0000000000Z"'],
    ['{', '}', '[', ']', ',', ';', ':', '{}', '[]', '{"a":1}', ' ', '\t', '\r', '\u00a0', '\ufeff', '//', ''],
  ].flat(),
)

/** One change to a text. */
export const mutation: fc.Arbitrary<(text: string) => string> = fc.oneof(
  fc.tuple(fc.nat(200), token).map(
    ([at, one]) =>
      (text: string) =>
        inTokens(text, (all) => all.with(at % all.length, one)),
  ),
  fc.tuple(fc.nat(200), token).map(
    ([at, one]) =>
      (text: string) =>
        inTokens(text, (all) => all.toSpliced(at % all.length, 0, one)),
  ),
  fc.tuple(fc.nat(200), fc.nat(200)).map(
    ([a, b]) =>
      (text: string) =>
        inTokens(text, (all) => swapped(all, a, b)),
  ),
  fc.tuple(fc.nat(200), fc.nat(200), fc.nat(8)).map(
    ([from, to, length]) =>
      (text: string) =>
        inTokens(text, (all) =>
          all.toSpliced(to % all.length, 0, ...all.slice(from % all.length, (from % all.length) + length)),
        ),
  ),
  fc
    .tuple(fc.nat(500), fc.string({ unit: 'binary-ascii', maxLength: 1 }), fc.nat(1))
    .map(([at, one, gone]) => (text: string) => {
      const place = at % (text.length + 1)
      return text.slice(0, place) + one + text.slice(place + gone)
    }),
  fc.tuple(fc.nat(200), fc.nat(3)).map(
    ([at, spelling]) =>
      (text: string) =>
        inTokens(text, (all) => all.with(at % all.length, spelled(all[at % all.length] ?? '', spelling))),
  ),
  fc.nat(500).map((end) => (text: string) => text.slice(0, end % (text.length + 1))),
  fc.constant((text: string) => text + text),
)

function inTokens(text: string, change: (tokens: string[]) => readonly string[]): string {
  const tokens = text.match(TOKENS) ?? []
  return tokens.length === 0 ? text : change(tokens).join('')
}

/** The same token in another way, or with blanks about it. */
function spelled(one: string, spelling: number): string {
  if (spelling === 0) return `\t${one} \r`
  if (spelling === 1) return one.replace(/[a-zä_]/, escaped)
  if (spelling === 2) return one.replace(/[a-zä_]/, (unit) => escaped(unit).toUpperCase().replace('U', 'u'))
  return /^-?\d+$/.test(one) ? `"${one}"` : one.replaceAll(/[a-zä_]/g, escaped)
}

function swapped(tokens: readonly string[], one: number, other: number): readonly string[] {
  const [a, b] = [one % tokens.length, other % tokens.length]
  return tokens.with(a, tokens[b] ?? '').with(b, tokens[a] ?? '')
}
