import { describe, expect, it } from 'vitest'
import { duplicateFault, purposeNote } from '../../../../src/publish/published/compare.ts'
import { type PublishedOptions, publishedBatch } from '../../../support/publish/held.ts'

const again = (more: PublishedOptions = {}) => publishedBatch('B2', { ...more, provenance: { isAgain: true } })

describe('content that was sent again by `if-unchanged: publish`', () => {
  it('beside what is there stands twice on purpose, also in the place of something else', () => {
    for (const batches of [
      [publishedBatch('B1'), again()],
      [publishedBatch('B1'), again({ predecessors: ['X'] })],
    ]) {
      expect(duplicateFault(batches)).toBeUndefined()
      expect(purposeNote(batches)).toContain('on purpose')
    }
  })

  it.each([
    ['is still active', publishedBatch('B1'), 'B1'],
    ['was consolidated into another batch', publishedBatch('B1', { holder: 'H' }), 'H'],
  ])('in the place of what is there is a fault where that %s', (_, stayed, predecessor) => {
    const batches = [stayed, again({ predecessors: [predecessor] })]
    expect(duplicateFault(batches)?.remedy).toContain('revert B2')
    expect(purposeNote(batches)).toBeUndefined()
  })
})
