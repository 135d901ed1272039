import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../emulator/faults/faults.ts'
import { seededSandboxes } from '../../../emulator/seed.ts'
import type { Settings } from '../../../emulator/settings.ts'
import { runStep, type Step } from '../../support/runs/in-memory-action.ts'
import { inMemoryPlatform, type InMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { contentOf } from '../../support/files/members.ts'
import { addEventDataset, addRecordDataset, event } from '../../support/emulator/profile-events.ts'

const JOBS = '/data/core/ups/system/jobs'

/** Two batches of events, each from a run of its own. */
async function withEvents(settings: Partial<Settings> = {}) {
  const platform = inMemoryPlatform({ staleReads: 0, ...settings })
  const dataset = addEventDataset(platform)
  const publish = async (id: string, inputs = {}) => {
    const files = { 'data/a.jsonl': event(id) }
    const { outputs } = await runStep(platform, { files, inputs: { dataset, publication: id, ...inputs } })
    return outputs['batch-id'] ?? ''
  }
  const [batch, other] = [await publish('e1'), await publish('e2')]
  const revert = (inputs: Step['inputs'] = {}, send = platform.send) =>
    runStep(
      { ...platform, send },
      {
        inputs: { mode: 'revert', dataset, glob: '', 'batch-id': batch, 'revert-profile': 'true', ...inputs },
      },
    )
  return { platform, dataset, batch, other, revert, publish }
}

const inProfile = async ({ emulator }: InMemoryPlatform) => (await emulator.profile()).map(({ batchId }) => batchId)

const asked = ({ emulator }: InMemoryPlatform) =>
  emulator.requests().filter(({ method, target }) => method === 'POST' && target === JOBS)

const refusal = (status: number, body: object, method = 'POST'): Fault => ({
  method,
  path: `${JOBS}**`,
  times: 0,
  effect: {
    kind: 'answer',
    status,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'x-request-id': 'req-7' },
  },
})

