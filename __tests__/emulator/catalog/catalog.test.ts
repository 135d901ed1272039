import { describe, expect, it } from 'vitest'
import { seededDatasetIds, seededSchemaIds } from '../../../emulator/seed/ids.ts'
import { at, catalog, goodRow, imports, platformInMemory, type PlatformInMemory } from '../platform-in-memory.ts'

const datasets = `${catalog}/dataSets`
const jsonPatch = { 'content-type': 'application/json-patch+json' }

async function keys(platform: PlatformInMemory, path: string): Promise<readonly string[]> {
  const got = await platform.send('GET', path)
  return Object.keys(Object(got.json))
}

describe('the list of batches', () => {
  async function withFive() {
    const platform = await platformInMemory()
    const ids: string[] = []
    for (let index = 0; index < 5; index++) {
      platform.pass(1_000)
      const tags = { gh_run: [`run:${index}`], gh_repo: ['acme/data'] }
      ids.push(await platform.createBatch({ externalId: `acme/${index}`, tags }))
    }
    return { platform, ids }
  }

  it('filters by tags: every pair must hold, a star at the end is a prefix', async () => {
    const { platform, ids } = await withFive()
    const query = (tags: string) => keys(platform, `${catalog}/batches?tags=${tags}`)
    expect(await query('gh_run:run:3')).toEqual([ids[3]])
    expect(await query('gh_run:run:*,gh_repo:acme/data')).toEqual(ids)
    expect(await query('gh_run:run:3,gh_repo:other')).toEqual([])
    expect(await query('gh_run')).toEqual(ids)
  })

  it('filters by the other properties, and takes an empty parameter for none', async () => {
    const { platform, ids } = await withFive()
    const created = at(await platform.record(ids[2] ?? ''), 'created')
    const query = (filter: string) => keys(platform, `${catalog}/batches?${filter}`)
    expect(await query('externalId=acme/4')).toEqual([ids[4]])
    expect(await query(`createdAfter=${String(created)}`)).toEqual(ids.slice(3))
    expect(await query(`createdBefore=${String(created)}`)).toEqual(ids.slice(0, 2))
    expect(await query('status=success,failed')).toEqual([])
    expect(await query(`dataSet=${seededDatasetIds.loyalty}&status=loading&externalId=`)).toEqual(ids)
    expect(await query(`dataSet=${seededDatasetIds.events}`)).toEqual([])
  })

  it('comes in pages, in the order asked for', async () => {
    const { platform, ids } = await withFive()
    const pages = `${catalog}/batches?orderBy=desc:created&limit=2`
    expect(await keys(platform, pages)).toEqual([ids[4], ids[3]])
    expect(await keys(platform, `${pages}&start=4`)).toEqual([ids[0]])
  })

  for (const limit of ['0', '101', 'many']) {
    it(`refuses limit ${limit}`, async () => {
      const got = await (await platformInMemory()).send('GET', `${catalog}/batches?limit=${limit}`)
      expect(got).toMatchObject({ status: 400, json: { detail: 'Please supply a valid query limit: (1 - 100)' } })
    })
  }

  it('shows batches of the asked sandbox alone', async () => {
    const { platform } = await withFive()
    const got = await platform.send('GET', `${catalog}/batches`, { headers: { 'x-sandbox-name': 'prod' } })
    expect(got.json).toEqual({})
  })
})

describe('a batch record of Catalog itself', () => {
  const write = async (record: object) => {
    const platform = await platformInMemory()
    const written = await platform.send('POST', `${catalog}/batches`, { body: record })
    const id = String(at(written.json, 0)).slice('@/batches/'.length)
    return await platform.record(id)
  }

  it('says nothing of a dataset or a format that its writer did not name', async () => {
    const record = await write({ status: 'active', recordCount: 5 })
    expect(record).toMatchObject({ status: 'active', recordCount: 5, relatedObjects: [] })
    expect(Object.keys(Object(record))).not.toContain('inputFormat')
  })

  it('and else what the writer says', async () => {
    const said = { relatedObjects: [{ type: 'dataSet', id: 'd-1' }], inputFormat: { format: 'csv' } }
    expect(await write({ status: 'success', ...said })).toMatchObject(said)
  })
})

