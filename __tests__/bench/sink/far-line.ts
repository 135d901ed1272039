import type { Socket } from 'node:net'
import { sharedMs } from './moment.ts'

/** The typical delay of timers: a reader that resumes late can read the bytes that the line has carried meanwhile. */
const SLACK_MS = 10

/**
 * A line with this bandwidth, which all connections share: a connection that is ahead of the line pauses. Bytes in the
 * system's buffers count as being on their way, as on a long line.
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
