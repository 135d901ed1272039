import { describe, expect, it } from 'vitest'
import { jsonReader } from '../../../src/lib/json-reader.ts'
import { readBatchRecord } from '../../../src/platform/records.ts'
import {
  laterOf,
  mergeReads,
  readFinishedSuccessor,
  readFresh,
  readNamedBatch,
  readSuccessor,
} from '../../../src/publish/published/read-batch.ts'
import { contextOf } from '../../support/runs/context.ts'
import { leapingClock } from '../../support/time/fake-clock.ts'
import { batchId } from '../../support/make.ts'
import { consolidatedInto, plainCatalog, type Reads } from '../../support/platform/plain-catalog.ts'

const record = (body: object) => readBatchRecord(batchId('B'), jsonReader(body, 'record'))
const counted = { status: 'success', metrics: { outputRecordCount: 3 } }

describe('of two answers about one batch, the one that came second counts', () => {
  it.each([
    ['loading', 'success'],
    ['success', 'inactive'],
    ['success', 'failed'],
    ['failed', 'retrying'],
    ['failed', 'success'],
    ['inactive', 'deleted'],
    ['failed', 'loading'],
  ])('where the batch was %s and is %s', (before, now) => {
    expect(laterOf(record({ status: before }), record({ status: now })).status).toBe(now)
  })

  it('where there was none before', () => {
    expect(laterOf(undefined, record({ status: 'loading' })).status).toBe('loading')
  })
})

describe('of two answers about one batch, the one that came second is of a replica that lags', () => {
  it.each([
    ['success', 'staging'],
    ['active', 'loading'],
    ['inactive', 'success'],
    ['inactive', 'processing'],
    ['deleted', 'active'],
    ['loaded', 'loading'],
  ])('where the batch was %s and reads %s again', (before, now) => {
    expect(laterOf(record({ status: before }), record({ status: now })).status).toBe(before)
  })

  it.each([
    ['the batch that holds its rows', consolidatedInto('H'), { status: 'inactive' }],
    ['its rows', counted, { status: 'success' }],
    ['its errors', { status: 'failed', errors: [{ code: 'INGEST-1' }] }, { status: 'failed' }],
  ])('where it does not tell %s any more', (_, before, now) => {
    expect(laterOf(record(before), record(now))).toEqual(record(before))
  })
})

describe('a batch that several lists show', () => {
  it.each([
    ['processing', 'loading', 'processing'],
    ['inactive', 'success', 'inactive'],
    ['processing', 'success', 'success'],
  ])('as %s and then as %s, counts once, as %s', (first, second, expected) => {
    const reads = [record({ status: first }), record({ status: second })]
    expect(mergeReads(reads).map(({ status }) => status)).toEqual([expected])
  })
})

describe('a batch that one look has found', () => {
  const tools = (reads: Reads) => contextOf({ catalog: plainCatalog({ B: reads }), clock: leapingClock() })

  it('is there, though later looks miss it', async () => {
    const found = await readFresh(batchId('B'), tools(['success', 'missing']))
    expect(found).toMatchObject({ kind: 'found', record: { status: 'success' } })
  })

  it('is looked for again where the first look misses it', async () => {
    expect(await readNamedBatch(batchId('B'), tools(['missing', 'missing', 'staging']))).toMatchObject({
      kind: 'found',
    })
    expect(await readNamedBatch(batchId('B'), tools(['missing']))).toMatchObject({ kind: 'missing' })
  })

  it('is waited for where it must have finished', async () => {
    const reads = ['loading', 'missing', 'success']
    expect(await readFinishedSuccessor(batchId('B'), tools(reads))).toMatchObject({ record: { status: 'success' } })
    expect(await readSuccessor(batchId('B'), tools(reads))).toMatchObject({ record: { status: 'loading' } })
  })
})
