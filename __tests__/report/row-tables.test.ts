import { describe, expect, it } from 'vitest'
import { rejectedSections } from '../../src/report/row-tables.ts'
import { runReport } from '../../src/report/run-report.ts'
import { batchOf, diagnosis, factsOf, published, reason } from '../support/report/facts.ts'
import { batchId } from '../support/make.ts'

const JUDGED = { kind: 'judged', verdict: { fails: false } } as const

describe('why rows were rejected', () => {
  it('is told of the last batch too, and batches left out are counted', () => {
    const batches = ['A', 'B', 'C', 'D', 'E'].map((id, at) => {
      const why = diagnosis(batchId(id), { reasons: [reason('INGEST-1212-400', { rows: 1 })] })
      return batchOf(id, { outcome: published(1), diagnosis: at < 2 ? undefined : why })
    })
    const report = runReport(factsOf({ batches }), JUDGED)
    const titles = (most: number) =>
      rejectedSections(report, most)
        .join('\n')
        .match(/#### .*|… and .*/g)
    expect(titles(3)).toEqual(['C', 'D', 'E'].map((id) => `#### Why rows of batch \`${id}\` were rejected`))
    expect(titles(2)?.at(-1)).toBe('… and 1 more batches with rejected rows, in the report')
  })
})
