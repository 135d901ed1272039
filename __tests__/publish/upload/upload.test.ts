import { describe, expect, it } from 'vitest'
import { bytesContent, type Content } from '../../../src/lib/content.ts'
import { Problem } from '../../../src/lib/errors.ts'
import { createClient, NO_CREDENTIALS } from '../../../src/platform/http/client.ts'
import type { Transport, HttpRequest } from '../../../src/platform/http/transport.ts'
import type { Slot } from '../../../src/platform/batches.ts'
import type { Transfer } from '../../../src/files/plan.ts'
import type { BatchPlan } from '../../../src/files/plan.ts'
import { upload } from '../../../src/publish/upload.ts'
import { caught } from '../../support/caught.ts'
import { leapingClock, settled } from '../../support/time/fake-clock.ts'
import { untilAborted } from '../../support/time/never.ts'
import { answer } from '../../support/platform/scripted-transport.ts'
import { uploadBench } from '../../support/platform/upload-bench.ts'

const OK = answer(200)

function planOf(...transfers: readonly Partial<Transfer>[]): BatchPlan {
  const content = bytesContent(Buffer.from('content'))
  const whole = transfers.map((given, i) => ({
    remoteName: `f${i}.json`,
    content,
    sources: [],
    how: 'whole' as const,
    ...given,
  }))
  return { transfers: whole, sources: [], bytes: 0, rows: 1, part: { number: 1, of: 1 }, fingerprint: '' }
}

/** Of this size; whatever a request carries of it. */
function unread(size: number): Content {
  return { size, slice: (start, end) => unread(end - start), bytes: () => bytesContent(new Uint8Array()).bytes() }
}

function clientTo(transport: Transport, clock = leapingClock()) {
  return createClient({
    origin: new URL('https://platform.example'),
    transport,
    credentials: NO_CREDENTIALS,
    clock,
    random: () => 0,
    trace: () => undefined,
    notice: () => undefined,
  })
}

const nameOf = ({ url }: HttpRequest) => url.pathname.split('/').at(-1)

describe('an upload', () => {
  it('sends every file once, never more at a time than its width and its gate allow', async () => {
    const seen: (string | undefined)[] = []
    let busy = 0
    let most = 0
    const client = clientTo(async (request) => {
      most = Math.max(most, ++busy)
      if (request.method === 'PUT') seen.push(nameOf(request))
      await settled()
      busy--
      return OK
    })
    const { say, target, context } = uploadBench(client)
    await upload(planOf(...Array.from({ length: 20 }, () => ({}))), target, context)
    expect(seen).toHaveLength(20)
    expect(new Set(seen)).toEqual(new Set(Array.from({ length: 20 }, (_, i) => `f${i}.json`)))
    expect(most).toBe(4)
    expect(say.infos[0]).toMatch(/^Uploaded 20 files/)
  })

  it('sends by pieces what the line, as files before it have shown, would not carry in time', async () => {
    const clock = leapingClock()
    const bytesPerMs = 200
    const sent: string[] = []
    const client = clientTo(async (request, signal) => {
      const bytes = request.body?.size ?? 0
      sent.push(`${request.method} ${bytes >> 20}`)
      await clock.sleep(bytes / bytesPerMs, signal)
      return OK
    }, clock)
    const files = [10 << 20, 100 << 20].map((size) => ({ content: unread(size) }))
    const { target, context } = uploadBench(client, { clock, width: 1, chunkBytes: 64 << 20 })
    await upload(planOf(...files), target, context)
    const pieces = sent.filter((line) => line.startsWith('PATCH')).map((line) => Number(line.slice(6)))
    expect(sent.filter((line) => line.startsWith('PUT'))).toEqual(['PUT 10'])
    expect(Math.max(...pieces)).toBe(3)
    expect(pieces.length).toBeGreaterThan(25)
  })

  it('sends a large file in pieces that cover it, one after the other', async () => {
    const calls: string[] = []
    const client = clientTo(async ({ method, url, headers }) => {
      calls.push(`${method}${url.search} ${headers['content-range'] ?? ''}`.trim())
      return OK
    })
    const content = bytesContent(Buffer.alloc((2 << 20) + 5))
    const { target, context } = uploadBench(client)
    await upload(planOf({ content, how: 'chunked' }), target, context)
    expect(calls).toEqual([
      'POST?action=INITIALIZE',
      'PATCH bytes 0-1048575',
      'PATCH bytes 1048576-2097151',
      'PATCH bytes 2097152-2097156',
      'HEAD',
      'POST?action=COMPLETE',
    ])
  })
})

describe('a file that was acknowledged whole, and that the platform does not hold', () => {
  it('is never begun again by pieces in the same batch: nobody knows what that does to a stored file', async () => {
    const clock = leapingClock()
    const calls: string[] = []
    const client = clientTo(async (request, signal) => {
      calls.push(`${request.method}${request.url.search} ${nameOf(request)}`)
      if (request.method === 'PUT') await clock.sleep(60_000, signal)
      if (request.method === 'HEAD')
        return answer(200, '', { range: `bytes=0-${nameOf(request) === 'f0.json' ? 6 : 0}` })
      return OK
    }, clock)
    const { target, context } = uploadBench(client, { clock, width: 1 })
    const error = await caught(upload(planOf({}, { content: unread(10 << 20) }), target, context))
    expect(error).toMatchObject({ name: 'NeedsChunks', remoteName: 'f1.json' })
    expect(calls).toEqual(['PUT f0.json', 'PUT f1.json', 'HEAD f0.json', 'HEAD f1.json'])
  })
})

describe('an upload that fails in one file', () => {
  it('stops the others, and ends only when none of them runs any more', async () => {
    let running = 0
    let started = 0
    const client = clientTo(async (request, signal) => {
      started++
      if (nameOf(request) === 'f1.json') return answer(400, { message: 'no' })
      running++
      await untilAborted(signal).catch(settled)
      running--
      throw signal.reason
    })
    const { target, context } = uploadBench(client)
    const error = await caught(upload(planOf({}, {}, {}, {}, {}, {}), target, context))
    expect(error).toMatchObject({ message: expect.stringContaining('"f1.json"'), name: 'HttpFailure' })
    expect([running, started]).toEqual([0, 4])
  })

  it('names every file that failed by itself, with each remedy once', async () => {
    const bench = uploadBench(clientTo(async () => OK))
    const put = async ({ name }: Slot) => {
      await settled()
      throw new Problem(`Cannot upload ${JSON.stringify(name)}`, { remedy: 'the same' })
    }
    const { target, context } = bench
    const platform = { ...context.platform, batches: { ...context.platform.batches, put } }
    const error = await caught(upload(planOf({}, {}, {}), target, { ...context, platform }))
    expect(error).toMatchObject({ name: 'Problem', remedy: 'the same' })
    for (const name of ['"f0.json"', '"f1.json"', '"f2.json"']) expect(String(error)).toContain(name)
  })

  it('ends with the reason of its signal when it is cancelled', async () => {
    const stop = new AbortController()
    const client = clientTo((_, signal) => untilAborted(signal))
    const { target, context } = uploadBench(client, { signal: stop.signal })
    const end = caught(upload(planOf({}, {}), target, context))
    await settled()
    stop.abort(new Error('cancelled'))
    expect(await end).toMatchObject({ message: 'cancelled' })
  })
})
