import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { externalId } from '../../src/publish/tags.ts'
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
