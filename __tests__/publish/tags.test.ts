import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { publicationName, readPublicationName, stepIdentity } from '../../src/publish/tags.ts'
import { RUN } from '../support/make.ts'
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

describe('the identity of a step', () => {
  const EU = { job: 'publish', action: 'run1', matrix: '{"region":"eu"}' }
  const identity = ({ matrix, ...own }: typeof EU) =>
    stepIdentity({ ...RUN, step: { ...own, isNested: false, runner: 'Runner 1' } }, { matrix, jobId: '7' })

  it.each([
    ['leg of a matrix', { ...EU, matrix: '{"region":"us"}' }],
    ['job', { ...EU, job: 'import' }],
    ['step of its job', { ...EU, action: 'run2' }],
  ])('is unlike that of another %s', (_, other) => {
    expect(identity(EU)?.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(identity(other)?.hash).not.toBe(identity(EU)?.hash)
  })

  it('is the same in every attempt, on whichever runner, and without a matrix however that is written', () => {
    const elsewhere = { ...EU, isNested: false, runner: 'Runner 2' }
    const again = stepIdentity({ ...RUN, attempt: 2, step: elsewhere }, { matrix: EU.matrix, jobId: '8' })
    expect(again?.hash).toBe(identity(EU)?.hash)
    expect(identity({ ...EU, matrix: '' })?.hash).toBe(identity({ ...EU, matrix: 'null' })?.hash)
  })
})
