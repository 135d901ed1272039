import { describe, expect, it } from 'vitest'
import { findPublished, requireReplaceable } from '../../../../src/publish/published/find.ts'
import { contextOf } from '../../../support/runs/context.ts'
import { caught } from '../../../support/caught.ts'
import { leapingClock } from '../../../support/time/fake-clock.ts'
import { batchId } from '../../../support/make.ts'
import { consolidatedInto, consolidationOf, plainCatalog, type Reads } from '../../../support/platform/plain-catalog.ts'
import { LOYALTY } from '../../../support/platform/platform-client.ts'

async function lookUp(batches: Readonly<Record<string, Reads>>) {
  const catalog = plainCatalog(batches)
  const query = { dataset: LOYALTY, repositoryId: '4711', named: [batchId('X')] }
  const published = await findPublished(query, contextOf({ catalog, clock: leapingClock() }))
  requireReplaceable(published)
  return published.named
}

describe('a batch that the workflow names', () => {
  it.each(['success', 'active'])('is active in status %s', async (status) => {
    expect(await lookUp({ X: [status] })).toEqual([{ id: 'X', isActive: true, holder: 'X', holdings: [] }])
  })

  it.each(['inactive', 'failed', 'deleted', 'aborted'])('is no longer active in status %s', async (status) => {
    expect(await lookUp({ X: [status] })).toEqual([{ id: 'X', isActive: false, holder: 'X', holdings: [] }])
  })

  it.each<readonly [string, Reads]>([
    ['reads inactive', [consolidatedInto('H')]],
    ['still reads success', [{ ...consolidatedInto('H'), status: 'success' }]],
  ])('is held by the batch into which it was consolidated, when it %s', async (_, reads) => {
    const found = await lookUp({ X: reads, H: [consolidationOf('X', 'Y')] })
    expect(found).toEqual([{ id: 'X', isActive: true, holder: 'H', holdings: ['X', 'Y'] }])
  })

  it('is held by a batch that the next look misses', async () => {
    const found = await lookUp({
      X: [consolidatedInto('H')],
      H: [consolidationOf('X', 'Y'), consolidationOf('X', 'Y'), 'missing'],
    })
    expect(found).toEqual([{ id: 'X', isActive: true, holder: 'H', holdings: ['X', 'Y'] }])
  })

  it('is gone with a successor that was taken back, though the next look is at a replica that does not know it yet', async () => {
    const stale = { ...consolidatedInto('H'), status: 'success' }
    expect(await lookUp({ X: [stale], H: ['inactive', 'inactive', 'success'] })).toMatchObject([
      { isActive: false, holder: 'X' },
    ])
  })

  it.each([consolidatedInto('H'), consolidatedInto('../secrets')])(
    'is gone with its successor (%j)',
    async (record) => {
      expect(await lookUp({ X: [record], H: ['inactive'] })).toMatchObject([{ isActive: false, holder: 'X' }])
    },
  )

  it.each<readonly [string, string, boolean]>([
    ['gone with a successor that was taken back', 'inactive', false],
    ['gone with a successor that is deleted', 'deleted', false],
    ['there while a successor is still being made', 'staging', true],
    ['there when a successor failed', 'failed', true],
  ])('that still reads success is %s', async (_, successor, isActive) => {
    const stale = { ...consolidatedInto('H'), status: 'success' }
    expect(await lookUp({ X: [stale], H: [successor] })).toMatchObject([{ isActive, holder: 'X' }])
  })

  it.each<readonly [string, Readonly<Record<string, Reads>>]>([
    ['does not contain it', {}],
    ['it belongs to dataset "650000000000000000000002"', other('650000000000000000000002')],
    ['it is "loading"', { X: ['loading'] }],
    ['it is "staged"', { X: ['staged'] }],
    ['it is "stalled"', { X: ['stalled'] }],
    ['it is "never-heard-of"', { X: ['never-heard-of'] }],
  ])('is refused when %s', async (words, batches) => {
    expect(await caught(lookUp(batches))).toMatchObject({
      message: expect.stringMatching(new RegExp(`Cannot replace batch "X": .*${words}`)),
      remedy: expect.stringContaining('replay-predecessors'),
    })
  })

  it('may be of this dataset by an old record that does not say', async () => {
    expect(await lookUp({ X: [{ status: 'success' }] })).toMatchObject([{ isActive: true }])
  })
})

function other(dataset: string): Readonly<Record<string, Reads>> {
  return { X: [{ status: 'success', relatedObjects: [{ type: 'dataSet', id: dataset }] }] }
}
