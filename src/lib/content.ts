import { closeSync, constants, fstatSync, openSync, read, readSync } from 'node:fs'
import { promisify } from 'node:util'
import { Problem, hasTooManyOpen, openRemedy } from './errors.ts'

/** What a file was when it was found; it must still be that whenever it is read. */
export type FileState = {
  readonly path: string
  readonly size: number
  readonly modifiedMs: number
  /**
   * When the system last changed anything of it. Whoever writes a file can set its other time, and not this one: a rewrite
   * of the same size and time is noticed, too.
   */
  readonly changedMs?: number
}

type Range = { readonly start: number; readonly end: number }

/**
 * The first bytes are read at once: for thousands of small files the promises took most of the time, and a large one is on
 * its way sooner.
 */
const AT_ONCE_BYTES = 1 << 17
/** Large reads and a read-ahead keep one upload faster than the line; two buffers keep it at a few MiB of memory. */
const READ_BYTES = 1 << 20
/** What has become a pipe since must not hold up everything. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** Chunks are valid until the next is asked for. @throws Problem when the file has changed, or can't be read. */
async function* readFile(file: FileState, { start, end }: Range): AsyncGenerator<Uint8Array> {
  if (start === end) return
  const opened = openUnchanged(file)
  const more = Math.min(READ_BYTES, end - start)
  const buffers: Buffer[] = []
  let ahead: Promise<Uint8Array> | undefined
  try {
    let chunk = opened.readAtOnce({ start, end: Math.min(start + AT_ONCE_BYTES, end) })
    let position = start + chunk.length
    for (let turn = 0; position < end; turn++) {
      const buffer = (buffers[turn % 2] ??= Buffer.allocUnsafeSlow(more))
      ahead = opened.read(buffer, { start: position, end })
      // It may fail while the consumer still has the chunk before it, when nobody waits for it yet.
      ahead.catch(() => undefined)
      yield chunk
      chunk = await ahead
      position += chunk.length
    }
    // Before the last chunk: undici gives up a connection on which the answer overtakes the end of what is sent.
    opened.close()
    yield chunk
  } finally {
    // After an abort a read may still be under way; the file must not be closed under it.
    await ahead?.catch(() => undefined)
    opened[Symbol.dispose]()
  }
}

type OpenFile = Disposable & {
  readAtOnce(range: Range): Uint8Array
  /** All of the buffer. */
  fill(buffer: Uint8Array, start: number): void
  /** As much as the buffer takes. */
  read(buffer: Buffer, range: Range): Promise<Uint8Array>
  /** @throws Problem when the file has changed */
  close(): void
}

const readInto = promisify(read)

function openUnchanged(file: FileState): OpenFile {
  const descriptor = attempt(file, () => openSync(file.path, READ_ONLY))
  let isOpen = true
  const dispose = () => {
    if (!isOpen) return
    // Whatever closing says: the number may be another file's by then.
    isOpen = false
    attempt(file, () => closeSync(descriptor))
  }
  const opened: OpenFile = {
    readAtOnce: ({ start, end }) => {
      const bytes = Buffer.allocUnsafe(end - start)
      opened.fill(bytes, start)
      return bytes
    },
    fill: (buffer, start) => attempt(file, () => fillBuffer(file, descriptor, { buffer, start })),
    async read(buffer, { start, end }) {
      const length = Math.min(buffer.length, end - start)
      const { bytesRead } = await readInto(descriptor, buffer, 0, length, start).catch((cause: unknown) => {
        throw unreadableProblem(file, cause)
      })
      if (bytesRead === 0) throw changedProblem(file)
      return buffer.subarray(0, bytesRead)
    },
    close() {
      attempt(file, () => refuseChanged(fstatSync(descriptor), file))
      dispose()
    },
    [Symbol.dispose]: dispose,
  }
  try {
    attempt(file, () => refuseChanged(fstatSync(descriptor), file))
    return opened
  } catch (error) {
    dispose()
    throw error
  }
}

type Filling = { readonly buffer: Uint8Array; readonly start: number }

