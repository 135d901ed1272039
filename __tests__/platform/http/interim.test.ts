import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { bytesContent } from '../../../src/lib/content.ts'
import { undiciTransport } from '../../../src/platform/http/transport.ts'
import { portOf } from '../../support/platform/http-far-side.ts'
import { never } from '../../support/time/never.ts'

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n'
const HINTS = 'HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n'
/** It begins as an interim answer does, and is the body of one. */
const BODY = `${CONTINUE}rows`
const ANSWER = `HTTP/1.1 200 OK\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`

/** A far side that answers each request with these pieces, each in a packet of its own. */
async function answeredBy(pieces: readonly string[], requests: number): Promise<readonly string[]> {
  const server = createServer((socket) => void serve(socket, pieces)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  await using transport = undiciTransport({ connections: 1, env: {} })
  const url = new URL(`http://127.0.0.1:${portOf(server)}/`)
  const told: string[] = []
  for (let sent = 0; sent < requests; sent++) {
    const request = { method: 'PATCH', url, headers: {}, body: bytesContent(Buffer.from('x')), onProgress } as const
    const { status, body } = await transport.send(request, never())
    told.push(`${status} ${Buffer.from(body).toString()}`)
  }
  server.close()
  return told
}

const onProgress = () => undefined

async function serve(socket: Socket, pieces: readonly string[]): Promise<void> {
  socket.setNoDelay(true).on('error', onProgress)
  for await (const chunk of socket) {
    if (!String(chunk).endsWith('x')) continue
    for (const piece of pieces) {
      socket.write(piece)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

describe('an answer', () => {
  it.each<readonly [string, readonly string[]]>([
    ['nothing else', [ANSWER]],
    ['100 Continue', [CONTINUE, ANSWER]],
    ['100 Continue in the same packet', [CONTINUE + ANSWER]],
    ['100 Continue twice', [CONTINUE + CONTINUE, ANSWER]],
    ['100 Continue in pieces', Array.from(CONTINUE + ANSWER)],
    ['100 Continue with headers', ['HTTP/1.1 100 Continue\r\nx-proxy: 1\r\n\r\n', ANSWER]],
    ['103 Early Hints', [HINTS, ANSWER]],
    ['100 Continue and 103 Early Hints', [CONTINUE, HINTS + ANSWER]],
    ['103 Early Hints and 100 Continue', [HINTS + CONTINUE + ANSWER]],
  ])('is read whole, request after request, though nobody asked for what came before it: %s', async (_, pieces) => {
    expect(await answeredBy(pieces, 3)).toEqual(Array.from({ length: 3 }, () => `200 ${BODY}`))
  })
})
