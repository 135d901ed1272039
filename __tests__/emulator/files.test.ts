import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contiguousBytes, parseContentRange, pieceFault } from '../../emulator/uploads/pieces.ts'
import { seededDatasetIds } from '../../emulator/seed/ids.ts'
import { at, goodRow, imports, platformInMemory, type PlatformInMemory } from './platform-in-memory.ts'

const path = (id: string, name: string) => `${imports}/${id}/datasets/${seededDatasetIds.loyalty}/files/${name}`
const piece = (body: string, start: number) => ({
  body,
  headers: { 'content-range': `bytes ${start}-${start + body.length - 1}` },
})

async function initialised(platform: PlatformInMemory): Promise<string> {
  const id = await platform.createBatch()
  expect((await platform.send('POST', `${path(id, 'big.json')}?action=INITIALIZE`)).status).toBe(201)
  return id
}

describe('a file in pieces', () => {
  it('is put together from pieces in any order', async () => {
    const platform = await platformInMemory()
    const id = await initialised(platform)
    const text = goodRow.repeat(100)
    for (const start of [2000, 0, 4000, 1000, 3000, 5000]) {
      await platform.send('PATCH', path(id, 'big.json'), piece(text.slice(start, start + 1000), start))
    }
    const head = await platform.send('HEAD', path(id, 'big.json'))
    expect(head.headers['range']).toBe(`bytes=0-${text.length - 1}`)
    expect((await platform.send('POST', `${path(id, 'big.json')}?action=COMPLETE`)).status).toBe(201)
    expect(Buffer.from((await platform.emulator.file(id, 'big.json')) ?? []).toString()).toBe(text)
    await platform.complete(id)
    expect(await platform.record(id)).toMatchObject({ status: 'success', metrics: { inputRecordCount: 100 } })
  })

  it('tells by HEAD where the first gap is', async () => {
    const platform = await platformInMemory()
    const id = await initialised(platform)
    await platform.send('PATCH', path(id, 'big.json'), piece('0123', 0))
    await platform.send('PATCH', path(id, 'big.json'), piece('89', 8))
    expect((await platform.send('HEAD', path(id, 'big.json'))).headers['range']).toBe('bytes=0-3')
    expect((await platform.send('HEAD', path(id, 'other.json'))).status).toBe(404)
  })

  it('with a gap is refused at COMPLETE, and can be begun anew', async () => {
    const platform = await platformInMemory()
    const id = await initialised(platform)
    await platform.send('PATCH', path(id, 'big.json'), piece('89', 8))
    expect((await platform.send('POST', `${path(id, 'big.json')}?action=COMPLETE`)).status).toBe(400)
    await platform.send('POST', `${path(id, 'big.json')}?action=INITIALIZE`)
    await platform.send('PATCH', path(id, 'big.json'), piece(goodRow, 0))
    expect((await platform.send('POST', `${path(id, 'big.json')}?action=COMPLETE`)).status).toBe(201)
  })

  it('a piece sent twice is refused at COMPLETE when strict, taken when lenient', async () => {
    for (const [mode, status] of [
      ['strict', 400],
      ['lenient', 201],
    ] as const) {
      const platform = await platformInMemory({ mode })
      const id = await initialised(platform)
      for (const start of [0, 0]) await platform.send('PATCH', path(id, 'big.json'), piece(goodRow, start))
      expect((await platform.send('POST', `${path(id, 'big.json')}?action=COMPLETE`)).status).toBe(status)
    }
  })

  it('refuses a piece whose length and Content-Range differ, and one without the header', async () => {
    const platform = await platformInMemory()
    const id = await initialised(platform)
    const wrong = { body: 'abc', headers: { 'content-range': 'bytes 0-9' } }
    expect((await platform.send('PATCH', path(id, 'big.json'), wrong)).status).toBe(400)
    expect((await platform.send('PATCH', path(id, 'big.json'), { body: 'abc' })).status).toBe(400)
    expect((await platform.send('PATCH', path(id, 'never.json'), piece('abc', 0))).status).toBe(404)
  })

  it('that was never completed stops the batch when strict', async () => {
    const platform = await platformInMemory()
    const id = await initialised(platform)
    expect((await platform.send('POST', `${imports}/${id}?action=COMPLETE`)).status).toBe(400)
    expect(at(await platform.record(id), 'status')).toBe('loading')
  })
})

