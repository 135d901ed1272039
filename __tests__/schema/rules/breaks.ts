import type { Column } from '../../../src/schema/columns.ts'
import type { RuleCode } from '../../../src/schema/rules.ts'
import { schemaOf } from '../issues-of.ts'

type Json = Readonly<Record<string, unknown>>

/** What rows are checked against. */
export type Subject = { readonly schema: Json; readonly descriptors?: unknown; readonly isForProfile?: boolean }

/**
 * Something that breaks one rule and no other, by the check that finds it:
 *
 * - `rows`: the check of rows, each a record of JSON Lines, once with the scan and once without; beside them such as are in
 *   order, which the scan has to recognise: or else it would not be asked at all
 * - `csv`: the reader of CSV rows
 * - `mapped`: a mapping of all columns of such rows to fields of the same names
 * - `values`: the check of rows, a record of typed values as Parquet has them
 * - `relational`: the check of rows of relational data, which reads every one, and their comparison
 * - `keyed`: the comparison of rows by a key, JSON Lines
 * - `header`, `columns`: the checks of a CSV header and of the columns of a Parquet file
 */
export type Break =
  | (Subject & { readonly by: 'rows'; readonly broken: readonly string[]; readonly inOrder: readonly string[] })
  | { readonly by: 'values'; readonly broken: Json; readonly schema: Json }
  | { readonly by: 'mapped'; readonly broken: string; readonly header: readonly string[]; readonly schema: Json }
  | (Subject & { readonly by: 'relational'; readonly broken: readonly string[] })
  | { readonly by: 'keyed'; readonly broken: readonly string[]; readonly key: string }
  | { readonly by: 'csv'; readonly broken: string; readonly header: readonly string[] }
  | { readonly by: 'header'; readonly broken: readonly string[]; readonly schema: Json }
  | { readonly by: 'columns'; readonly broken: readonly Column[]; readonly schema: Json }

const text = { type: 'string' }

/** One row a key. */
const RELATIONAL: Pick<Subject, 'schema' | 'descriptors'> = {
  schema: {
    ...schemaOf({ id: text, modified: { type: 'integer' } }),
    'meta:extends': ['https://ns.adobe.com/xdm/data/adhoc-v2'],
    'meta:behaviorType': 'record',
  },
  descriptors: [
    { '@type': 'xdm:descriptorPrimaryKey', 'xdm:sourceProperty': ['/id'] },
    { '@type': 'xdm:descriptorVersion', 'xdm:sourceProperty': '/modified' },
  ],
}
const number = { type: 'number' }
const byte = { type: 'integer', 'meta:xdmType': 'byte' }
const long = { type: 'integer', 'meta:xdmType': 'long', minimum: -(2 ** 63), maximum: 2 ** 63 }
const date = { type: 'string', format: 'date', 'meta:xdmType': 'date' }
const dateTime = { type: 'string', format: 'date-time', 'meta:xdmType': 'date-time' }
const list = (items: Json) => ({ type: 'array', items })
const map = (values: Json) => ({ type: 'object', additionalProperties: values })
const group = (properties: Json, required: readonly string[] = []) => ({ type: 'object', properties, required })

const PEOPLE = schemaOf({ _id: text, age: { type: 'integer' }, person: group({ name: text }, ['name']) })

const EVENTS = schemaOf(
  { _id: text, timestamp: dateTime },
  { 'meta:class': 'https://ns.adobe.com/xdm/context/experienceevent' },
)

const event = (id: string) => `{"_id":"${id}","timestamp":"2024-02-29T10:00:00Z"}`

const IDENTITIES = map(list(group({ id: text, primary: { type: 'boolean' } })))

const identity = (property: string, more: Json = {}) => ({
  '@type': 'xdm:descriptorIdentity',
  'xdm:sourceProperty': property,
  'xdm:namespace': 'CRM',
  ...more,
})

const PROFILES: Subject = {
  schema: schemaOf({ _id: text, note: text, ecid: text, account: group({ email: text }), identityMap: IDENTITIES }),
  descriptors: [
    identity('/_id', { 'xdm:isPrimary': true }),
    identity('/ecid', { 'xdm:namespace': 'ECID' }),
    identity('/account/email'),
  ],
  isForProfile: true,
}

const BY_ECID: Subject = {
  ...PROFILES,
  descriptors: [identity('/ecid', { 'xdm:isPrimary': true, 'xdm:namespace': 'ECID' })],
}

