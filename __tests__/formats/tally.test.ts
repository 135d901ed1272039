import { describe, expect, it } from 'vitest'
import type { RowIssue } from '../../src/formats/record.ts'
import { MOST_FINDINGS, MOST_PLACES, Tally } from '../../src/formats/tally.ts'

function issue(path: string, level: RowIssue['level'] = 'error'): RowIssue {
  return {
    code: 'enum',
    level,
    fate: level === 'error' ? 'rejected' : 'kept',
    path,
    expected: 'one of 2',
    received: 'text',
  }
}

function counted(issues: readonly RowIssue[], tally = new Tally()): Tally {
  for (const [index, one] of issues.entries()) {
    tally.count(one, () => ({ issue: one, place: { kind: 'row', row: index + 1 } }))
  }
  return tally
}

describe('a tally', () => {
  it('counts all and keeps the first places', () => {
    const [finding] = counted(Array.from({ length: MOST_PLACES + 11 }, () => issue('/a'))).findings()
    expect(finding).toMatchObject({ code: 'enum', level: 'error', path: '/a', count: MOST_PLACES + 11 })
    expect(finding?.first.map(({ place }) => place)).toEqual(
      Array.from({ length: MOST_PLACES }, (_, index) => ({ kind: 'row', row: index + 1 })),
    )
  })

  it('takes the items of an array for one path, and keeps the path of each', () => {
    const [finding, ...others] = counted([issue('/tags/0/x'), issue('/tags/12/x'), issue('/tags/3')]).findings()
    expect(finding).toMatchObject({ path: '/tags/*/x', count: 2 })
    expect(finding?.first.map((placed) => placed.issue.path)).toEqual(['/tags/0/x', '/tags/12/x'])
    expect(others).toMatchObject([{ path: '/tags/*' }])
  })

  it('keeps an error and a warning of one code apart', () => {
    expect(counted([issue('/a'), issue('/a', 'warning')]).findings()).toHaveLength(2)
  })

  it('counts what has too many paths by its code alone', () => {
    const findings = counted(
      Array.from({ length: MOST_FINDINGS + 20_000 }, (_, key) => issue(`/map/k${key}`)),
    ).findings()
    expect(findings).toHaveLength(MOST_FINDINGS + 1)
    expect(findings.at(-1)).toMatchObject({ path: '/**', count: 20_000 })
  })

  it('adds what comes behind, moved to where it stands', () => {
    const tally = counted([issue('/a')])
    tally.add(counted([issue('/a'), issue('/b')]).findings(), () => ({ kind: 'row', row: 9 }))
    expect(tally.findings()).toMatchObject([
      { path: '/a', count: 2, first: [{ place: { row: 1 } }, { place: { row: 9 } }] },
      { path: '/b', count: 1, first: [{ place: { row: 9 } }] },
    ])
  })
})
