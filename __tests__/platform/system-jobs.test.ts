import { describe, expect, it } from 'vitest'
import { systemJobsApi } from '../../src/platform/system-jobs.ts'
import { caught } from '../support/caught.ts'
import { clientAt } from '../support/platform/client-at.ts'
import { batchId, datasetId } from '../support/make.ts'
import { never } from '../support/time/never.ts'
import { answer, type Reply } from '../support/platform/scripted-transport.ts'

function bench(...replies: readonly Reply[]) {
  const { client, far } = clientAt(replies)
  return { jobs: systemJobsApi(client), far }
}

const ORDER = { batch: batchId('B'), dataset: datasetId('5c8c3c555033b814b69f947f') }

describe('a Profile system job', () => {
  it.each([
    ['NEW', 'running'],
    ['IN-PROGRESS', 'running'],
    ['PROCESSING', 'running'],
    ['SUCCESS', 'done'],
    ['COMPLETED', 'done'],
    ['ERROR', 'failed'],
    ['FAILED', 'failed'],
    ['constructor', 'unknown'],
  ])('is read in either form, with the status %s', async (status, progress) => {
    const guide = { requestId: 'j-1', status, properties: { datasetId: 'D', batchId: 'B' } }
    const openApi = { id: 'j-1', status, batchId: 'B', jobType: 'DELETE' }
    const { jobs } = bench(answer(200, guide), answer(200, openApi))
    const expected = { kind: 'found', record: { id: 'j-1', status, progress, batch: 'B' } }
    expect(await jobs.job('j-1', undefined, never())).toEqual(expected)
    expect(await jobs.job('j-1', undefined, never())).toEqual(expected)
  })

  it('is not another one, which an answer brings instead', async () => {
    const { jobs } = bench(answer(200, { requestId: 'j-2', status: 'SUCCESS', properties: { batchId: 'B' } }))
    expect(await caught(jobs.job('j-1', undefined, never()))).toMatchObject({
      message: 'Cannot read Profile system job "j-1": the answer is job "j-2"',
    })
  })

  it('is requested with both ids and the id of the sandbox, and once', async () => {
    const { jobs, far } = bench(answer(504))
    expect(await caught(jobs.remove(ORDER, 'sandbox-1', never()))).toMatchObject({ mayHaveActed: true })
    expect(far.requests).toHaveLength(1)
    expect(far.requests[0]).toMatchObject({ method: 'POST', headers: { 'x-sandbox-id': 'sandbox-1' } })
    expect(far.bodies).toEqual([JSON.stringify({ datasetId: ORDER.dataset, batchId: 'B' })])
  })

  it.each([{ status: 'NEW' }, { requestId: '../x', status: 'NEW' }, [], 'NEW'])(
    'may have been made, though the answer has no id: %j',
    async (body) => {
      const { jobs } = bench(answer(200, body))
      expect(await caught(jobs.remove(ORDER, undefined, never()))).toMatchObject({ mayHaveActed: true })
    },
  )

  it('sends no sandbox id that is no plain word', async () => {
    const { jobs, far } = bench(answer(200, []))
    await jobs.list('a\r\nb', never())
    expect(far.requests[0]?.headers).not.toHaveProperty('x-sandbox-id')
  })
})

describe('the list of Profile system jobs', () => {
  const job = (id: string) => ({ requestId: id, status: 'NEW', properties: { batchId: id } })

  it('is read by the pages that the answers lead to', async () => {
    const first = { _page: { pageSize: 1, next: '1' }, children: [job('a')] }
    const { jobs, far } = bench(answer(200, first), answer(200, { _page: { next: '' }, children: [job('b')] }))
    expect((await jobs.list(undefined, never())).map(({ id }) => id)).toEqual(['a', 'b'])
    expect(far.requests.map(({ url }) => url.search)).toEqual(['?limit=100', '?limit=100&start=1'])
  })

  it('may be a bare array, and entries without an id are passed over', async () => {
    const { jobs } = bench(answer(200, [job('a'), { status: 'NEW' }, 'x']))
    expect((await jobs.list(undefined, never())).map(({ id }) => id)).toEqual(['a'])
  })

  it('is asked for again where the answer is none: taken for an empty one, a second job would be requested', async () => {
    const { jobs } = bench(answer(200, { message: 'later' }), answer(200, null), answer(200, { children: [job('a')] }))
    expect((await jobs.list(undefined, never())).map(({ id }) => id)).toEqual(['a'])
  })

  it('ends though the pages never do', async () => {
    const endless = Array.from({ length: 30 }, (_, page) =>
      answer(200, { _page: { next: `${page + 1}` }, children: [job(`j${page}`)] }),
    )
    const { jobs, far } = bench(...endless)
    await jobs.list(undefined, never())
    expect(far.requests).toHaveLength(10)
  })
})
