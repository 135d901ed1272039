import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export type PlatformProcess = AsyncDisposable & { readonly url: string }

const EMULATOR = join(import.meta.dirname, '../../src/emulator/main.ts')

/** The local platform in a process of its own: its memory and its event loop must not count as the action's. */
export async function startPlatformProcess(temp: string): Promise<PlatformProcess> {
  const env = { ...process.env, TMPDIR: temp, TEMP: temp }
  const child = spawn(process.execPath, [EMULATOR], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  const url = await urlOf(child)
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill()
      await closed
    },
  }
}

/** Reads on to the end, so that the platform never waits for someone to read what it says. */
async function urlOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('The standard output of the local platform is not connected')
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const lines = createInterface({ input: stdout })
  lines.on('line', (line) => {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0]
    if (url !== undefined) resolve(url)
  })
  lines.on('close', () => reject(new Error('The local platform ended before it listened')))
  return promise
}