/** Its primary identity stands in the identityMap. */
const BY_MAP: Subject = { ...PROFILES, descriptors: [] }

const ECID = '1234567890123456789'.repeat(2)

const mapped = (...identities: readonly Json[]) => JSON.stringify({ identityMap: { CRM: identities } })

const many = (count: number) => Array.from({ length: count }, (_, at) => ({ id: `a${at}` }))

function row(broken: string, inOrder: string, subject: Subject = { schema: PEOPLE }): Break {
  return { by: 'rows', broken: [broken], inOrder: [inOrder], ...subject }
}

/** Of a field `v`. `broken` and `inOrder` are values of it. */
function value(field: Json, broken: string, inOrder: string): Break {
  return row(`{"v":${broken}}`, `{"v":${inOrder}}`, { schema: schemaOf({ v: field }) })
}

function header(fields: Json, ...broken: readonly string[]): Break {
  return { by: 'header', broken, schema: schemaOf(fields, { required: ['id'] }) }
}

function columns(fields: Json, broken: Readonly<Record<string, Column['type']>>): Break {
  const all = Object.entries(broken).map(([path, type]) => ({
    path: path.split('.'),
    type,
    repetition: 'optional' as const,
  }))
  return { by: 'columns', broken: all, schema: schemaOf(fields, { required: ['id'] }) }
}