describe('`mode: revert` with `revert-profile: true`', () => {
  it('removes the events of the batch from Profile, and leaves those of others', async () => {
    const { platform, batch, other, revert } = await withEvents()
    const run = await revert()
    expect(run.failed, run.log).toBe(false)
    expect(run.outputs).toMatchObject({ outcome: 'reverted', status: 'inactive', 'batch-id': batch })
    expect(await inProfile(platform)).toEqual([other])
    const [job] = await platform.emulator.systemJobs()
    expect(run.log).toContain(`Profile removed the events of batch ${batch} (system job ${job?.id}: SUCCESS).`)
    expect(run.warnings).toEqual([])
    expect(run.log).not.toContain('stay in Profile')
  })

  it('does nothing in Profile without the input, and says what stays there', async () => {
    const { platform, batch, other, revert } = await withEvents()
    const run = await revert({ 'revert-profile': '' })
    expect(run.outputs['outcome']).toBe('reverted')
    expect(await inProfile(platform)).toEqual([batch, other])
    expect(platform.emulator.requests().filter(({ target }) => target.startsWith('/data/core/'))).toEqual([])
    expect(run.log).toContain('Profile still contains what was removed from the data lake.')
  })

  it.each([
    ['Azure, as its OpenAPI file has it', { dialect: 'oas' }],
    ['AWS', { cloud: 'aws' }],
    ['AWS, as its OpenAPI file has it', { cloud: 'aws', dialect: 'oas' }],
  ] as const)('does so on %s', async (_, settings) => {
    const { platform, other, revert } = await withEvents(settings)
    const run = await revert()
    expect(run.outputs['outcome'], run.log).toBe('reverted')
    expect(run.warnings).toEqual([])
    expect(await inProfile(platform)).toEqual([other])
    const [request] = asked(platform)
    expect(request?.headers).toMatchObject({ 'x-sandbox-id': seededSandboxes.dev.id })
  })

  it('does the part of Profile also where the batch was reverted before', async () => {
    const { platform, other, revert } = await withEvents()
    await revert({ 'revert-profile': 'false' })
    const run = await revert()
    expect(run.outputs['outcome'], run.log).toBe('reverted')
    expect(await inProfile(platform)).toEqual([other])
    expect(run.log).toContain('Profile removed the events')
  })

  it('and where another batch has replaced it', async () => {
    const { platform, batch, other, publish, revert } = await withEvents()
    const newer = await publish('e1', { 'replay-predecessors': batch, 'if-unchanged': 'publish' })
    expect(await inProfile(platform)).not.toContain(batch)
    const run = await revert({ 'batch-id': batch })
    expect(run.outputs['outcome'], run.log).toBe('reverted')
    expect(await inProfile(platform)).toEqual(expect.arrayContaining([other, newer]))
  })

  it('asks once: a second run takes up the job of the first', async () => {
    const { platform, revert } = await withEvents()
    const first = await revert()
    const again = await revert()
    const line = /Profile removed the events of batch \S+ \(system job \S+: SUCCESS\)/
    expect(line.exec(again.log)?.[0]).toBe(line.exec(first.log)?.[0])
    expect(asked(platform)).toHaveLength(1)
  })

  it('asks once where the answer got lost', async () => {
    const { platform, other, revert } = await withEvents()
    platform.emulator.faults.add({ method: 'POST', path: JOBS, effect: { kind: 'reset', when: 'after' } })
    const run = await revert()
    expect(run.outputs['outcome'], run.log).toBe('reverted')
    expect(asked(platform)).toHaveLength(1)
    expect(run.log).toContain('Profile removed the events')
    expect(await inProfile(platform)).toEqual([other])
  })

  it('asks once where a gateway answers 503 for a request that was acted on: the list is read before it is repeated', async () => {
    const { platform, other, revert } = await withEvents()
    let posts = 0
    const send: InMemoryPlatform['send'] = async (request, signal) => {
      const answered = await platform.send(request, signal)
      const isFirst = request.method === 'POST' && request.url.pathname === JOBS && posts++ === 0
      return isFirst ? { status: 503, headers: {}, body: Buffer.from('{}') } : answered
    }
    const run = await revert({}, send)
    expect(run).toMatchObject({ failed: false, outputs: { outcome: 'reverted' }, warnings: [] })
    expect([asked(platform).length, await inProfile(platform)]).toEqual([1, [other]])
  })

  it('asks again where a 503 came before anything was done', async () => {
    const { platform, other, revert } = await withEvents()
    const busy = { kind: 'answer', status: 503, body: '{}' } as const
    platform.emulator.faults.add({ method: 'POST', path: JOBS, times: 2, effect: busy })
    const run = await revert()
    expect(run).toMatchObject({ failed: false, outputs: { outcome: 'reverted' }, warnings: [] })
    expect([asked(platform).length, await inProfile(platform)]).toEqual([3, [other]])
  })

  it('never asks twice where the answer got lost and no list shows the job yet: a later run takes it up', async () => {
    const { platform, batch, other, revert } = await withEvents()
    const bare = { kind: 'answer', status: 200, body: '[]' } as const
    platform.emulator.faults.add(
      { method: 'POST', path: JOBS, effect: { kind: 'reset', when: 'after' } },
      { method: 'GET', path: JOBS, times: 3, effect: bare },
    )
    const run = await revert()
    expect(run).toMatchObject({ failed: false, outputs: { outcome: 'reverted' } })
    expect(run.warnings).toEqual([expect.stringContaining(`It is unknown whether Profile removes batch ${batch}.`)])
    const again = await revert()
    expect(again).toMatchObject({ failed: false, outputs: { outcome: 'reverted' }, warnings: [] })
    expect(again.log).toContain('Profile removed the events')
    expect([asked(platform).length, (await platform.emulator.systemJobs()).length]).toEqual([1, 1])
    expect(await inProfile(platform)).toEqual([other])
  })

  it('takes up the job that the platform says exists, though the list did not show it at first', async () => {
    const { platform, batch, revert } = await withEvents()
    await revert({ 'batch-id': batch })
    const all = asked(platform).length
    platform.emulator.faults.add(
      { method: 'GET', path: JOBS, effect: { kind: 'answer', status: 200, body: '[]' } },
      { method: 'GET', path: JOBS, skip: 1, effect: { kind: 'answer', status: 200, body: '[]' } },
    )
    const run = await revert()
    expect(run.outputs['outcome'], run.log).toBe('reverted')
    expect(run.log).toContain('Profile removed the events')
    expect(asked(platform)).toHaveLength(all + 1)
    expect(await platform.emulator.systemJobs()).toHaveLength(1)
  })
})

