import { describe, expect, it } from 'vitest'
import { found, issuesIn, schemaOf } from '../issues-of.ts'

const tier = { type: 'string', 'meta:xdmType': 'string', enum: ['silver', 'gold'] }

const group = (properties: object) => ({ type: 'object', properties })

describe('enumerated values', () => {
  const values = schemaOf({
    tier,
    tiers: { type: 'array', items: tier },
    byYear: { type: 'object', additionalProperties: tier },
    person: group({ tier, deep: group({ tier }) }),
    _acme: group({ tier, loyalty: group({ tier, deep: group({ tier }) }) }),
  })

  it.each([
    ['{"tier":"x"}', 'enum /tier'],
    ['{"person":{"tier":"x"}}', 'enum /person/tier'],
    ['{"_acme":{"tier":"x"}}', 'enum /_acme/tier'],
    ['{"_acme":{"loyalty":{"tier":"x"}}}', 'enum /_acme/loyalty/tier'],
    ['{"person":{"deep":{"tier":"x"}}}', 'enum-deep /person/deep/tier'],
    ['{"_acme":{"loyalty":{"deep":{"tier":"x"}}}}', 'enum-deep /_acme/loyalty/deep/tier'],
    ['{"tiers":["gold","x"]}', 'enum-deep /tiers/1'],
    ['{"byYear":{"2024":"x"}}', 'enum-deep /byYear/2024'],
  ])('are an error in %s as deep as the platform looks, a warning below', (record, issue) => {
    expect(found(values, record)).toEqual([issue])
  })
})

it('a length is told in characters, one or several', () => {
  const schema = schemaOf({ a: { type: 'string', minLength: 1 }, b: { type: 'string', maxLength: 2 } })
  const [short, long] = issuesIn(schema, { a: '', b: 'abc' })
  expect([short?.expected, long?.expected]).toEqual(['at least 1 character', 'at most 2 characters'])
})
