import { describe, expect, it } from 'vitest'
import {
  type GuardedRows,
  activePublishes,
  idleGuardWarnings,
  isGuarded,
  requireFewRemoved,
} from '../../src/publish/row-guard.ts'
import { basePublished } from '../../src/diff/base-commit.ts'
import { caught } from '../support/caught.ts'
import { batchId } from '../support/make.ts'
import { publishedBatch } from '../support/publish/held.ts'
import { rowDiff } from '../support/diff/row-diff.ts'

function requireFew(diff: GuardedRows['diff'], limit: number, rejected = 0): void {
  requireFewRemoved({ diff, rejected }, limit, 'Cannot publish')
}

describe('`max-removed-percent`', () => {
  it.each([
    [{ removed: 1, unchanged: 2, changed: 1 }, 25],
    [{ removed: 0, added: 9 }, 0],
    [{ removed: 4 }, 100],
    [{ removed: 1, unchanged: 999 }, 0.1],
    [{ removed: 5, unchanged: 5, baseKeys: 2, removedKeys: 1 }, 50],
    [{ removed: 5, unchanged: 5, baseKeys: 1, removedKeys: 0 }, 50],
  ])('lets %j pass at %d per cent', (counts, limit) => {
    expect(() => requireFew(rowDiff(counts), limit)).not.toThrow()
  })

  it.each([
    [{ removed: 1, unchanged: 2, changed: 1 }, 24.9, '1 of 4 keys would be removed (25 %)'],
    [{ removed: 1, unchanged: 99_999 }, 0, '1 of 100,000 keys would be removed (0.01 %)'],
    [{ removed: 1, unchanged: 2 }, 33.33, '1 of 3 keys would be removed (33.34 %)'],
    [{ removed: 990, unchanged: 10, baseKeys: 10, removedKeys: 0 }, 98, '990 of 1,000 rows would be removed (99 %)'],
    [{ removed: 1, unchanged: 9, baseKeys: 2, removedKeys: 1 }, 10, '1 of 2 keys would be removed (50 %)'],
  ])('stops %j at %d per cent', (counts, limit, text) => {
    expect(() => requireFew(rowDiff(counts), limit)).toThrow(`Cannot publish: ${text}`)
  })

  it('counts from no base that is not proved, and none without a key', async () => {
    const base = { commit: '0a1b2c3d', kind: 'published', isProved: false } as const
    const failing = (diff: GuardedRows['diff']) => () => requireFew(diff, 100)
    expect(failing(rowDiff({ base }))).toThrow('which is not what was published')
    expect(failing(rowDiff({ key: { kind: 'whole-row', paths: [] } }))).toThrow(
      'the rows have no key to compare them by',
    )
    const partial = { ...base, isPartial: true } as const
    expect(failing(rowDiff({ base: partial }))).toThrow('of which the dataset holds only a part')
    expect(failing({ kind: 'absent', reason: 'it is so' })).toThrow('cannot be compared: it is so')
    const told = (diff: GuardedRows['diff']) => caught(failing(diff))
    const alone = 'Nothing was sent. Leave "max-removed-percent" empty for one run.'
    expect(await told({ kind: 'absent', reason: 'it is so' })).toMatchObject({ remedy: alone })
    expect(await told({ kind: 'absent', reason: 'it is so', remedy: 'Change it.' })).toMatchObject({
      remedy: 'Nothing was sent. Change it. Or leave "max-removed-percent" empty for one run.',
    })
  })

  it('counts from no base with rows that cannot be read, whose keys nobody knows', () => {
    const diff = rowDiff({ unchanged: 99, unreadable: 2, unreadableBase: { file: 'a b.csv', line: 7, rows: 2 } })
    expect(() => requireFew(diff, 100)).toThrow(
      'Cannot publish: "max-removed-percent" is set, and the rows cannot be compared: 2 rows of commit 0a1b2c3, from which the dataset was published, cannot be read, the first at "a b.csv":7',
    )
    expect(() => requireFew(rowDiff({ unchanged: 99, unreadable: 2 }), 0)).not.toThrow()
  })

  it('counts rows that are expected to be rejected as removed, whatever their keys are', () => {
    const diff = rowDiff({ removed: 1, unchanged: 9 })
    expect(() => requireFew(diff, 30, 2)).not.toThrow()
    expect(() => requireFew(diff, 29, 2)).toThrow(
      'Cannot publish: 3 of 10 keys would be removed (30 %), 2 of them with rows that are expected to be rejected, and "max-removed-percent" allows 29 %',
    )
    expect(() => requireFew(rowDiff({ unchanged: 2 }), 100, 9)).not.toThrow()
  })

  it('counts of what the dataset holds: rows that the platform rejected were never there', () => {
    const base = { ...rowDiff().base, rejected: 40 }
    const diff = rowDiff({ base, removed: 45, unchanged: 55 })
    expect(() => requireFew(diff, 75)).not.toThrow()
    expect(() => requireFew(diff, 50)).toThrow(
      'Cannot publish: 45 of 60 keys would be removed (75 %), without the 40 rows that the platform rejected, and "max-removed-percent" allows 50 %',
    )
    expect(() => requireFew(rowDiff({ base, removed: 70, unchanged: 30 }), 99, 9)).toThrow(
      '60 of 60 keys would be removed (100 %), without the 40 rows that the platform rejected, and',
    )
    expect(() => requireFew(rowDiff({ base, unchanged: 40 }), 0)).not.toThrow()
  })

  it('concerns `previous` alone, and only where something is replaced', () => {
    const ids = [batchId('A')]
    const previous = { kind: 'previous' } as const
    expect(isGuarded({ limit: 0, replaces: previous }, ids)).toBe(true)
    expect(isGuarded({ limit: undefined, replaces: previous }, ids)).toBe(false)
    expect(isGuarded({ limit: 0, replaces: previous }, [])).toBe(false)
    expect(isGuarded({ limit: 0, replaces: { kind: 'ids', ids } }, ids)).toBe(false)
  })
})