describe('a publish run of several batches, reverted with `revert-profile: true`', () => {
  async function inParts() {
    const platform = inMemoryPlatform({ staleReads: 0, maxFiles: 1 })
    const dataset = addEventDataset(platform)
    const inputs = { dataset, publication: 'events', validation: 'error' }
    // Folders with `=` are not packed together.
    const files = Object.fromEntries(['1', '2', '3'].map((day) => [`data/day=${day}/a.jsonl`, event(day)]))
    const { outputs, log } = await runStep(platform, { files, inputs })
    const batches = JSON.parse(outputs['batch-ids'] ?? '[]') as readonly string[]
    expect(batches, log).toHaveLength(3)
    const last = { mode: 'revert', dataset, glob: '', publication: 'events', 'batch-id': 'previous' }
    const revert = (given: Readonly<Record<string, string>> = {}) =>
      runStep(platform, { inputs: { ...last, 'revert-profile': 'true', ...given } })
    return { platform, batches, revert }
  }

  it('leaves Profile with all of them, each by a job of its own', async () => {
    const { platform, batches, revert } = await inParts()
    const run = await revert()
    expect(run).toMatchObject({ failed: false, outputs: { outcome: 'reverted' } })
    expect(await inProfile(platform)).toEqual([])
    const jobs = await platform.emulator.systemJobs()
    expect(new Set(jobs.map(({ batchId }) => batchId))).toEqual(new Set(batches))
    expect(jobs).toHaveLength(3)
  })

  it('asks Profile for nothing where the platform has consolidated them, and it cannot tell out of what: nobody would be told of the jobs', async () => {
    const { platform, batches, revert } = await inParts()
    const holder = await platform.emulator.consolidate(batches)
    const path = `/**/catalog/batches/${batches.at(-1)}`
    platform.emulator.faults.add({ method: 'GET', path, times: 0, effect: { kind: 'answer', status: 403, body: '{}' } })
    const run = await revert({ 'batch-id': holder })
    expect(run.failed, run.log).toBe(true)
    expect(run.log).toContain('stay in Profile')
    expect(asked(platform)).toEqual([])
    expect((await inProfile(platform)).toSorted()).toEqual(batches.toSorted())
  })

  it('fails where one of the jobs is refused, and names its batch alone', async () => {
    const { platform, batches, revert } = await inParts()
    platform.emulator.faults.add({ ...refusal(403, { message: 'Forbidden', statusCode: '403' }), skip: 1, times: 1 })
    const run = await revert()
    expect(run).toMatchObject({ failed: true, outputs: { outcome: 'reverted' } })
    const [left] = await inProfile(platform)
    expect(batches).toContain(left)
    expect(run.errors).toEqual([expect.stringContaining(`Profile still contains the events of ${left}.`)])
    expect(run.log.match(/Profile removed the events of batch/g)).toHaveLength(2)
  })
})

it('removes from Profile what was published, where the platform has consolidated it', async () => {
  const { platform, dataset, batch, other, revert } = await withEvents()
  const holder = await platform.emulator.consolidate([batch, other])
  const run = await revert({ dataset, 'batch-id': holder })
  expect(run).toMatchObject({ failed: false, outputs: { outcome: 'reverted' } })
  expect(await inProfile(platform)).toEqual([])
  const jobs = await platform.emulator.systemJobs()
  expect(new Set(jobs.map(({ batchId }) => batchId))).toEqual(new Set([batch, other]))
  expect(jobs).toHaveLength(2)
})

