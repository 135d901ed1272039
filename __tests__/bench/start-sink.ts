import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Exchange, SinkSetting } from './sink-program.ts'

export type Sink = AsyncDisposable & {
  readonly url: string
  /** The requests since the last call. */
  exchanges(): Promise<readonly Exchange[]>
}

const PROGRAM = join(import.meta.dirname, 'sink-program.ts')

/** Starts the server in a separate process: its memory and its event loop must not count as the action's. */
export async function startSink(setting: SinkSetting): Promise<Sink> {
  const child = fork(PROGRAM, [JSON.stringify(setting)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const closed = once(child, 'close')
  const { port } = await answerOf<{ readonly port: number }>(child)
  return {
    url: `${setting.isTls ? 'https' : 'http'}://127.0.0.1:${port}`,
    async exchanges() {
      const answer = answerOf<{ readonly exchanges: readonly Exchange[] }>(child)
      child.send('exchanges')
      return (await answer).exchanges
    },
    async [Symbol.asyncDispose]() {
      child.kill()
      await closed
    },
  }
}

async function answerOf<T>(child: ReturnType<typeof fork>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const onClose = () => reject(new Error('The sink ended by itself'))
  child.once('message', (message) => {
    child.off('close', onClose)
    resolve(message as T)
  })
  child.once('close', onClose)
  return await promise
}
