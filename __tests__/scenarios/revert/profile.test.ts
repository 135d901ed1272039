import { describe, expect, it } from 'vitest'
import type { Settings } from '../../../emulator/settings.ts'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { addEventDataset, addRecordDataset, event } from '../../support/emulator/profile-events.ts'
import { waitUntil } from '../../support/time/wait-until.ts'
import { expectPublished } from '../../support/runs/workflow-step.ts'
import { expectReverted, plain, reverting } from './reverting.ts'

const JOBS = '/data/core/ups/system/jobs'
const QUICK_JOBS = { staleReads: 0, systemJobs: { newMs: 1, runMs: 1, end: 'success' } } as const
const WITH_PROFILE = { 'revert-profile': 'true' }

async function withEvents(settings: Partial<Settings> = QUICK_JOBS) {
  const platform = await localPlatform(settings)
  const dataset = addEventDataset(platform)
  const batch = await expectPublished(platform, { files: { 'data/a.jsonl': event('e1') }, inputs: { dataset } })
  const revert = (inputs = {}) => reverting(platform, batch, { inputs: { dataset, ...inputs } })
  return { platform, batch, revert, [Symbol.asyncDispose]: () => platform[Symbol.asyncDispose]() }
}

const inProfile = async ({ emulator }: LocalPlatform) => (await emulator.profile()).map(({ batchId }) => batchId)

describe('`revert-profile: true`', () => {
  it.concurrent('takes events out of Profile, and log, summary and outcome say so', async () => {
    await using events = await withEvents()
    const { platform, batch, revert } = events
    const run = await revert(WITH_PROFILE)
    expectReverted(run, batch)
    expect(await inProfile(platform)).toEqual([])
    const said = new RegExp(`Profile removed the events of batch ${batch} \\(system job [0-9a-f-]+: SUCCESS\\)\\.`)
    expect(run.log).toMatch(said)
    expect(plain(run.summary)).toMatch(said)
    expect(run.log).not.toContain('::warning')
  })

  it.concurrent('is the only way that anything is asked of Profile', async () => {
    await using events = await withEvents()
    const { platform, batch, revert } = events
    const run = await revert()
    expectReverted(run, batch)
    expect(await inProfile(platform)).toEqual([batch])
    expect(platform.requests('GET', /system/).concat(platform.requests('POST', /system/))).toEqual([])
    expect(plain(run.summary)).toContain('for events, run the revert with "revert-profile: true"')
  })

  it.concurrent('leaves a run reverted that ends before the job, with a warning that names it', async () => {
    await using events = await withEvents({ staleReads: 0, systemJobs: { newMs: 0, runMs: 0, end: 'never' } })
    const { platform, batch, revert } = events
    const run = await revert({ ...WITH_PROFILE, 'timeout-minutes': '0.05' })
    expectReverted(run, batch)
    const [job] = await platform.emulator.systemJobs()
    expect(run.log).toMatch(new RegExp(`^::warning::System job ${job?.id}, .*send GET ${JOBS}/${job?.id}\\.$`, 'm'))
  })

  it.concurrent.each(['SIGINT', 'SIGTERM'] as const)(
    'names the job in the log where the step is cancelled by %s while it follows it, and leaves the job alone',
    async (signal) => {
      await using events = await withEvents({ staleReads: 0, systemJobs: { newMs: 0, runMs: 0, end: 'never' } })
      const { platform, batch } = events
      const dataset = (await platform.batch()).datasetId
      const run = await reverting(platform, batch, {
        inputs: { dataset, ...WITH_PROFILE },
        onLine: { match: /^Profile system job \S+ removes batch/m, act: (child) => void child.kill(signal) },
      })
      expect(run.exitCode, run.log).toBe(1)
      expect(run.outputs).toMatchObject({ outcome: 'cancelled', status: 'inactive', 'batch-id': batch })
      const jobs = await platform.emulator.systemJobs()
      expect(jobs).toHaveLength(1)
      expect(run.log).toMatch(
        new RegExp(`^::warning::System job ${jobs[0]?.id}, .*send GET ${JOBS}/${jobs[0]?.id}\\.$`, 'm'),
      )
      expect(plain(run.summary)).toContain(jobs[0]?.id)
      expect(platform.requests('DELETE', /system/)).toEqual([])
      // Run again, it follows the same job.
      platform.emulator.change({ systemJobs: QUICK_JOBS.systemJobs })
      const again = await reverting(platform, batch, { inputs: { dataset, ...WITH_PROFILE }, attempt: 2 })
      expectReverted(again, batch)
      expect(await platform.emulator.systemJobs()).toHaveLength(1)
    },
  )

  it.concurrent(
    'says that Profile may be removing a batch where the step is cancelled while it asks for that',
    async () => {
      await using events = await withEvents()
      const { platform, batch } = events
      platform.emulator.faults.add({ method: 'POST', path: JOBS, effect: { kind: 'latency', ms: 3_600_000 } })
      const dataset = (await platform.batch()).datasetId
      const run = await reverting(platform, batch, {
        inputs: { dataset, ...WITH_PROFILE },
        onLine: {
          match: /Batch to revert/,
          act: async (child) => {
            await waitUntil(() => platform.requests('POST', /system\/jobs/).length > 0)
            child.kill('SIGTERM')
          },
        },
      })
      expect(run.exitCode, run.log).toBe(1)
      expect(run.outputs).toMatchObject({ outcome: 'cancelled', status: 'inactive', 'batch-id': batch })
      expect(run.log).toMatch(
        new RegExp(`^::warning::It is unknown whether Profile removes batch ${batch}\\..*send GET ${JOBS}\\.$`, 'm'),
      )
    },
  )

  it.concurrent('fails where the job may not be requested, and names the permission', async () => {
    await using events = await withEvents()
    const { platform, batch, revert } = events
    const body = JSON.stringify({ message: 'Forbidden', statusCode: '403' })
    const headers = { 'content-type': 'application/json', 'x-request-id': 'req-7' }
    platform.emulator.faults.add({
      method: 'POST',
      path: JOBS,
      times: 0,
      effect: { kind: 'answer', status: 403, body, headers },
    })
    const run = await revert(WITH_PROFILE)
    expect(run.exitCode).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'reverted', 'batch-id': batch })
    expect(run.log).toMatch(/^::error::.*Profile still contains the events.*"Manage Profiles"/m)
  })

  it.concurrent('reverts records, says that Profile removes no such batch, and asks it for nothing', async () => {
    await using platform = await localPlatform(QUICK_JOBS)
    const dataset = addRecordDataset(platform)
    const batch = await expectPublished(platform, { files: { 'data/a.jsonl': member('1') }, inputs: { dataset } })
    const run = await reverting(platform, batch, { inputs: { dataset, ...WITH_PROFILE } })
    expectReverted(run, batch)
    expect(run.log).toMatch(/^Profile cannot remove a batch of record data, only one of events: /m)
    expect(platform.requests('POST', /system/)).toEqual([])
  })

  it.concurrent('is an error in any other mode', async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files: { 'data/a.jsonl': member('1') }, inputs: WITH_PROFILE })
    expect(run.exitCode).toBe(1)
    expect(run.log).toContain('"revert-profile" is given; allowed: only with "mode: revert"')
  })
})