it('asks Profile for nothing where it cannot tell what was published: no job is there that nobody was told of', async () => {
  const { platform, dataset, batch, other, revert } = await withEvents()
  const holder = await platform.emulator.consolidate([batch, other])
  await revert({ dataset, 'batch-id': holder, 'revert-profile': 'false' })
  const gone = { method: 'GET', path: `/**/catalog/batches/${other}`, times: 0 }
  platform.emulator.faults.add({ ...gone, effect: { kind: 'answer', status: 403, body: '{}' } })
  const run = await revert({ dataset, 'batch-id': holder })
  expect(run.failed, run.log).toBe(true)
  expect(run.log).toContain('Events that were removed from the data lake stay in Profile')
  expect(asked(platform)).toEqual([])
})

it('asks Profile for nothing while the revert is not finished, and says so', async () => {
  const { platform, batch, other, revert } = await withEvents({ staleReads: 1_000_000 })
  const run = await revert()
  expect(run).toMatchObject({ failed: true, outputs: { outcome: 'timed-out' } })
  expect(run.log).toContain('Profile was not asked to remove the batch, because the revert is not finished.')
  expect(asked(platform)).toEqual([])
  expect(await inProfile(platform)).toEqual([batch, other])
})

describe('a removal from Profile that is not confirmed', () => {
  it('is a warning with the id of the job, and the run stays reverted, when the time ends', async () => {
    const { platform, batch, revert } = await withEvents({ systemJobs: { newMs: 0, runMs: 1_000, end: 'never' } })
    const run = await revert()
    expect(run).toMatchObject({ failed: false, outputs: { outcome: 'reverted' } })
    const [job] = await platform.emulator.systemJobs()
    expect(run.warnings).toEqual([
      `System job ${job?.id}, which removes batch ${batch} from Profile, is not finished: IN-PROGRESS. Run the job again to see the result, or send GET ${JOBS}/${job?.id}.`,
    ])
    // Which nobody can say while the job goes on.
    expect(run.log).not.toContain('stay in Profile')
  })

  it('is one without waiting, too', async () => {
    const { platform, revert } = await withEvents()
    const run = await revert({ wait: 'false' })
    expect(run).toMatchObject({ failed: false, outputs: { outcome: 'submitted' } })
    expect(asked(platform)).toHaveLength(1)
    expect(run.warnings).toEqual([expect.stringContaining('is not finished: NEW')])
  })

  it.each([
    ['without an id', { status: 'NEW' }],
    ['that is no object', []],
  ])('is one where the answer is odd: %s', async (_, body) => {
    const { platform, batch, revert } = await withEvents()
    platform.emulator.faults.add(refusal(200, body))
    const run = await revert()
    expect(run).toMatchObject({ failed: false, outputs: { outcome: 'reverted' } })
    expect(run.warnings).toEqual([expect.stringContaining(`It is unknown whether Profile removes batch ${batch}.`)])
    expect(run.warnings[0]).toContain(`or send GET ${JOBS}.`)
  })

  it('is one where the job has a status that no document has, or is gone', async () => {
    const { platform, revert } = await withEvents()
    platform.emulator.faults.add(refusal(200, { requestId: 'job-1', status: 'PAUSED' }))
    const look = refusal(200, { requestId: 'job-1', status: 'PAUSED' }, 'GET')
    platform.emulator.faults.add({ ...look, path: `${JOBS}/*` })
    const odd = await revert()
    expect(odd.warnings).toEqual([expect.stringContaining('System job job-1, which removes batch')])
    expect(odd.warnings[0]).toContain('is not finished: PAUSED')
    platform.emulator.faults.clear()
    platform.emulator.faults.add(
      { method: 'GET', path: `${JOBS}/*`, times: 0, effect: { kind: 'missing' } },
      refusal(200, { requestId: 'job-1', status: 'NEW' }),
    )
    const gone = await revert()
    expect(gone).toMatchObject({ failed: false, outputs: { outcome: 'reverted' } })
    expect(gone.warnings).toEqual([expect.stringContaining(`send GET ${JOBS}/job-1.`)])
  })

  it.each([
    ['the request is answered by a job of another batch', 'POST', { batchId: 'B-other' }],
    ['the request is answered by one of the whole dataset', 'POST', { datasetId: 'D' }],
    ['a look at its job is answered by that of another batch', 'GET', { batchId: 'B-other' }],
  ])('is one where %s, which has ended well', async (_, method, properties) => {
    const { platform, batch, other, revert } = await withEvents({ systemJobs: { newMs: 0, runMs: 0, end: 'never' } })
    const ended = refusal(200, { requestId: 'job-9', status: 'SUCCESS', properties }, method)
    platform.emulator.faults.add(method === 'GET' ? { ...ended, path: `${JOBS}/*` } : ended)
    const run = await revert()
    expect(run).toMatchObject({ failed: false, outputs: { outcome: 'reverted' } })
    expect(run.log).not.toContain('Profile removed the events')
    expect(run.warnings.join('\n')).toContain(`It is unknown whether Profile removes batch ${batch}.`)
    expect(await inProfile(platform)).toEqual([batch, other])
  })

  it('is one where a look at its job shows the right id, and another batch', async () => {
    const { platform, batch, revert } = await withEvents()
    platform.emulator.faults.add(refusal(200, { requestId: 'job-1', status: 'NEW', properties: { batchId: batch } }), {
      ...refusal(200, { requestId: 'job-1', status: 'SUCCESS', properties: { batchId: 'B-other' } }, 'GET'),
      path: `${JOBS}/*`,
    })
    const run = await revert()
    expect(run).toMatchObject({ failed: false, outputs: { outcome: 'reverted' } })
    expect(run.log).not.toContain('Profile removed the events')
    expect(run.warnings).toEqual([expect.stringContaining('Profile system job job-1 (SUCCESS) is of batch B-other')])
  })

  it('is one where Profile does not know the batch', async () => {
    const { platform, dataset } = await withEvents()
    // Ingested while the dataset was not enabled for Profile.
    platform.emulator.faults.add(
      refusal(400, {
        requestId: 'r',
        errors: { '400': [{ code: '400', message: 'Batch not found for profile dataset' }] },
      }),
    )
    const run = await runStep(platform, {
      inputs: {
        mode: 'revert',
        dataset,
        glob: '',
        'batch-id': 'previous',
        publication: 'e1',
        'revert-profile': 'true',
      },
    })
    expect(run).toMatchObject({ failed: false, outputs: { outcome: 'reverted' } })
    expect(run.warnings).toEqual([expect.stringContaining('it may not have ingested the batch, or not yet.')])
    expect(run.warnings[0]).toContain('Batch not found for profile dataset')
  })
})

