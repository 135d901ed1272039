import { describe, expect, it } from 'vitest'
import { type KeyPlan, chooseKey, keyText } from '../../src/diff/row-key.ts'
import { LosslessNumber } from '../../src/schema/json.ts'
import { type MiniSchema, schemaOfMini } from '../mapping/mapped.ts'

const identity = (path: string, isPrimary = true) => ({
  '@type': 'xdm:descriptorIdentity',
  'xdm:sourceProperty': path,
  'xdm:isPrimary': isPrimary,
})

const schema = (mini: MiniSchema, descriptors: readonly object[] = []) => schemaOfMini(mini, { descriptors })

const given = (...keys: readonly string[]) => chooseKey({ given: keys, schema: undefined, isMapped: false }).plan

function textOf(plan: KeyPlan, record: unknown, row = record) {
  return keyText(plan, { record, row })
}

describe('the key of rows', () => {
  it('is the input, before all that the schema says', () => {
    const own = schema({ email: 'string' }, [identity('/email')])
    expect(chooseKey({ given: ['id'], schema: own, isMapped: false }).key).toEqual({ kind: 'input', paths: ['id'] })
  })

  it('is the field of the primary identity, not of another one', () => {
    const own = schema({ a: { email: 'string' }, phone: 'string' }, [identity('/phone', false), identity('/a/email')])
    const { plan, key } = chooseKey({ given: [], schema: own, isMapped: false })
    expect(key).toEqual({ kind: 'identity', paths: ['/a/email'] })
    expect(textOf(plan, { a: { email: 'x' } })).toBe(textOf(plan, { a: { email: 'x' }, phone: '1' }))
    expect(textOf(plan, { a: { email: 'x' } })).not.toBe(textOf(plan, { a: { email: 'y' } }))
    const csv = { email: 'x' }
    expect(keyText(plan, { row: csv, record: csv, hasColumns: true })).toBe(textOf(plan, { a: { email: 'x' } }))
  })

  it('is the _id of events, whoever they are about', () => {
    const events = { ...schema({ _id: 'string' }, [identity('/email')]), behaviour: 'time-series' as const }
    expect(chooseKey({ given: [], schema: events, isMapped: true }).key).toEqual({ kind: 'event-id', paths: ['/_id'] })
  })

  it('is the primary key of relational rows, all of its fields, time series or not', () => {
    const relational = { key: ['orderId', 'lineId'], version: 'modified', timestamp: undefined, missing: [] }
    const lines = { ...schema({ orderId: 'string', lineId: 'string' }), behaviour: 'time-series' as const, relational }
    const { plan, key } = chooseKey({ given: [], schema: lines, isMapped: false })
    expect(key).toEqual({ kind: 'primary-key', paths: ['/orderId', '/lineId'] })
    expect(textOf(plan, { orderId: '1', lineId: '2' })).toBe(textOf(plan, { lineId: '2', orderId: '1', more: 1 }))
    expect(textOf(plan, { orderId: '1', lineId: '2' })).not.toBe(textOf(plan, { orderId: '1', lineId: '3' }))
    expect(textOf(plan, { orderId: '1' })).toBeUndefined()
  })

  it('is the primary of identityMap by namespace and id, where no field is', () => {
    const own = schema({ identityMap: { '*': [{ id: 'string' }] } })
    const { plan, key } = chooseKey({ given: [], schema: own, isMapped: false })
    expect(key.kind).toBe('identity-map')
    const map = (namespace: string, id: unknown) => ({
      identityMap: { ECID: [{ id: '9' }], [namespace]: [{ id, primary: true }] },
    })
    expect(textOf(plan, map('email', 'a'))).toBe(textOf(plan, { identityMap: { email: [{ id: 'a', primary: true }] } }))
    expect(textOf(plan, map('email', 'a'))).not.toBe(textOf(plan, map('phone', 'a')))
    expect(textOf(plan, map('email', ''))).toBeUndefined()
    expect(textOf(plan, { identityMap: { email: [{ id: 'a' }] } })).toBeUndefined()
  })

  it('is none where the schema names nothing, or nobody read it', () => {
    expect(chooseKey({ given: [], schema: schema({ a: 'string' }), isMapped: false }).key.kind).toBe('whole-row')
    expect(chooseKey({ given: [], schema: undefined, isMapped: false }).key.kind).toBe('whole-row')
  })
})

describe('the input "key"', () => {
  it('is a column of that very name, a path with dots, or a pointer', () => {
    expect(textOf(given('a.b'), { 'a.b': 1 })).toBe(textOf(given('a.b'), { a: { b: 1 } }))
    expect(textOf(given('/a/b~1c'), { a: { 'b/c': 1 } })).toBe(textOf(given('x'), { x: 1 }))
  })

  it('is no member that only ends in the same name, but for a column of CSV', () => {
    const own = schema({ a: { id: 'string' } }, [identity('/a/id')])
    for (const plan of [given('/a/id'), chooseKey({ given: [], schema: own, isMapped: false }).plan]) {
      expect(textOf(plan, { id: 'x', name: 'n' })).toBeUndefined()
      expect(textOf(plan, { a: {}, id: 'x' })).toBeUndefined()
      const row = { id: 'x' }
      expect(keyText(plan, { row, record: row, hasColumns: true })).toBe('key:"x"')
    }
    expect(textOf(given('a.id'), { id: 'x' })).toBeUndefined()
  })

  it('of several parts needs them all, in their order', () => {
    const plan = given('a', 'b')
    expect(textOf(plan, { a: '1', b: '2' })).not.toBe(textOf(plan, { a: '2', b: '1' }))
    expect(textOf(plan, { a: '1:"2', b: '3' })).not.toBe(textOf(plan, { a: '1', b: '"2:3' }))
    expect(textOf(plan, { a: '1' })).toBeUndefined()
    expect(textOf(plan, { a: '1', b: null })).toBeUndefined()
    expect(textOf(plan, { a: '1', b: '' })).toBeUndefined()
  })

  it('reads a source column under a mapping, and with a slash a field of the record', () => {
    const plan = (key: string) => chooseKey({ given: [key], schema: undefined, isMapped: true }).plan
    const [record, row] = [{ person: { id: 'x' } }, { id: 'y' }]
    expect(textOf(plan('id'), record, row)).toBe('key:"y"')
    expect(textOf(plan('/person/id'), record, row)).toBe('key:"x"')
    expect(textOf(plan('person.id'), record, row)).toBeUndefined()
  })

  it('tells numbers by their value, and from strings', () => {
    expect(textOf(given('a'), { a: new LosslessNumber('1.0') })).toBe(textOf(given('a'), { a: 1 }))
    expect(textOf(given('a'), { a: '1' })).not.toBe(textOf(given('a'), { a: 1 }))
  })

  it('is no name that every object has', () => {
    expect(textOf(given('constructor'), { a: 1 })).toBeUndefined()
    expect(textOf(given('__proto__'), { a: 1 })).toBeUndefined()
  })
})
