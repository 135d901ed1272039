import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seededDatasetIds } from '../../../emulator/seed/ids.ts'
import { at, type Got } from '../platform-in-memory.ts'
import { access, catalog, imports } from '../../../emulator/conformance/expectation.ts'
import { visit, type Asked, type Visit } from './visit.ts'

const dataset = seededDatasetIds.loyalty
const octets = { 'content-type': 'application/octet-stream' }
const rows = [1, 2].map((points) => ({ _emutenant: { loyalty: { loyaltyId: `L${points}`, points } } }))
const one = `${catalog}/dataSets/${dataset}`

describe('what a client of Adobe’s does in several requests', () => {
  let open: Visit
  beforeEach(async () => void (open = await visit()))
  afterEach(() => open.close())

  const ask = (by: Asked['by'], call: string, more: Pick<Asked, 'headers' | 'body'> = {}): Promise<Got> =>
    open.ask({ by, call, ...more })

  /** As aepp does it: the value as JSON text on one line. */
  async function ingest(value: unknown, inputFormat: object): Promise<Got> {
    const id = String(
      at((await ask('aepp', `POST ${imports}`, { body: { datasetId: dataset, inputFormat } })).json, 'id'),
    )
    const body = JSON.stringify(value)
    await ask('aepp', `PUT ${imports}/${id}/datasets/${dataset}/files/rows.json`, { headers: octets, body })
    await ask('aepp', `POST ${imports}/${id}?action=COMPLETE`)
    const { json, ...got } = await ask('aepp', `GET ${catalog}/batches/${id}`)
    return { ...got, json: at(json, id) }
  }

  it('aepp’s one line of JSON is a record, an array where the batch says so, and else a corrupt row', async () => {
    const line = { format: 'json', isMultiLineJson: false }
    const whole = { format: 'json', isMultiLineJson: true }
    const succeeded = (count: number) => ({ status: 'success', metrics: { outputRecordCount: count } })
    expect((await ingest(rows[0], line)).json).toMatchObject(succeeded(1))
    expect((await ingest(rows, whole)).json).toMatchObject(succeeded(2))
    expect((await ingest(rows, line)).json).toMatchObject({ status: 'failed' })
  })

  it('aepp’s second page of datasets begins at 1 + limit, and so leaves one out', async () => {
    const page = async (start: number) =>
      Object.keys(Object((await ask('aepp', `GET ${catalog}/dataSets?limit=2&start=${start}`)).json))
    const { loyalty, events, system, upsertable } = seededDatasetIds
    expect([await page(0), await page(1 + 2)]).toEqual([
      [loyalty, events],
      [system, upsertable],
    ])
  })

  it('batches are listed by pairs of tags that all hold, a star at the end being a prefix', async () => {
    const create = async (tags: object) => {
      const body = { datasetId: dataset, inputFormat: { format: 'json' }, tags }
      return String(at((await ask('Postman', `POST ${imports}`, { body })).json, 'id'))
    }
    const both = await create({ a: ['x'], b: ['long'] })
    await create({ a: ['x'] })
    await create({ a: ['y'], b: ['long'] })
    const got = await ask('Postman', `GET ${catalog}/batches?tags=a:x,b:lo*&status=&externalId=`)
    expect(Object.keys(Object(got.json))).toEqual([both])
  })

  it('a batch record of Catalog’s own has no place to upload to', async () => {
    const body = { status: 'loading', relatedObjects: [{ type: 'dataSet', id: dataset }] }
    const id = String(at((await ask('Postman', `POST ${catalog}/batches`, { body })).json, 0)).replace('@/batches/', '')
    expect((await ask('Postman', `GET ${catalog}/batches/${id}`)).json).toMatchObject({ [id]: { status: 'loading' } })
    const file = `${imports}/${id}/datasets/${dataset}/files/rows.json`
    const got = await ask('Postman', `PUT ${file}`, { headers: octets, body: '{}' })
    expect(got).toMatchObject({ status: 404, json: { detail: expect.stringContaining('takes no files') } })
    expect((await ask('Postman', `POST ${imports}/${id}?action=COMPLETE`)).status).toBe(404)
    await ask('Postman', `DELETE ${catalog}/batches/${id}`)
    expect((await ask('Postman', `GET ${catalog}/batches/${id}`)).status).toBe(404)
  })

  it('a batch record of Catalog’s own reads as it was written, and does not age', async () => {
    const written = { status: 'active', recordCount: 5, relatedObjects: [{ type: 'dataSet', id: dataset }] }
    const linked = at((await ask('Postman', `POST ${catalog}/batches`, { body: written })).json, 0)
    const id = String(linked).replace('@/batches/', '')
    const read = async () => at((await ask('Postman', `GET ${catalog}/batches/${id}`)).json, id)
    expect(await read()).toMatchObject({ id, ...written })
    await ask('Postman', `PATCH ${catalog}/batches/${id}`, { body: { failedRecordCount: 2, tags: { a: ['b'] } } })
    expect(await read()).toMatchObject({ ...written, failedRecordCount: 2, tags: { a: ['b'] } })
    await ask('Postman', `PUT ${catalog}/batches/${id}`, { body: { status: 'success', externalId: 'mine' } })
    expect(await read()).toMatchObject({ status: 'success', externalId: 'mine', tags: {} })
    expect(await read()).not.toHaveProperty('recordCount')
    const found = await ask('Postman', `GET ${catalog}/batches?status=success&externalId=mine`)
    expect(Object.keys(Object(found.json))).toEqual([id])
  })

  it('JSON Patch and the deep merge keep the other tags of a dataset, PUT and the plain PATCH do not', async () => {
    const tags = async () => Object.keys(Object(at((await ask('aepp', `GET ${one}`)).json, dataset, 'tags')))
    const before = await tags()
    const patch = { 'content-type': 'application/json-patch+json' }
    await ask('aepp', `PATCH ${one}`, { headers: patch, body: [{ op: 'add', path: '/tags/one', value: ['1'] }] })
    await ask('Postman', `PATCH ${catalog}/v2/dataSets/${dataset}`, { body: { tags: { two: ['2'] } } })
    expect(await tags()).toEqual([...before, 'one', 'two'])
    for (const method of ['PATCH', 'PUT']) {
      const kept = { 'adobe/siphon/table/format': ['delta'], [method]: ['3'] }
      await ask('Postman', `${method} ${one}`, { body: { tags: kept } })
      expect(await tags()).toEqual(Object.keys(kept))
    }
  })

  it('Parquet comes back under a name that ends in .parquet, as it was sent', async () => {
    const columnData = [{ name: '_id', data: ['a', 'b'], type: 'STRING' as const }]
    const sent = { headers: octets, body: new Uint8Array(parquetWriteBuffer({ columnData })) }
    const asked = { body: { datasetId: dataset, inputFormat: { format: 'parquet' } } }
    const id = String(at((await ask('aepp', `POST ${imports}`, asked)).json, 'id'))
    await ask('aepp', `PUT ${imports}/${id}/datasets/${dataset}/files/rows.parquet`, sent)
    await ask('aepp', `POST ${imports}/${id}?action=COMPLETE`)
    const { json } = await ask('aepp', `GET ${access}/files/${id}-1?path=&range=`)
    const name = String(at(json, 'data', 0, 'name'))
    expect(name).toMatch(/\.parquet$/)
    const got = await ask('aepp', `GET ${access}/files/${id}-1?path=${name}`, { headers: { range: 'bytes=0-3' } })
    expect(got).toMatchObject({ status: 206, text: 'PAR1', headers: { 'content-type': 'application/parquet' } })
  })

  it('a preview of CSV takes the first line for data where the client says that there is no header', async () => {
    const body = { datasetId: seededDatasetIds.products, inputFormat: { format: 'csv' } }
    const id = String(at((await ask('aepp', `POST ${imports}`, { body })).json, 'id'))
    const place = `${imports}/${id}/datasets/${seededDatasetIds.products}`
    await ask('aepp', `PUT ${place}/files/rows.csv`, { headers: octets, body: 'a;"b;c"\nd;e\n' })
    const query = 'format=csv&delimiter=%3B&quote=%22&escape=%5C&charset=utf-8'
    // As Python writes its flags.
    const preview = async (header: 'True' | 'False') =>
      at((await ask('aepp', `GET ${place}/preview?${query}&header=${header}&nrow=5`)).json, 'preview')
    expect(await preview('False')).toEqual({
      columns: [
        { cid: 0, name: '_c0' },
        { cid: 1, name: '_c1' },
      ],
      rows: [
        { 0: 'a', 1: 'b;c' },
        { 0: 'd', 1: 'e' },
      ],
    })
    expect(await preview('True')).toMatchObject({
      columns: [{ name: 'a' }, { name: 'b;c' }],
      rows: [{ 0: 'd', 1: 'e' }],
    })
  })

  it('labels are read with their ETag, and changed under it alone', async () => {
    const labels = `/data/foundation/dataset/datasets/${dataset}/labels`
    const body = { labels: ['C1'], optionalLabels: [] }
    const posted = await ask('Postman', `POST ${labels}`, { body })
    const { etag = '' } = posted.headers
    const read = (dialect: string) => ask('Postman', `GET ${labels}`, { headers: { 'x-emu-dialect': dialect } })
    expect(await read('docs')).toMatchObject({
      status: 200,
      json: { [`AEP:dataset:${dataset}`]: body },
      headers: { etag },
    })
    expect((await read('oas')).json).toEqual(body)
    expect(await ask('Postman', `POST ${labels}`, { body })).toMatchObject({ status: 403, json: { code: 'PES-403' } })
    const change = (version: string | undefined) =>
      ask('Postman', `PUT ${labels}`, {
        headers: version === undefined ? {} : { 'if-match': version },
        body: { labels: ['C2'] },
      })
    expect((await change(undefined)).status).toBe(400)
    expect(await change(`"${etag}"`)).toMatchObject({ status: 200, json: { labels: ['C2'], optionalLabels: [] } })
    expect(await change(etag)).toMatchObject({ status: 409, json: { status: 'CONFLICT', code: 'PES-409' } })
    const { etag: latest = '' } = (await read('oas')).headers
    expect((await ask('Postman', `DELETE ${labels}`, { headers: { 'if-match': latest } })).status).toBe(200)
    expect((await read('docs')).status).toBe(404)
  })
})