describe('datasets', () => {
  it('are listed with filters and properties', async () => {
    const platform = await platformInMemory()
    expect(await keys(platform, `${datasets}?name=Products,Store%20events&properties=name`)).toEqual([
      seededDatasetIds.events,
      seededDatasetIds.products,
    ])
    expect(await keys(platform, `${datasets}?property=name~^Loyalty`)).toHaveLength(2)
    expect(await keys(platform, `${datasets}?property=name==Loyalty*&limit=1&start=1`)).toEqual([
      seededDatasetIds.upsertable,
    ])
    expect(await keys(platform, `${datasets}?tags=unifiedProfile:isUpsert*`)).toEqual([seededDatasetIds.upsertable])
    const one = await platform.send('GET', `${datasets}/${seededDatasetIds.events}?properties=name,state`)
    expect(one.json).toEqual({ [seededDatasetIds.events]: { name: 'Store events', state: 'ACTIVE' } })
  })

  it('that do not exist answer in the words of a real tenant', async () => {
    const got = await (await platformInMemory()).send('GET', `${datasets}/650000000000000000000099`)
    expect(got).toMatchObject({ status: 404, json: { title: 'NotFoundError', detail: 'DataSet not found.' } })
  })

  it('are created, and found under the id in the answer', async () => {
    const platform = await platformInMemory()
    const body = {
      name: 'Fresh',
      schemaRef: { id: seededSchemaIds.loyalty, contentType: 'application/vnd.adobe.xed+json;version=1' },
    }
    const got = await platform.send('POST', `${datasets}/?requestDataSource=false`, { body })
    const id = String(at(got.json, 0)).replace('@/dataSets/', '')
    expect([got.status, got.headers['location']]).toEqual([201, `${datasets}/${id}`])
    const read = await platform.send('GET', `${datasets}/${id}`)
    expect(at(read.json, id)).toMatchObject({ name: 'Fresh', version: '1.0.0', fileDescription: { format: 'parquet' } })
    expect((await platform.send('POST', datasets, { body })).status).toBe(409)
    expect((await platform.send('POST', datasets, { body: { name: 'Lost' } })).status).toBe(400)
    expect((await platform.send('DELETE', `${datasets}/${id}`)).json).toEqual([`@/dataSets/${id}`])
    expect((await platform.send('GET', `${datasets}/${id}`)).status).toBe(404)
  })

  it('change by JSON Patch, one version later; what is replaced must exist', async () => {
    const platform = await platformInMemory()
    const path = `${datasets}/${seededDatasetIds.products}`
    const change = (op: string, key: string) => ({
      headers: jsonPatch,
      body: [{ op, path: `/tags/${key}`, value: ['enabled:true', 'isUpsert:true'] }],
    })
    expect((await platform.send('PATCH', path, change('replace', 'unifiedProfile'))).status).toBe(400)
    expect((await platform.send('PATCH', path, change('add', 'unifiedProfile'))).json).toEqual([
      `@/dataSets/${seededDatasetIds.products}`,
    ])
    expect((await platform.send('PATCH', path, change('add', 'a~1b'))).status).toBe(200)
    const record = platform.emulator.dataset(seededDatasetIds.products)
    expect(record).toMatchObject({ version: '1.0.2', tags: { unifiedProfile: ['enabled:true', 'isUpsert:true'] } })
    expect(at(record, 'tags', 'a/b')).toHaveLength(2)
  })

  it('lose all other tags under a merging PATCH, which strict refuses, and none under v2', async () => {
    const body = { tags: { mine: ['1'] } }
    const strict = await platformInMemory()
    const path = `/${seededDatasetIds.products}`
    expect((await strict.send('PATCH', datasets + path, { body })).status).toBe(422)
    expect((await strict.send('PATCH', `${catalog}/v2/dataSets${path}`, { body })).status).toBe(200)
    expect(strict.emulator.dataset(seededDatasetIds.products)).toMatchObject({
      tags: { 'adobe/pqs/table': ['products'], mine: ['1'] },
    })
    const lenient = await platformInMemory({ mode: 'lenient' })
    expect((await lenient.send('PATCH', datasets + path, { body })).status).toBe(200)
    expect(lenient.emulator.dataset(seededDatasetIds.products)?.['tags']).toEqual({ mine: ['1'] })
  })

  it('refuse a change of another version with 412, and other media types with 415', async () => {
    const platform = await platformInMemory()
    const path = `${datasets}/${seededDatasetIds.products}`
    const stale = { headers: { 'if-match': '"1.0.7"' }, body: { description: 'x' } }
    expect((await platform.send('PATCH', path, stale)).status).toBe(412)
    const typo = { headers: { 'content-type': 'application/json+patch' }, body: [] }
    expect((await platform.send('PATCH', path, typo)).status).toBe(415)
    expect((await (await platformInMemory({ mode: 'lenient' })).send('PATCH', path, typo)).status).toBe(200)
  })

  it('with storage format json take no batches when strict', async () => {
    const platform = await platformInMemory()
    const id = '650000000000000000000077'
    const record = { ...platform.emulator.dataset(seededDatasetIds.loyalty), fileDescription: { format: 'json' } }
    platform.emulator.addDataset({ id, sandbox: 'dev', record })
    await expect(platform.createBatch({ datasetId: id })).rejects.toThrow('ERR-BI-106')
  })
})

