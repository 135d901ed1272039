import { describe, expect, it } from 'vitest'
import type { RowDiff } from '../../src/diff/row-diff.ts'
import { activePublishes, isGuarded, requireFewRemoved } from '../../src/publish/row-guard.ts'
import { batchId } from '../support/make.ts'
import { publishedBatch } from '../support/held.ts'

const compared = (more: Partial<RowDiff>): RowDiff => ({
  kind: 'compared',
  base: { commit: '0a1b2c3d', kind: 'published', isProved: true },
  key: { kind: 'input', paths: ['id'] },
  way: 'replace',
  added: 0,
  changed: 0,
  removed: 0,
  unchanged: 0,
  duplicateKeys: 0,
  keyless: 0,
  unreadable: 0,
  fields: [],
  samples: [],
  ...more,
})

describe('`max-removed-percent`', () => {
  it.each([
    [{ removed: 1, unchanged: 2, changed: 1 }, 25],
    [{ removed: 0, added: 9 }, 0],
    [{ removed: 4 }, 100],
    [{ removed: 1, unchanged: 999 }, 0.1],
  ])('lets %j pass at %d per cent', (counts, limit) => {
    expect(() => requireFewRemoved(compared(counts), limit, 'Cannot publish')).not.toThrow()
  })

  it.each([
    [{ removed: 1, unchanged: 2, changed: 1 }, 24.9, '1 of 4 rows would be removed (25 %)'],
    [{ removed: 1, unchanged: 99_999 }, 0, '1 of 100,000 rows would be removed (0.01 %)'],
    [{ removed: 1, unchanged: 2 }, 33.33, '1 of 3 rows would be removed (33.34 %)'],
  ])('stops %j at %d per cent', (counts, limit, text) => {
    expect(() => requireFewRemoved(compared(counts), limit, 'Cannot publish')).toThrow(`Cannot publish: ${text}`)
  })

  it('counts from no base that is not proved, and none without a key', () => {
    const base = { commit: '0a1b2c3d', kind: 'published', isProved: false } as const
    const failing = (diff: Parameters<typeof requireFewRemoved>[0]) => () =>
      requireFewRemoved(diff, 100, 'Cannot publish')
    expect(failing(compared({ base }))).toThrow('which is not what was published')
    expect(failing(compared({ key: { kind: 'whole-row', paths: [] } }))).toThrow('set "key"')
    expect(failing({ kind: 'absent', reason: 'it is so' })).toThrow('cannot be compared: it is so')
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

it('a publish in several batches is one, and those of others or that hold nothing are none', () => {
  const provenance = { publishFingerprint: 'p', sha: 'c0ffee' }
  const batches = [
    publishedBatch('A', { provenance: { ...provenance, part: { number: 1, of: 2 } } }),
    publishedBatch('B', { provenance: { ...provenance, part: { number: 2, of: 2 } } }),
    publishedBatch('C', { provenance: { ...provenance, publication: 'others' } }),
    publishedBatch('D', { provenance: { ...provenance, publishFingerprint: 'q' }, state: 'gone' }),
  ]
  const published = { batches, holdings: new Map(), named: [] }
  expect(activePublishes('members', published)).toEqual([{ commit: 'c0ffee', fingerprint: 'p', batches: ['A', 'B'] }])
})
