import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { Problem } from './problem.ts'

/** What a file was when it was found; it must still be that whenever it is read. */
export type FileState = { readonly path: string; readonly size: number; readonly modifiedMs: number }

export type Range = { readonly start: number; readonly end: number }

/** Large reads and a read-ahead keep one upload faster than the line; two buffers keep it at a few MiB of memory. */
const READ_BYTES = 1 << 20
/** As much is read faster than four promises are made: they took most of the time that thousands of small files need. */
const AT_ONCE_BYTES = 1 << 17
/** What has become a pipe since must not hold up everything. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** Chunks are valid until the next is asked for. @throws Problem when the file has changed, or can't be read. */
export async function* readFile(file: FileState, range: Range): AsyncGenerator<Uint8Array> {
  const bytes = range.end - range.start
  if (bytes > AT_ONCE_BYTES) yield* readAhead(file, range)
  else if (bytes > 0) yield readAtOnce(file, range)
}

async function* readAhead(file: FileState, { start, end }: Range): AsyncGenerator<Uint8Array> {
  await using handle = await openUnchanged(file)
  const bytes = Math.min(READ_BYTES, end - start)
  const buffers = [Buffer.allocUnsafeSlow(bytes)]
  const read = (turn: number, from: number) => {
    const buffer = (buffers[turn % 2] ??= Buffer.allocUnsafeSlow(bytes))
    return readFrom(handle, buffer, { start: from, end }).catch((cause: unknown) => {
      throw unreadable(file, cause)
    })
  }
  let ahead: Promise<Buffer> | undefined
  try {
    for (let position = start, turn = 0; position < end; turn++) {
      const chunk = await (ahead ?? read(turn, position))
      if (chunk.length === 0) throw changed(file)
      position += chunk.length
      ahead = position < end ? read(turn + 1, position) : undefined
      // It may fail while the consumer still has the chunk before it, when nobody waits for it yet.
      ahead?.catch(() => undefined)
      // Before the last chunk: undici gives up a connection on which the answer overtakes the end of what is sent.
      if (position >= end) {
        refuseChanged(await handle.stat(), file)
        await handle.close()
      }
      yield chunk
    }
  } finally {
    // After an abort a read may still be under way; the file must not be closed under it.
    await ahead?.catch(() => undefined)
  }
}

async function readFrom(handle: FileHandle, buffer: Buffer, { start, end }: Range): Promise<Buffer> {
  const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, end - start), start)
  return buffer.subarray(0, bytesRead)
}

async function openUnchanged(file: FileState): Promise<FileHandle> {
  const handle = await open(file.path, READ_ONLY).catch((cause: unknown) => {
    throw unreadable(file, cause)
  })
  try {
    refuseChanged(await handle.stat(), file)
    return handle
  } catch (error) {
    await handle.close()
    throw error
  }
}

function readAtOnce(file: FileState, range: Range): Uint8Array {
  let descriptor: number | undefined
  try {
    descriptor = openSync(file.path, READ_ONLY)
    refuseChanged(fstatSync(descriptor), file)
    const bytes = fill(descriptor, range)
    if (bytes === undefined) throw changed(file)
    refuseChanged(fstatSync(descriptor), file)
    return bytes
  } catch (error) {
    throw error instanceof Problem ? error : unreadable(file, error)
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** @returns undefined where the file ends before. */
function fill(descriptor: number, { start, end }: Range): Uint8Array | undefined {
  const bytes = Buffer.allocUnsafe(end - start)
  for (let filled = 0; filled < bytes.length;) {
    const count = readSync(descriptor, bytes, filled, bytes.length - filled, start + filled)
    if (count === 0) return undefined
    filled += count
  }
  return bytes
}

function refuseChanged(now: { readonly size: number; readonly mtimeMs: number }, file: FileState): void {
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