describe('a removal from Profile that is refused or fails', () => {
  it.each([
    ['FAILED', {}],
    ['ERROR', { dialect: 'oas' }],
  ] as const)('fails the job, whose outcome stays reverted, and tells the job: %s', async (word, settings) => {
    const { platform, batch, revert } = await withEvents({
      systemJobs: { newMs: 0, runMs: 0, end: 'failure' },
      ...settings,
    })
    const run = await revert()
    expect(run.log).toContain(`ended as ${word}`)
    expect(run).toMatchObject({ failed: true, outputs: { outcome: 'reverted', status: 'inactive' } })
    const [job] = await platform.emulator.systemJobs()
    expect(run.warnings).toEqual([expect.stringContaining(`System job ${job?.id}, which was to remove batch ${batch}`)])
    expect(run.errors).toEqual([expect.stringContaining(`Profile still contains the events of ${batch}`)])
    // A failed job has removed nothing: the next run asks for another.
    platform.emulator.change({ systemJobs: { newMs: 0, runMs: 0, end: 'success' } })
    expect((await revert()).outputs['outcome']).toBe('reverted')
  })

  it('fails where Profile calls the request invalid: its events are still there', async () => {
    const { platform, batch, other, revert } = await withEvents()
    platform.emulator.faults.add(refusal(400, { code: '400', message: 'Invalid delete request (Profile System Job)' }))
    const run = await revert()
    expect(run).toMatchObject({ failed: true, outputs: { outcome: 'reverted' } })
    expect(run.errors).toEqual([expect.stringMatching(/Profile still contains the events.*Invalid delete request/s)])
    expect(await inProfile(platform)).toEqual([batch, other])
  })

  it('fails where the list of jobs cannot be read, so that nothing was asked for: the next run asks', async () => {
    const { platform, batch, other, revert } = await withEvents()
    platform.emulator.faults.add(refusal(500, {}, 'GET'))
    const run = await revert()
    expect(run).toMatchObject({ failed: true, outputs: { outcome: 'reverted' } })
    expect(run.errors).toEqual([
      expect.stringContaining(`Profile was not asked to remove ${batch}. Cannot read the list`),
    ])
    expect([asked(platform), await inProfile(platform)]).toEqual([[], [batch, other]])
    platform.emulator.faults.clear()
    expect((await revert()).failed).toBe(false)
    expect(await inProfile(platform)).toEqual([other])
  })

  it('names "Manage Profiles" where the job may not be requested', async () => {
    const { platform, revert } = await withEvents()
    platform.emulator.faults.add(refusal(403, { message: 'Forbidden', statusCode: '403' }))
    const run = await revert()
    expect(run).toMatchObject({ failed: true, outputs: { outcome: 'reverted' } })
    expect(run.errors[0]).toContain('permission "Manage Profiles" in this sandbox, or leave out "revert-profile"')
  })

  it('names "View Profiles", and reverts nothing, where jobs may not be read', async () => {
    const { platform, batch, revert } = await withEvents()
    platform.emulator.faults.add(refusal(403, { message: 'Forbidden', statusCode: '403' }, 'GET'))
    const run = await revert()
    expect(run).toMatchObject({ failed: true, outputs: { outcome: 'failed' } })
    expect(run.errors[0]).toContain('"View Profiles" (to read system jobs)')
    expect((await platform.emulator.batches()).find(({ id }) => id === batch)?.stage).toBe('success')
  })
})

