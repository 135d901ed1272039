import { describe, expect, it } from 'vitest'
import { found, schemaOf } from '../issues-of.ts'

type Json = Readonly<Record<string, unknown>>

const TYPES: Readonly<Record<string, Json>> = {
  string: { type: 'string', 'meta:xdmType': 'string' },
  number: { type: 'number', 'meta:xdmType': 'number' },
  byte: { type: 'integer', minimum: -128, maximum: 128, 'meta:xdmType': 'byte' },
  short: { type: 'integer', minimum: -32_768, maximum: 32_768, 'meta:xdmType': 'short' },
  int: { type: 'integer', 'meta:xdmType': 'int' },
  long: { type: 'integer', minimum: -(2 ** 53), maximum: 2 ** 53, 'meta:xdmType': 'long' },
  long64: { type: 'integer', minimum: -(2 ** 63), maximum: 2 ** 63, 'meta:xdmType': 'long' },
  boolean: { type: 'boolean', 'meta:xdmType': 'boolean' },
  date: { type: 'string', format: 'date', 'meta:xdmType': 'date' },
  'date-time': { type: 'string', format: 'date-time', 'meta:xdmType': 'date-time' },
  object: { type: 'object', 'meta:xdmType': 'object', properties: { a: { type: 'string' } } },
  extension: { type: 'object', 'meta:xdmType': 'object', properties: {} },
  map: { type: 'object', 'meta:xdmType': 'map', additionalProperties: { type: 'integer', 'meta:xdmType': 'int' } },
  array: { type: 'array', 'meta:xdmType': 'array', items: { type: 'integer', 'meta:xdmType': 'int' } },
  any: {},
  rating: { type: 'integer', minimum: 1, maximum: 31, 'meta:xdmType': 'byte' },
  share: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
  tier: { type: 'string', enum: ['silver', 'gold'], 'meta:enum': { silver: 'Silver' } },
  level: { type: 'integer', enum: [1, 2, 3], 'meta:xdmType': 'int' },
  'tier without a type': { enum: ['silver', 'gold'] },
  'level without a type': { enum: [1, 2, 3] },
  'flag without a type': { enum: [true] },
  'tier or level': { enum: ['gold', 3] },
  consent: { type: 'boolean', enum: [true] },
  holiday: { type: 'string', format: 'date', enum: ['2024-02-29'] },
  channel: { type: 'string', 'meta:enum': { web: 'Web' } },
  country: { type: 'string', pattern: '^[A-Z]{2}$' },
  province: { type: 'string', pattern: '([A-Z]{2}-[A-Z0-9]{1,3}|)' },
  nickname: { type: 'string', minLength: 2, maxLength: 3 },
  email: { type: 'string', format: 'email' },
  hostname: { type: 'string', format: 'hostname' },
  ipv4: { type: 'string', format: 'ipv4' },
  ipv6: { type: 'string', format: 'ipv6' },
  uri: { type: 'string', format: 'uri' },
  'uri-reference': { type: 'string', format: 'uri-reference' },
  'uri-template': { type: 'string', format: 'uri-template' },
  'json-pointer': { type: 'string', format: 'json-pointer' },
  time: { type: 'string', format: 'time' },
  odd: { type: 'string', format: 'no-such-format' },
  old: { type: 'string', 'meta:status': 'deprecated' },
}

