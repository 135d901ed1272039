import { describe, expect, it } from 'vitest'
import { datasetsApi } from '../../src/platform/datasets.ts'
import { caught } from '../support/caught.ts'
import { clientAt } from '../support/platform/client-at.ts'
import { datasetId } from '../support/make.ts'
import { never } from '../support/time/never.ts'
import { answer, reset, type Reply } from '../support/platform/scripted-transport.ts'

const ID = datasetId('5c8c3c555033b814b69f947f')
const ORDER = {
  name: 'Members',
  schemaId: 'https://ns.adobe.com/acme/schemas/1',
  tags: { unifiedProfile: ['enabled:true'] },
}

function bench(...replies: readonly Reply[]) {
  const { client, far } = clientAt(replies)
  return { datasets: datasetsApi(client), far }
}

describe('reading a dataset', () => {
  it('takes tags that are bare values like lists', async () => {
    const tags = { unifiedProfile: 'enabled:true', asOf: 5, flags: ['a', true] }
    const { datasets } = bench(answer(200, { [ID]: { name: 'Members', tags } }))
    expect(await datasets.read(ID, never())).toMatchObject({
      kind: 'found',
      record: { tags: { unifiedProfile: ['enabled:true'], asOf: ['5'], flags: ['a', 'true'] } },
    })
  })

  it('says at which version it is, and since when, where the platform tells', async () => {
    const { datasets } = bench(answer(200, { [ID]: { name: 'x', version: '1.0.7', updated: 1_755_300_014_000 } }))
    expect(await datasets.read(ID, never())).toMatchObject({
      record: { version: '1.0.7', updatedMs: 1_755_300_014_000 },
    })
    const untold = bench(answer(200, { [ID]: { name: 'x' } })).datasets.read(ID, never())
    expect(await untold).toMatchObject({ record: { version: undefined, updatedMs: undefined } })
  })

  it('tells a dataset that is missing from a gateway that knows nothing of datasets', async () => {
    const missing = answer(404, { title: 'NotFoundError' }, { 'x-request-id': 'req-7' })
    expect(await bench(missing).datasets.read(ID, never())).toEqual({ kind: 'missing', requestId: 'req-7' })
    const gateway = bench(answer(404, '<html>')).datasets.read(ID, never())
    expect(await caught(gateway)).toMatchObject({ response: { status: 404 } })
  })

  it.each([
    ['classification', { classification: { managedBy: 'SYSTEM' } }],
    ['one tag', { tags: { adobeInternal: ['true'] } }],
    ['another tag', { tags: { 'aep/siphon/managed': [] } }],
  ])('knows by its %s that the platform manages it', async (_, marks) => {
    const { datasets } = bench(answer(200, { [ID]: { name: 'x', ...marks } }))
    expect(await datasets.read(ID, never())).toMatchObject({ record: { isManaged: true } })
  })
})

describe('a list of datasets', () => {
  it('asks for what it needs alone, a page at a time, by age', async () => {
    const { datasets, far } = bench(answer(200, { [ID]: { name: 'A & B' } }))
    expect(await datasets.list('A & B', never())).toEqual([{ id: ID, name: 'A & B', isManaged: false, tags: {} }])
    const { searchParams } = far.requests[0]?.url ?? new URL('http://none')
    expect(Object.fromEntries(searchParams)).toEqual({
      name: 'A & B',
      properties: 'name,tags,classification',
      orderBy: 'asc:created',
      start: '0',
      limit: '100',
    })
  })

  it('of a tag asks for all that carry it, and shows the tags', async () => {
    const { datasets, far } = bench(answer(200, { [ID]: { name: 'A', tags: { unifiedProfile: ['enabled:true'] } } }))
    const found = await datasets.tagged('unifiedProfile', never())
    expect(found).toMatchObject([{ id: ID, tags: { unifiedProfile: ['enabled:true'] } }])
    expect(far.requests[0]?.url.searchParams.get('tags')).toBe('unifiedProfile:*')
  })

  it.each([undefined, 'a,b', '!a', 'a*'])(
    'of the name %j has no filter, which would mean something else',
    async (name) => {
      const { datasets, far } = bench(answer(200, {}))
      expect(await datasets.list(name, never())).toEqual([])
      expect(far.requests[0]?.url.searchParams.has('name')).toBe(false)
    },
  )

  it('takes a dataset without a name for one without a name', async () => {
    const { datasets } = bench(answer(200, { [ID]: { classification: { managedBy: 'SYSTEM' } } }))
    expect(await datasets.list(undefined, never())).toEqual([{ id: ID, name: '', isManaged: true, tags: {} }])
  })
})

