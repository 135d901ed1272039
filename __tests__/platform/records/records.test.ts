import { describe, expect, it } from 'vitest'
import { jsonReader } from '../../../src/lib/json-reader.ts'
import { datasetsApi } from '../../../src/platform/datasets.ts'
import { catalogApi } from '../../../src/platform/catalog.ts'
import { isBatchId, isDatasetId, type BatchId } from '../../../src/platform/ids.ts'
import { batchRecord, datasetId } from '../../support/make.ts'
import { readBatchRecord } from '../../../src/platform/records.ts'
import { readTags } from '../../../src/platform/records.ts'
import { caught } from '../../support/caught.ts'
import { clientAt } from '../../support/platform/client-at.ts'
import { never } from '../../support/time/never.ts'
import { answer, type Reply } from '../../support/platform/scripted-transport.ts'

function batchId(text: string): BatchId {
  if (isBatchId(text)) return text
  throw new Error(`${text} is no batch id`)
}

const BATCH = batchId('01HBATCH')
const DATASET = datasetId('5c8c3c555033b814b69f947f')

function record(body: object) {
  return readBatchRecord(BATCH, jsonReader({ status: 'success', ...body }, 'answer'))
}

describe('the record of a batch', () => {
  it.each([
    ['today', { inputRecordCount: 5, outputRecordCount: 3, failedRecordCount: 2 }],
    ['of the troubleshooting guide', { inputRecordSize: 5, outputRecordSize: 3, failedRecordCount: 2 }],
    ['of 2018', { recordsRead: 5, recordsWritten: 3, recordsFailed: 2 }],
    ['written in strings', { inputRecordCount: '5', outputRecordCount: '3', failedRecordCount: '2' }],
  ])('counts by the names %s', (_, metrics) => {
    expect(record({ metrics }).counts).toEqual({ read: 5, written: 3, failed: 2 })
  })

  it('takes the number of failed rows from the top level where the metrics have none', () => {
    expect(record({ failedRecordCount: 4, metrics: {} }).counts.failed).toBe(4)
  })

  it('counts nothing where nothing was counted, which is not 0', () => {
    expect(record({}).counts).toEqual({ read: undefined, written: undefined, failed: undefined })
    expect(record({ metrics: { inputRecordCount: 0 } }).counts.read).toBe(0)
  })

  it('has its status in lower case', () => {
    expect(record({ status: 'Success' }).status).toBe('success')
  })

  it.each(['', 'x"; $(id)', '`id`', 'a\nb', '${{ secrets.X }}', 'jane@example.com', 'x'.repeat(65)])(
    'has the status "unknown" where a server wrote %j, which is no word',
    (status) => {
      expect(record({ status }).status).toBe('unknown')
    },
  )

  it.each([-1, 1.5, 1e300, '9'.repeat(400), '-0.5'])('counts nothing by %j, which counts no rows', (number) => {
    const metrics = { inputRecordCount: number, outputRecordCount: number, failedRecordCount: number }
    expect(record({ metrics, failedRecordCount: number }).counts).toEqual({
      read: undefined,
      written: undefined,
      failed: undefined,
    })
  })

  it('is refused without a status', () => {
    expect(() => readBatchRecord(BATCH, jsonReader({}, 'answer'))).toThrow('answer.status is missing')
  })

  it('gathers its errors and those of what belongs to it, however codes are written', () => {
    const { errors } = record({
      errors: [{ code: 106, description: 'no files', recordCount: '3', rows: ['13-26'] }, {}],
      relatedObjects: [{ type: 'dataSet', id: DATASET, errors: [{ code: 'INGEST-1212-400' }] }, { type: 'batch' }],
    })
    expect(errors).toEqual([
      { code: '106', description: 'no files', recordCount: 3 },
      { code: 'unknown', description: '', recordCount: undefined },
      { code: 'INGEST-1212-400', description: '', recordCount: undefined },
    ])
  })
})

describe('tags', () => {
  it('are lists of strings, or one value that is a string, a number or a boolean', () => {
    const tags = { list: ['a', 'b'], scalar: 'c', number: [5], bare: 5, boolean: [true], empty: [], none: null }
    expect(readTags(jsonReader(tags, 'answer'))).toEqual({
      list: ['a', 'b'],
      scalar: ['c'],
      number: ['5'],
      bare: ['5'],
      boolean: ['true'],
      empty: [],
      none: [],
    })
  })
})

describe('what a batch says', () => {
  it('are kept as far as anyone reads them', () => {
    const errors = [{ code: 'x'.repeat(100_000), description: 'y\n'.repeat(100_000) }]
    const long = batchRecord('z'.repeat(1_000_000), { errors })
    expect([long.status, long.errors[0]?.code]).toEqual(['unknown', 'unknown'])
    expect(long.errors[0]?.description).toHaveLength(10_000)
  })
})

describe('looking something up in the catalogue', () => {
  const catalog = (...replies: readonly Reply[]) => catalogApi(clientAt(replies).client)

  it('reads what stands under its id', async () => {
    const dataset = { name: 'Loyalty', schemaRef: { id: 'https://ns/1' }, tags: { unifiedProfile: ['enabled:true'] } }
    const found = await datasetsApi(clientAt([answer(200, { [DATASET]: dataset })]).client).read(DATASET, never())
    expect(found).toMatchObject({
      kind: 'found',
      record: { id: DATASET, name: 'Loyalty', schemaId: 'https://ns/1', tags: { unifiedProfile: ['enabled:true'] } },
    })
  })

  it('misses what the service says it does not have', async () => {
    const reply = answer(404, { title: 'NotFoundError' }, { 'x-request-id': 'req-7' })
    expect(await catalog(reply).batch(BATCH, never())).toEqual({ kind: 'missing', requestId: 'req-7' })
  })

  it('fails where a gateway that knows no such route says 404 in HTML', async () => {
    const error = await caught(catalog(answer(404, '<html>404</html>')).batch(BATCH, never()))
    expect(error).toMatchObject({ response: { status: 404 } })
  })

  it('fails where the answer does not hold what was asked for', async () => {
    expect(await caught(catalog(answer(200, {})).batch(BATCH, never()))).toMatchObject({ name: 'Problem' })
  })
})

describe('ids, which go into URLs', () => {
  it.each(['', '5C8C3C555033B814B69F947F', '5c8c', '5c8c3c555033b814b69f947f/x', '../../../..'])(
    'of datasets are not %j',
    (text) => expect(isDatasetId(text)).toBe(false),
  )

  it.each(['', 'a/b', 'a b', 'a?b', 'x'.repeat(65)])('of batches are not %j', (text) => {
    expect(isBatchId(text)).toBe(false)
  })

  it.each(['01M0ABCDEFGHJKMNPQRSTVWXYZ', 'd8b4b2c0-0000-4000-8000-000000000000', '5c8c3c555033b814b69f947f'])(
    'of batches may be %j',
    (text) => expect(isBatchId(text)).toBe(true),
  )
})
