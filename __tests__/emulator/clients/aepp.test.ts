import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seededDatasetIds, seededSchemaIds } from '../../../emulator/seed/ids.ts'
import { at, badRow } from '../platform-in-memory.ts'
import { catalog, imports, registry } from '../../../emulator/conformance/expectation.ts'
import { visit, type Visit } from './visit.ts'

const dataset = seededDatasetIds.loyalty

/**
 * Methods of aepp 0.5.8 that put several parts of an answer together. Each is written again as the client reads it: a part
 * that is missing would raise a KeyError there, and does here.
 */
describe('what aepp makes of answers', () => {
  let open: Visit
  beforeEach(async () => void (open = await visit()))
  afterEach(() => open.close())

  const get = async (path: string, accept?: string) =>
    (await open.ask({ by: 'aepp', call: `GET ${path}`, ...(accept === undefined ? {} : { headers: { accept } }) })).json

  /** `batch['key']` of Python. */
  function part(value: unknown, ...keys: readonly (string | number)[]): unknown {
    const found = at(value, ...keys)
    if (found === undefined) throw new Error(`KeyError: ${keys.join('.')} of ${JSON.stringify(value)}`)
    return found
  }

  async function failedBatches() {
    const listed = await get(`${catalog}/batches?limit=10&status=failed&orderBy=desc%3Acreated`)
    return Object.entries<unknown>(Object(listed)).map(([id, batch]) => {
      const errors = part(batch, 'errors')
      if (!Array.isArray(errors)) throw new Error(`TypeError: ${JSON.stringify(errors)}`)
      return {
        id,
        timestamp: part(batch, 'created'),
        invalidRecordCount: at(batch, 'metrics', 'invalidRecordCount') ?? 0,
        errorCode: errors.map((error) => String(part(error, 'code'))),
        errorMessage: errors.map((error) => String(part(error, 'description'))),
        flowId: at(batch, 'tags', 'flowId', 0) ?? null,
        dataSetId: part(batch, 'relatedObjects', 0, 'id'),
        sandbox: part(batch, 'sandboxId'),
      }
    })
  }

  it('getFailedBatchesDF: a row for each failed batch, with its errors and its sandbox', async () => {
    const body = { datasetId: dataset, inputFormat: { format: 'json' }, enableErrorDiagnostics: true }
    const id = String(at((await open.ask({ by: 'aepp', call: `POST ${imports}`, body })).json, 'id'))
    const headers = { 'content-type': 'application/octet-stream' }
    const file = `${imports}/${id}/datasets/${dataset}/files/rows.json`
    await open.ask({ by: 'aepp', call: `PUT ${file}`, headers, body: badRow })
    await open.ask({ by: 'aepp', call: `POST ${imports}/${id}?action=COMPLETE` })
    expect(await failedBatches()).toEqual([
      {
        id,
        timestamp: expect.any(Number),
        invalidRecordCount: 0,
        errorCode: ['INGEST-1212-400', '100'],
        errorMessage: [expect.stringContaining('Encountered 1 errors'), expect.any(String)],
        flowId: null,
        dataSetId: dataset,
        sandbox: '5f6d0c11-0d5f-4c5b-9d0c-110d5f4c5b9d',
      },
    ])
  })

  it('getMapperErrors: codes of Data Prep, with what their texts name', async () => {
    const description =
      'Could not convert at destination path _emutenant.points. The expected data type was: INTEGER, ' +
      'and the actual data type was: STRING. The mapping has sourceField: Points destinationField: _emutenant.points'
    const errors = ['DPMAP-1403-400', 'MAPPER-3700-400'].map((code) => ({ code, description }))
    const relatedObjects = [{ type: 'dataSet', id: dataset }]
    const record = {
      status: 'failed',
      errors,
      relatedObjects,
      metrics: { invalidRecordCount: 2 },
      tags: { flowId: ['f1'] },
    }
    await open.ask({ by: 'Postman', call: `POST ${catalog}/batches`, body: record })
    const [failed] = await failedBatches()
    expect(failed).toMatchObject({
      flowId: 'f1',
      invalidRecordCount: 2,
      errorCode: ['DPMAP-1403-400', 'MAPPER-3700-400'],
    })
    const [, message = ''] = failed?.errorMessage ?? []
    const named = [
      /destination path (.+?)\. /,
      /expected data type was: ([A-Z]+?), /,
      /sourceField: (.+?) destinationField/,
    ]
    expect(named.map((pattern) => message.match(pattern)?.[1])).toEqual(['_emutenant.points', 'INTEGER', 'Points'])
  })

  it('getLastBatches: of every dataset, and of none where there is none', async () => {
    expect(await get(`${catalog}/lastBatches`)).toEqual({})
    const body = { datasetId: dataset, inputFormat: { format: 'json' } }
    const id = at((await open.ask({ by: 'aepp', call: `POST ${imports}`, body })).json, 'id')
    expect(part(await get(`${catalog}/lastBatches?dataSetId=${dataset}`), dataset, 'lastBatchId')).toBe(id)
  })

  it('getDescriptors: pages until `next` is None, whole, as ids, and as links', async () => {
    const schema = encodeURIComponent(seededSchemaIds.loyalty)
    const conditions = `property=%40type%3D%3Dxdm%3AdescriptorIdentity%2Cxdm%3AsourceSchema%3D%3D${schema}`
    const forms = ['xdm-v2', 'xdm-v2-id', 'xdm-v2-link']
    const results = forms.map(async (form) => {
      const page = await get(`${registry}/tenant/descriptors/?${conditions}`, `application/vnd.adobe.${form}+json`)
      expect(part(page, '_page')).toMatchObject({ next: null })
      return part(page, 'results', 0)
    })
    const id = '85dc0100000000000000000000000000000000'
    expect(await Promise.all(results)).toEqual([
      expect.objectContaining({ '@id': id }),
      id,
      `/tenant/descriptors/${id}`,
    ])
  })

  it('getSchemaPaths: the names of the properties are paths', async () => {
    const path = `${registry}/tenant/schemas/${encodeURIComponent(seededSchemaIds.events)}`
    const schema = await get(path, 'application/vnd.adobe.xdm-full-flat+json; version=1')
    expect(part(schema, 'title')).toBe('Store Events')
    const paths = Object.keys(Object(part(schema, 'properties'))).map((key) => key.replaceAll('/', '.'))
    expect(paths).toEqual(expect.arrayContaining(['_id', 'timestamp', 'productListItems', '_emutenant.weeklySales']))
    expect(paths).not.toContain('_emutenant')
  })
})