describe('a guard that is set where nothing is replaced by `previous`', () => {
  const unset = { maxRemovedPercent: undefined, maxShrinkPercent: 50, replayPredecessors: { kind: 'nothing' } } as const
  const noEffect = (name: string) => `"${name}" has no effect: it applies only with "replay-predecessors: previous"`

  it.each([{ kind: 'nothing' }, { kind: 'ids', ids: [batchId('A')] }] as const)(
    'is named: %j',
    (replayPredecessors) => {
      const set = { maxRemovedPercent: 0, maxShrinkPercent: 20, replayPredecessors }
      expect(idleGuardWarnings(set)).toEqual([noEffect('max-removed-percent'), noEffect('max-shrink-percent')])
    },
  )

  it('is no other than those that somebody set, and means to be on', () => {
    expect(idleGuardWarnings(unset)).toEqual([])
    expect(idleGuardWarnings({ ...unset, maxShrinkPercent: 100 })).toEqual([])
    const replayPredecessors = { kind: 'previous' } as const
    expect(idleGuardWarnings({ maxRemovedPercent: 5, maxShrinkPercent: 20, replayPredecessors })).toEqual([])
  })
})

it('a publish in several batches is one, and those of others or that hold nothing are none', () => {
  const provenance = { publishFingerprint: 'p', sha: 'c0ffee' }
  const batches = [
    publishedBatch('A', { provenance: { ...provenance, part: { number: 1, of: 2 } } }),
    publishedBatch('B', { provenance: { ...provenance, part: { number: 2, of: 2 } } }),
    publishedBatch('C', { provenance: { ...provenance, publication: 'others' } }),
    publishedBatch('D', { provenance: { ...provenance, publishFingerprint: 'q' }, state: 'gone' }),
  ]
  const published = { batches, holdings: new Map(), named: [] }
  expect(activePublishes('members', published)).toEqual([
    { commit: 'c0ffee', fingerprint: 'p', batches: ['A', 'B'], isPartial: false, rejected: 0 },
  ])
})

it.each([
  ['of its two parts one is gone', [1], 2, true],
  ['a part is there twice, and another is gone', [1, 1], 2, true],
  ['all of its parts are there, one of them twice', [1, 2, 2], 2, false],
])('a publish is what the dataset holds if all of its parts are there: %s', (_, parts, of, isPartial) => {
  const batches = parts.map((number, at) => publishedBatch(`B${at}`, { provenance: { part: { number, of } } }))
  const [found] = activePublishes('members', { batches, holdings: new Map(), named: [] })
  expect(found).toMatchObject({ fingerprint: 'old', isPartial })
})

it('of a publish all rows are known that the platform rejected, from each of its batches', () => {
  const batches = [3, undefined, 4].map((failed, at) => {
    const batch = publishedBatch(`B${at}`, { provenance: { sha: 'c0ffee', part: { number: at + 1, of: 3 } } })
    return { ...batch, record: { ...batch.record, counts: { ...batch.record.counts, failed } } }
  })
  const found = activePublishes('members', { batches, holdings: new Map(), named: [] })
  expect(found).toMatchObject([{ rejected: 7, isPartial: false }])
  expect(basePublished(found)).toMatchObject({ base: { rejected: 7 } })
})