/** Values as they stand in a file that the platform takes as they are. */
const TAKEN: Readonly<Record<string, readonly string[]>> = {
  string: ['"a"', '""', '1', '1.5', '1.0', '12345678901234567890', '-0'],
  number: ['1', '1.5', '1.0', '-1e308', '"1.5"', '"1"', '"+.5e3"', '"5."', '10000000000000000000000', '0'],
  byte: ['127', '-128', '"127"', '"+5"', '"007"'],
  short: ['32767', '-32768'],
  int: ['2147483647', '-2147483648', '"-2147483648"'],
  long: ['9007199254740991', '-9007199254740991', '"9007199254740991"'],
  long64: ['9007199254740992', '"-9007199254740994"', '-9223372036854775808', '9223372036854774784', '0'],
  boolean: ['true', 'false'],
  date: ['"2024-02-29"', '"2000-02-29"', '"1979-01-03"', '1700000000000', '-1700000000000', '"0001-01-01"'],
  'date-time': [
    '"2024-02-29T23:59:59Z"',
    '"2024-02-29T00:00:00.1+14:00"',
    '"2024-02-29T00:00:00.123456789-08:00"',
    '1700000000000',
  ],
  object: ['{}', '{"a":"b"}', '{"a":1}'],
  extension: ['{}', '{"a":{"b":null}}'],
  map: ['{}', '{"a":1,"b":"2","__proto__":3}'],
  array: ['[]', '[1,"2"]'],
  any: ['1', '"a"', '[null]', '{"a":1}'],
  rating: ['1', '31'],
  share: ['1', '0.1', '"0.1"'],
  tier: ['"gold"'],
  level: ['1', '"2"'],
  'tier without a type': ['"gold"'],
  'level without a type': ['1', '"2"'],
  'flag without a type': ['true'],
  'tier or level': ['"gold"', '3', '3.0'],
  consent: ['true'],
  holiday: ['"2024-02-29"'],
  channel: ['"fax"'],
  country: ['"DE"'],
  province: ['"Alabama"'],
  nickname: ['"Jo"', '"Joe"', '"👩👩"', '"👩👩👩"'],
  email: ['"a@example.com"'],
  hostname: ['"www.example.com"'],
  ipv4: ['"127.0.0.1"'],
  ipv6: ['"::1"'],
  uri: ['"https://example.com/a?b=%20"', '"urn:a"'],
  'uri-reference': ['"a/b"', '""', '"71a16013-d805"'],
  'uri-template': ['"https://example.com/{id}"'],
  'json-pointer': ['""', '"/a~0b/~1"'],
  time: ['"10:00:00Z"'],
  odd: ['"anything at all"'],
}

/** Values that are refused, changed or doubtful, by the rule that says so. */
const FOUND: readonly (readonly [type: string, rule: string, ...values: readonly string[]])[] = [
  ['string', 'type-mismatch', 'true', '{}', '[]', '["a"]'],
  ['number', 'type-mismatch', 'true', '{}', '[1]'],
  ['number', 'number-format', '"1,5"', '""', '" 1"', '"NaN"', '"Infinity"', '"0x10"', '"1e"', '"."'],
  ['number', 'number-range', '1e400', '-1e400', '"1e400"'],
  ['number', 'number-precision', '9007199254740993', '"9007199254740993"', '123456789012345678'],
  ['byte', 'integer-range', '128', '-129', '"128"', '300', '1e400'],
  ['short', 'integer-range', '32768', '-32769'],
  ['int', 'integer-range', '2147483648', '-2147483649', '"2147483648"', '9007199254740993'],
  ['long', 'integer-range', '9007199254740992', '9007199254740993', '-9007199254740992', '"9007199254740993"'],
  ['long64', 'integer-range', '9223372036854775808', '"-9223372036854775809"', '10000000000000000000000'],
  ['long64', 'integer-precision', '9007199254740993', '"-9007199254740993"', '9223372036854775807'],
  ['int', 'integer-fraction', '1.5', '-0.1', '1.0000000000000001', '0.99999999999999999999', '1e-3'],
  ['long', 'integer-fraction', '123456789012345.001', '9007199254740991.4'],
  ['int', 'integer-decimal', '1.0', '1e3', '1.5e1', '-0.0', '2.50E2'],
  ['int', 'number-format', '"1.0"', '"1e3"', '""', '"a"', '" 1"', '"--1"'],
  ['int', 'type-mismatch', 'true', '{}', '[1]'],
  ['boolean', 'type-mismatch', '"true"', '1', '0', '"yes"', '[]'],
  [
    'date',
    'date-format',
    '"1979-01-3"',
    '"2023-02-29"',
    '"1900-02-29"',
    '"2024-13-01"',
    '"2024-00-10"',
    '"2024-04-31"',
  ],
  ['date', 'date-format', '""', '"24-01-01"', '"2024/01/01"', '"2024-01-01 "', '"20240101"', '"1700000000000"'],
  ['date', 'date-with-time', '"2024-02-29T00:00:00Z"'],
  ['date', 'epoch-seconds', '1700000000', '0', '-5'],
  ['date', 'integer-range', '9223372036854775808', '10000000000000000000000'],
  ['date', 'type-mismatch', 'true', '1.5', '1700000000000.0', '1.7e12', '{}', '[]'],
  [
    'date-time',
    'date-time-format',
    '"2025-06-17 22:24:32Z"',
    '"2024-02-29"',
    '"2024-02-29T10:00:00"',
    '"2023-02-29T10:00:00Z"',
  ],
  ['date-time', 'date-time-format', '"2024-02-29T10:00Z"', '"2024-02-29T24:00:00Z"', '"2024-02-29T10:60:00Z"'],
  ['date-time', 'date-time-format', '"2024-02-29T23:59:60Z"', '"2024-02-29T10:00:00+0100"', '"2024-02-29t10:00:00z"'],
  [
    'date-time',
    'date-time-format',
    '"2024-02-29T10:00:00.Z"',
    '"2024-02-29T10:00:00.1234567890Z"',
    '"2018-00-10T22:07:56Z"',
  ],
  [
    'date-time',
    'date-time-format',
    '"2024-02-29T10:00:00+24:00"',
    '"2024-02-29T10:00:00Zulu"',
    '"2024-02-29T1a:00:00Z"',
  ],
  ['date-time', 'epoch-seconds', '1700000000'],
  ['date-time', 'type-mismatch', '1700000000000.5', 'false', '{}'],
  ['object', 'type-mismatch', '"a"', '1', '[]', 'true', '1e400', '12345678901234567890'],
  ['map', 'type-mismatch', '"a"', '[1]', '12345678901234567890'],
  ['array', 'type-mismatch', '1', '"a"', '{}'],
  ['rating', 'bounds', '0', '32', '127'],
  ['rating', 'integer-range', '128'],
  ['share', 'bounds', '0', '1.1', '"1.1"'],
  ['tier', 'enum', '"bronze"', '""', '"Gold"', '1'],
  ['level', 'enum', '4', '"4"'],
  ['tier without a type', 'enum', '"bronze"', '1'],
  ['tier without a type', 'type-mismatch', 'true'],
  ['level without a type', 'enum', '4', '1.5'],
  ['flag without a type', 'enum', 'false'],
  ['tier or level', 'enum', '"silver"', '4', 'true', '{"a":1}'],
  ['consent', 'enum', 'false'],
  ['holiday', 'enum', '"2024-03-01"'],
  ['country', 'pattern', '"de"', '"DEU"', '1'],
  ['nickname', 'length', '"J"', '"Joey"', '"👩"', '"👩👩👩👩"', '""'],
  ['email', 'format', '"a"', '"a b@c"', '"a\\u0000@c"'],
  ['hostname', 'format', '"-a"', '"a b"'],
  ['ipv4', 'format', '"256.0.0.1"'],
  ['ipv6', 'format', '"1"', '"fe80::1%eth0"'],
  [
    'uri',
    'format',
    '"example.com"',
    '"https://a b"',
    '"https://a/%zz"',
    '"urn:a\\u0001"',
    '"urn:\u007f"',
    '"urn:\\u0085"',
  ],
  ['uri-reference', 'format', '"a b"', '"<a>"', '"a\\u0000"'],
  ['uri-template', 'format', '"/{id"', '"/\\u001b"', '"/{\\u001b}"'],
  ['json-pointer', 'format', '"a"', '"/~2"'],
  ['time', 'format', '"25:00:00Z"'],
  ['old', 'deprecated-field', '"a"'],
  ['string', 'null-value', 'null'],
  ['any', 'null-value', 'null'],
]