describe('`revert-profile: true` where Profile removes no batch', () => {
  it('reverts record data, and says that it is impossible and what is not', async () => {
    const platform = inMemoryPlatform({ staleReads: 0 })
    const dataset = addRecordDataset(platform)
    const published = await runStep(platform, { files: contentOf('1'), inputs: { dataset } })
    const inputs = { mode: 'revert', dataset, glob: '', 'batch-id': published.outputs['batch-id'] ?? '' }
    const run = await runStep(platform, { inputs: { ...inputs, 'revert-profile': 'true' } })
    expect(run).toMatchObject({ failed: false, outputs: { outcome: 'reverted' } })
    expect(run.log).toContain('Profile cannot remove a batch of record data, only one of events')
    expect(run.log).toContain('publish records with the older or corrected values')
    expect(asked(platform)).toEqual([])
  })

  it('says that the dataset is not enabled for Profile', async () => {
    const platform = inMemoryPlatform({ staleReads: 0 })
    const files = { 'data/a.jsonl': event('e1') }
    const dataset = '650000000000000000000002'
    const { outputs } = await runStep(platform, { files, inputs: { dataset } })
    const inputs = { mode: 'revert', dataset, glob: '', 'batch-id': outputs['batch-id'] ?? '' }
    const run = await runStep(platform, { inputs: { ...inputs, 'revert-profile': 'true' } })
    expect(run.outputs['outcome'], run.log).toBe('reverted')
    expect(run.log).toContain('The dataset is not enabled for Profile')
    expect(asked(platform)).toEqual([])
  })
})

it('says in the log of a publish run that what it replaced stays in Profile', async () => {
  const { batch, platform } = await withEvents()
  const files = { 'data/a.jsonl': event('e3') }
  const dataset = (await platform.emulator.batches()).find(({ id }) => id === batch)?.datasetId ?? ''
  const inputs = { dataset, publication: 'e1', validation: 'error', 'replay-predecessors': 'previous' }
  const run = await runStep(platform, { files, inputs, run: { runId: '1002' } })
  expect(run.log).toContain(`Replaced batch ${batch}`)
  expect(run.log).toContain('Events that were removed from the data lake stay in Profile: "mode: revert"')
})
