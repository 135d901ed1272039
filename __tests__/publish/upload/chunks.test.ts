import { describe, expect, it } from 'vitest'
import { bytesContent } from '../../../src/lib/content.ts'
import { createClient, NO_CREDENTIALS } from '../../../src/platform/http/client.ts'
import type { Transport } from '../../../src/platform/http/transport.ts'
import { sendInChunks } from '../../../src/publish/upload.ts'
import { upload } from '../../../src/publish/upload.ts'
import { caught } from '../../support/caught.ts'
import { leapingClock } from '../../support/time/fake-clock.ts'
import { largeFileStore, type Trouble } from '../../support/platform/large-file-store.ts'
import { batchId } from '../../support/make.ts'
import { LOYALTY } from '../../support/platform/platform-client.ts'
import { answer } from '../../support/platform/scripted-transport.ts'
import { uploadBench } from '../../support/platform/upload-bench.ts'

const MIB = 1 << 20
const BYTES = Buffer.from(Array.from({ length: 4 * MIB + 3 }, (_, i) => 97 + ((i * 7 + (i >> 12)) % 26)))
const DESTINATION = { batch: batchId(), dataset: LOYALTY }
const SLOT = { ...DESTINATION, name: 'big.json' }

function benchFor(transport: Transport, chunkBytes = 2 * MIB) {
  const quiet = { trace: () => undefined, notice: () => undefined }
  const origin = new URL('https://platform.example')
  const far = { transport, credentials: NO_CREDENTIALS, clock: leapingClock(), random: () => 0 }
  return uploadBench(createClient({ ...quiet, ...far, origin }), { chunkBytes })
}

const lostOnce = (piece: number): Trouble => (piece === 1 ? 'lost before storing' : undefined)

describe('a piece whose answer was lost', () => {
  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['says nothing', {}],
    ['speaks otherwise', { range: 'items 3-4' }],
  ])('is sent again where HEAD %s, in smaller pieces', async (_, headers) => {
    const store = largeFileStore(lostOnce, () => 200)
    const useless: Transport = (request, signal) =>
      request.method === 'HEAD' ? Promise.resolve(answer(200, '', headers)) : store.send(request, signal)
    const { context, chunkTarget } = benchFor(useless)
    await sendInChunks(bytesContent(BYTES), chunkTarget(SLOT), context)
    expect(store.stored() === BYTES.toString()).toBe(true)
    expect(store.calls.filter((call) => call === 'PATCH')).toHaveLength(5)
  })

  it('goes on from the first gap, also when that lies before it', async () => {
    const store = largeFileStore(lostOnce, () => 200)
    const ranges: (string | undefined)[] = []
    let heads = 0
    const gap: Transport = (request, signal) => {
      if (request.method === 'PATCH') ranges.push(request.headers['content-range'])
      return request.method === 'HEAD' && heads++ === 0
        ? Promise.resolve(answer(200, '', { range: 'bytes=0-99' }))
        : store.send(request, signal)
    }
    const { context, chunkTarget } = benchFor(gap)
    await sendInChunks(bytesContent(BYTES), chunkTarget(SLOT), context)
    expect(ranges[2]).toBe(`bytes 100-${100 + MIB - 1}`)
    expect(store.stored() === BYTES.toString()).toBe(true)
  })
})

describe('a file that went whole', () => {
  function sent(transport: Transport) {
    const transfers = [{ remoteName: 'big.json', content: bytesContent(BYTES), sources: [], how: 'whole' as const }]
    const plan = { transfers, sources: [], bytes: BYTES.length, rows: 1, part: { number: 1, of: 1 }, fingerprint: '' }
    const { context, target } = benchFor(transport, 64 * MIB)
    return upload(plan, target, context)
  }

  it('and was too large for a gateway (413) goes by pieces of at most half of it', async () => {
    const store = largeFileStore(
      () => undefined,
      () => 200,
    )
    const sizes: number[] = []
    await sent((request, signal) => {
      if (request.method === 'PUT') return Promise.resolve(answer(413))
      if (request.method === 'PATCH') sizes.push(request.body?.size ?? 0)
      return store.send(request, signal)
    })
    expect(store.stored() === BYTES.toString()).toBe(true)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(BYTES.length / 2)
  })

  it('and is in doubt needs a new batch where HEAD tells nothing: nothing more is sent into this one', async () => {
    const methods = new Set<string>()
    const error = await caught(
      sent(async ({ method }) => {
        methods.add(method)
        return answer(504)
      }),
    )
    expect(error).toMatchObject({ name: 'NeedsChunks', remoteName: 'big.json', mayHaveActed: true })
    expect(methods).toEqual(new Set(['PUT', 'HEAD']))
  })
})
