import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../src/schema/compile.ts'
import { LosslessNumber } from '../../src/schema/json.ts'
import { primaryKeyOf } from '../../src/schema/relational.ts'
import { ORDERS, ORDER_DESCRIPTORS } from '../support/emulator/relational.ts'

const [KEY, VERSION] = ORDER_DESCRIPTORS
const relational = (descriptors: unknown, more: object = {}) =>
  compileSchema({ ...ORDERS, ...more }, descriptors).relational

describe('a relational schema', () => {
  it('is recognised by its class, and no other is', () => {
    expect(relational(ORDER_DESCRIPTORS)).toEqual({
      key: ['orderId', 'lineId'],
      version: 'modified',
      timestamp: undefined,
      missing: [],
    })
    expect(relational(ORDER_DESCRIPTORS, { 'meta:extends': ['https://ns.adobe.com/xdm/data/adhoc'] })).toBeUndefined()
  })

  it.each([
    ['record', 'record'],
    ['time-series', 'time-series'],
  ])('takes its behavior from its keyword: %s', (word, behaviour) => {
    expect(compileSchema({ ...ORDERS, 'meta:behaviorType': word }).behaviour).toBe(behaviour)
  })

  it('reads descriptors in a list or by their type, and of this schema alone', () => {
    const byType = { 'xdm:descriptorPrimaryKey': [KEY], 'xdm:descriptorVersion': [VERSION] }
    expect(relational(byType)).toEqual(relational(ORDER_DESCRIPTORS))
    const foreign = ORDER_DESCRIPTORS.map((one) => ({ ...one, 'xdm:sourceSchema': 'https://ns.adobe.com/other' }))
    expect(relational(foreign)?.missing).toHaveLength(2)
    expect(relational([{ ...KEY, 'xdm:sourceProperty': '/orderId' }, VERSION])?.key).toEqual(['orderId'])
  })

  it('lacks what its descriptors do not name', () => {
    expect(relational([KEY])?.missing).toEqual(['it has no version descriptor'])
    expect(relational([VERSION])?.missing).toEqual(['it has no primary key descriptor'])
    expect(relational(ORDER_DESCRIPTORS, { 'meta:behaviorType': 'time-series' })?.missing).toEqual([
      'it has no timestamp descriptor, which time-series data needs',
    ])
    expect(relational([{ ...KEY, 'xdm:sourceProperty': '/nope' }, VERSION])?.missing).toEqual([
      'its descriptors name fields that it does not define: nope',
    ])
    expect(relational(undefined)?.missing).toBeUndefined()
  })

  it('allows the type of a change, which it does not define', () => {
    expect(compileSchema(ORDERS, ORDER_DESCRIPTORS).root.fields.get('_change_request_type')).toMatchObject({
      kind: 'string',
      allowed: { isDeep: false, values: new Set(['u', 'd']) },
    })
  })
})

it('tells rows apart by all fields of the key, and says nothing of one that lacks a part', () => {
  const of = relational(ORDER_DESCRIPTORS)
  if (of === undefined) throw new Error('It is relational')
  expect(primaryKeyOf(of, { orderId: 'a', lineId: 1 })).toBe(primaryKeyOf(of, { orderId: 'a', lineId: '1' }))
  expect(primaryKeyOf(of, { orderId: 'a', lineId: 1 })).not.toBe(primaryKeyOf(of, { orderId: 'a1', lineId: 1 }))
  for (const row of [{ orderId: 'a' }, { orderId: 'a', lineId: null }, { orderId: '', lineId: 1 }, 'row'])
    expect(primaryKeyOf(of, row)).toBeUndefined()
})

it('tells rows apart by numbers that JavaScript cannot hold', () => {
  const of = relational(ORDER_DESCRIPTORS)
  if (of === undefined) throw new Error('It is relational')
  const keyOf = (lineId: string) => primaryKeyOf(of, { orderId: 'a', lineId: new LosslessNumber(lineId) })
  expect(keyOf('9007199254740993')).not.toBe(keyOf('9007199254740992'))
  expect(keyOf('9007199254740993.0')).toBe(keyOf('9007199254740993'))
  expect(keyOf('1.0')).toBe(primaryKeyOf(of, { orderId: 'a', lineId: 1 }))
  expect(keyOf('1.50')).toBe(keyOf('15e-1'))
  expect(keyOf('1.50')).not.toBe(keyOf('1.51'))
  expect(keyOf('123456789012345678')).toBe(primaryKeyOf(of, { orderId: 'a', lineId: '123456789012345678' }))
})