describe('a whole file', () => {
  it('is refused as multipart, in strict as anything but an octet stream', async () => {
    for (const [mode, type, status] of [
      ['strict', 'multipart/form-data; boundary=x', 415],
      ['lenient', 'multipart/form-data; boundary=x', 415],
      ['strict', 'application/json', 415],
      ['lenient', 'application/json', 200],
    ] as const) {
      const platform = await platformInMemory({ mode })
      const id = await platform.createBatch()
      const sent = { body: goodRow, headers: { 'content-type': type } }
      expect((await platform.send('PUT', path(id, 'a.json'), sent)).status).toBe(status)
    }
  })

  it('beyond the limit is refused with 413, also when its length was not announced', async () => {
    const platform = await platformInMemory({ maxPutBytes: 1_500 })
    const id = await platform.createBatch()
    const body = 'x'.repeat(1_501)
    expect((await platform.send('PUT', path(id, 'a.json'), { body })).status).toBe(413)
    const unannounced = { body, headers: { 'content-length': undefined } }
    expect((await platform.send('PUT', path(id, 'a.json'), unannounced)).status).toBe(413)
    expect(await platform.emulator.batches()).toMatchObject([{ files: [] }])
  })

  it('is refused after COMPLETE, for another dataset, and for a batch of another sandbox', async () => {
    const platform = await platformInMemory()
    const id = await platform.publish(goodRow)
    expect(await platform.send('PUT', path(id, 'late.json'), { body: goodRow })).toMatchObject({ status: 400 })
    const other = await platform.createBatch()
    const wrong = `${imports}/${other}/datasets/${seededDatasetIds.events}/files/a.json`
    expect((await platform.send('PUT', wrong, { body: goodRow })).status).toBe(404)
    const prod = { body: goodRow, headers: { 'x-sandbox-name': 'prod' } }
    expect((await platform.send('PUT', path(other, 'a.json'), prod)).status).toBe(404)
  })

  it('keeps its name, percent-decoded once, and its hash', async () => {
    const platform = await platformInMemory()
    const id = await platform.createBatch()
    await platform.send('PUT', path(id, 'day=1/a%20b%2525.json'), { body: '{}' })
    const sha256 = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
    const files = [{ name: 'day=1/a b%25.json', size: 2, sha256, finished: true }]
    expect(await platform.emulator.batches()).toMatchObject([{ files }])
  })
})

describe('Content-Range', () => {
  const accepted = ['bytes 0-99', 'bytes 0-99/*', 'bytes 0-99/100']
  for (const text of accepted)
    it(`takes ${text}`, () => expect(parseContentRange(text, 'strict')).toEqual({ start: 0, end: 99 }))
  const refused = ['', '0-99', 'bytes 99-0', 'bytes 0-99/50', 'bytes -99', 'items 0-99']
  for (const text of refused) it(`refuses "${text}"`, () => expect(parseContentRange(text, 'strict')).toBeUndefined())
  it('needs no unit when lenient', () => expect(parseContentRange('0-99', 'lenient')).toEqual({ start: 0, end: 99 }))
})

describe('pieces', () => {
  it('cut anywhere and shuffled make a file; without any one of them they don’t', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(cuts, fc.nat(), fc.func(fc.nat()), (inner, lost, order) => {
        const edges = [0, ...inner.toSorted((one, other) => one - other), 1000]
        const pieces = edges
          .slice(1)
          .map((end, index) => ({ start: edges[index] ?? 0, end: end - 1, sha256: undefined }))
        const shuffled = pieces.toSorted((one, other) => order(one.start) - order(other.start))
        expect(pieceFault(shuffled, 'strict')).toBeUndefined()
        expect(contiguousBytes(shuffled)).toBe(1000)
        const missing = lost % pieces.length
        const rest = shuffled.filter(({ start }) => start !== pieces[missing]?.start)
        expect(contiguousBytes(rest)).toBe(pieces[missing]?.start)
        if (missing < pieces.length - 1) expect(pieceFault(rest, 'lenient')).toMatch('are missing')
      }),
    )
  })
})
