import { mkdtemp, readdir, readlink, rm, stat, writeFile } from 'node:fs/promises'
import type { IncomingMessage, RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bytesContent, type Content } from '../../../../src/lib/content.ts'
import { fileContent } from '../../../../src/lib/file-content.ts'
import { ConnectionFailure } from '../../../../src/platform/http/transport.ts'
import { undiciTransport, type HttpResponse, type HttpRequest } from '../../../../src/platform/http/transport.ts'
import { caught } from '../../../support/caught.ts'
import { settled } from '../../../support/time/fake-clock.ts'
import { farSide } from '../../../support/platform/http-far-side.ts'
import { never } from '../../../support/time/never.ts'
import { waitUntil } from '../../../support/time/wait-until.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'transport-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function fileOf(name: string, size: number): Promise<Content> {
  const path = join(folder, name)
  await writeFile(path, Buffer.alloc(size, name))
  const { mtimeMs: modifiedMs } = await stat(path)
  return fileContent({ path, size, modifiedMs })
}

/** Chunk n is full of n, and all of them lie in the same bytes. */
function inOneBuffer(sizes: readonly number[]): Content {
  const shared = Buffer.alloc(Math.max(...sizes))
  return {
    size: sizes.reduce((sum, size) => sum + size, 0),
    slice: () => inOneBuffer(sizes),
    async *bytes() {
      for (const [index, size] of sizes.entries()) yield shared.fill(index).subarray(0, size)
    },
  }
}

type Sent = Partial<Omit<HttpRequest, 'url'>>

/** One request to a far side of its own. */
async function exchange(listener: RequestListener, sent: Sent, signal = never()): Promise<HttpResponse> {
  await using far = await farSide(listener)
  await using transport = undiciTransport({ connections: 2, env: {} })
  const usual = { method: 'PUT', headers: {}, body: undefined, onProgress: () => undefined } as const
  return await transport.send({ ...usual, ...sent, url: far.url }, signal)
}

const head = ({ method, headers }: IncomingMessage) =>
  `${method} ${headers['content-length'] ?? 'without length'} ${headers['transfer-encoding'] ?? 'whole'}`

describe('what travels', () => {
  const echo: RequestListener = (request, response) => {
    void buffer(request).then((body) => response.end(`${head(request)} ${body.length}`))
  }
  const text = ({ body }: HttpResponse) => new TextDecoder().decode(body)

  it('has its length said outright, never in chunks', async () => {
    const body = await fileOf('length.bin', 3_000_000)
    expect(text(await exchange(echo, { body }))).toBe('PUT 3000000 whole 3000000')
  })

  it('has the length 0 when there is a body of nothing, or none where one could be', async () => {
    expect(text(await exchange(echo, { body: bytesContent(new Uint8Array()) }))).toBe('PUT 0 whole 0')
    expect(text(await exchange(echo, { method: 'POST' }))).toBe('POST 0 whole 0')
  })

  const readSlowly = async (request: IncomingMessage): Promise<Buffer> => {
    const parts: Buffer[] = []
    for await (const part of request) {
      parts.push(Buffer.from(part as Uint8Array))
      if (parts.length % 4 === 0) await setTimeout(1)
    }
    return Buffer.concat(parts)
  }

  it('arrives as it was though the far side reads slowly, and its buffer is filled again at once', async () => {
    const sizes = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? 30_000 : 230_000))
    const whole = Buffer.concat(sizes.map((size, index) => Buffer.alloc(size, index)))
    const slow: RequestListener = (request, response) => {
      void readSlowly(request).then((body) => response.end(String(body.equals(whole))))
    }
    expect(text(await exchange(slow, { body: inOneBuffer(sizes) }))).toBe('true')
  })

  it('arrives as it is in its file, though the next files are read into the same buffers', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const contents = new Map<string, Content>()
    for (const name of names) contents.set(name, await fileOf(name, 9_000_000))
    const slow: RequestListener = (request, response) => {
      void readSlowly(request).then((body) => {
        const name = request.url?.at(-1) ?? ''
        response.end(String(body.equals(Buffer.alloc(9_000_000, name))))
      })
    }
    await using far = await farSide(slow)
    await using transport = undiciTransport({ connections: 6, env: {} })
    const send = async (name: string) => {
      const about = { method: 'PUT', url: new URL(name, far.url), headers: {}, onProgress: () => undefined } as const
      return text(await transport.send({ ...about, body: contents.get(name) }, never()))
    }
    for (let round = 0; round < 2; round++) expect(await Promise.all(names.map(send))).toEqual(names.map(() => 'true'))
  })

  it('has no length when there can be no body', async () => {
    expect(text(await exchange(echo, { method: 'GET' }))).toBe('GET without length whole 0')
  })

  it('tells of its progress', async () => {
    let told = 0
    await exchange(echo, { body: await fileOf('progress.bin', 4 << 20), onProgress: () => told++ })
    expect(told).toBeGreaterThanOrEqual(4)
  })
})

