import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearestName } from '../../src/lib/similar-names.ts'

const FORMATS = ['auto', 'json', 'parquet', 'csv']

describe('the nearest name', () => {
  it.each([
    ['jsn', 'json'],
    ['JSON', 'json'],
    ['jsno', 'json'],
    ['cvs', 'csv'],
    ['parkuet', 'parquet'],
    ['ndjson', 'json'],
  ])('to %s is %s', (word, name) => {
    expect(nearestName(word, FORMATS)).toBe(name)
  })

  it.each(['xml', 'yes', '', 'avro-files'])('to %j is none when all are far', (word) => {
    expect(nearestName(word, FORMATS)).toBeUndefined()
  })

  it('is none when there are no names', () => {
    expect(nearestName('json', [])).toBeUndefined()
  })

  it('is the nearest of several, and the first of equally near ones', () => {
    expect(nearestName('loyalty-ev', ['loyalty-eu', 'loyalty-events', 'loyalty-us'])).toBe('loyalty-eu')
    expect(nearestName('loyalty-ex', ['loyalty-eu', 'loyalty-ev'])).toBe('loyalty-eu')
  })

  it('is the word itself wherever it is among the names', () => {
    const word = fc.string({ minLength: 1 }).map((text) => text.toLowerCase())
    fc.assert(
      fc.property(word, fc.array(word), (own, others) => {
        expect(nearestName(own, [...others, own])).toBe(own)
      }),
    )
  })

  it('is found after any one slip in a long enough word', () => {
    fc.assert(
      fc.property(fc.nat({ max: 6 }), fc.constantFrom('', 'x', 'tq'), (at, slip) => {
        const name = 'loyalty'
        expect(nearestName(name.slice(0, at) + slip + name.slice(at + 1), [name])).toBe(name)
      }),
    )
  })
})