describe('a value', () => {
  for (const [type, values] of Object.entries(TAKEN)) {
    it.each(values)(`of type ${type} is taken when it is %s`, (value) => {
      expect(found(schemaOf(TYPES), `{${JSON.stringify(type)}:${value}}`)).toEqual([])
    })
  }

  for (const [type, rule, ...values] of FOUND) {
    it.each(values)(`of type ${type} breaks "${rule}" when it is %s`, (value) => {
      expect(found(schemaOf(TYPES), `{${JSON.stringify(type)}:${value}}`)).toEqual([`${rule} /${type}`])
    })
  }

  it('of a deprecated field is reported as an item of a list and as a value of a map too, and never for a whole schema', () => {
    const old = { type: 'string', 'meta:status': 'deprecated' }
    const lists = { type: 'array', items: old }
    const maps = { type: 'object', 'meta:xdmType': 'map', additionalProperties: old }
    const schema = { ...schemaOf({ lists, maps }), 'meta:status': 'deprecated' }
    expect(found(schema, '{"lists":["a"],"maps":{"k":"b"}}')).toEqual([
      'deprecated-field /lists/0',
      'deprecated-field /maps/k',
    ])
  })

  it('is looked at in arrays and maps, however deep', () => {
    expect(found(schemaOf(TYPES), '{"array":[1,true,null,"x"],"map":{"a/b":1.5,"":1,"c":null}}')).toEqual([
      'type-mismatch /array/1',
      'null-value /array/2',
      'number-format /array/3',
      'integer-fraction /map/a~1b',
      'map-key /map/',
      'null-value /map/c',
    ])
  })
})
