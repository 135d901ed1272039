import { describe, expect, it } from 'vitest'
import type { Effect } from '../../emulator/faults/faults.ts'
import { catalog, goodRow, imports, platformInMemory } from './platform-in-memory.ts'

const list = `${catalog}/batches`

describe('a fault', () => {
  const effects: readonly (readonly [Effect, object])[] = [
    [
      { kind: 'answer', status: 503, body: 'busy', headers: { 'x-a': 'b' } },
      { status: 503, text: 'busy', headers: { 'x-a': 'b' } },
    ],
    [
      { kind: 'html', status: 502 },
      { status: 502, headers: { 'content-type': 'text/html' } },
    ],
    [{ kind: 'missing' }, { status: 404 }],
    [
      { kind: 'throttle', seconds: 7, as: 'seconds' },
      { status: 429, headers: { 'retry-after': '7' }, json: { error_code: '429050' } },
    ],
    [
      { kind: 'throttle', seconds: 7, as: 'date' },
      { status: 429, headers: { 'retry-after': 'Fri, 15 Aug 2025 23:20:07 GMT' } },
    ],
    [
      { kind: 'truncate', bytes: 1 },
      { status: 200, text: '{', headers: { 'content-length': '2' } },
    ],
    [{ kind: 'revoke-token' }, { status: 401 }],
  ]
  for (const [effect, expected] of effects) {
    it(`${JSON.stringify(effect)} shows once`, async () => {
      const platform = await platformInMemory()
      platform.emulator.faults.add({ method: 'get', path: list, effect })
      expect(await platform.send('GET', list)).toMatchObject(expected)
      expect((await platform.send('GET', list)).status).toBe(effect.kind === 'revoke-token' ? 401 : 200)
    })
  }

  it('adds latency to the answer', async () => {
    const platform = await platformInMemory()
    platform.emulator.faults.add({ effect: { kind: 'latency', ms: 40 } })
    const request = { method: 'GET', target: '/', headers: {}, body: nothing() }
    expect(await platform.emulator.handle(request)).toMatchObject({ delayMs: 40 })
  })

  it('skips the first, hits the next two, and lets the others pass', async () => {
    const platform = await platformInMemory()
    platform.emulator.faults.add({ path: `${catalog}/*`, skip: 1, times: 2, effect: { kind: 'missing' } })
    const seen = []
    for (let call = 0; call < 5; call++) seen.push((await platform.send('GET', list)).status)
    expect(seen).toEqual([200, 404, 404, 200, 200])
  })

  it('hits for ever with times 0, until faults are cleared', async () => {
    const platform = await platformInMemory()
    platform.emulator.faults.add({ times: 0, effect: { kind: 'missing' } })
    for (let call = 0; call < 3; call++) expect((await platform.send('GET', list)).status).toBe(404)
    platform.emulator.faults.clear()
    expect((await platform.send('GET', list)).status).toBe(200)
  })

  it('tells actions apart by the query', async () => {
    const platform = await platformInMemory()
    platform.emulator.faults.add({ path: '**?action=COMPLETE', effect: { kind: 'reset', when: 'after' } })
    const id = await platform.createBatch()
    await expect(platform.send('POST', `${imports}/${id}?action=COMPLETE`)).rejects.toThrow('reset')
    expect(await platform.emulator.batches()).toMatchObject([{ stage: 'promoting' }])
  })

  it('resets before acting without acting', async () => {
    const platform = await platformInMemory()
    platform.emulator.faults.add({ method: 'POST', effect: { kind: 'reset', when: 'before' } })
    await expect(platform.createBatch()).rejects.toThrow('reset')
    expect(await platform.emulator.batches()).toEqual([])
    expect(platform.emulator.requests().at(-1)).toMatchObject({ outcome: 'reset' })
  })

  it('acts and answers 504 all the same', async () => {
    const platform = await platformInMemory()
    platform.emulator.faults.add({ method: 'POST', effect: { kind: 'answer', status: 504, acts: true } })
    await expect(platform.createBatch()).rejects.toThrow('504')
    expect(await platform.emulator.batches()).toHaveLength(1)
  })

  it('stalls an upload, which then counts for nothing', async () => {
    const platform = await platformInMemory()
    const id = await platform.createBatch()
    platform.emulator.faults.add({ method: 'PUT', effect: { kind: 'stalled-upload', afterBytes: 1_500 } })
    const path = `${imports}/${id}/datasets/650000000000000000000001/files/a.json`
    await expect(platform.send('PUT', path, { body: goodRow.repeat(100) })).rejects.toThrow('reset')
    expect(await platform.emulator.batches()).toMatchObject([{ files: [] }])
    expect((await platform.send('PUT', path, { body: goodRow })).status).toBe(200)
  })
})

async function* nothing(): AsyncGenerator<Uint8Array> {}
