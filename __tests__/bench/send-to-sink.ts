import { sharedMs } from './sink/moment.ts'
import type { Exchange, SinkSetting } from './sink-program.ts'
import { startSink } from './start-sink.ts'

export type Sent<T> = {
  /** The result of `send`. */
  readonly result: T
  /** The duration of `send`. */
  readonly ms: number
  readonly exchanges: readonly Exchange[]
}

/** Sends to a new sink, which ends afterwards. */
export async function sendToSink<T>(setting: SinkSetting, send: (url: string) => Promise<T>): Promise<Sent<T>> {
  await using sink = await startSink(setting)
  const startedMs = sharedMs()
  const result = await send(sink.url)
  return { result, ms: sharedMs() - startedMs, exchanges: await sink.exchanges() }
}
