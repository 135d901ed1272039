import { describe, expect, it } from 'vitest'
import { LosslessNumber } from '../../src/schema/json.ts'
import { CalendarDay } from '../../src/formats/parquet/values.ts'
import { type MiniSchema, mapRow, mapped, mapperOf, schemaOfMini } from './mapped.ts'
import { recordText } from '../../src/mapping/mapper.ts'

const SET = [{ source: 'v', destination: 'v' }]

/** What a value becomes in a field of this kind, as JSON; `error` where it does not convert. */
function converted(mini: MiniSchema, value: unknown): string {
  const row = mapRow(mapperOf(SET, { schema: schemaOfMini({ v: mini }) }), { v: value })
  return row.faults.length > 0 ? 'error' : recordText(row).replace(/^\{(?:"v":)?|\}$/g, '')
}

describe('a value', () => {
  it.each<readonly [string, unknown, string]>([
    ['int', 2_147_483_648, 'one outside of that range'],
    ['int', '2147483648', 'one outside of that range'],
    ['long', new LosslessNumber('9007199254740993'), 'one outside of that range'],
    ['int', 1.5, 'a decimal number'],
    ['int', '1,5', 'a string like "0,0"'],
  ])('that %s does not take is told by what is wrong with it: %s', (mini, value, received) => {
    const { faults } = mapRow(mapperOf(SET, { schema: schemaOfMini({ v: mini }) }), { v: value })
    expect(faults.map((fault) => fault.received)).toEqual([received])
  })

  it('of a CSV column that counts milliseconds becomes a date by to_bigint()', () => {
    const set = [{ sourceType: 'EXPRESSION', source: 'to_bigint(Since)', destination: 'v' }]
    expect(mapped(set, { Since: '1588320000000' }, { schema: schemaOfMini({ v: 'date-time' }) })).toEqual({
      v: '2020-05-01T08:00:00Z',
    })
  })

  it.each<readonly [MiniSchema, unknown, string]>([
    ['string', true, '"true"'],
    ['string', new LosslessNumber('12345678901234567890'), '"12345678901234567890"'],
    ['string', new LosslessNumber('1.0'), '"1.0"'],
    ['string', new CalendarDay(Date.UTC(2024, 4, 6)), '"2024-05-06"'],
    ['string', new Date(Date.UTC(2024, 4, 6)), '"2024-05-06T00:00:00Z"'],
    ['string', '', '""'],
    ['string', '  ', '"  "'],
    ['string', {}, 'error'],
    ['string', [1], 'error'],
    ['string', new Uint8Array(2), 'error'],
    ['int', '007', '7'],
    ['int', '+7', '7'],
    ['int', '-2147483648', '-2147483648'],
    ['int', '2147483648', 'error'],
    ['int', '12.', '12'],
    ['int', '1,234', 'error'],
    ['int', '0x10', 'error'],
    ['int', '  ', ''],
    ['int', new LosslessNumber('12.0'), '12'],
    ['long', '9007199254740991', '9007199254740991'],
    ['long', '9007199254740992', 'error'],
    ['long', '123456789012345678.0', 'error'],
    ['long', '1234567890123456.0', '1234567890123456'],
    ['number', '1e400', 'error'],
    ['number', '12345678901234567890', '12345678901234567890'],
    ['number', new LosslessNumber('1.0'), '1'],
    ['number', 'Infinity', 'error'],
    ['number', true, 'error'],
    ['number', NaN, 'error'],
    ['string', -Infinity, 'error'],
    ['boolean', 1, 'error'],
    ['boolean', 'YES', 'true'],
    ['boolean', 'oN', 'error'],
    ['date-time', '2024-05-06T07:08:09Z', '"2024-05-06T07:08:09Z"'],
    ['date-time', '2024-02-30T07:08:09Z', 'error'],
    ['date-time', '2024-02-29T07:08:09Z', '"2024-02-29T07:08:09Z"'],
    ['date-time', '2023-02-29T07:08:09Z', 'error'],
    ['date-time', '0000-01-01T00:00:00Z', 'error'],
    ['date-time', ' 2024-05-06 ', '"2024-05-06T00:00:00Z"'],
    ['date-time', 0, '"1970-01-01T00:00:00Z"'],
    ['date-time', 1.5, 'error'],
    ['date-time', 1e15, 'error'],
    ['date-time', true, 'error'],
    ['date-time', new CalendarDay(Date.UTC(2024, 4, 6)), '"2024-05-06T00:00:00Z"'],
    ['date-time', new Date(NaN), 'error'],
    ['date', new Date(Date.UTC(2024, 4, 6, 23)), '"2024-05-06"'],
    ['date', '03/05/2024', '"2024-03-05"'],
    [['string'], 'a', '["a"]'],
    [['string'], '', '[""]'],
    [['int'], '', ''],
    [['int'], ['1', null, 2], '[1,2]'],
    [['int'], ['1', 'x'], 'error'],
    [['int'], { a: 1 }, 'error'],
    [[{ a: 'int' }], { a: 1 }, 'error'],
    [[{ a: 'int' }], [{ a: '1', b: 2 }, {}, { b: 1 }], '[{"a":1}]'],
    [{ '*': 'int' }, { a: '1', b: null }, '{"a":1}'],
    [{ '*': 'int' }, 'a', 'error'],
    [{ a: { b: 'int' } }, { a: { b: '1', c: 2 } }, '{"a":{"b":1}}'],
    [{ a: 'int' }, { b: 1 }, ''],
  ])('in a field %j: %j becomes %s', (mini, value, expected) => {
    expect(converted(mini, value)).toBe(expected)
  })

  it('of 64 bits keeps its digits', () => {
    expect(converted('string', 12345678901234567890n)).toBe('"12345678901234567890"')
    expect(converted('number', 9007199254740993n)).toBe('9007199254740993')
  })

  it('stays as it is where the schema says nothing, but for nulls and what is empty', () => {
    expect(mapped(SET, { v: { a: [null, { b: null }, 1], c: '', d: {} } })).toEqual({ v: { a: [1], c: '' } })
  })

  it('is refused where it is too deep to be written', () => {
    let deep: unknown = 1
    for (let level = 0; level < 5_000; level++) deep = [deep]
    expect(mapRow(mapperOf(SET), { v: deep }).faults).toMatchObject([
      { expected: 'at most 100 levels of objects and arrays' },
    ])
  })

  it('is found by its own name alone', () => {
    const set = ['constructor', '__proto__', 'toString'].map((name) => ({ source: name, destination: `a.${name}` }))
    expect(mapRow(mapperOf(set), {}).record).toEqual({})
    const row = JSON.parse('{"constructor":1,"__proto__":2,"toString":3}') as Readonly<Record<string, unknown>>
    expect(JSON.stringify(mapped(set, row))).toBe('{"a":{"constructor":1,"__proto__":2,"toString":3}}')
  })
})
