import { beforeEach, describe, expect, it } from 'vitest'
import { seededDatasetIds, seededSchemaIds } from '../../../emulator/seed/ids.ts'
import { at, badRow, catalog, goodRow, platformInMemory, type PlatformInMemory } from '../platform-in-memory.ts'

const { loyalty, events, products, system, upsertable } = seededDatasetIds
const all = [loyalty, events, products, system, upsertable]

async function listed(platform: PlatformInMemory, kind: string, query: string): Promise<readonly string[]> {
  const got = await platform.send('GET', `${catalog}/${kind}?limit=100&${query}`)
  expect(got.status, got.text).toBe(200)
  return Object.keys(Object(got.json))
}

describe('a list of datasets', () => {
  it.each([
    ['name=Products', [products]],
    ['name=Products,Store%20events', [events, products]],
    ['name=!Products,Store%20events', [loyalty, system, upsertable]],
    ['name=Loyalty*', [loyalty, upsertable]],
    ['name=Lo*s', [loyalty, upsertable]],
    ['name=Loyalty**', []],
    ['version=9.9.9', []],
    ['version=1.0.0', all],
    ['created=1', []],
    ['updated=1', []],
    ['created=!1', all],
    ['description=none', []],
    ['description=Seeded%20dataset%20events', [events]],
    ['enableErrorDiagnostics=true', []],
    ['enableErrorDiagnostics=false', all],
    ['createdUser=nobody', []],
    ['updatedUser=nobody', []],
    ['createdClient=nobody', []],
    ['createdClient=!nobody', all],
    ['state=DRAFT', []],
    ['state=ACTIVE,DRAFT', all],
    [`schemaRef.id=${encodeURIComponent(seededSchemaIds.products)}`, [products]],
    ['schemaRef.id=none', []],
    ['tags=unifiedProfile:isUpsert*', [upsertable]],
    ['createdAfter=1700000000000', []],
    ['createdBefore=2100-01-01', all],
    ['name=&state=', all],
    ['name=Loyalty*&property=name~updates$', [upsertable]],
    ['requestDataSource=true&expansion=files', all],
  ])('with %s holds %j', async (query, expected) => {
    expect(await listed(await platformInMemory(), 'dataSets', query)).toEqual(expected)
  })

  it.each([
    ['name', all],
    ['!name', []],
    ['nothing', []],
    ['!nothing', all],
    ['name~^Loyalty', [loyalty, upsertable]],
    ['name==Products', [products]],
    ['name==P*s', [products]],
    ['name!=Products', [loyalty, events, system, upsertable]],
    ['version>9.0.0', []],
    ['version>0.9.10', all],
    ['version<1.0.10', all],
    ['version<0.0.1', []],
    ['version<=1.0.0', all],
    ['version>=1.0.0', all],
    ['version>1.0.0', []],
    // Top-level properties alone.
    ['schemaRef.id', []],
    ['schemaRef', all],
  ])('with property=%s holds %j', async (property, expected) => {
    const query = `property=${encodeURIComponent(property)}`
    expect(await listed(await platformInMemory(), 'dataSets', query)).toEqual(expected)
  })

  it.each(['property=name~[', 'property==x', 'createdAfter=soon'])('refuses %s with 400', async (query) => {
    const got = await (await platformInMemory()).send('GET', `${catalog}/dataSets?${query}`)
    expect(got).toMatchObject({ status: 400, json: { title: 'BadRequestError' } })
  })
})

describe('a list of batches', () => {
  let platform: PlatformInMemory
  let named: Readonly<Record<string, string>>
  beforeEach(async () => {
    platform = await platformInMemory()
    const good = await platform.publish(goodRow)
    const bad = await platform.publish(badRow)
    const open = await platform.createBatch()
    const body = { status: 'active', recordCount: 5, size: 9, availableDates: { startDate: 1_000, endDate: 2_000 } }
    const written = await platform.send('POST', `${catalog}/batches`, { body })
    named = { [good]: 'good', [bad]: 'bad', [open]: 'open', [String(at(written.json, 0)).slice(10)]: 'written' }
  })

  it.each([
    ['status=success', ['good']],
    ['status=!success', ['bad', 'open', 'written']],
    ['status=!success,active', ['bad', 'open']],
    ['externalId=!none', ['good', 'bad', 'open', 'written']],
    [`dataSet=${loyalty}`, ['good', 'bad', 'open']],
    [`dataSet=!${loyalty}`, ['written']],
    ['recordCount=77', []],
    // A failed batch has no metrics.
    ['recordCount=1', ['good']],
    ['recordCount=5', ['written']],
    ['failedRecordCount=0', ['good']],
    ['failedRecordCount=77', []],
    ['size=9', ['written']],
    ['started=1', []],
    ['completed=1', []],
    ['startAfter=999', ['written']],
    ['startAfter=99999999999', []],
    ['startBefore=1001', ['written']],
    ['endAfter=2000', []],
    ['endBefore=1', []],
    ['createdUser=nobody', []],
    ['updatedUser=nobody', []],
    ['version=9.9.9', []],
    ['property=status==nothing', []],
    ['property=!status', []],
    ['property=errors', ['good', 'bad', 'open', 'written']],
    ['createdAfter=1&created=1', []],
  ])('with %s holds %j', async (query, expected) => {
    const ids = await listed(platform, 'batches', query)
    expect(ids.map((id) => named[id])).toEqual(expected)
  })

  it('finds tags that a setting shows as bare values', async () => {
    const scalars = await platformInMemory({ tags: 'scalars' })
    const id = await scalars.createBatch({ tags: { a: ['x'] } })
    expect(await listed(scalars, 'batches', 'tags=a:x,acp_enableErrorDiagnostics:true')).toEqual([id])
  })

  it('knows of each dataset its last batches, of all datasets or of those that are named', async () => {
    const last = (query: string) => platform.send('GET', `${catalog}/lastBatches?${query}`)
    const [good, bad, open] = Object.keys(named)
    const entry = { lastBatchId: open, lastBatchStatus: 'loading', lastSuccessfulBatchId: good, lastFailedBatchId: bad }
    const { status, json } = await last(`dataSetId=${loyalty},${events}`)
    expect([status, json]).toEqual([
      200,
      {
        [loyalty]: {
          ...entry,
          imsOrg: expect.any(String),
          sandboxId: expect.any(String),
          created: expect.any(Number),
          updated: expect.any(Number),
        },
      },
    ])
    // The record of Catalog's own is of no dataset.
    expect(Object.keys(Object((await last('')).json))).toEqual([loyalty])
    expect((await last(`dataSetId=${events}`)).json).toEqual({})
    expect((await last('lastBatchStatus=success')).json).toEqual({})
    expect((await last(`lastFailedBatchId=${String(bad)}&properties=lastBatchStatus`)).json).toEqual({
      [loyalty]: { lastBatchStatus: 'loading' },
    })
  })
})
