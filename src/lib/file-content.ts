import { closeSync, constants, fstatSync, openSync, read, readSync } from 'node:fs'
import { promisify } from 'node:util'
import type { Content } from './content.ts'
import { Problem, hasTooManyOpen, openRemedy } from './errors.ts'

/** The state of a file when it was found. Every read checks that it is still the same. */
export type FileState = {
  readonly path: string
  readonly size: number
  readonly modifiedMs: number
  /**
   * When the system last changed anything about the file. A program that writes a file can set `modifiedMs` but not
   * this time, so a rewrite with the same size and modification time is noticed, too.
   */
  readonly changedMs?: number
}

export function fileContent(file: FileState): Content {
  return sliceOf(file, 0, file.size)
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

type Range = { readonly start: number; readonly end: number }

/**
 * The first bytes are read synchronously: with thousands of small files, promises took most of the time, and a large
 * file starts sooner. The last bytes have their own buffer, which is never reused.
 */
const EDGE_BYTES = 1 << 17
/**
 * Each read costs turns of two threads, whatever its size: with 256 KiB these took longer than the bytes. Above 1 MiB,
 * reading gets slower, too.
 */
const READ_BYTES = 1 << 20
/** For many files read at once: they share one line, so that none needs large reads, and memory counts. */
const MODEST_READ_BYTES = 1 << 18
/** The consumer holds one buffer while two are being read; one read ahead alone does not arrive in time. */
const READ_BUFFERS = 3
/** As many as are read at once by default. */
const MOST_LARGE_READERS = 4
/** Non-blocking, so that a file that has become a pipe since can't block the process. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** A chunk is valid until the next one is requested. @throws Problem when the file has changed, or can't be read. */
async function* readFile(file: FileState, { start, end }: Range): AsyncGenerator<Uint8Array> {
  if (start === end) return
  using opened = openUnchanged(file)
  const first = { start, end: Math.min(start + EDGE_BYTES, end) }
  // After an abort, reads may still be running; they must end before the file is closed.
  await using reads = createReads(opened, { start: first.end, end })
  let chunk = opened.readAtOnce(first)
  for (let next = reads.next(); next !== undefined; next = reads.next()) {
    yield chunk
    chunk = await next
  }
  reads.giveBack()
  // Before the last chunk: undici drops a connection when the response arrives before the request has been sent
  // completely.
  opened.close()
  yield chunk
}

type Reads = AsyncDisposable & {
  /**
   * The next chunk in order, while it is being read; undefined after the last. The caller must be done with earlier
   * chunks.
   */
  next(): Promise<Uint8Array> | undefined
  /** Call only when all chunks but the last have been consumed: data in a socket's queue must not be overwritten. */
  giveBack(): void
}

/** Free large buffers. If every chunk of an upload took a new one, memory would grow until the garbage is collected. */
const spareBuffers: Buffer[] = []
let largeReaders = 0

/** Reads ahead, in order, into a ring of buffers; the last bytes go into a buffer that is never reused. */
function createReads(opened: OpenFile, { start, end }: Range): Reads {
  const lastStart = Math.max(start, end - EDGE_BYTES)
  const isLarge = lastStart - start >= READ_BYTES && largeReaders < MOST_LARGE_READERS
  const mostBytes = isLarge ? READ_BYTES : Math.min(MODEST_READ_BYTES, lastStart - start)
  const ring: Buffer[] = []
  const queue: Promise<Uint8Array>[] = []
  let awaited: Promise<Uint8Array> | undefined
  let position = start
  let turn = 0
  if (isLarge) largeReaders++
  const newBuffer = () => (isLarge ? spareBuffers.pop() : undefined) ?? Buffer.allocUnsafeSlow(mostBytes)
  const readMore = () => {
    if (position >= end) return
    const isLast = position >= lastStart
    const buffer = isLast ? Buffer.allocUnsafe(end - position) : (ring[turn++ % READ_BUFFERS] ??= newBuffer())
    const bytes = Math.min(buffer.length, (isLast ? end : lastStart) - position)
    const reading = opened.read(buffer.subarray(0, bytes), position)
    // The read can fail while the consumer still has the chunk before it and does not await this one yet.
    reading.catch(() => undefined)
    queue.push(reading)
    position += bytes
  }
  return {
    next() {
      for (let missing = READ_BUFFERS - 1 - queue.length; missing > 0; missing--) readMore()
      return (awaited = queue.shift())
    },
    giveBack() {
      if (isLarge) spareBuffers.push(...ring.splice(0))
    },
    async [Symbol.asyncDispose]() {
      if (isLarge) largeReaders--
      await Promise.allSettled([awaited, ...queue])
    },
  }
}

type OpenFile = Disposable & {
  readAtOnce(range: Range): Uint8Array
  /** Fills the whole buffer. */
  fill(buffer: Uint8Array, start: number): void
  /** Fills the whole buffer and returns it. */
  read(buffer: Buffer, start: number): Promise<Uint8Array>
  /** @throws Problem when the file has changed */
  close(): void
}

const readInto = promisify(read)

function openUnchanged(file: FileState): OpenFile {
  const descriptor = attempt(file, () => openSync(file.path, READ_ONLY))
  let isOpen = true
  const dispose = () => {
    if (!isOpen) return
    // Set even if closing fails: the descriptor may belong to another file by then.
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
    async read(buffer, start) {
      for (let at = 0; at < buffer.length;) {
        const { bytesRead } = await readInto(descriptor, buffer, at, buffer.length - at, start + at).catch(
          (cause: unknown) => {
            throw unreadableProblem(file, cause)
          },
        )
        if (bytesRead === 0) throw changedProblem(file)
        at += bytesRead
      }
      return buffer
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