function fillBuffer(file: FileState, descriptor: number, { buffer, start }: Filling): void {
  for (let at = 0; at < buffer.length;) {
    const count = readSync(descriptor, buffer, at, buffer.length - at, start + at)
    if (count === 0) throw changedProblem(file)
    at += count
  }
}

function attempt<T>(file: FileState, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof Problem ? error : unreadableProblem(file, error)
  }
}

type StatedFile = { readonly size: number; readonly mtimeMs: number; readonly ctimeMs: number }

function refuseChanged({ size, mtimeMs, ctimeMs }: StatedFile, file: FileState): void {
  const { changedMs = ctimeMs } = file
  if (size !== file.size || mtimeMs !== file.modifiedMs || ctimeMs !== changedMs) throw changedProblem(file)
}

function unreadableProblem(file: FileState, cause: unknown): Problem {
  return new Problem(
    `Cannot read ${JSON.stringify(file.path)}${hasTooManyOpen(cause) ? ': too many open files' : ''}`,
    {
      remedy: openRemedy(cause, 'Check that the file still exists and that the step can read it.'),
      cause,
    },
  )
}

function changedProblem(file: FileState): Problem {
  return new Problem(`${JSON.stringify(file.path)} changed while the action read it`, {
    remedy: 'Make sure that nothing writes to the files while this step runs.',
  })
}

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
  /** Fills all of `into` with the bytes from `start` on, at once and without any other memory. Throws as `bytes` does. */
  readonly fill?: (into: Uint8Array, start: number) => void
}

export function fileContent(file: FileState): Content {
  return sliceOf(file, 0, file.size)
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

function sliceOf(file: FileState, start: number, end: number): Content {
  return {
    size: end - start,
    slice: (from, to) => sliceOf(file, start + from, start + to),
    bytes: () => readFile(file, { start, end }),
    fill: (into, from) => {
      using opened = openUnchanged(file)
      opened.fill(into, start + from)
      opened.close()
    },
  }
}

/** Smaller chunks are gathered to this many bytes: a thousand small files are no thousand writes to a socket. */
const GATHERED_BYTES = 1 << 18

/** Contents one behind the other, as one. */
export function joinedContent(parts: readonly Content[]): Content {
  return {
    size: parts.reduce((total, { size }) => total + size, 0),
    slice: (start, end) => joinedContent(cutOut(parts, start, end)),
    bytes: () => readJoined(parts),
  }
}

function cutOut(parts: readonly Content[], start: number, end: number): readonly Content[] {
  let position = 0
  return parts.flatMap((one) => {
    const from = Math.max(start - position, 0)
    const to = Math.min(end - position, one.size)
    position += one.size
    if (from >= to) return []
    return [from === 0 && to === one.size ? one : one.slice(from, to)]
  })
}

async function* readJoined(parts: readonly Content[]): AsyncGenerator<Uint8Array> {
  const total = parts.reduce((bytes, { size }) => bytes + size, 0)
  const buffer = Buffer.allocUnsafeSlow(Math.min(GATHERED_BYTES, total))
  let used = 0
  for (const one of parts) {
    for await (const chunk of one.bytes()) {
      if (used + chunk.length > buffer.length && used > 0) {
        yield buffer.subarray(0, used)
        used = 0
      }
      if (chunk.length >= buffer.length) yield chunk
      else {
        buffer.set(chunk, used)
        used += chunk.length
      }
    }
  }
  if (used > 0) yield buffer.subarray(0, used)
}

/** The same content, whose bytes are seen on their way, chunk by chunk; each is waited for. */
export function observe(content: Content, see: (chunk: Uint8Array) => Promise<void>): Content {
  return {
    size: content.size,
    slice: (start, end) => observe(content.slice(start, end), see),
    async *bytes() {
      for await (const chunk of content.bytes()) {
        await see(chunk)
        yield chunk
      }
    },
  }
}

/** All bytes of the content at once. Only for what is known to be small. */
export async function readAll(content: Content): Promise<Uint8Array<ArrayBuffer>> {
  const all = new Uint8Array(content.size)
  let at = 0
  for await (const chunk of content.bytes()) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}
