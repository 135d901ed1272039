import { describe, expect, it } from 'vitest'
import { seededDatasetIds, seededSchemaIds } from '../../../emulator/seed/ids.ts'
import type { Settings } from '../../../emulator/settings.ts'
import { at, catalog, imports, platformInMemory, type PlatformInMemory } from '../platform-in-memory.ts'

const { loyalty } = seededDatasetIds
const datasets = `${catalog}/dataSets`
const on = ['enabled:true']
const ready = ['enabled:true', 'isUpsert:true']

function lag(changes: Partial<Settings['datasetLag']>): Partial<Settings> {
  return { datasetLag: { listedMs: 0, readMs: 0, staleReads: 0, ...changes } }
}

async function create(platform: PlatformInMemory, name: string): Promise<string> {
  const schemaRef = { id: seededSchemaIds.loyalty, contentType: 'application/vnd.adobe.xed+json;version=1' }
  const got = await platform.send('POST', datasets, { body: { name, schemaRef } })
  return String(at(got.json, 0)).replace('@/dataSets/', '')
}

async function list(platform: PlatformInMemory, query: string): Promise<readonly string[]> {
  return Object.keys(Object((await platform.send('GET', `${datasets}?${query}`)).json))
}

async function patch(platform: PlatformInMemory, ...operations: readonly object[]): Promise<number> {
  const headers = { 'content-type': 'application/json-patch+json' }
  return (await platform.send('PATCH', `${datasets}/${loyalty}`, { headers, body: operations })).status
}

function setProfile(platform: PlatformInMemory, value: readonly string[]): Promise<number> {
  return patch(platform, { op: 'add', path: '/tags/unifiedProfile', value })
}

async function shownProfile(platform: PlatformInMemory): Promise<unknown> {
  return at((await platform.send('GET', `${datasets}/${loyalty}`)).json, loyalty, 'tags', 'unifiedProfile')
}

describe('a catalogue that lags behind', () => {
  it('lists a new dataset some time after its creation, and reads it by its id at once', async () => {
    const platform = await platformInMemory(lag({ listedMs: 3_000 }))
    const id = await create(platform, 'Fresh')
    expect(await list(platform, 'name=Fresh')).toEqual([])
    expect((await platform.send('GET', `${datasets}/${id}`)).status).toBe(200)
    platform.pass(3_000)
    expect(await list(platform, 'name=Fresh')).toEqual([id])
  })

  it('does not read a new dataset for some time, though batches for it are taken', async () => {
    const platform = await platformInMemory(lag({ readMs: 3_000 }))
    const id = await create(platform, 'Fresh')
    expect((await platform.send('GET', `${datasets}/${id}`)).status).toBe(404)
    await platform.createBatch({ datasetId: id })
    platform.pass(3_000)
    expect((await platform.send('GET', `${datasets}/${id}`)).status).toBe(200)
  })

  it('shows a changed dataset as it was, for so many reads; lists do not count', async () => {
    const platform = await platformInMemory(lag({ staleReads: 2 }))
    await setProfile(platform, ready)
    expect(await list(platform, 'tags=unifiedProfile:isUpsert:true')).not.toContain(loyalty)
    expect([await shownProfile(platform), await shownProfile(platform)]).toEqual([on, on])
    expect(await shownProfile(platform)).toEqual(ready)
    expect(await list(platform, 'tags=unifiedProfile:isUpsert:true')).toContain(loyalty)
  })

  it('builds a change on what the dataset is, not on what it shows', async () => {
    const platform = await platformInMemory(lag({ staleReads: 5 }))
    await patch(platform, { op: 'add', path: '/tags/one', value: ['1'] })
    await patch(platform, { op: 'add', path: '/tags/two', value: ['2'] })
    expect(platform.emulator.dataset(loyalty)?.['tags']).toMatchObject({ one: ['1'], two: ['2'] })
  })
})

describe('a PATCH of a dataset', () => {
  it('is taken whole or not at all', async () => {
    const platform = await platformInMemory()
    const before = platform.emulator.dataset(loyalty)
    const good = { op: 'add', path: '/tags/mine', value: ['1'] }
    expect(await patch(platform, good, { op: 'replace', path: '/tags/nothing', value: ['1'] })).toBe(400)
    expect(await patch(platform, good, { op: 'remove', path: '/tags/nothing' })).toBe(400)
    expect(await patch(platform, { ...good, value: 'no list' })).toBe(400)
    expect(await patch(platform, { op: 'remove', path: '/tags/adobe~1siphon~1table~1format' })).toBe(422)
    expect(platform.emulator.dataset(loyalty)).toEqual(before)
  })

  it('of one that is not there answers 404', async () => {
    const platform = await platformInMemory()
    const headers = { 'content-type': 'application/json-patch+json' }
    const got = await platform.send('PATCH', `${datasets}/650000000000000000000099`, { headers, body: [] })
    expect(got.status).toBe(404)
  })
})

