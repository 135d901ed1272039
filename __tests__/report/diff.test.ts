import { expect, it } from 'vitest'
import { diffSection } from '../../src/report/diff.ts'
import { outputs } from '../../src/report/outputs.ts'
import { runReport } from '../../src/report/run-report.ts'
import { rowDiff } from '../support/diff/row-diff.ts'
import { planned } from './summary/situations/planned.ts'

const DIFF = rowDiff({
  base: { commit: '1234567abcdef', kind: 'first-parent', isProved: false },
  added: 1,
  unchanged: 2,
})

const reportOf = (diff: Parameters<typeof diffSection>[0]['diff']) => runReport({ ...planned.facts, diff }, planned.end)

it('the summary has nothing of rows where nobody asked, and the reason where they could not be compared', () => {
  expect(diffSection({ diff: undefined }, 10)).toEqual([])
  const absent = { kind: 'absent', reason: 'a | b' } as const
  expect(diffSection({ diff: absent }, 10).join('\n')).toMatch(/Rows were not compared: a &#124; b\.$/)
})

it('a long list of fields is cut, and says how many more there are', () => {
  const fields = Array.from({ length: 12 }, (_, at) => ({ path: `/f${at}`, rows: 12 - at }))
  const text = diffSection({ diff: { ...DIFF, fields } }, 10).join('\n')
  expect(text).toContain('| `/f9` | 3 |')
  expect(text).not.toContain('/f10')
  expect(text).toContain('… and 2 more fields')
})

it('outputs are the counts of rows; without them, whether the data differs, and nothing that is not known', () => {
  expect(outputs(reportOf(DIFF))).toMatchObject({
    'has-changes': 'true',
    'rows-added': '1',
    'rows-changed': '0',
    'rows-removed': '0',
    'rows-unchanged': '2',
  })
  expect(outputs(reportOf({ ...DIFF, added: 0 }))).toMatchObject({ 'has-changes': 'false', 'rows-added': '0' })
  // Rows that cannot be read may differ, and nobody compared them.
  const unread = { ...DIFF, added: 0, unreadable: 1 }
  expect(outputs(reportOf(unread))).toMatchObject({ 'has-changes': 'true', 'rows-added': '0', 'rows-unchanged': '2' })
  const absent = { kind: 'absent', reason: '' } as const
  expect(outputs(reportOf(absent))).toMatchObject({ 'has-changes': 'true', 'rows-added': '', 'rows-unchanged': '' })
  const validated = { ...planned.facts, preview: undefined, diff: absent }
  const end = { kind: 'validated', verdict: { fails: false } } as const
  expect(outputs(runReport(validated, end))).toMatchObject({ 'has-changes': '', 'rows-added': '' })
  expect(outputs(runReport({ ...validated, diff: unread }, end))).toMatchObject({ 'has-changes': '' })
})
