import { describe, expect, it } from 'vitest'
import { baseText, diffHeadline, diffLines, diffNotes, everyRowChanges } from '../../src/diff/describe.ts'
import { rowDiff } from '../support/diff/row-diff.ts'

describe('the headline of a comparison', () => {
  it.each([
    [{ added: 1, changed: 12, removed: 3, unchanged: 1_184 }, '1 row added, 12 changed, 3 removed, 1,184 unchanged'],
    [{ unchanged: 1 }, 'No row changes (1 row)'],
    [{ unchanged: 1, unreadable: 2 }, 'No row that can be read changes (1 row)'],
    [
      { way: 'append', unchanged: 2 },
      'No row changes (2 rows). Nothing is replaced: 2 rows would be in the dataset twice',
    ],
    [
      { way: 'append', added: 1, changed: 1, removed: 1, unchanged: 1 },
      '1 row added, 1 changed, 1 removed, 1 unchanged. Nothing is replaced: 1 row would be in the dataset twice, 1 row in an old and a new form, removed rows stay',
    ],
    [{ way: 'append', added: 5 }, '5 rows added, 0 changed, 0 removed, 0 unchanged'],
    [{ way: 'unknown', removed: 1, unchanged: 2 }, '0 rows added, 0 changed, 1 removed, 2 unchanged'],
    [{ way: 'upsert', removed: 2 }, '0 rows added, 0 changed, 2 removed, 0 unchanged. Removed rows stay in Profile'],
    [{ way: 'upsert', changed: 2 }, '0 rows added, 2 changed, 0 removed, 0 unchanged'],
  ] as const)('of %j is what will happen', (more, text) => {
    expect(diffHeadline(rowDiff(more))).toBe(text)
  })
})

it('the log tells base, key, counts, fields, places, and what limits the comparison', () => {
  const more = {
    base: { ...rowDiff().base, kind: 'merge-base', isProved: false },
    key: { kind: 'whole-row', paths: [] },
    added: 2,
    keyless: 1,
    unreadable: 3,
    unreadableBase: { file: 'a b.jsonl', line: 4, rows: 2 },
    fields: [
      { path: '/a', rows: 1_000 },
      { path: '', rows: 2 },
    ],
    samples: [
      { change: 'added', file: 'a b.jsonl', line: 3 },
      { change: 'added', file: 'c.csv', line: 9 },
    ],
  } as const
  expect(diffLines(rowDiff(more))).toEqual([
    'Rows compared with commit 0a1b2c3, the merge base of this pull request, without a key, as whole rows: a changed row counts as one removed and one added',
    '2 rows added, 0 changed, 0 removed, 0 unchanged',
    'Changed fields, and in how many rows: /a (1,000), others (2)',
    'First rows added: "a b.jsonl":3, "c.csv":9',
    'The base was read with the inputs of this run: other inputs in its workflow are no change of rows',
    '1 row without a value of the key, compared as whole rows',
    '3 rows that cannot be read, not compared; 2 of them in the base, the first at "a b.jsonl":4',
  ])
  expect(diffLines({ kind: 'absent', reason: 'it is so' })).toEqual(['Rows not compared: it is so'])
})

describe('what limits a comparison', () => {
  it('has rows that only today’s files have, and no place for them', () => {
    expect(diffNotes(rowDiff({ unreadable: 1 }))).toEqual(['1 row that cannot be read, not compared'])
  })

  it('has the keys that `max-removed-percent` counts, where they are not the rows', () => {
    expect(diffNotes(rowDiff({ removed: 3, unchanged: 1, baseKeys: 2, removedKeys: 1 }))).toEqual([
      'Rows of the base share keys: 1 of 2 distinct keys removed',
    ])
    expect(diffNotes(rowDiff({ removed: 3, unchanged: 1 }))).toEqual([])
  })

  it('has a base of which the dataset holds only a part', () => {
    const base = { ...rowDiff().base, isProved: false, isPartial: true } as const
    expect(baseText(base)).toBe('commit 0a1b2c3, of which the dataset holds only a part')
  })
})

describe('files whose every row changes', () => {
  it('are told where they have about as many rows as before, with the fields that changed everywhere', () => {
    const fields = [
      { path: '/date', rows: 20 },
      { path: '/name', rows: 3 },
    ]
    const advice = everyRowChanges(rowDiff({ changed: 20, added: 1, fields }))
    expect(advice).toContain('every row differs from commit 0a1b2c3. These fields change in every row: /date. Check')
    expect(everyRowChanges(rowDiff({ removed: 20, added: 20 }))).toContain(
      'no row has the key of a row of commit 0a1b2c3. Check',
    )
  })

  it.each([
    ['one row is as before', { changed: 20, unchanged: 1 }],
    ['there are few', { changed: 9 }],
    ['there are far more rows', { removed: 20, added: 30 }],
    ['there are far fewer rows', { removed: 20, added: 10 }],
    ['all rows are new', { added: 20 }],
  ])('are no surprise where %s', (_, more) => {
    expect(everyRowChanges(rowDiff(more))).toBeUndefined()
  })
})
