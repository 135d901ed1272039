import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PublishedBatch } from '../../../src/publish/published/find.ts'
import { type Rival, findRivals } from '../../../src/publish/published/rivals.ts'
import type { DesiredPublish } from '../../../src/publish/request.ts'
import { publishedBatch, publishedOf, desiredPublish, type PublishedOptions } from '../../support/publish/held.ts'
import { batchId } from '../../support/make.ts'

const PREVIOUS = { kind: 'previous' } as const

function ours(id: string, more: PublishedOptions = {}): PublishedBatch {
  return publishedBatch(id, {
    ...more,
    provenance: { publishFingerprint: 'new', runId: 1001, attempt: 2, ...more.provenance },
  })
}

type Seen = {
  readonly want?: Partial<DesiredPublish>
  readonly before?: readonly PublishedBatch[]
  readonly batches?: readonly string[]
}

function seen(now: readonly PublishedBatch[], { want = {}, before = [], batches = ['M'] }: Seen = {}) {
  const landed = { batches: batches.map((id) => batchId(id)), known: publishedOf(before) }
  return findRivals(desiredPublish(want), landed, publishedOf(now)).here.map(say)
}

function say({ held: rival, reverts }: Rival): string {
  return `${rival.record.id}: ${reverts.join(' ')}`
}

const twin = (id: string, more: PublishedOptions = {}) =>
  publishedBatch(id, { ...more, provenance: { publishFingerprint: 'new', ...more.provenance } })

describe('a rival that another run reports', () => {
  function elsewhere(one: PublishedBatch, want: Partial<DesiredPublish> = { replaces: PREVIOUS }): readonly string[] {
    const landed = { batches: [batchId('M')], known: publishedOf([]) }
    return findRivals(desiredPublish(want), landed, publishedOf([ours('M'), one])).elsewhere.map(say)
  }

  it('is known here too, in case that run is stopped', () => {
    expect(elsewhere(twin('Z'))).toEqual(['Z: Z'])
    expect(elsewhere(twin('A'))).toEqual([])
  })

  it('may be an earlier attempt of this step with different data, which gives way', () => {
    const step = { hash: 's', isAlone: true, job: 'j' }
    const earlier = publishedBatch('A', { provenance: { runId: 1001, attempt: 1, step: 's' } })
    expect(elsewhere(earlier, { step })).toEqual(['A: A'])
    expect(elsewhere(publishedBatch('A', { provenance: { runId: 1001, attempt: 1, step: 't' } }), { step })).toEqual([])
  })

  it('is none if it replaces our batch', () => {
    expect(elsewhere(publishedBatch('Z', { predecessors: ['M'] }))).toEqual([])
  })
})

describe('a rival', () => {
  it.each<readonly [string, PublishedBatch, Partial<DesiredPublish>, readonly string[]]>([
    ['with our content and a lower id is one', twin('A'), {}, ['A: M']],
    ['with our content and a higher id leaves it to the other run', twin('Z'), {}, []],
    ['with our content that is still in progress is one', twin('A', { state: 'in progress' }), {}, ['A: M']],
    ['with our content that is open is none', twin('A', { state: 'open' }), {}, []],
    ['with our content that is gone is none', twin('A', { state: 'gone' }), {}, []],
    ['with other content is none where nothing is to be replaced', publishedBatch('A'), {}, []],
    [
      'with other content is one under `previous`; the earlier run gives way',
      publishedBatch('A'),
      { replaces: PREVIOUS },
      ['A: A'],
    ],
    [
      'with other content of a later run is one under `previous`; we give way',
      publishedBatch('A', { provenance: { runId: 1002 } }),
      { replaces: PREVIOUS },
      ['A: M'],
    ],
    [
      'of another publication is none',
      publishedBatch('A', { provenance: { publication: 'orders', publishFingerprint: 'new' } }),
      { replaces: PREVIOUS },
      [],
    ],
    ['with our content is none under if-unchanged: publish', twin('A'), { ifUnchanged: 'publish' }, []],
  ])('%s', (_, other, want, expected) => {
    expect(seen([ours('M'), other], { want })).toEqual(expected)
  })

  it('is nobody who was active when we decided, and no predecessor of ours', () => {
    expect(seen([ours('M'), twin('A')], { before: [twin('A')] })).toEqual([])
    expect(seen([ours('M', { predecessors: ['A'] }), twin('A')])).toEqual([])
  })

  it('is who was in progress when we decided, and became active since', () => {
    expect(seen([ours('M'), twin('A')], { before: [twin('A', { state: 'in progress' })] })).toEqual(['A: M'])
  })
})

describe('of two runs that see each other', () => {
  const ids = fc.uniqueArray(fc.stringMatching(/^[0-9A-Z]{4}$/), { minLength: 2, maxLength: 6 })

  it('exactly one finds a rival, however many batches each has', () => {
    fc.assert(
      fc.property(ids, fc.nat(), fc.boolean(), (all, cut, isSame) => {
        const at = 1 + (cut % (all.length - 1))
        const publishes = isSame ? (['new', 'new'] as const) : (['new', 'newer'] as const)
        const sides = [all.slice(0, at), all.slice(at)]
        const now = sides.flatMap((side, i) =>
          side.map((id) =>
            publishedBatch(id, { provenance: { publishFingerprint: publishes[i] ?? '', runId: 1001 + i } }),
          ),
        )
        const found = sides.map((batches, i) =>
          seen(now, { batches, want: { publishFingerprint: publishes[i] ?? '', runId: 1001 + i, replaces: PREVIOUS } }),
        )
        expect(found.filter((some) => some.length > 0)).toHaveLength(1)
      }),
    )
  })
})