describe('creating a dataset', () => {
  it('asks for parquet storage and diagnostics', async () => {
    const { datasets, far } = bench(answer(201, [`@/dataSets/${ID}`]))
    expect(await datasets.create(ORDER, never())).toBe(ID)
    expect(JSON.parse(far.bodies[0] ?? '')).toEqual({
      name: 'Members',
      schemaRef: { id: ORDER.schemaId, contentType: 'application/vnd.adobe.xed+json;version=1' },
      tags: ORDER.tags,
      fileDescription: { persisted: true, containerFormat: 'parquet', format: 'parquet' },
      enableErrorDiagnostics: true,
    })
  })

  it.each(['@/datasets/', '@/dataSets/', '/data/foundation/catalog/dataSets/', ''])(
    'reads %s and an id',
    async (way) => {
      expect(await bench(answer(200, [way + ID])).datasets.create(ORDER, never())).toBe(ID)
    },
  )

  it.each<readonly [string, unknown]>([
    ['nothing', ''],
    ['the page of a gateway', '<html>'],
    ['an empty list', []],
    ['another thing', { id: ID }],
    ['a way to nowhere', ['@/dataSets/']],
    ['an id that is none', ['@/dataSets/../batches']],
  ])('that is answered with %s may have been done', async (_, body) => {
    const { datasets, far } = bench(answer(201, body))
    expect(await caught(datasets.create(ORDER, never()))).toMatchObject({ mayHaveActed: true })
    expect(far.requests).toHaveLength(1)
  })

  it('is never repeated in doubt', async () => {
    const { datasets, far } = bench(reset(), answer(201, [`@/dataSets/${ID}`]))
    expect(await caught(datasets.create(ORDER, never()))).toMatchObject({ mayHaveActed: true })
    expect(far.requests).toHaveLength(1)
  })
})

describe('changing tags', () => {
  const change = { changes: [{ tag: 'a', values: [] }] }

  it('is a JSON Patch of these tags alone, with their names escaped', async () => {
    const { datasets, far } = bench(answer(200, [`@/dataSets/${ID}`]))
    const changes = [
      { tag: 'acme/a~b/~1', values: ['x'] },
      { tag: 'unifiedProfile', values: undefined },
    ]
    expect(await datasets.changeTags(ID, { changes }, never())).toBe('done')
    const [request] = far.requests
    expect([request?.method, request?.url.pathname]).toEqual(['PATCH', `/data/foundation/catalog/dataSets/${ID}`])
    expect(request?.headers).toMatchObject({ 'content-type': 'application/json-patch+json' })
    expect(request?.headers).not.toHaveProperty('if-match')
    expect(JSON.parse(far.bodies[0] ?? '')).toEqual([
      { op: 'add', path: '/tags/acme~1a~0b~1~01', value: ['x'] },
      { op: 'remove', path: '/tags/unifiedProfile' },
    ])
  })

  it('is repeated in doubt', async () => {
    const { datasets, far } = bench(reset(), answer(500), answer(200, []))
    expect(await datasets.changeTags(ID, change, never())).toBe('done')
    expect(far.requests).toHaveLength(3)
  })

  it('is bound to a version where one is given, each time it is sent', async () => {
    const { datasets, far } = bench(reset(), answer(412, { title: 'Precondition failed' }))
    expect(await datasets.changeTags(ID, { ...change, ifVersion: '1.0.7' }, never())).toBe('other version')
    expect(far.requests.map(({ headers }) => headers['if-match'])).toEqual(['1.0.7', '1.0.7'])
  })

  it('of a dataset that is gone says so', async () => {
    const { datasets } = bench(answer(404, { title: 'NotFoundError' }))
    expect(await datasets.changeTags(ID, change, never())).toBe('missing')
  })

  it('that is refused throws', async () => {
    const { datasets } = bench(answer(422, { title: 'Unprocessable' }))
    expect(await caught(datasets.changeTags(ID, change, never()))).toMatchObject({ response: { status: 422 } })
  })
})
