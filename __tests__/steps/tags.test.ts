import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultPublication, externalId } from '../../src/steps/plan/tags.ts'
import { RUN } from '../support/make.ts'

describe('the external id of a batch', () => {
  it('names repository, run, attempt and part', () => {
    expect(externalId(RUN, 3, 'k2x')).toBe('gh/acme/loyalty-data/1001/2/3/k2x')
  })

  it('has only characters that Adobe allows in ingestion ids', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (repository, salt) => {
        expect(externalId({ ...RUN, repository }, 1, salt)).toMatch(/^[0-9A-Za-z._/@-]+$/)
      }),
    )
  })
})

describe('the name of a publication that was given none', () => {
  it('is its patterns', () => {
    expect(defaultPublication(['data/*.json', '!data/x.json'])).toBe('glob:data/*.json !data/x.json')
  })

  it('is cut when it is long, and stays unlike others', () => {
    const name = (last: string) => defaultPublication([`${'x'.repeat(500)}${last}`])
    expect(name('1').length).toBeLessThan(200)
    expect(name('1')).not.toBe(name('2'))
    expect(name('1')).toMatch(/^glob:x+-[0-9a-f]{8}$/)
  })
})
