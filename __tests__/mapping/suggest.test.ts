import { describe, expect, it } from 'vitest'
import { suggestMapping } from '../../src/mapping/suggest.ts'
import { faultsOf, schemaOfMini } from './mapped.ts'

const schema = schemaOfMini(
  {
    _id: 'string',
    person: { name: { firstName: 'string', lastName: 'string' }, birthDate: 'date' },
    homeAddress: { city: 'string', postalCode: 'string' },
    billingAddress: { city: 'string' },
    personalEmail: { address: 'string' },
    identityMap: { '*': [{ id: 'string', primary: 'boolean' }] },
    _acme: { loyalty: { points: 'int' }, plan: 'string', tags: ['string'], orders: [{ total: 'number' }] },
  },
  { required: ['_id'] },
)

const suggest = (...columns: string[]) => suggestMapping({ columns, schema, isForProfile: true })

describe('a suggested mapping', () => {
  it.each([
    ['first_name', 'person.name.firstName', 'certain'],
    ['FIRSTNAME', 'person.name.firstName', 'certain'],
    ['Loyalty Points', '_acme.loyalty.points', 'certain'],
    ['total', '_acme.orders[0].total', 'certain'],
    ['tags', '_acme.tags', 'certain'],
    ['surname', 'person.name.lastName', 'likely'],
    ['zip', 'homeAddress.postalCode', 'likely'],
    ['city', 'homeAddress.city', 'likely'],
    ['billing_address.city', 'billingAddress.city', 'certain'],
    ['customerPlan', '_acme.plan', 'guess'],
  ])('takes the column %j for %s: %s', (column, target, certainty) => {
    expect(suggest(column).mappings).toEqual([{ column, target, certainty }])
  })

  it('lists the columns that fit nothing, and what is required', () => {
    const { unmatched, missing } = suggest('foo', 'product_name', '', 'plan')
    expect(unmatched).toEqual(['foo', 'product_name', ''])
    expect(missing).toEqual([
      'no mapping fills the required field "_id"',
      expect.stringContaining('primary identity "identityMap"') as string,
    ])
  })

  it('uses each field once, by the column that is surest of it', () => {
    const { mappings, unmatched } = suggest('my_first_name', 'firstName', 'forename')
    expect(mappings).toEqual([{ column: 'firstName', target: 'person.name.firstName', certainty: 'certain' }])
    expect(unmatched).toEqual(['my_first_name', 'forename'])
  })

  it('names a primary identity, and the column may fill its field as well', () => {
    const { mappings, text } = suggest('email')
    expect(mappings).toEqual([
      { column: 'email', target: 'personalEmail.address', certainty: 'likely' },
      { column: 'email', target: 'identityMap.Email[0].id', certainty: 'guess' },
    ])
    expect(JSON.parse(text)).toMatchObject({
      outputSchema: { schemaRef: { id: schema.id } },
      mappings: [
        { source: 'email', destination: 'personalEmail.address', description: 'likely: please check' },
        { source: 'email', destination: 'identityMap.Email[0].id' },
        { sourceType: 'STATIC', source: 'true', destination: 'identityMap.Email[0].primary' },
      ],
    })
  })

  it('is a mapping set that can be used as it is', () => {
    const { text } = suggest('id', 'first.name', 'crm_id', 'city', 'tags', 'total')
    expect(faultsOf(JSON.parse(text), { schema, setting: { isForProfile: true } })).toEqual([])
  })
})
