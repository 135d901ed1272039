import type { Socket } from 'node:net'
import { sharedMs } from './moment.ts'

/** Timers are late by about as much: a reader that comes back late may read what the line has carried meanwhile. */
const SLACK_MS = 10

/**
 * A line of so many bytes a second that all connections share: whoever has read more than it can have carried reads on
 * later. What is in the buffers of the system meanwhile is on its way, as on a long line.
 */
export function createFarLine(bytesPerSecond: number): (socket: Socket, take: (chunk: Buffer) => void) => void {
  let carriedMs = 0
  return (socket, take) => {
    socket.on('data', (chunk) => {
      carriedMs = Math.max(carriedMs, sharedMs() - SLACK_MS) + (chunk.length / bytesPerSecond) * 1_000
      take(chunk)
      const aheadMs = carriedMs - sharedMs()
      if (aheadMs <= 0) return
      socket.pause()
      setTimeout(() => socket.resume(), aheadMs)
    })
  }
}
