import { sharedMs } from './sink/moment.ts'
import type { Exchange, SinkSetting } from './sink-program.ts'
import { startSink } from './start-sink.ts'

export type Sent<T> = {
  /** What the sending itself had to say. */
  readonly result: T
  /** From its start to its end. */
  readonly ms: number
  readonly exchanges: readonly Exchange[]
}

/** Sends to a sink of its own, which is gone afterwards. */
export async function sendToSink<T>(setting: SinkSetting, send: (url: string) => Promise<T>): Promise<Sent<T>> {
  await using sink = await startSink(setting)
  const startedMs = sharedMs()
  const result = await send(sink.url)
  return { result, ms: sharedMs() - startedMs, exchanges: await sink.exchanges() }
}
