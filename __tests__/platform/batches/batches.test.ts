import { describe, expect, it } from 'vitest'
import { bytesContent } from '../../../src/lib/content.ts'
import { isBatchId, type BatchId } from '../../../src/platform/ids.ts'
import { datasetId } from '../../support/make.ts'
import { batchesApi, type BatchOrder } from '../../../src/platform/batches.ts'
import { platformCredentials } from '../../../src/platform/auth.ts'
import { caught } from '../../support/caught.ts'
import { clientAt } from '../../support/platform/client-at.ts'
import { never } from '../../support/time/never.ts'
import { answer, type Reply } from '../../support/platform/scripted-transport.ts'

const DATASET = datasetId('5c8c3c555033b814b69f947f')
const CONTENT = bytesContent(Buffer.from('0123456789'))

function batchId(text: string): BatchId {
  if (isBatchId(text)) return text
  throw new Error(`${text} is no batch id`)
}

const BATCH = batchId('01HBATCH')

function slot(name: string) {
  return { batch: BATCH, dataset: DATASET, name }
}

function bench(...replies: readonly Reply[]) {
  const tokens = { get: async () => 'token', drop: () => true }
  const identity = { clientId: 'client', orgId: 'ORG@AdobeOrg', sandbox: 'dev' }
  const { client, far } = clientAt(replies, platformCredentials(identity, tokens))
  return { batches: batchesApi(client), far }
}

const ORDER: BatchOrder = {
  datasetId: DATASET,
  inputFormat: { format: 'json', isMultiLineJson: false },
  externalId: 'gh/acme/data/1/1/1/x',
  partialIngestionPercent: 5,
  tags: { gh_sha: ['0a1b'] },
}

describe('creating a batch', () => {
  it('asks for the dataset, the format, the threshold and error diagnostics', async () => {
    const { batches, far } = bench(answer(201, { id: '01HNEW', status: 'loading' }))
    expect(await batches.create(ORDER, never())).toMatchObject({ id: '01HNEW' })
    const [request] = far.requests
    expect([request?.method, request?.url.pathname]).toEqual(['POST', '/data/foundation/import/batches'])
    expect(JSON.parse(far.bodies[0] ?? '')).toEqual({ ...ORDER, enableErrorDiagnostics: true })
  })

  it('carries the four headers of every call', async () => {
    const { batches, far } = bench(answer(201, { id: '01HNEW' }))
    await batches.create(ORDER, never())
    expect(far.requests[0]?.headers).toEqual({
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: 'Bearer token',
      'x-api-key': 'client',
      'x-gw-ims-org-id': 'ORG@AdobeOrg',
      'x-sandbox-name': 'dev',
    })
  })

  it('is not repeated in doubt, since every creation makes a batch', async () => {
    const { batches, far } = bench(answer(504), answer(201, { id: '01HNEW' }))
    expect(await caught(batches.create(ORDER, never()))).toMatchObject({ mayHaveActed: true })
    expect(far.requests).toHaveLength(1)
  })

  it.each([[{ id: '../x' }], [{ id: 5 }], [{}]])('refuses the answer %j, whose id would go into URLs', async (body) => {
    expect(await caught(bench(answer(201, body)).batches.create(ORDER, never()))).toMatchObject({ name: 'Problem' })
  })
})

describe('a file of a batch', () => {
  it.each([
    ['data/members.json', 'data/members.json'],
    ['day=2026-01-01/a.json', 'day%3D2026-01-01/a.json'],
    ['with blank/a b.json', 'with%20blank/a%20b.json'],
    ['a?b#c%.json', 'a%3Fb%23c%25.json'],
  ])('called %j has the address …/%s', async (name, path) => {
    const { batches, far } = bench(answer(200, '1'))
    await batches.put(slot(name), CONTENT, never())
    const base = '/data/foundation/import/batches/01HBATCH/datasets/5c8c3c555033b814b69f947f/files/'
    expect(far.requests[0]?.url.pathname).toBe(base + path)
    expect(decodeURIComponent(far.requests[0]?.url.pathname ?? '')).toBe(base + name)
  })

  it('travels raw, as octets', async () => {
    const { batches, far } = bench(answer(201))
    await batches.put(slot('a.json'), CONTENT, never())
    expect(far.requests[0]).toMatchObject({ method: 'PUT', headers: { 'content-type': 'application/octet-stream' } })
    expect(far.bodies).toEqual(['0123456789'])
  })

  it('that is large is begun, sent in pieces that say their first and last byte, and completed', async () => {
    const { batches, far } = bench(answer(201), answer(200), answer(200), answer(201))
    await batches.initialize(slot('big'), never())
    await batches.patch(slot('big'), { start: 0, content: CONTENT.slice(0, 4) }, never())
    await batches.patch(slot('big'), { start: 4, content: CONTENT.slice(4, 10) }, never())
    await batches.completeFile(slot('big'), never())
    expect(
      far.requests.map(({ method, url, headers }) => `${method}${url.search} ${headers['content-range'] ?? ''}`),
    ).toEqual(['POST?action=INITIALIZE ', 'PATCH bytes 0-3', 'PATCH bytes 4-9', 'POST?action=COMPLETE '])
    expect(far.bodies).toEqual(['', '0123', '456789', ''])
  })
})

describe('an action on a batch', () => {
  it.each(['complete', 'abort'] as const)('%s is in upper case, has no body, and is safe to repeat', async (action) => {
    const { batches, far } = bench(answer(504), answer(200, '1'))
    await batches[action](BATCH, never())
    const url = `/data/foundation/import/batches/01HBATCH?action=${action.toUpperCase()}`
    for (const { url: at, method, body } of far.requests)
      expect([method, at.pathname + at.search, body]).toEqual(['POST', url, undefined])
    expect(far.requests).toHaveLength(2)
  })
})
