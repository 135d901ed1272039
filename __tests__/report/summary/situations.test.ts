import { describe, expect, it } from 'vitest'
import { runReport } from '../../../src/report/run-report.ts'
import { summary } from '../../../src/report/summary.ts'
import { SITUATIONS } from './situations/all.ts'

/** Committed, so that GitHub shows them rendered. To renew: `npx vitest run __tests__/report/summary/situations.test.ts -u`. */
describe('the summary of a run that ended as', () => {
  it.each(Object.entries(SITUATIONS))('%s is what its file shows', async (name, { facts, end }) => {
    await expect(summary(runReport(facts, end))).toMatchFileSnapshot(`situations/${name}.md`)
  })
})
