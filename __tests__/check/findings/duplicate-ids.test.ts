import { expect, it } from 'vitest'
import { KeyList } from '../../../src/formats/keys.ts'
import { findDuplicateIds, type KeyedFile } from '../../../src/check/findings.ts'
import { heard } from '../../support/runs/heard.ts'

function keyed(path: string, placed: KeyedFile['placed'], ids: readonly string[]): KeyedFile {
  const list = new KeyList()
  ids.forEach((id, index) => list.add(id, index + 1))
  return { path, placed, keys: list.take() }
}

it('an _id that an earlier event has is told with the place of that event, in lines or in rows', () => {
  const say = heard()
  const [first, second, third] = findDuplicateIds(
    [
      keyed('a.jsonl', 'text', ['1', '2', '1']),
      keyed('b.jsonl', 'text', ['3']),
      keyed('c.parquet', 'row', ['4', '2', '4']),
    ],
    say,
  )
  expect(first).toMatchObject([{ code: 'duplicate-id', level: 'warning', path: '/_id', count: 1 }])
  expect(first?.[0]?.first).toMatchObject([
    { place: { kind: 'text', line: 3, column: 1 }, issue: { received: 'the _id of line 1 of "a.jsonl"' } },
  ])
  expect(second).toEqual([])
  expect(third?.[0]?.first).toMatchObject([
    { place: { kind: 'row', row: 2 }, issue: { received: 'the _id of line 2 of "a.jsonl"' } },
    { place: { kind: 'row', row: 3 }, issue: { received: 'the _id of row 1 of "c.parquet"' } },
  ])
  expect(say.warnings).toEqual([])
})

it('in a JSON array each is told by its index: all may stand in one line', () => {
  const list = new KeyList()
  for (const [index, id] of ['1', '2', '3', '2'].entries()) list.add(id, 1, index)
  const lines = keyed('b.jsonl', 'text', ['1'])
  const [first, second] = findDuplicateIds([{ path: 'a.json', placed: 'text', keys: list.take() }, lines], heard())
  expect(first?.[0]?.first).toMatchObject([
    { place: { line: 1, index: 3 }, issue: { received: 'the _id of line 1 (record [1]) of "a.json"' } },
  ])
  expect(second?.[0]?.first).toMatchObject([
    { place: { line: 1 }, issue: { received: 'the _id of line 1 (record [0]) of "a.json"' } },
  ])
})

it('more of them than are listed are counted aloud', () => {
  const say = heard()
  const [only] = findDuplicateIds(
    [
      keyed(
        'a.jsonl',
        'text',
        Array.from({ length: 200 }, () => 'same'),
      ),
    ],
    say,
  )
  expect(only?.[0]?.first).toHaveLength(100)
  expect(only?.[0]?.count).toBe(199)
  expect(say.warnings).toEqual(['199 events share their _id with another event; 100 of them are listed'])
})
