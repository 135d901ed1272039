import { describe, expect, it } from 'vitest'
import { access, at, badRow, catalog, goodRow, imports, platformInMemory } from './platform-in-memory.ts'
import { seededDatasetIds } from '../../emulator/seed/ids.ts'

const files = (id: string) => `${imports}/${id}/datasets/${seededDatasetIds.loyalty}/files`

const dialects = [
  { dialect: 'docs', put: [200, ''], again: [200, ''], initialize: 201, action: /^$/ },
  { dialect: 'oas', put: [201, ''], again: [200, ''], initialize: 200, action: /"status":"loaded"/ },
  { dialect: 'lab', put: [200, '1'], again: [200, '1'], initialize: 200, action: /^1$/ },
] as const

describe('publishing JSON Lines', () => {
  for (const { dialect, put, again, initialize, action } of dialects) {
    for (const mode of ['strict', 'lenient'] as const) {
      it(`succeeds in dialect ${dialect}, mode ${mode}`, async () => {
        const platform = await platformInMemory({ dialect, mode })
        const id = await platform.createBatch()
        const first = await platform.send('PUT', `${files(id)}/a/b.json`, { body: goodRow })
        const second = await platform.send('PUT', `${files(id)}/a/b.json`, { body: goodRow + goodRow })
        expect([first.status, first.text]).toEqual(put)
        expect([second.status, second.text]).toEqual(again)
        const started = await platform.send('POST', `${files(id)}/c.json?action=INITIALIZE`)
        expect(started.status).toBe(initialize)
        const range = { 'content-range': `bytes 0-${goodRow.length - 1}` }
        expect((await platform.send('PATCH', `${files(id)}/c.json`, { body: goodRow, headers: range })).status).toBe(
          200,
        )
        expect((await platform.send('POST', `${files(id)}/c.json?action=COMPLETE`)).status).toBe(initialize)
        const completed = await platform.send('POST', `${imports}/${id}?action=COMPLETE`)
        expect(completed.status).toBe(200)
        expect(completed.text).toMatch(action)
        platform.pass(10_000)
        const record = await platform.record(id)
        expect(record).toMatchObject({
          status: 'success',
          errors: [],
          metrics: { inputRecordCount: 3, inputFileCount: 2 },
        })
        expect(await platform.emulator.datasetRows(seededDatasetIds.loyalty)).toHaveLength(3)
      })
    }
  }

  it('goes the same way every time: same clock, same chance, same answers', async () => {
    const run = async () => {
      const platform = await platformInMemory()
      return await platform.record(await platform.publish(goodRow))
    }
    expect(await run()).toEqual(await run())
  })

  it('says that the emulator broke down, in the batch, when its storage did', async () => {
    const platform = await platformInMemory()
    const id = await platform.createBatch()
    await platform.send('PUT', `${files(id)}/a.json`, { body: goodRow })
    platform.breakStorage()
    await platform.complete(id)
    expect(at(await platform.record(id), 'errors', 0, 'code')).toBe('EMU-CRASH')
  })

  it('a header asks for another dialect for one request', async () => {
    const platform = await platformInMemory()
    const id = await platform.createBatch()
    const got = await platform.send('PUT', `${files(id)}/a.json`, {
      body: goodRow,
      headers: { 'x-emu-dialect': 'lab' },
    })
    expect(got.text).toBe('1')
  })
})

describe('rows that the platform rejects', () => {
  it('leave a partial success below the threshold', async () => {
    const platform = await platformInMemory()
    const id = await platform.publish(goodRow.repeat(3) + badRow, { partialIngestionPercent: 25 })
    const record = await platform.record(id)
    expect(record).toMatchObject({
      status: 'success',
      metrics: { inputRecordCount: 4, outputRecordCount: 3, failedRecordCount: 1 },
      tags: { acp_enableErrorDiagnostics: ['true'], acp_partialIngestionPercent: ['25'] },
    })
    expect(at(record, 'errors', 0, 'code')).toBe('INGEST-1212-400')
    const listed = await platform.send('GET', `${access}/batches/${id}/meta?path=row_errors`)
    expect(at(listed.json, 'data', 0, 'name')).toBe('conversion_errors_0.json')
    const { pathname, search } = new URL(String(at(listed.json, 'data', 0, '_links', 'self', 'href')))
    const rows = await platform.send('GET', pathname + search)
    expect(JSON.parse(rows.text)).toMatchObject({ _emutenant: { loyalty: { loyaltyId: 'L2' } } })
  })

  it('fail the batch above the threshold, and show under /failed', async () => {
    const platform = await platformInMemory()
    const id = await platform.publish(goodRow + badRow, { partialIngestionPercent: 49 })
    expect(at(await platform.record(id), 'status')).toBe('failed')
    expect((await platform.send('GET', `${access}/batches/${id}/files`)).json).toMatchObject({ data: [] })
    const failed = await platform.send('GET', `${access}/batches/${id}/failed`)
    expect(at(failed.json, 'data')).toMatchObject([{ name: '_SUCCESS', length: '0' }, { name: 'part-00000-c000.json' }])
    const part = await platform.send('GET', `${access}/batches/${id}/failed?path=part-00000-c000.json`)
    expect(at(JSON.parse(part.text), '_validationErrors')).toHaveLength(1)
  })

  it('strict ignores the old name of the threshold and says so; lenient takes it', async () => {
    const body = {
      datasetId: seededDatasetIds.loyalty,
      inputFormat: { format: 'json' },
      partialIngestionPercentage: 50,
    }
    const strict = await (await platformInMemory()).send('POST', imports, { body })
    const lenient = await (await platformInMemory({ mode: 'lenient' })).send('POST', imports, { body })
    expect(strict.headers['x-emu-warning']).toMatch('partialIngestionPercentage is ignored')
    expect(at(strict.json, 'tags')).not.toHaveProperty('acp_partialIngestionPercent')
    expect(at(lenient.json, 'tags', 'acp_partialIngestionPercent')).toEqual(['50'])
  })

  it('can be looked up by externalId after the answer to the creation was lost', async () => {
    const platform = await platformInMemory()
    platform.emulator.faults.add({ method: 'POST', path: imports, effect: { kind: 'reset', when: 'after' } })
    await expect(platform.createBatch({ externalId: 'acme/4711/1' })).rejects.toThrow('connection reset')
    const found = await platform.send('GET', `${catalog}/batches?externalId=acme/4711/1`)
    expect(Object.values(Object(found.json))).toMatchObject([{ status: 'loading', externalId: 'acme/4711/1' }])
  })
})
