import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { createFarLine } from './far-line.ts'
import { sharedMs } from './moment.ts'

const BYTES_PER_SECOND = 10e6
const BYTES = 1_000_000

it('carries all bytes of several connections, and no more than its bandwidth', async () => {
  const carry = createFarLine(BYTES_PER_SECOND)
  let taken = 0
  const ended: Promise<unknown>[] = []
  const server = createServer((socket) => {
    carry(socket, (chunk) => void (taken += chunk.length))
    ended.push(once(socket, 'end'))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const startMs = sharedMs()
  const sockets = Array.from({ length: 3 }, () => connect((server.address() as AddressInfo).port, '127.0.0.1'))
  await Promise.all(sockets.map((socket) => once(socket.end(Buffer.alloc(BYTES)), 'close')))
  await Promise.all(ended)
  const ms = sharedMs() - startMs
  server.close()
  expect(taken).toBe(3 * BYTES)
  // The last chunks can be read before the line has carried them; a slow machine takes longer.
  expect(ms).toBeGreaterThan((taken / BYTES_PER_SECOND) * 1_000 * 0.8)
})
