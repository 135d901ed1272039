import { describe, expect, it } from 'vitest'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { membersParquet } from '../../support/files/members-parquet.ts'
import { datasets, member } from '../../support/runs/platform-inputs.ts'
import {
  expectPublished,
  mainPhase,
  upsertStep,
  writesTo,
  type WorkflowStep,
} from '../../support/runs/workflow-step.ts'

/** Into a dataset that is enabled for Profile, but not for updates. */
function step(files: WorkflowStep['files'], inputs: Readonly<Record<string, string>> = {}): WorkflowStep {
  return { files: files ?? {}, inputs: { dataset: datasets.loyalty, glob: 'data/*', validation: 'error', ...inputs } }
}

const JSONL = { 'data/a.jsonl': member('anonymous') + member('2') }
const PARQUET = { 'data/a.parquet': membersParquet(['2', 'anonymous']) }

describe('a primary identity that the platform skips', () => {
  it.concurrent.each([
    ['JSON', JSONL],
    ['Parquet', PARQUET],
  ])('(%s) stops the publish, though no row would be rejected, whatever error-threshold allows', async (_, files) => {
    await using platform = await localPlatform()
    const run = await mainPhase(platform, step(files, { 'error-threshold': '90' }))
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'invalid', 'batch-ids': '[]' })
    expect(run.log).toContain('::error title=identity-invalid')
    expect(run.log).toContain('1 of 2 rows (50 %25) would be stored incomplete or changed')
    expect(run.log).not.toContain('would be rejected')
    expect(writesTo(platform)).toEqual([])
  })

  it.concurrent('is kept by the data lake and missing in Profile when validation only warns', async () => {
    await using platform = await localPlatform()
    const run = await mainPhase(platform, step(JSONL, { validation: 'warn' }))
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs['records-written']).toBe('2')
    expect((await platform.emulator.profile()).map(({ identity }) => identity)).toEqual(['LoyaltyId:2'])
  })

  it.concurrent('stops profile updates in any case', async () => {
    await using platform = await localPlatform()
    const files = { 'data/a.jsonl': member('x'.repeat(1025)) }
    const run = await mainPhase(platform, upsertStep(datasets.upsertable, 'true', { files }))
    expect(run.outputs['outcome'], run.log).toBe('invalid')
    expect(run.log).toContain('at most 1024 characters')
    expect(writesTo(platform)).toEqual([])
  })
})

describe('another identity that the platform skips', () => {
  it.concurrent('is a warning, and the row is published', async () => {
    await using platform = await localPlatform()
    const record = { ...(JSON.parse(member('1')) as object), identityMap: { ECID: [{ id: '12345' }] } }
    const more = JSON.stringify({ ...record, personalEmail: { address: '' } })
    const files = { 'data/a.jsonl': `${more}\n` }
    const run = await mainPhase(platform, upsertStep(datasets.upsertable, 'true', { files }))
    expect(run.exitCode, run.log).toBe(0)
    expect(run.log.match(/::warning title=identity-skipped/g)).toHaveLength(2)
    await expectPublished(platform, step({ 'data/a.jsonl': member('1') }))
  })
})