describe('Profile', () => {
  const row = (fields: object) => `${JSON.stringify({ _emutenant: { loyalty: { loyaltyId: 'L1', ...fields } } })}\n`
  const attributes = async (platform: PlatformInMemory) =>
    (await platform.emulator.profile()).map((fragment) => at(fragment.attributes, '_emutenant', 'loyalty'))

  it('replaces a person’s fragment, and with upsert patches it', async () => {
    const platform = await platformInMemory()
    for (const fields of [{ points: 1, tier: 'gold' }, { points: 2 }]) await platform.publish(row(fields))
    expect(await attributes(platform)).toEqual([{ loyaltyId: 'L1', points: 2 }])
    const upsert = await platformInMemory()
    for (const fields of [{ points: 1, tier: 'gold' }, { points: 2 }]) {
      await upsert.publish(row(fields), { datasetId: seededDatasetIds.upsertable })
    }
    expect(await attributes(upsert)).toEqual([{ loyaltyId: 'L1', points: 2, tier: 'gold' }])
  })

  it.each([
    ['no digits', 'abc', 0],
    ['37 digits', '1'.repeat(37), 0],
    ['a half beyond 64 bits', `9223372036854775808${'0'.repeat(19)}`, 0],
    ['two halves of 64 bits', '9223372036854775807'.repeat(2), 1],
  ])('skips a record whose ECID has %s, which the lake keeps', async (_, id, fragments) => {
    const platform = await platformInMemory()
    await platform.publish(
      `${JSON.stringify({ identityMap: { ECID: [{ id, primary: true }] }, _emutenant: { loyalty: { loyaltyId: '' } } })}\n`,
    )
    expect(await platform.emulator.profile()).toHaveLength(fragments)
    expect(await platform.emulator.datasetRows(seededDatasetIds.loyalty)).toHaveLength(1)
  })

  it('never gets what was ingested while it was off', async () => {
    const platform = await platformInMemory()
    const tag = (value: string) => ({
      headers: jsonPatch,
      body: [{ op: 'add', path: '/tags/unifiedProfile', value: [value] }],
    })
    await platform.send('PATCH', `${datasets}/${seededDatasetIds.loyalty}`, tag('enabled:false'))
    await platform.publish(goodRow)
    await platform.send('PATCH', `${datasets}/${seededDatasetIds.loyalty}`, tag('enabled:true'))
    expect(await platform.emulator.profile()).toEqual([])
    expect(await platform.emulator.datasetRows(seededDatasetIds.loyalty)).toHaveLength(1)
  })

  it('never gets a batch that was completed while it was off, though it was on when the batch settled', async () => {
    const platform = await platformInMemory()
    const tag = (value: string) => ({
      headers: jsonPatch,
      body: [{ op: 'add', path: '/tags/unifiedProfile', value: [value] }],
    })
    const id = await uploaded(platform, goodRow)
    await platform.send('PATCH', `${datasets}/${seededDatasetIds.loyalty}`, tag('enabled:false'))
    await platform.send('POST', `${imports}/${id}?action=COMPLETE`)
    await platform.send('PATCH', `${datasets}/${seededDatasetIds.loyalty}`, tag('enabled:true'))
    platform.pass(10_000)
    expect(await platform.emulator.profile()).toEqual([])
  })

  it('gets batches in the order in which they were completed, whoever looks when', async () => {
    const platform = await platformInMemory()
    const [first, second] = [await uploaded(platform, row({ points: 1 })), await uploaded(platform, row({ points: 2 }))]
    await platform.send('POST', `${imports}/${second}?action=COMPLETE`)
    platform.pass(1)
    await platform.complete(first)
    expect(await attributes(platform)).toEqual([{ loyaltyId: 'L1', points: 1 }])
  })
})

async function uploaded(platform: PlatformInMemory, body: string): Promise<string> {
  const id = await platform.createBatch()
  await platform.send('PUT', `${imports}/${id}/datasets/${seededDatasetIds.loyalty}/files/a.json`, { body })
  return id
}
