import { describe, expect, it } from 'vitest'
import { type MiniSchema, mapRow, mapped, mapperOf, schemaOfMini } from './mapped.ts'

const attribute = (source: string, destination: string) => ({ sourceType: 'ATTRIBUTE', source, destination })
const constant = (source: string, destination: string) => ({ sourceType: 'STATIC', source, destination })

const ORDER = { items: [{ sku: 'A', price: 1 }, { sku: 'B', price: null }, { price: 3 }] }

describe('a record', () => {
  it('has the elements of an array, in which several mappings meet', () => {
    const set = [attribute('items[*].sku', 'lines[*].id'), attribute('items[*].price', 'lines[*].cost.amount')]
    expect(mapped(set, ORDER)).toEqual({
      lines: [{ id: 'A', cost: { amount: 1 } }, { id: 'B' }, { cost: { amount: 3 } }],
    })
  })

  it('closes up where elements are empty', () => {
    expect(mapped([attribute('items[*].sku', 'skus[*]')], ORDER)).toEqual({ skus: ['A', 'B'] })
    expect(mapped([attribute('x[*].sku', 'skus[*]')], ORDER)).toEqual({})
  })

  it('takes the elements of any index in their order, and does not count up to it', () => {
    const set = [attribute('b', 'list[999999999]'), attribute('a', 'list[7]'), attribute('items[*].sku', 'skus[*]')]
    expect(mapped([...set, constant('C', 'skus[888888888]')], { ...ORDER, a: 1, b: 2 })).toEqual({
      list: [1, 2],
      skus: ['A', 'B', 'C'],
    })
  })

  it('lacks a value that is too long for the engine, which is a fault of that value', () => {
    const long = (text: string) => `lpad(${text}, 1000000, "-")`
    const set = [{ sourceType: 'EXPRESSION', source: `replacestr(${long('a')}, "-", ${long('a')})`, destination: 'x' }]
    const { record, faults } = mapRow(mapperOf([...set, attribute('a', 'y')]), { a: '1' })
    expect(record).toEqual({ y: '1' })
    expect(faults).toMatchObject([{ mapping: 1, expected: 'a value that can be computed' }])
  })

  it('has arrays within arrays', () => {
    const row = { orders: [{ lines: [{ n: 1 }, { n: 2 }] }, { lines: [] }, { lines: [{ n: 3 }] }] }
    expect(mapped([attribute('orders[*].lines[*].n', 'a[*].b[*].c')], row)).toEqual({
      a: [{ b: [{ c: 1 }, { c: 2 }] }, { b: [{ c: 3 }] }],
    })
  })

  it('overlays one element of an array, whatever the order of the set', () => {
    const set = [constant('first', 'lines[0].id'), attribute('items', 'lines')]
    expect(mapped(set, ORDER)).toEqual({ lines: [{ sku: 'A', price: 1, id: 'first' }, { sku: 'B' }, { price: 3 }] })
  })

  it('overrides members of an object that is copied, also by nothing', () => {
    const schema = schemaOfMini({ addr: { city: 'string', zip: 'string', country: 'string' } })
    const set = [attribute('other', 'addr.zip'), attribute('town', 'addr.city'), attribute('address', 'addr')]
    const row = { address: { city: 'Old', zip: '1', country: 'DE', more: 'x' }, town: 'New' }
    expect(mapped(set, row, { schema })).toEqual({ addr: { city: 'New', country: 'DE' } })
  })

  const IDENTITIES: MiniSchema = { '*': [{ id: 'string', primary: 'boolean', authenticatedState: 'string' }] }

  it('has no identity that holds constants alone', () => {
    const schema = schemaOfMini({ identityMap: IDENTITIES, x: 'string' })
    const set = [
      attribute('mail', 'identityMap.Email[0].id'),
      constant('true', 'identityMap.Email[0].primary'),
      attribute('phone', 'identityMap.Phone[0].id'),
      constant('authenticated', 'identityMap.Phone[0].authenticatedState'),
      attribute('x', 'x'),
    ]
    expect(mapped(set, { phone: '1', x: 'y' }, { schema })).toEqual({
      identityMap: { Phone: [{ id: '1', authenticatedState: 'authenticated' }] },
      x: 'y',
    })
    expect(mapped(set, { mail: '', x: 'y' }, { schema })).toEqual({ x: 'y' })
  })

  it('does not share what it holds with the next one', () => {
    const mapper = mapperOf([constant('a', 'tags'), attribute('b', 'tags[1]')], {
      schema: schemaOfMini({ tags: ['string'] }),
    })
    expect(mapRow(mapper, { b: 'x' }).record).toEqual({ tags: ['a', 'x'] })
    expect(mapRow(mapper, {}).record).toEqual({ tags: ['a'] })
  })
})
