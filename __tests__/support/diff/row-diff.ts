import type { RowDiff } from '../../../src/diff/row-diff.ts'

/**
 * A comparison with the proved commit of the active publish, by the primary identity, with only the given differences.
 * By default, each row has its own key.
 */
export function rowDiff(more: Partial<RowDiff> = {}): RowDiff {
  const { changed = 0, removed = 0, unchanged = 0 } = more
  return {
    kind: 'compared',
    base: { commit: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567', kind: 'published', isProved: true },
    key: { kind: 'identity', paths: ['/person/id'] },
    way: 'replace',
    added: 0,
    changed,
    removed,
    unchanged,
    baseKeys: changed + removed + unchanged,
    removedKeys: removed,
    duplicateKeys: 0,
    keyless: 0,
    unreadable: 0,
    fields: [],
    samples: [],
    ...more,
  }
}
