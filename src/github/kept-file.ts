import { open } from 'node:fs/promises'
import { fileContent, type Content } from '../base/content.ts'
import { lazily } from '../base/lazily.ts'
import { stateOf } from './file-state.ts'

/** Bytes that are kept one behind the other; disposed of when there are no more. */
export type Kept = AsyncDisposable & {
  /** One at a time: the bytes may be gone when it returns. */
  write(bytes: Uint8Array): Promise<void>
  /** All that was written. */
  content(): Promise<Content>
}

/** Made when there is something to write. */
export function keptFile(pathOf: () => Promise<string>): Kept {
  const file = lazily(async () => {
    const path = await pathOf()
    return { path, handle: await open(path, 'wx', 0o600) }
  })
  return {
    async write(bytes) {
      await (await file.get()).handle.writeFile(bytes)
    },
    async content() {
      const { path, handle } = await file.get()
      // Some systems settle the time of the last write when a file is closed.
      await handle.close()
      return fileContent(stateOf(path))
    },
    async [Symbol.asyncDispose]() {
      if (file.made())
        await file.get().then(
          ({ handle }) => handle.close(),
          () => undefined,
        )
    },
  }
}
