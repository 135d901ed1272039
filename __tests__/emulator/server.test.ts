import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startEmulator, type RunningEmulator } from '../../emulator/server.ts'
import { seededCredential } from '../../emulator/seed.ts'
import { seededDatasetIds } from '../../emulator/seed/ids.ts'
import { at, goodRow, imports, standing, tokenRequest } from './platform-in-memory.ts'

const listPath = '/data/foundation/catalog/batches'

describe('the emulator over HTTP', () => {
  let running: RunningEmulator
  let directory: string
  let headers: Readonly<Record<string, string>>

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'emulator-test-'))
    running = await startEmulator({ directory, settings: { loadedMs: 0, stagingMs: 0, stagedMs: 0 } })
    const answer = await fetch(`${running.url}/ims/token/v3`, {
      method: 'POST',
      body: tokenRequest(seededCredential.clientId),
    })
    headers = standing(String(at(await answer.json(), 'access_token')))
  })

  afterEach(async () => {
    await running.close()
    rmSync(directory, { recursive: true, force: true })
  })

  async function createBatch(): Promise<string> {
    const body = JSON.stringify({ datasetId: seededDatasetIds.loyalty, inputFormat: { format: 'json' } })
    const json = { ...headers, 'content-type': 'application/json' }
    const answer = await fetch(running.url + imports, { method: 'POST', headers: json, body })
    return String(at(await answer.json(), 'id'))
  }

  function put(id: string, body: string | ReadableStream): Promise<Response> {
    const octets = { ...headers, 'content-type': 'application/octet-stream' }
    const path = `${imports}/${id}/datasets/${seededDatasetIds.loyalty}/files/a.json`
    return fetch(running.url + path, { method: 'PUT', headers: octets, body, duplex: 'half' })
  }

  it('publishes, with the upload in a file of the directory and nothing left after a reset', async () => {
    const id = await createBatch()
    expect((await put(id, goodRow)).status).toBe(200)
    expect(readdirSync(directory)).toHaveLength(1)
    await fetch(`${running.url}${imports}/${id}?action=COMPLETE`, { method: 'POST', headers })
    const record = await (await fetch(`${running.url}${listPath}/${id}`, { headers })).json()
    expect(at(record, id)).toMatchObject({ status: 'success', metrics: { outputRecordCount: 1 } })
    await fetch(`${running.url}/_emulator/reset`, { method: 'POST' })
    expect(readdirSync(directory)).toEqual([])
  })

  it('breaks the connection where a fault says so', async () => {
    running.emulator.faults.add({ path: listPath, effect: { kind: 'reset', when: 'before' } })
    await expect(fetch(running.url + listPath, { headers })).rejects.toThrow('fetch failed')
  })

  it('cuts an answer short after its length was announced', async () => {
    running.emulator.faults.add({ path: listPath, effect: { kind: 'truncate', bytes: 1 } })
    const answer = await fetch(running.url + listPath, { headers })
    expect(answer.headers.get('content-length')).toBe('2')
    await expect(answer.text()).rejects.toThrow('terminated')
  })

  it('answers 413 on the same connection while the client still sends', async () => {
    running.emulator.change({ maxPutBytes: 1_000 })
    const id = await createBatch()
    const answer = await put(id, 'x'.repeat(3_000_000))
    expect(answer.status).toBe(413)
    const unannounced = await put(id, new Blob(['x'.repeat(3_000_000)]).stream())
    expect(unannounced.status).toBe(413)
    expect(readdirSync(directory)).toEqual([])
  })

  it('forgets an upload whose client went away in the middle', async () => {
    const id = await createBatch()
    const path = `${imports}/${id}/datasets/${seededDatasetIds.loyalty}/files/a.json`
    const lines = Object.entries({
      ...headers,
      'content-type': 'application/octet-stream',
      'content-length': '100',
      host: 'x',
    })
    const socket = connect(Number(new URL(running.url).port), '127.0.0.1')
    socket.write(`PUT ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\nabc`)
    const outcome = () => running.emulator.requests().at(-1)
    await expect.poll(outcome).toMatchObject({ method: 'PUT', receivedBytes: 3, outcome: undefined })
    socket.destroy()
    await expect.poll(outcome).toMatchObject({ outcome: 'reset', receivedBytes: 3 })
    expect(await running.emulator.batches()).toMatchObject([{ files: [] }])
  })

  it('can be looked at and changed under /_emulator', async () => {
    const fault = { path: listPath, effect: { kind: 'html', status: 502 } }
    const sent = { method: 'POST', body: JSON.stringify(fault) }
    expect((await fetch(`${running.url}/_emulator/faults`, sent)).status).toBe(200)
    expect((await fetch(running.url + listPath, { headers })).status).toBe(502)
    const mode = { method: 'PATCH', body: JSON.stringify({ mode: 'lenient' }) }
    expect(await (await fetch(`${running.url}/_emulator/settings`, mode)).json()).toMatchObject({ mode: 'lenient' })
    const dollar = { method: 'PATCH', body: JSON.stringify({ replay: { idStyles: ['dollar'], otherStyles: 400 } }) }
    expect(await (await fetch(`${running.url}/_emulator/settings`, dollar)).json()).toMatchObject({
      replay: { idStyles: ['dollar'], otherStyles: 400, honoured: true },
    })
    const wrong = { method: 'PATCH', body: JSON.stringify({ mood: 'lenient' }) }
    expect((await fetch(`${running.url}/_emulator/settings`, wrong)).status).toBe(400)
    const requests: unknown = await (await fetch(`${running.url}/_emulator/requests`)).json()
    expect(at(requests, 1)).toMatchObject({
      method: 'GET',
      target: listPath,
      outcome: 502,
      headers: { authorization: '…' },
    })
    expect((await fetch(`${running.url}/_emulator/nonsense`)).status).toBe(404)
  })

  it('closes at once though a client waits for an answer, and removes the directory that it made', async () => {
    const own = await startEmulator()
    own.emulator.faults.add({ effect: { kind: 'latency', ms: 3_600_000 } })
    const waiting = fetch(`${own.url}/ims/token/v3`, { method: 'POST' })
    await expect.poll(() => own.emulator.requests()).toHaveLength(1)
    const closed = own.close()
    await expect(waiting).rejects.toThrow('fetch failed')
    await closed
    expect(existsSync(directory)).toBe(true)
  })
})