/** A rule without something that breaks it does not compile. */
export const BREAKS: Readonly<Record<RuleCode, readonly [Break, ...Break[]]>> = {
  'corrupt-record': [
    row('{"_id":"a"', '{"_id":"a"}'),
    row('{"_id":"a"}}', '{"_id":"a"}'),
    row('{"_id":"\t"}', '{"_id":" "}'),
    row('{"age":01}', '{"age":1}'),
  ],
  'mapping-error': [
    {
      by: 'mapped',
      broken: 'a,soon',
      header: ['_id', 'timestamp'],
      schema: schemaOf({ _id: text, timestamp: dateTime }),
    },
  ],
  'not-an-object': [row('["a"]', '{"_id":"a"}'), row('"a"', '{}')],
  'unknown-field': [
    row('{"ID":"a"}', '{"_id":"a"}'),
    row('{"person":{"name":"a","nick":"b"}}', '{"person":{"name":"a"}}'),
    header({ id: text }, 'id', 'other'),
    columns({ id: text }, { id: 'string', other: 'string' }),
  ],
  'required-missing': [
    row('{"person":{}}', '{"person":{"name":"a"}}'),
    row('{"timestamp":"2024-02-29T10:00:00Z"}', event('a'), { schema: EVENTS }),
    header({ id: text, name: text }, 'name'),
    columns({ id: text, name: text }, { name: 'string' }),
  ],
  'required-null': [row('{"person":{"name":null}}', '{"person":{"name":"a"}}')],
  'type-mismatch': [
    value(text, 'true', '"a"'),
    value(number, 'true', '1.5'),
    value(byte, '[]', '1'),
    value({ type: 'boolean' }, '1', 'true'),
    value(date, 'true', '"2024-02-29"'),
    value(dateTime, '1.5', '"2024-02-29T10:00:00Z"'),
    value(group({ a: text }), '"a"', '{"a":"b"}'),
    value(map(text), '["a"]', '{"a":"b"}'),
    value(list(text), '{"a":"b"}', '["a"]'),
    columns({ id: text, v: date }, { id: 'string', v: 'integer' }),
  ],
  'integer-range': [
    value(byte, '128', '127'),
    value(byte, '-129', '-128'),
    value(date, '9223372036854775808', '"2024-02-29"'),
  ],
  'integer-fraction': [value(byte, '1.5', '1')],
  'number-format': [value(number, '"1,5"', '1.5'), value(byte, '"1.5"', '1')],
  'number-range': [value(number, '1e400', '1.5')],
  'not-finite': [
    { by: 'values', broken: { field: NaN }, schema: schemaOf({ field: number }) },
    { by: 'values', broken: { field: -Infinity }, schema: schemaOf({ field: number }) },
  ],
  'number-precision': [value(number, '9007199254740993', '900719925474099')],
  'date-format': [value(date, '"2023-02-29"', '"2024-02-29"')],
  'date-time-format': [
    value(dateTime, '"2023-02-29T10:00:00Z"', '"2024-02-29T10:00:00Z"'),
    value(dateTime, '"2024-02-29T24:00:00Z"', '"2024-02-29T23:00:00Z"'),
    value(dateTime, '"2024-02-29T10:00:00"', '"2024-02-29T10:00:00+01:00"'),
  ],
  enum: [
    value({ ...text, enum: ['gold'] }, '"silver"', '"gold"'),
    value({ ...text, enum: ['gold'], maxLength: 9 }, '"silver"', '"gold"'),
    value({ ...number, enum: [0.5] }, '0.25', '0.5'),
    value({ ...byte, enum: [1] }, '2', '1'),
    value({ enum: ['gold'] }, '"silver"', '"gold"'),
    value({ enum: [1] }, '2', '1'),
  ],
  'identity-missing': [
    row('{"_id":""}', '{"_id":"a"}', PROFILES),
    row('{"_id":"  "}', '{"_id":"a"}', PROFILES),
    row('{"_id":"\\u0020\\t"}', '{"_id":"a b"}', PROFILES),
    row('{"_id":"\u00a0"}', '{"_id":"\u00e4"}', PROFILES),
    row('{}', '{"_id":"a"}', PROFILES),
    mapOnly(mapped({ id: '', primary: true })),
    mapOnly(mapped({ id: ' ', primary: true })),
    mapOnly(mapped({ primary: true })),
  ],
  'identity-invalid': [
    row('{"_id":"null"}', '{"_id":"nullable"}', PROFILES),
    row('{"_id":"Anonymous"}', '{"_id":"anon"}', PROFILES),
    row('{"_id":"invalid "}', '{"_id":"in"}', PROFILES),
    row('{"_id":"\\u006eull"}', '{"_id":"null\\u006e"}', PROFILES),
    row(`{"_id":"${'x'.repeat(1025)}"}`, `{"_id":"${'x'.repeat(1024)}"}`, PROFILES),
    row('{"ecid":"12345"}', `{"ecid":"${ECID}"}`, BY_ECID),
    row(`{"ecid":"${'a'.repeat(38)}"}`, `{"ecid":"${ECID}"}`, BY_ECID),
    row(`{"ecid":"${'9'.repeat(38)}"}`, `{"ecid":"${ECID}"}`, BY_ECID),
    mapOnly(mapped({ id: 'null', primary: true })),
    mapOnly(mapped({ id: 'x'.repeat(1025), primary: true })),
    mapOnly('{"identityMap":{"ECID":[{"id":"12345","primary":true}]}}'),
  ],
  'header-empty': [header({ id: text }, '', '')],
  'schema-nested': [header({ id: text, person: group({ name: text }) }, 'id')],
  'column-empty': [header({ id: text }, 'id', '')],
  'column-duplicate': [header({ id: text }, 'id', 'id'), twoColumns({ id: text })],
  'ragged-row': [{ by: 'csv', header: ['id', 'name'], broken: 'a\n' }],
  'null-value': [
    value(text, 'null', '"a"'),
    value(list(text), '[null]', '["a"]'),
    value(map(text), '{"a":null}', '{"a":"b"}'),
  ],
  'required-defaulted': [
    row('{"v":{}}', '{"v":{"tier":"a"}}', defaulted()),
    row('{"v":{"tier":null}}', '{"v":{"tier":"a"}}', defaulted()),
  ],
  'enum-deep': [value(list({ ...text, enum: ['gold'] }), '["silver"]', '["gold"]')],
  'integer-decimal': [value(byte, '1.0', '1'), value(byte, '1e2', '100')],
  'integer-precision': [value(long, '9007199254740993', '900719925474099')],
  'date-with-time': [value(date, '"2024-02-29T10:00:00Z"', '"2024-02-29"')],
  'epoch-seconds': [value(date, '1700000000', '"2024-02-29"'), value(dateTime, '1700000000', '"2024-02-29T10:00:00Z"')],
  format: [
    value({ ...text, format: 'email' }, '"a"', '"a@example.com"'),
    value({ ...text, format: 'uri' }, '"urn:\\u0001"', '"urn:a"'),
    value({ ...text, format: 'uri' }, '"urn:\u007f"', '"urn:a"'),
  ],
  pattern: [value({ ...text, pattern: '^[A-Z]{2}$' }, '"de"', '"DE"')],
  length: [
    value({ ...text, minLength: 2 }, '"a"', '"abcdefgh"'),
    value({ ...text, maxLength: 2 }, '"abc"', '"ab"'),
    value({ ...text, maxLength: 2 }, '"äöü"', '"äö"'),
    value({ ...text, maxLength: 2, pattern: '^a' }, '"abc"', '"ab"'),
  ],
  bounds: [
    value({ ...number, minimum: 1 }, '0.5', '1'),
    value({ ...number, maximum: 1 }, '1.5', '1'),
    value({ ...number, exclusiveMinimum: 1 }, '1', '1.5'),
    value({ ...number, exclusiveMaximum: 1 }, '1', '0.5'),
    value({ ...byte, minimum: 1 }, '0', '1'),
    value({ ...byte, exclusiveMaximum: 10 }, '10', '9'),
  ],
  'deprecated-field': [
    row('{"old":"a"}', '{"new":"a"}', {
      schema: schemaOf({ old: { ...text, 'meta:status': 'deprecated' }, new: text }),
    }),
  ],
  'map-key': [value(map(text), '{"":"a"}', '{"a":"b"}')],
  'duplicate-key': [
    row('{"_id":"a","_id":"b"}', '{"_id":"a"}'),
    value(map(text), '{"a":"b","a":"c"}', '{"a":"b","b":"c"}'),
  ],
  'duplicate-key-row': [{ by: 'keyed', broken: ['{"id":1}', '{"id":2}', '{"id":1.0}'], key: '/id' }],
  'duplicate-primary-key': [
    {
      by: 'relational',
      ...RELATIONAL,
      broken: ['{"id":"a","modified":1}', '{"id":"b","modified":1}', '{"id":"a","modified":2}'],
    },
  ],
  'duplicate-id': [{ by: 'rows', schema: EVENTS, broken: [event('a'), event('a')], inOrder: [event('a'), event('b')] }],
  'identity-primary': [
    row('{"identityMap":{"CRM":[{"id":"a","primary":true},{"id":"b","primary":true}]}}', '{"_id":"a"}', {
      ...PROFILES,
      descriptors: undefined,
    }),
  ],
  'identity-skipped': [
    row('{"_id":"a","account":{"email":""}}', '{"_id":"a","account":{"email":"a@b"}}', PROFILES),
    row('{"_id":"a","account":{"email":"null"}}', '{"_id":"a","account":{"email":"n@b"}}', PROFILES),
    row('{"_id":"a","ecid":"12345"}', `{"_id":"a","ecid":"${ECID}"}`, PROFILES),
    row(
      `{"_id":"a","identityMap":{"ECID":[{"id":"12345"}]}}`,
      `{"_id":"a","identityMap":{"ECID":[{"id":"${ECID}"}]}}`,
      PROFILES,
    ),
    row('{"_id":"a","identityMap":{"CRM":[{}]}}', '{"_id":"a","identityMap":{"CRM":[{"id":"b"}]}}', PROFILES),
    row(mapped({ id: '', primary: true }), '{"_id":"a"}', { ...PROFILES, descriptors: undefined }),
    mapOnly(mapped({ id: 'a', primary: true }, { id: 'anonymous' })),
  ],
  'identity-many': [
    row(JSON.stringify({ _id: 'a', identityMap: { CRM: many(20) } }), '{"_id":"a"}', PROFILES),
    mapOnly(mapped({ id: 'a', primary: true }, ...many(20))),
  ],
  'oversize-record': [
    row(`{"_id":"a","note":"${'x'.repeat(100_000)}"}`, `{"_id":"a","note":"${'x'.repeat(90_000)}"}`, PROFILES),
  ],
  'column-missing': [header({ id: text, name: text }, 'id')],
  'column-blank': [header({ id: text, 'first name': text }, 'id', 'first name')],
  'column-type': [columns({ id: text }, { id: 'other' })],
}

/** With the primary identity in the map. */
function mapOnly(broken: string): Break {
  return row(broken, mapped({ id: 'a', primary: true }, ...many(19)), BY_MAP)
}

function twoColumns(fields: Json): Break {
  const one: Column = { path: ['id'], type: 'string', repetition: 'optional' }
  return { by: 'columns', broken: [one, one], schema: schemaOf(fields) }
}

function defaulted(): Subject {
  return { schema: schemaOf({ v: group({ tier: { ...text, default: 'silver' } }, ['tier']) }) }
}