describe('a connection', () => {
  const body = bytesContent(Buffer.alloc(300_000))

  /** How many connections the far side has seen after `rounds` of `together` requests at once. */
  async function connectionsOf({ rounds, together }: { readonly rounds: number; readonly together: number }) {
    const sockets = new Set<unknown>()
    const listener: RequestListener = (request, response) => {
      sockets.add(request.socket)
      void buffer(request).then(() => response.end('{}'))
    }
    await using far = await farSide(listener)
    await using transport = undiciTransport({ connections: 6, env: {} })
    const request = { method: 'PATCH', url: far.url, headers: {}, body, onProgress: () => undefined } as const
    for (let round = 0; round < rounds; round++)
      await Promise.all(Array.from({ length: together }, () => transport.send(request, never())))
    return sockets.size
  }

  it('is the same for all chunks of a file, so that each goes on as fast as the one before', async () => {
    expect(await connectionsOf({ rounds: 5, together: 1 })).toBe(1)
  })

  it('is one for each request that runs at the same time, and no more', async () => {
    expect(await connectionsOf({ rounds: 5, together: 3 })).toBe(3)
  })
})

describe('an answer', () => {
  it('has its header names in lower case, and is not followed when it redirects', async () => {
    const listener: RequestListener = (_, response) => {
      response.writeHead(302, { Location: 'http://127.0.0.1:1/', 'X-Request-Id': 'req-1' }).end('moved')
    }
    const { status, headers } = await exchange(listener, { method: 'GET' })
    expect({ status, location: headers['location'], id: headers['x-request-id'] }).toEqual({
      status: 302,
      location: 'http://127.0.0.1:1/',
      id: 'req-1',
    })
  })

  it('that comes in the middle of a body is heard', async () => {
    const early: RequestListener = (request, response) => {
      request.once('data', () => response.writeHead(413, { connection: 'close' }).end('too large'))
    }
    const body = await fileOf('early.bin', 32 << 20)
    const end = await exchange(early, { body }).catch((error: unknown) => error)
    // The far side may close before we have read what it said; then it is in doubt, and never a success.
    if (end instanceof ConnectionFailure) expect(end.reached).toBe(true)
    else expect(end).toMatchObject({ status: 413 })
    expect(await openFiles('early.bin')).toBe(0)
  })

  it.each<readonly [string, RequestListener]>([
    ['reset', (request) => request.socket.resetAndDestroy()],
    ['reset amid its body', (request, response) => response.write('{', () => request.socket.resetAndDestroy())],
    [
      'cut off',
      (request, response) => response.writeHead(200, { 'content-length': 100 }).write('x', () => request.socket.end()),
    ],
  ])('that is %s leaves in doubt whether the far side acted', async (_, listener) => {
    const error = await caught(exchange(listener, { method: 'GET' }))
    expect(error).toBeInstanceOf(ConnectionFailure)
    expect(error).toMatchObject({ reached: true, permanent: false })
  })

  it('that is huge is refused before it fills the memory', async () => {
    const huge: RequestListener = (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1 << 20))) continue
      }
      response.on('drain', more)
      more()
    }
    expect(await caught(exchange(huge, { method: 'GET' }))).toMatchObject({
      message: expect.stringContaining('longer than 64000000 bytes'),
    })
  })
})

describe('a request that cannot be made', () => {
  it('did not reach anybody when nobody listens', async () => {
    await using transport = undiciTransport({ connections: 1, env: {} })
    const url = await farSide(() => undefined).then(async (far) => {
      await far[Symbol.asyncDispose]()
      return far.url
    })
    const request = { method: 'GET', url, headers: {}, body: undefined, onProgress: () => undefined } as const
    expect(await caught(transport.send(request, never()))).toMatchObject({ reached: false, permanent: false })
  })

  it('ends with the problem of the file when that has changed', async () => {
    const body = await fileOf('changed.bin', 1000)
    await writeFile(join(folder, 'changed.bin'), 'other')
    const listener: RequestListener = (request) => void request.resume()
    expect(await caught(exchange(listener, { body }))).toMatchObject({ name: 'Problem' })
  })

  it.runIf(process.platform === 'linux')('ends with the reason of its signal, and lets go of the file', async () => {
    const stop = new AbortController()
    const body = await fileOf('aborted.bin', 64 << 20)
    const listener: RequestListener = (request) => request.once('data', () => stop.abort(new Error('cancelled')))
    expect(await caught(exchange(listener, { body }, stop.signal))).toMatchObject({ message: 'cancelled' })
    expect(await openFiles('aborted.bin')).toBe(0)
  })

  it('holds nothing up when the transport is closed', async () => {
    const listener: RequestListener = () => undefined
    await using far = await farSide(listener)
    const transport = undiciTransport({ connections: 1, env: {} })
    const request = { method: 'GET', url: far.url, headers: {}, body: undefined, onProgress: () => undefined } as const
    const end = caught(transport.send(request, never()))
    await settled()
    await transport[Symbol.asyncDispose]()
    expect(await end).toMatchObject({ permanent: true })
  })
})

/** How many descriptors of this process stay open on a file. Only Linux tells, and closing takes the time it takes. */
async function openFiles(name: string): Promise<number> {
  if (process.platform !== 'linux') return 0
  await waitUntil(async () => (await countOpen(name)) === 0)
  return await countOpen(name)
}

async function countOpen(name: string): Promise<number> {
  const descriptors = await readdir('/proc/self/fd')
  const targets = await Promise.all(descriptors.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')))
  return targets.filter((target) => target === join(folder, name)).length
}
