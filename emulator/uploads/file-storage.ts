import { constants } from 'node:fs'
import { open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Storage, StoredBytes } from './storage.ts'

/** Few large writes: one write for each 64 KiB from the socket would halve the throughput. */
const WRITE_BYTES = 1 << 20

/** Keeps every upload in a file of `directory`, which must exist, so that an upload of many GiB is never in memory. */
export function fileStorage(directory: string): Storage {
  let files = 0
  return {
    create: () => {
      files += 1
      return Promise.resolve(fileBytes(join(directory, `upload-${files}`)))
    },
  }
}

function fileBytes(path: string): StoredBytes {
  return {
    async write(position, body) {
      await using handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600)
      return await writeAll(handle, position, body)
    },
    async read(start, end) {
      await using handle = await open(path, constants.O_RDONLY)
      const buffer = Buffer.allocUnsafeSlow(Math.max(end - start, 0))
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, start)
      return buffer.subarray(0, bytesRead)
    },
    remove: () => rm(path, { force: true }),
  }
}

/** Writes one buffer while the next chunks arrive. */
async function writeAll(handle: FileHandle, position: number, body: AsyncIterable<Uint8Array>): Promise<number> {
  let written = 0
  let underWay: Promise<unknown> = Promise.resolve()
  try {
    for await (const chunks of gathered(body)) {
      await underWay
      underWay = handle.writev(chunks, position + written)
      // Awaited on the next round; a failure before that must not count as unhandled.
      underWay.catch(() => undefined)
      written += chunks.reduce((sum, chunk) => sum + chunk.length, 0)
    }
  } finally {
    await underWay
  }
  return written
}

async function* gathered(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array[]> {
  let chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    size += chunk.length
    if (size < WRITE_BYTES) continue
    yield chunks
    chunks = []
    size = 0
  }
  if (size > 0) yield chunks
}
