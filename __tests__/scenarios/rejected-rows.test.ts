import { describe, expect, it } from 'vitest'
import { localPlatform } from '../support/local-platform.ts'
import { member } from '../support/platform-inputs.ts'

/** The seeded schema knows no such tier. */
const files = { 'data/a.jsonl': member('1') + member('2', { tier: 'iron' }) + member('3') + member('4') }

describe('a row that the platform rejects', () => {
  it("fails the job, with the platform's own code and words", async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files })
    expect(run.exitCode).toBe(1)
    const { id, stage, errors } = await platform.batch()
    expect(stage).toBe('failed')
    expect(run.outputs).toMatchObject({ outcome: 'failed', status: 'failed', 'batch-id': id })
    expect(errors.length).toBeGreaterThan(0)
    for (const { code, description } of errors) expect(run.log).toContain(`${code}: ${description}`)
    expect(run.log).toMatch(new RegExp(`^::error::.*${id}`, 'm'))
    expect(run.summary).toContain('❌')
  })

  it('is let pass under an error-threshold, and told', async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files, inputs: { 'error-threshold': '25' } })
    expect(run.exitCode, run.log).toBe(0)
    expect(await platform.batch()).toMatchObject({ stage: 'success', thresholdPercent: 25 })
    expect(run.outputs).toMatchObject({
      outcome: 'partially-published',
      status: 'success',
      'records-read': '4',
      'records-written': '3',
      'records-failed': '1',
    })
    expect(run.log).toContain('INGEST-1212-400')
  })

  it('fails the job where max-rejected-rows allows fewer', async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files, inputs: { 'error-threshold': '50', 'max-rejected-rows': '0' } })
    expect(run.exitCode).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'partially-published', status: 'success', 'records-failed': '1' })
    expect(run.log).toMatch(/^::error::.*1 rows? (was|were) rejected, and 0 are allowed/m)
  })
})
