import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { publicationName, readPublicationName } from '../../src/publish/tags.ts'
import { faultsOf, inputsOf } from '../inputs/inputs/given.ts'

const named = (publication: string, shard?: { readonly number: number; readonly of: number }) =>
  publicationName({ publication, patterns: ['data/*.json'], shard })
const unnamed = (patterns: readonly string[], shard?: { readonly number: number; readonly of: number }) =>
  publicationName({ publication: '', patterns, shard })
const shards = fc
  .integer({ min: 2, max: 256 })
  .chain((of) => fc.record({ number: fc.integer({ min: 1, max: of }), of: fc.constant(of) }))

describe('the name of a publication', () => {
  it('is what it was given, or its patterns', () => {
    expect(named('members')).toBe('members')
    expect(unnamed(['data/*.json', '!data/x.json'])).toBe('glob:data/*.json !data/x.json')
  })

  it('of patterns is cut when it is long, and stays unlike others', () => {
    const name = (last: string) => unnamed([`${'x'.repeat(500)}${last}`])
    expect(name('1').length).toBeLessThan(200)
    expect(name('1')).not.toBe(name('2'))
    expect(name('1')).toMatch(/^glob:x+-[0-9a-f]{8}$/)
  })

  it('says which share it is, after the cut too', () => {
    expect(named('members', { number: 2, of: 8 })).toBe('members (2/8)')
    expect(unnamed(['x'.repeat(500)], { number: 2, of: 8 })).toMatch(/^glob:x+-[0-9a-f]{8} \(2\/8\)$/)
  })

  it('can be read again, whatever the inputs allow', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.option(shards, { nil: undefined }), (text, shard) => {
        fc.pre(text.trim() !== '' && faultsOf({ publication: text }).length === 0)
        const { publication } = inputsOf({ publication: text })
        const read = readPublicationName(named(publication, shard))
        expect(read).toEqual({ base: publication, shard: shard ?? { number: 1, of: 1 } })
      }),
    )
  })

  it.each(['data (2/8)', 'a\u2028b (2/8)'])('of the pattern %j does not pose as a share', (pattern) => {
    const name = unnamed([pattern])
    expect(readPublicationName(name)).toEqual({ base: name, shard: { number: 1, of: 1 } })
    expect(name).not.toBe(unnamed([pattern.replace(' (2/8)', '')], { number: 2, of: 8 }))
  })
})
