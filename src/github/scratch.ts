import { open } from 'node:fs/promises'
import { stateOf } from './file.ts'
import { lazy } from '../lib/async.ts'
import { type Content, fileContent } from '../lib/content.ts'

/** Bytes that are kept one behind the other; disposed of when there are no more. */
export type ScratchFile = AsyncDisposable & {
  /** One at a time: the bytes may be gone when it returns. */
  write(bytes: Uint8Array): Promise<void>
  /** All that was written. */
  content(): Promise<Content>
}

/** Made when there is something to write. */
export function openScratchFile(pathOf: () => Promise<string>): ScratchFile {
  const file = lazy(async () => {
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
      if (file.isMade())
        await file.get().then(
          ({ handle }) => handle.close(),
          () => undefined,
        )
    },
  }
}

/**
 * What a file of our own is called, unlike all others by its number. That also keeps it from being a device of Windows
 * (`con`, `aux.json`), which drops a dot at the end as well.
 */
export function scratchName(count: number, name: string): string {
  const safe = name.replace(/[^A-Za-z0-9._-]|\.$/g, '-')
  return `${count}-${safe.slice(-80)}`
}
