import { describe, expect, it } from 'vitest'
import { limitSection } from '../../src/report/limits.ts'
import { runReport } from '../../src/report/run-report.ts'
import { jsonReport } from '../../src/report/json.ts'
import type { RunFacts } from '../../src/report/facts.ts'
import { factsOf } from '../support/report/facts.ts'

const report = (more: Partial<RunFacts>) => runReport(factsOf(more), { kind: 'planned', verdict: { fails: false } })
const EXPIRATION = { level: 'warning', text: 'Dataset "d" expires soon', expiresMs: 1_772_668_800_000 } as const
const BUDGET = { kind: 'profile', used: 12, isAtLeast: false, sends: 1, most: 90 } as const

describe('expiration and batches a day', () => {
  it('stand in the summary, marked where somebody should look', () => {
    expect(
      limitSection(report({ expiration: EXPIRATION, budget: BUDGET }))
        .join()
        .split('\n'),
    ).toEqual([
      '- ⚠️ Dataset "d" expires soon',
      '- Profile and event batches of this sandbox in the last 24 hours: 12, this publish run adds 1; Adobe advises at most 90 a day',
    ])
    expect(limitSection(report({}))).toEqual([])
  })

  it('stand in the report, with null for what is not known', () => {
    const members: unknown = JSON.parse(
      jsonReport(report({ expiration: EXPIRATION, budget: { ...BUDGET, used: undefined } })),
    )
    expect(members).toMatchObject({
      expiration: { level: 'warning', expires: 1_772_668_800_000 },
      budget: { kind: 'profile', used: null, isAtLeast: false, sends: 1, most: 90, level: 'info' },
    })
    expect(JSON.parse(jsonReport(report({})))).toMatchObject({ expiration: null, budget: null })
  })
})
