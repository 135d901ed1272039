import { describe, expect, it } from 'vitest'
import { seededDatasetIds } from '../../emulator/seed/ids.ts'
import { seededSandboxes } from '../../emulator/seed.ts'
import type { Settings } from '../../emulator/settings.ts'
import { at, goodRow, platformInMemory } from './platform-in-memory.ts'

const JOBS = '/data/core/ups/system/jobs'
const AWS = { headers: { 'x-sandbox-id': seededSandboxes.dev.id } }

/** An event dataset that Profile takes, and a batch of one event in it. */
async function withEvents(settings: Partial<Settings> = {}) {
  const platform = await platformInMemory(settings)
  const tags = { unifiedProfile: ['enabled:true'], unifiedIdentity: ['enabled:true'] }
  const [datasetId = ''] = platform.emulator.addDatasets([{ name: 'Events in Profile', schema: 'events', tags }])
  const publish = (id: string) =>
    platform.publish(
      `${JSON.stringify({ _id: id, timestamp: '2026-01-01T00:00:00Z', identityMap: { ECID: [{ id: '1'.repeat(38) }] } })}\n`,
      { datasetId },
    )
  const ask = (batchId: string, more = {}) => platform.send('POST', JOBS, { body: { datasetId, batchId }, ...more })
  return { platform, datasetId, publish, ask }
}

const idOf = (got: { readonly json: unknown }) => String(at(got.json, 'requestId'))

describe('a system job for a batch of events', () => {
  it('takes the events of this batch out of Profile, and leaves those of others', async () => {
    const { platform, publish, ask } = await withEvents()
    const [gone, kept] = [await publish('e1'), await publish('e2')]
    const made = await ask(gone)
    expect(made).toMatchObject({ status: 200, json: { requestType: 'DELETE_EE_BATCH', status: 'NEW' } })
    const status = async () => at((await platform.send('GET', `${JOBS}/${idOf(made)}`)).json, 'status')
    platform.pass(200)
    expect(await status()).toBe('IN-PROGRESS')
    expect(await platform.emulator.profile()).toHaveLength(2)
    platform.pass(1_000)
    expect(await status()).toBe('SUCCESS')
    expect((await platform.emulator.profile()).map(({ batchId }) => batchId)).toEqual([kept])
  })

  it('is refused a second time, while the first one has not failed', async () => {
    const { platform, publish, ask } = await withEvents()
    const batch = await publish('e1')
    await ask(batch)
    expect(await ask(batch)).toMatchObject({ status: 422, json: { statusCode: '422' } })
    expect(at((await platform.send('GET', JOBS)).json, '_page', 'totalCount')).toBe(1)
  })

  it('can end without having done it, and be asked for again', async () => {
    const { platform, publish, ask } = await withEvents({ systemJobs: { newMs: 0, runMs: 0, end: 'failure' } })
    const batch = await publish('e1')
    const made = await ask(batch)
    expect((await platform.send('GET', `${JOBS}/${idOf(made)}`)).json).toMatchObject({ status: 'FAILED' })
    expect(await platform.emulator.profile()).toHaveLength(1)
    expect((await ask(batch)).status).toBe(200)
  })

  it('reads as the OpenAPI file has it, in its dialect', async () => {
    const { platform, publish } = await withEvents({ dialect: 'oas' })
    const batchId = await publish('e1')
    const made = await platform.send('POST', JOBS, { body: { batchId } })
    expect(made.json).toMatchObject({ id: expect.any(String), batchId, jobType: 'DELETE', status: 'NEW' })
    platform.pass(10_000)
    expect((await platform.send('GET', JOBS)).json).toMatchObject({ children: [{ batchId, status: 'COMPLETED' }] })
  })

  it('on AWS needs the id of the sandbox, and can not be deleted', async () => {
    const { platform, publish, ask } = await withEvents({ cloud: 'aws' })
    const batch = await publish('e1')
    expect((await ask(batch)).status).toBe(400)
    const made = await ask(batch, AWS)
    expect(made.json).toMatchObject({ status: 'NEW', sandbox: { sandboxId: seededSandboxes.dev.id } })
    expect((await platform.send('DELETE', `${JOBS}/${idOf(made)}`, AWS)).status).toBe(405)
    const listed = await platform.send('GET', JOBS, { headers: { ...AWS.headers, 'x-emu-dialect': 'oas' } })
    expect(listed.json).toMatchObject([{ requestId: idOf(made) }])
  })
})

describe('a system job that can not be', () => {
  it('is refused for record data, and for a batch that Profile was never given', async () => {
    const { platform, ask, datasetId } = await withEvents()
    const record = await platform.publish(goodRow)
    const body = { datasetId: seededDatasetIds.loyalty, batchId: record }
    const invalid = { code: '400', message: 'Invalid delete request (Profile System Job)' }
    expect(await platform.send('POST', JOBS, { body })).toMatchObject({ status: 400, json: invalid })
    const message = `Batch not found for profile dataset '${datasetId}'`
    expect(await ask('nobody')).toMatchObject({ status: 400, json: { errors: { '400': [{ code: '400', message }] } } })
    expect((await platform.send('GET', `${JOBS}/nobody`)).status).toBe(404)
  })
})

it('lists system jobs by pages, the latest first', async () => {
  const { platform, publish, ask } = await withEvents()
  for (const id of ['e1', 'e2', 'e3']) {
    await ask(await publish(id))
    platform.pass(1_000)
  }
  const first = await platform.send('GET', `${JOBS}?limit=2`)
  expect(first.json).toMatchObject({ _page: { pageSize: 2, start: 0, totalCount: 3, next: '1' } })
  const second = await platform.send('GET', `${JOBS}?limit=2&start=1`)
  expect(second.json).toMatchObject({ _page: { next: '' }, children: [{ status: 'SUCCESS' }] })
})

it('takes a whole dataset out of Profile', async () => {
  const { platform, publish, datasetId } = await withEvents()
  await publish('e1')
  const made = await platform.send('POST', JOBS, { body: { dataSetId: datasetId } })
  expect(made.json).toMatchObject({ requestType: 'TRUNCATE_DATASET' })
  platform.pass(1_000)
  expect(await platform.emulator.profile()).toEqual([])
  expect((await platform.send('DELETE', `${JOBS}/${idOf(made)}`)).status).toBe(200)
})
