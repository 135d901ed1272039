import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { seededDatasetIds } from '../../emulator/seed/ids.ts'
import type { Settings } from '../../emulator/settings.ts'
import { access, at, badRow, catalog, goodRow, imports, platformInMemory } from './platform-in-memory.ts'

describe('Data Access', () => {
  it('leads from the batch by links to the rows, counts as strings', async () => {
    const platform = await platformInMemory()
    const id = await platform.publish(goodRow + goodRow)
    const files = await platform.send('GET', `${access}/batches/${id}/files`)
    const href = `http://emulator.test${access}/files/${id}-1`
    expect(files.json).toMatchObject({
      data: [{ dataSetFileId: `${id}-1`, records: '2', _links: { self: { href } } }],
      _page: { limit: 100, count: 1 },
    })
    const parts = await platform.send('GET', `${access}/files/${id}-1`)
    const name = String(at(parts.json, 'data', 0, 'name'))
    const part = await platform.send('GET', `${access}/files/${id}-1?path=${name}`)
    expect(part.text).toBe(goodRow + goodRow)
    expect(part.headers['content-type']).toBe('application/x-ndjson')
    const head = await platform.send('HEAD', `${access}/files/${id}-1?path=${name}`)
    expect(head.headers).toMatchObject({ 'content-length': String(goodRow.length * 2), 'accept-ranges': 'bytes' })
    expect((await platform.send('HEAD', `${access}/files/${id}-1`)).status).toBe(400)
  })

  it('shows its files without rows and bytes where it is set so, as others saw it', async () => {
    const platform = await platformInMemory({ fileEntries: 'bare' })
    const id = await platform.publish(goodRow)
    const files = await platform.send('GET', `${access}/batches/${id}/files`)
    expect(at(files.json, 'data', 0)).toMatchObject({ dataSetFileId: `${id}-DE1`, isValid: false })
    expect(Object.keys(Object(at(files.json, 'data', 0)))).not.toContain('records')
    const listed = await platform.send('GET', `${catalog}/dataSetFiles?dataSetId=${seededDatasetIds.loyalty}`)
    expect(listed.json).toMatchObject({ [`${id}-DE1`]: { batchId: id, isValid: false } })
    const parts = await platform.send('GET', `${access}/files/${id}-DE1`)
    expect(at(parts.json, 'data')).toHaveLength(1)
    expect((await platform.send('GET', `${access}/files/${id}-1`)).status).toBe(404)
  })

  const ranges = [
    ['bytes=0-4', 206, '{"_em', 'bytes 0-4/57'],
    ['bytes=-2', 206, '}\n', 'bytes 55-56/57'],
    ['bytes=55-999', 206, '}\n', 'bytes 55-56/57'],
    ['bytes=57-', 416, undefined, undefined],
    ['lines=1-2', 200, goodRow, undefined],
  ] as const
  for (const [range, status, text, contentRange] of ranges) {
    it(`answers Range ${range} with ${status}`, async () => {
      const platform = await platformInMemory()
      const id = await platform.publish(goodRow)
      const path = `${access}/files/${id}-1?path=${id}_part-00000-c000.json`
      const got = await platform.send('GET', path, { headers: { range } })
      expect([got.status, got.headers['content-range']]).toEqual([status, contentRange])
      if (text !== undefined) expect(got.text).toBe(text)
    })
  }

  it('hands Parquet out as it came in', async () => {
    const platform = await platformInMemory()
    const id = await platform.createBatch({ inputFormat: { format: 'parquet' } })
    const columnData = [{ name: '_id', data: ['a', 'b'], type: 'STRING' as const }]
    const body = new Uint8Array(parquetWriteBuffer({ columnData }))
    await platform.send('PUT', `${imports}/${id}/datasets/${seededDatasetIds.loyalty}/files/a.parquet`, { body })
    await platform.complete(id)
    await platform.record(id)
    const parts = await platform.send('GET', `${access}/files/${id}-1`)
    expect(at(parts.json, 'data')).toMatchObject([
      { name: `${id}_part-00000-c000.snappy.parquet`, length: String(body.length) },
    ])
  })

  it('comes in pages that name the next one', async () => {
    const platform = await platformInMemory()
    const id = await platform.publish(badRow + goodRow.slice(0, 9))
    const first = await platform.send('GET', `${access}/batches/${id}/meta?path=row_errors&limit=1`)
    expect(first.json).toMatchObject({
      data: [{ name: expect.stringContaining('_errors_0.json') }],
      _page: { limit: 1, count: 2 },
    })
    const { pathname, search } = new URL(String(at(first.json, '_links', 'next', 'href')))
    const second = await platform.send('GET', pathname + search)
    expect(at(second.json, 'data')).toHaveLength(1)
    expect(second.json).not.toHaveProperty('_links.next')
  })

  it('keeps the names of the input files, and both spellings of the sample when lenient', async () => {
    for (const [mode, status] of [
      ['strict', 404],
      ['lenient', 200],
    ] as const) {
      const platform = await platformInMemory({ mode })
      const id = await platform.publish(badRow)
      const inputs = await platform.send('GET', `${access}/batches/${id}/meta?path=input_files/fileMetaData1.json`)
      expect(inputs.text).toBe('{"path":"rows.json"}\n')
      expect((await platform.send('GET', `${access}/batches/${id}/meta?path=row_errors_sample.json`)).status).toBe(200)
      expect((await platform.send('GET', `${access}/batches/${id}/meta?path=row_error_samples.json`)).status).toBe(
        status,
      )
    }
  })

  it('has no row errors without diagnostics', async () => {
    const platform = await platformInMemory()
    const id = await platform.publish(badRow, { enableErrorDiagnostics: false })
    expect(await platform.record(id)).toMatchObject({ status: 'failed', errors: [{ code: 'INGEST-1211-400' }] })
    expect((await platform.send('GET', `${access}/batches/${id}/meta?path=row_errors`)).status).toBe(404)
  })

  const hosts: readonly (readonly [Settings['links'], string])[] = [
    ['own', 'http://emulator.test'],
    ['port-443', 'http://emulator.test:443'],
    ['foreign-host', 'https://platform-va7.adobe.io:443'],
  ]
  for (const [links, host] of hosts) {
    it(`writes links with ${links}`, async () => {
      const platform = await platformInMemory({ links })
      const id = await platform.publish(goodRow)
      const files = await platform.send('GET', `${access}/batches/${id}/files`)
      expect(String(at(files.json, 'data', 0, '_links', 'self', 'href'))).toBe(`${host}${access}/files/${id}-1`)
    })
  }
})
