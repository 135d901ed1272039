import { codeOf } from '../lib/errors.ts'
import type { TextStream } from './shell.ts'

/** The part of a process stream that is used. */
type ProcessStream = {
  readonly isTTY: boolean
  readonly columns?: number
  readonly writableNeedDrain: boolean
  write(text: string, done?: () => void): unknown
  on(event: 'drain' | 'close', listener: () => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
}

/** The reader of a pipe closed it: EPIPE, or on Windows EOF. */
const READER_LEFT: ReadonlySet<string> = new Set(['EPIPE', 'EOF'])

/** Standard output, or standard error. */
export function textStream(stream: ProcessStream): TextStream {
  let state: 'open' | 'unread' | Error = 'open'
  const waiting = new Set<() => void>()
  const goOn = () => {
    for (const resolve of waiting) resolve()
    waiting.clear()
  }
  stream.on('drain', goOn)
  stream.on('close', goOn)
  // A reader that stops, such as `head`, has seen enough. A full disk is an error.
  stream.on('error', (error: Error) => {
    if (state === 'open') state = READER_LEFT.has(codeOf(error)) ? 'unread' : error
    goOn()
  })
  return {
    isTerminal: stream.isTTY,
    columns: stream.columns ?? 80,
    get isUnread() {
      return state === 'unread'
    },
    write: (text) => {
      if (state === 'open') stream.write(text)
    },
    drained: async () => {
      if (state !== 'open' || !stream.writableNeedDrain) return
      await new Promise<void>((resolve) => waiting.add(resolve))
    },
    loss: async () => {
      // Its callback runs after those of all earlier writes.
      if (state === 'open') await new Promise<void>((resolve) => void stream.write('', () => setImmediate(resolve)))
      return state instanceof Error ? state : undefined
    },
  }
}
