import { describe, expect, it } from 'vitest'
import { loyaltySchema } from '../../../emulator/seed/loyalty-schema.ts'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { crm } from '../../support/files/crm.ts'
import { reportFaults } from '../../support/report/report-faults.ts'
import type { ActionResult } from '../../support/runs/run-action.ts'
import { validateOffline } from '../../support/check/validated.ts'

type SeenMapping = {
  readonly version: number | null
  readonly mappings: readonly object[]
  readonly unmapped: readonly string[]
  readonly records: readonly (readonly { readonly path: string; readonly value?: string }[])[]
}

function mappingIn({ kept }: Pick<ActionResult, 'kept'>): SeenMapping {
  const report = JSON.parse(kept.report) as { readonly mapping: SeenMapping }
  expect(reportFaults(report)).toEqual([])
  return report.mapping
}

/** Validated without a network, going on over errors. */
function tried(inputs: Readonly<Record<string, string>> = {}) {
  const files = { 'data/profiles.csv': crm.csv, 'mappings/crm.json': crm.mapping }
  return validateOffline(crm.schema, { files, inputs: { mapping: 'mappings/crm.json', validation: 'warn', ...inputs } })
}

const everything = ({ log, kept }: ActionResult) => [log, ...Object.values(kept)].join('\n')

describe('a CSV export of a CRM, validated with its mapping', () => {
  it('has its bad dates found at their lines and columns, also behind a line end in quotes', async () => {
    const { checks, log } = await tried()
    const errors = checks[0]?.findings.filter(({ code }) => code === 'mapping-error') ?? []
    expect(errors.map(({ path, count }) => [path, count])).toEqual([['/person/birthDate', 3]])
    expect(errors[0]?.first.map(({ place }) => place)).toEqual(
      ['"1990-3-5"', '"1976-12-9"', '"1969-02-30"'].map(placeOf),
    )
    expect(log).not.toContain('1990-3-5')
  })

  it('is shown by what each mapping gave and the first records without values', async () => {
    const run = await tried()
    const { mappings, unmapped, records } = mappingIn(run)
    expect(mappings[3]).toMatchObject({ mapping: 4, source: 'DOB', values: 1, nulls: 1, errors: 3 })
    expect(mappings[9]).toMatchObject({ mapping: 10, source: 'ECID_2', values: 2, nulls: 3, errors: 0 })
    expect(unmapped).toEqual([])
    expect(records).toHaveLength(3)
    expect(records.flat().filter(({ value }) => value !== undefined)).toEqual([])
    expect(run.log).toContain('Mapping "mappings/crm.json": 19 mappings gave ')
    expect(run.log).toContain('Record 1: /person/name/courtesyTitle, ')
    expect(run.kept.summary).toContain('#### Mapping')
    for (const value of ['Lovelace', 'c-0001', 'ada@example.com']) expect(everything(run)).not.toContain(value)
  })

  it('shows the values of the first records with show-values', async () => {
    const { records } = mappingIn(await tried({ 'show-values': 'true' }))
    expect(records[0]).toContainEqual({ path: '/personalEmail/address', value: '"ada@example.com"' })
  })
})

describe('a mapping that leaves columns out', () => {
  const files = {
    'data/a.csv': 'Member No,remarks\nL1,x\n',
    'map.json': '[{"source":"Member No","destination":"_emutenant.loyalty.loyaltyId"}]',
  }

  it('names them, in mode: validate', async () => {
    const run = await validateOffline(loyaltySchema, { files, inputs: { glob: 'data/*.csv', mapping: 'map.json' } })
    expect(run.outputs['outcome'], run.log).toBe('validated')
    expect(mappingIn(run).unmapped).toEqual(['remarks'])
    expect(run.kept.summary).toContain('No mapping reads `remarks`.')
  })

  it('shows no name that may be data, and no first row of a file without a header', async () => {
    for (const header of ['Member No,+49 171 5550 123', 'L0,+49 171 5550 123']) {
      const csv = { ...files, 'data/a.csv': `${header}\nL1,x\n` }
      const run = await validateOffline(loyaltySchema, {
        files: csv,
        inputs: { glob: 'data/*.csv', mapping: 'map.json' },
      })
      expect(run.log).toContain('whose names may be data')
      expect(everything(run)).not.toContain('171 5550')
    }
  })

  it('names them, in mode: plan', async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files, inputs: { mode: 'plan', glob: 'data/*.csv', mapping: 'map.json' } })
    expect(run.outputs['outcome'], run.log).toBe('planned')
    expect(mappingIn(run).unmapped).toEqual(['remarks'])
    expect(mappingIn(run).records).toEqual([[{ path: '/_emutenant/loyalty/loyaltyId' }]])
  })
})

/** Line and column of the only cell like this. */
function placeOf(cell: string) {
  const before = crm.csv.slice(0, crm.csv.indexOf(cell)).split('\n')
  return { kind: 'text', line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
