import { describe, expect, it } from 'vitest'
import { FORMULA } from '../../../src/files/plan.ts'
import { publishedBatch } from '../../support/publish/held.ts'
import { decided, NOTHING, PREVIOUS } from '../../support/publish/decided.ts'

const later = (more: object = {}) =>
  publishedBatch('L', { provenance: { publishFingerprint: 'by another formula', formula: FORMULA + 1, ...more } })

describe('what a later version published by a formula that is not known here', () => {
  it('is not sent again beside it where the files have the same names and sizes', () => {
    expect(decided([later()], NOTHING)).toMatch(/^refuse: a later version of this action published files of the same/)
  })

  it.each([
    ['other names', { namesHash: 'M' }],
    ['other sizes', { filesHash: 'G' }],
    ['another publication', { publication: 'other' }],
  ])('keeps nothing from being sent that has %s', (_, provenance) => {
    expect(decided([later(provenance)], NOTHING)).toMatch(/^send new#1/)
  })

  it('is replaced like anything else under `previous`', () => {
    expect(decided([later()], PREVIOUS)).toBe('send new#1 replacing L')
  })

  it('may stand there twice where somebody wants that', () => {
    expect(decided([later()], NOTHING, { ifUnchanged: 'publish' })).toMatch(/^send new#1/)
  })
})