describe('Profile', () => {
  const row = (fields: object) => `${JSON.stringify({ _emutenant: { loyalty: { loyaltyId: 'L1', ...fields } } })}\n`
  const fragments = async (platform: PlatformInMemory) =>
    (await platform.emulator.profile()).map((one) => at(one.attributes, '_emutenant', 'loyalty'))
  const publishTwice = async (platform: PlatformInMemory) => {
    for (const fields of [{ points: 1, tier: 'gold' }, { points: 2 }]) await platform.publish(row(fields))
    return fragments(platform)
  }
  const [patched, replaced] = [
    { loyaltyId: 'L1', points: 2, tier: 'gold' },
    { loyaltyId: 'L1', points: 2 },
  ]

  it('takes up upsert when the tags pass through "enabled:false"', async () => {
    const platform = await platformInMemory()
    for (const value of [['enabled:false'], ready]) await setProfile(platform, value)
    expect(await publishTwice(platform)).toEqual([patched])
  })

  it('does not take up upsert that is set while it is on, whatever follows, until it was off', async () => {
    const platform = await platformInMemory()
    for (const value of [ready, ready]) await setProfile(platform, value)
    expect(await shownProfile(platform)).toEqual(ready)
    expect(await publishTwice(platform)).toEqual([replaced])
    for (const value of [['enabled:false'], ready]) await setProfile(platform, value)
    expect(await publishTwice(platform)).toEqual([patched])
  })

  it('takes up upsert that is set while it is on where the platform is lenient', async () => {
    const platform = await platformInMemory({ mode: 'lenient' })
    await setProfile(platform, ready)
    expect(await publishTwice(platform)).toEqual([patched])
  })

  it('never gets a batch during whose work it was switched off and on again', async () => {
    const platform = await platformInMemory()
    const id = await platform.createBatch()
    await platform.send('PUT', `${imports}/${id}/datasets/${loyalty}/files/a.json`, { body: row({ points: 1 }) })
    await platform.send('POST', `${imports}/${id}?action=COMPLETE`)
    for (const value of [['enabled:false'], ready]) await setProfile(platform, value)
    platform.pass(10_000)
    expect(await platform.emulator.datasetRows(loyalty)).toHaveLength(1)
    expect(await fragments(platform)).toEqual([])
  })
})

describe('the list of schemas', () => {
  const schemas = '/data/foundation/schemaregistry/tenant/schemas'
  const headers = { accept: 'application/vnd.adobe.xed-id+json' }

  it('comes in pages of what the registry likes, each from the cursor of the page before', async () => {
    const platform = await platformInMemory({ schemasPerPage: 2 })
    platform.emulator.addSchema({ $id: 'https://ns.adobe.com/emutenant/schemas/0', title: 'Products' })
    const first = await platform.send('GET', `${schemas}?limit=500`, { headers })
    const next = String(at(first.json, '_page', 'next'))
    const second = await platform.send('GET', `${schemas}?start=${encodeURIComponent(next)}`, { headers })
    const titles = (got: { json: unknown }) => [0, 1].map((index) => at(got.json, 'results', index, 'title'))
    const all = [...titles(first), ...titles(second)].map(String)
    expect(all).toHaveLength(4)
    expect(new Set(all)).toEqual(new Set(['Loyalty Members', 'Products', 'Store Events']))
    expect(at(second.json, '_page', 'next')).toBeNull()
  })

  it.each(['501', '-1', 'all'])('refuses limit %s', async (limit) => {
    const platform = await platformInMemory()
    expect((await platform.send('GET', `${schemas}?limit=${limit}`, { headers })).status).toBe(400)
  })
})

describe('datasets for tests', () => {
  const wishes = Array.from({ length: 205 }, (_, index) => ({ name: `Region ${index % 200}` }))

  it('are added by the hundred, and listed in pages of at most 100, system datasets among them', async () => {
    const platform = await platformInMemory()
    const ids = platform.emulator.addDatasets([...wishes, { name: 'Snapshot', managedBy: 'SYSTEM' }])
    const page = (start: number) => list(platform, `limit=100&start=${start}&orderBy=asc:created`)
    const all = [...(await page(0)), ...(await page(100)), ...(await page(200))]
    expect(new Set(all)).toEqual(new Set([...all, ...ids]))
    expect(all).toHaveLength(206 + 5)
    expect(await list(platform, 'name=Region%203')).toHaveLength(2)
  })

  it('are added over HTTP too', async () => {
    const platform = await platformInMemory()
    const got = await platform.send('POST', '/_emulator/datasets', { body: [{ name: 'A', schema: 'events' }] })
    expect(platform.emulator.dataset(String(at(got.json, 'ids', 0)))).toMatchObject({
      name: 'A',
      schemaRef: { id: seededSchemaIds.events },
    })
  })
})
