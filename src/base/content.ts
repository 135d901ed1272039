import { open, type FileHandle } from 'node:fs/promises'
import { Problem } from './problem.ts'

/**
 * Bytes that can be read again and again: every attempt to send them opens them anew, so that a retry can never send
 * what is left of a used-up stream. `bytes()` yields chunks that are valid only until the next one is asked for.
 */
export type Content = {
  /** In bytes. */
  readonly size: number
  /** The bytes from `start` up to, not including, `end`. */
  slice(start: number, end: number): Content
  /** Throws a {@link Problem} when the file has changed since it was found, or can't be read. */
  bytes(): AsyncIterable<Uint8Array>
}

/** Large reads and a read-ahead keep one upload faster than the line; two buffers keep it at a few MiB of memory. */
const READ_BYTES = 1 << 20

/** What a file was when it was found; it must still be that whenever it is read. */
export type FileState = { readonly path: string; readonly size: number; readonly modifiedMs: number }

export function fileContent(file: FileState): Content {
  return part(file, 0, file.size)
}

export function bytesContent(bytes: Uint8Array): Content {
  return {
    size: bytes.length,
    slice: (start, end) => bytesContent(bytes.subarray(start, end)),
    async *bytes() {
      if (bytes.length > 0) yield bytes
    },
  }
}

function part(file: FileState, start: number, end: number): Content {
  return {
    size: end - start,
    slice: (from, to) => part(file, start + from, start + to),
    bytes: () => readRange(file, start, end),
  }
}

async function* readRange(file: FileState, start: number, end: number): AsyncGenerator<Uint8Array> {
  await using handle = await openUnchanged(file)
  const buffers = [Buffer.allocUnsafeSlow(bufferBytes(end - start)), Buffer.allocUnsafeSlow(bufferBytes(end - start))]
  const read = (turn: number, from: number) =>
    readFrom(handle, buffers[turn % 2] ?? Buffer.alloc(0), { start: from, end }).catch((cause: unknown) => {
      throw unreadable(file, cause)
    })
  let ahead: Promise<Buffer> | undefined
  try {
    for (let position = start, turn = 0; position < end; turn++) {
      const chunk = await (ahead ?? read(turn, position))
      if (chunk.length === 0) throw changed(file)
      position += chunk.length
      ahead = position < end ? read(turn + 1, position) : undefined
      // It may fail while the consumer still has the chunk before it, when nobody waits for it yet.
      ahead?.catch(() => undefined)
      yield chunk
    }
    await refuseChanged(handle, file)
  } finally {
    // After an abort a read may still be under way; the file must not be closed under it.
    await ahead?.catch(() => undefined)
  }
}

function bufferBytes(size: number): number {
  return Math.min(READ_BYTES, size)
}

type Range = { readonly start: number; readonly end: number }

async function readFrom(handle: FileHandle, buffer: Buffer, { start, end }: Range): Promise<Buffer> {
  const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, end - start), start)
  return buffer.subarray(0, bytesRead)
}

async function openUnchanged(file: FileState): Promise<FileHandle> {
  const handle = await open(file.path).catch((cause: unknown) => {
    throw unreadable(file, cause)
  })
  try {
    await refuseChanged(handle, file)
    return handle
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function refuseChanged(handle: FileHandle, file: FileState): Promise<void> {
  const now = await handle.stat()
  if (now.size !== file.size || now.mtimeMs !== file.modifiedMs) throw changed(file)
}

function unreadable(file: FileState, cause: unknown): Problem {
  return new Problem(`Cannot read ${JSON.stringify(file.path)}`, {
    remedy: 'Check that the file still exists and may be read while the step runs.',
    cause,
  })
}

function changed(file: FileState): Problem {
  return new Problem(`${JSON.stringify(file.path)} changed while it was being read`, {
    remedy: 'Let nothing write to the files between the start and the end of this step.',
  })
}
