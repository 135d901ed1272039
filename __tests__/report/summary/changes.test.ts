import { describe, expect, it } from 'vitest'
import type { BatchFact, RunFacts } from '../../../src/report/facts.ts'
import { runReport } from '../../../src/report/run-report.ts'
import { summary } from '../../../src/report/summary.ts'
import { batchOf, datasetOf, factsOf, published, runInfoOf } from '../../support/report/facts.ts'
import { batchId } from '../../support/make.ts'

function summaryOf(more: Partial<RunFacts>): string {
  const facts = factsOf({ runInfo: runInfoOf(), dataset: datasetOf(), ...more })
  return summary(runReport(facts, { kind: 'judged', verdict: { fails: false } }))
}

const NEW = batchOf('NEW', { replaced: [batchId('OLD')], outcome: published(100) })

describe('the summary names', () => {
  it('the dataset that this run created', () => {
    expect(summaryOf({ isDatasetNew: true })).toContain(
      '- Created the dataset "Loyalty members" (`5c8c3c555033b814b69f947f`)',
    )
  })

  it('that this run enabled the dataset', () => {
    const enabled = { kind: 'enabled', offMs: 0, caught: [] } as const
    expect(summaryOf({ enabled })).toContain('- Enabled the dataset for profile updates')
    expect(summaryOf({ enabled: { kind: 'was enabled' } })).not.toContain('**Changed:**')
  })

  it('the batches that this run replaced', () => {
    expect(summaryOf({ batches: [NEW] })).toContain('- Replaced `OLD` with `NEW`')
  })

  it('nothing as replaced by a batch that has not ended, that failed, or that was there before', () => {
    const counts = { read: undefined, written: undefined, failed: undefined }
    const failed = { kind: 'failed', status: 'failed', counts, notes: [] } as const
    const others: readonly BatchFact[] = [
      { ...NEW, outcome: undefined },
      { ...NEW, outcome: failed },
      { ...NEW, openedMs: undefined },
    ]
    for (const batch of others) {
      expect(summaryOf({ batches: [batch] })).not.toContain('Replaced')
    }
  })
})

describe('"How to reproduce"', () => {
  const yamlOf = (given: Readonly<Record<string, string>>) =>
    /```yaml\n(.*?)```/s.exec(summaryOf({ runInfo: runInfoOf(given) }))?.[1] ?? ''

  it.each([{}, { mode: 'publish' }, { mode: 'validate' }, { mode: 'plan' }])(
    'of %j is a plan, so that a copy of it publishes nothing',
    (given) => {
      expect(yamlOf(given).match(/^ {2}mode: .*$/gm)).toEqual(['  mode: "plan"'])
    },
  )

  it('of a validation against a stored schema stays one, since there may be no dataset', () => {
    expect(yamlOf({ mode: 'validate', 'schema-file': 's.json' })).toContain('  mode: "validate"\n')
  })

  it('of a revert is what it was', () => {
    expect(yamlOf({ mode: 'revert' })).toContain('  mode: "revert"\n')
  })
})
