import { describe, expect, it } from 'vitest'
import { conflictWith } from '../../../../src/publish/published/compare.ts'
import type { PublishedBatch } from '../../../../src/publish/published/find.ts'
import type { DesiredPublish } from '../../../../src/publish/request.ts'
import { publishedBatch, publishedOf, desiredPublish, type PublishedOptions } from '../../../support/publish/held.ts'
import { batchId } from '../../../support/make.ts'

const OURS = publishedBatch('OURS', {
  state: 'open',
  provenance: { publishFingerprint: 'new', runId: 1001, attempt: 2 },
})
const PREVIOUS = { replaces: { kind: 'previous' } } as const

type Case = {
  readonly before?: readonly PublishedBatch[]
  readonly replaces?: readonly string[]
  readonly kept?: readonly PublishedBatch[]
  readonly want?: Partial<DesiredPublish>
}

function why(
  now: readonly PublishedBatch[],
  { before = [], replaces = [], kept = [], want = {} }: Case = {},
): string | undefined {
  const ids = replaces.map((id) => batchId(id))
  const ours = { batches: [batchId('OURS')], replaces: ids, kept, seen: publishedOf(before) }
  return conflictWith(desiredPublish(want), ours, publishedOf([OURS, ...now]))
}

const twin = (more: PublishedOptions = {}) =>
  publishedBatch('T', { ...more, provenance: { publishFingerprint: 'new', runId: 1002, ...more.provenance } })

describe('a publish is overtaken', () => {
  it.each(['in progress', 'stalled', 'active'] as const)('by a twin that is %s', (state) => {
    expect(why([twin({ state })])).toContain('T has the same data')
  })

  it.each(['open', 'gone'] as const)('not by a twin that is %s', (state) => {
    expect(why([twin({ state })])).toBeUndefined()
  })

  it('not by this content that was there when we decided, whether it is kept or consolidated since', () => {
    const before = [publishedBatch('K', { provenance: { publishFingerprint: 'new' } })]
    expect(why(before, { before })).toBeUndefined()
    expect(
      why([publishedBatch('K', { provenance: { publishFingerprint: 'new' }, holder: 'H' })], { before }),
    ).toBeUndefined()
  })

  it('by a twin that was in `loading` when we decided', () => {
    expect(why([twin()], { before: [twin({ state: 'open' })] })).toContain('T has')
  })

  it('under if-unchanged: publish only by a twin of the same run', () => {
    const want = { ifUnchanged: 'publish' } as const
    expect(why([twin()], { want })).toBeUndefined()
    expect(why([twin({ provenance: { runId: 1001 } })], { want })).toContain('T has')
  })

  it.each<readonly [string, PublishedBatch]>([
    ['withdrawn', publishedBatch('P', { state: 'gone' })],
    ['consolidated', publishedBatch('P', { holder: 'H' })],
  ])('by a predecessor that was %s', (_, now) => {
    expect(why([now], { before: [publishedBatch('P')], replaces: ['P'] })).toContain('P, which was to be replaced')
  })

  it('by a predecessor that was consolidated, and then consolidated once more', () => {
    const now = why([publishedBatch('P', { holder: 'H2' })], {
      before: [publishedBatch('P', { holder: 'H1' })],
      replaces: ['H1'],
    })
    expect(now).toContain('H1, which was to be replaced')
  })

  it('by a kept part of this content that was withdrawn, and not by one that was consolidated', () => {
    const part = { provenance: { publishFingerprint: 'new', part: { number: 1, of: 2 } } } as const
    const kept = [publishedBatch('K', part)]
    const now = (more: PublishedOptions) => why([publishedBatch('K', { ...part, ...more })], { before: kept, kept })
    expect(now({ state: 'gone' })).toContain('K, which has a part of this data')
    expect([now({}), now({ holder: 'H' })]).toEqual([undefined, undefined])
  })

  it('not by a predecessor that is still active, by itself or as what it was consolidated into', () => {
    expect(why([publishedBatch('P')], { before: [publishedBatch('P')], replaces: ['P'] })).toBeUndefined()
    const consolidated = publishedBatch('P', { holder: 'H' })
    expect(why([consolidated], { before: [consolidated], replaces: ['H'] })).toBeUndefined()
  })

  it('under `previous` by anything else of this publication past COMPLETE', () => {
    expect(why([publishedBatch('R', { state: 'in progress' })], { want: PREVIOUS })).toContain('R of this publication')
    expect(why([publishedBatch('R')], { want: PREVIOUS })).toContain('R of this publication')
  })

  it('under `previous` not by what is open, was there before, or is of another publication', () => {
    expect(why([publishedBatch('R', { state: 'open' })], { want: PREVIOUS })).toBeUndefined()
    expect(why([publishedBatch('R')], { want: PREVIOUS, before: [publishedBatch('R')] })).toBeUndefined()
    expect(why([publishedBatch('R', { provenance: { publication: 'orders' } })], { want: PREVIOUS })).toBeUndefined()
  })

  it('where nothing is to be replaced not by other content', () => {
    expect(why([publishedBatch('R')])).toBeUndefined()
  })
})
