import { describe, expect, it } from 'vitest'
import { catalogApi } from '../../src/platform/catalog.ts'
import { clientAt } from '../support/platform/client-at.ts'
import { datasetId } from '../support/make.ts'
import { never } from '../support/time/never.ts'
import { answer } from '../support/platform/scripted-transport.ts'

const ID = datasetId('5c8c3c555033b814b69f947f')
const into = { relatedObjects: [{ type: 'dataSet', id: ID }] }

async function counted(batches: Readonly<Record<string, object>>) {
  const { client, far } = clientAt([answer(200, batches)])
  return { found: await catalogApi(client).counted({ afterMs: 1_764_000_000_000 }, never()), far }
}

describe('a count of batches', () => {
  it('asks for what was created since, and for what it needs alone', async () => {
    const { found, far } = await counted({ '01HP': { status: 'SUCCESS', ...into } })
    expect(found).toEqual([{ id: '01HP', status: 'success', dataset: ID, isMadeByPlatform: false }])
    expect(Object.fromEntries(far.requests[0]?.url.searchParams ?? [])).toEqual({
      createdAfter: '1764000000000',
      orderBy: 'asc:created',
      start: '0',
      limit: '100',
      properties: 'status,relatedObjects,replay,tags,created,createdClient',
    })
  })

  it.each([
    ['took it into Profile', '01HP', { createdClient: 'acp_core_ups_ingest_controller' }],
    ['names it as a part of other work', '01HP-9F@AdobeOrg-5f6d0c11-0d5f-4c5b-9d0c-110d5f4c5b9d-5c8c-INGEST', {}],
    ['put several together in it', '01HP', { replay: { predecessors: ['A'], reason: 'consolidation' } }],
    ['streamed it', '01HP', { tags: { acp_stagePath: ['acp_foundation_stream/stage/01HP'] } }],
  ])('knows a batch of the platform itself: it %s', async (_, id, more) => {
    const { found } = await counted({ [id]: { status: 'success', ...into, ...more } })
    expect(found).toEqual([{ id, status: 'success', dataset: ID, isMadeByPlatform: true }])
  })

  it('reads on over what has no status or dataset', async () => {
    const { found } = await counted({ '01HP': {} })
    expect(found).toEqual([{ id: '01HP', status: '', dataset: undefined, isMadeByPlatform: false }])
  })
})

describe('a list of batches', () => {
  const OTHER = '01HP-9F@AdobeOrg-5f6d0c11-0d5f-4c5b-9d0c-110d5f4c5b9d-5c8c-INGEST'
  const one = { status: 'success', ...into }

  function listed(pages: readonly Readonly<Record<string, object>>[], newestOnly?: true) {
    const { client, far } = clientAt(pages.map((page) => answer(200, page)))
    const query = { dataset: ID, ...(newestOnly === undefined ? {} : { newestOnly }) }
    return catalogApi(client)
      .batches(query, never())
      .then((found) => ({ ids: found.map(({ id }) => id), requests: far.requests.length }))
  }

  it('passes over a batch that Profile made of another one', async () => {
    expect(await listed([{ '01HP': one, [OTHER]: one }])).toEqual({ ids: ['01HP'], requests: 1 })
  })

  it('of the newest is read on where such a batch took the place of one of ours', async () => {
    const ids = Array.from({ length: 99 }, (_, index) => `01HP${index}`)
    const full = Object.fromEntries([...ids, OTHER].map((id) => [id, one]))
    const { ids: found, requests } = await listed([full, full, { [OTHER]: one, '01HQ': one }], true)
    expect([found, requests]).toEqual([[...ids, '01HQ'], 3])
  })

  it('cannot be read where an id has a form that no document names: the batch may be ours', async () => {
    await expect(listed([{ '01HP': one, '01HP/2': one }])).rejects.toThrow('not a batch id')
  })

  it('does not take another answer for an empty list', async () => {
    await expect(listed([{ 'not a batch': { message: 'no' } }])).rejects.toThrow('not a batch id')
  })
})
