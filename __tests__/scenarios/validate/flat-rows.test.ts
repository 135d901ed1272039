import { describe, expect, it } from 'vitest'
import { loyaltySchema } from '../../../emulator/seed/loyalty-schema.ts'
import { reportFaults } from '../../support/report/report-faults.ts'
import { type Validated, validateOffline } from '../../support/check/validated.ts'

const CSV = 'Loyalty ID,first_name,points,remarks\nL1,Ada,7,"likes tea"\nL2,Grace,8,\n'
const JSON_LINES =
  '{"loyalty_id":"L1","first_name":"Ada","points":7}\n{"loyalty_id":"L2","first_name":"Grace","points":8}\n'

type SeenProposal = {
  readonly mappings: readonly { readonly target: string }[]
  readonly set: { readonly mappings: unknown }
}

describe('flat rows for a nested schema', () => {
  it.each([
    ['CSV', 'data/a.csv', CSV],
    ['JSON', 'data/a.jsonl', JSON_LINES],
  ])('of %s are refused with the page to read, and a mapping set to copy', async (_, name, text) => {
    const run = await validateOffline(loyaltySchema, { files: { [name]: text } })
    expect(run.outputs['outcome']).toBe('invalid')
    expect(run.log).toMatch(/::error::Validation failed, nothing was sent.*set "mapping".*docs\/csv-and-mapping\.md/)
    const report = JSON.parse(run.kept.report) as { readonly proposedMapping: SeenProposal }
    expect(reportFaults(report)).toEqual([])
    expect(report.proposedMapping.mappings.map(({ target }) => target)).toEqual([
      '_emutenant.loyalty.loyaltyId',
      'person.name.firstName',
      '_emutenant.loyalty.points',
    ])
    expect(report.proposedMapping.set.mappings).toHaveLength(3)
    expect(run.kept.summary).toContain('#### Proposed mapping')
    expect(run.kept.summary).toContain('"destination": "_emutenant.loyalty.loyaltyId"')
  })

  it('show no name that may be data', async () => {
    const run = await validateOffline(loyaltySchema, {
      files: { 'data/a.csv': 'first_name,+49 171 5550 123\nAda,1\n' },
    })
    expect(everything(run)).not.toContain('171 5550')
    expect(JSON.parse(run.kept.report)).toMatchObject({ proposedMapping: null })
    expect(run.log).toContain('with "show-values: true", the report proposes a mapping set')
  })
})

function everything({ log, kept }: Validated): string {
  return [log, kept.report, kept.summary, kept.sarif].join('\n')
}
