import { describe, expect, it } from 'vitest'
import { localPlatform } from '../support/emulator/local-platform.ts'
import { member } from '../support/runs/platform-inputs.ts'
import { bothPhases } from '../support/runs/workflow-step.ts'
import { describeScenarios, NO_REQUEST } from '../support/runs/scenario.ts'

const files = { 'data/a.jsonl': member('1') }
const PUBLISHED = { files, exitCode: 0, log: [/^Published: 1 file.*batch \w+/m], batches: [{ status: 'success' }] }
const STOPPED = { files, exitCode: 1, notInLog: [/at async/, /node:fs/], batches: [] }

/** A folder that is not there: on a full disk, or one that can be read only, the same happens. */
const GONE = '/nowhere/at/all'

describeScenarios('a file of the runner that is not there', {
  'for outputs leaves the verdict, and the log has what could not be written': {
    ...PUBLISHED,
    env: { GITHUB_OUTPUT: GONE },
    log: [...PUBLISHED.log, /^::warning::Cannot write to the runner's file GITHUB_OUTPUT.*Later steps.*batch-id: \w+/m],
  },
  'for the summary leaves the verdict': {
    ...PUBLISHED,
    env: { GITHUB_STEP_SUMMARY: GONE },
    outputs: { outcome: 'published' },
    log: [...PUBLISHED.log, /^::warning::Cannot write the job summary/m],
  },
  'for state stops before the platform is asked': {
    ...STOPPED,
    env: { GITHUB_STATE: GONE },
    outputs: { outcome: 'failed' },
    error: [/Cannot write to the runner's file GITHUB_STATE/, /Check that the disk of the runner is not full/],
    requests: NO_REQUEST,
  },
  'for temporary files stops with the reason when something has to be converted': {
    ...STOPPED,
    files: { 'data/a.json': `[${member('1').trim()}]` },
    inputs: { glob: 'data/*.json' },
    env: { RUNNER_TEMP: GONE },
    error: [/Cannot write temporary files at "\/nowhere\/at\/all": ENOENT/, /RUNNER_TEMP/],
  },
  'for reports leaves the verdict': {
    ...PUBLISHED,
    env: { RUNNER_TEMP: GONE },
    outputs: { outcome: 'published', 'report-path': '', 'summary-path': '' },
    log: [...PUBLISHED.log, /^::warning::Cannot write report\.json/m, /^::warning::Cannot write summary\.md/m],
  },
  'for the event leaves the verdict': {
    ...PUBLISHED,
    env: { GITHUB_EVENT_PATH: GONE },
    outputs: { outcome: 'published' },
  },
})

it('a post phase whose main phase could save no state publishes nothing', async () => {
  await using platform = await localPlatform()
  const { exitCode, post } = await bothPhases(platform, { files, env: { GITHUB_STATE: GONE } })
  expect([exitCode, post.exitCode, post.outputs]).toEqual([1, 0, {}])
  expect(await platform.emulator.batches()).toEqual([])
})

it('the job summary is a file, too, for a comment or a chat message', async () => {
  await using platform = await localPlatform()
  const run = await platform.publish({ files })
  expect(run.outputs['summary-path']).toMatch(/publish-report-\w+.summary\.md$/)
  expect(run.kept.summary).toBe(run.summary.replace(/\n$/, ''))
})

describe('a payload of the event', () => {
  it.each(['', '{"repository":{"id":47', 'null', '[]', '"x"'])('that reads %j leaves the verdict', async (text) => {
    await using platform = await localPlatform()
    const env = { GITHUB_EVENT_PATH: 'event.json' }
    const run = await platform.publish({ files: { ...files, 'event.json': text }, env })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({ outcome: 'published' })
  })
})

describe.skipIf(process.platform !== 'linux')('a full disk', () => {
  it('leaves the verdict when the outputs can not be written', async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files, env: { GITHUB_OUTPUT: '/dev/full' } })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.log).toMatch(/^::warning::.*ENOSPC.*outcome: published/m)
  })
})
