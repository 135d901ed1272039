import { Worker, parentPort } from 'node:worker_threads'
import { type QuickCheck, type SliceChecker, type SliceTools, type WriteLines, checkSlice } from './check.ts'
import type { SliceSpot } from './conversion.ts'
import type { SliceResult } from './results.ts'
import type { ByteSource } from './parquet/pages.ts'
import type { Slice } from './format.ts'
import { FORMATS } from './formats.ts'
import { SLICE_SIZE, createBuffers } from './slices.ts'
import { createSemaphore } from '../lib/async.ts'
import { Problem } from '../lib/errors.ts'
import { every } from '../lib/time.ts'

/** What a thread runs: the program that runs here, which calls `serveSlices` when it is in a thread. */
type Program = {
  readonly path: string
  /** What it makes its check of; handed over as a structured clone. */
  readonly setup: unknown
}

export type PoolSetup = {
  readonly program: Program
  /** What the program makes of its setup, for what is checked in this thread. */
  readonly check: QuickCheck
  readonly threads: number
  readonly watch?: Watch | undefined
  /** Taken before others are started. */
  readonly ahead?: ThreadsAhead | undefined
}

/** Threads that start while nobody knows yet what they will check. */
export type ThreadsAhead = {
  /** As many as data of this size is worth. To be disposed of when the check is over: this ends those that nobody took. */
  start(bytes: number): AsyncDisposable
  take(): RowWorker | undefined
}

/** For checks of which a row may take any time. */
export type Watch = {
  /** A row that takes longer is given up, and with it the check. */
  readonly mostMs: number
  /** What is said then; `mark` is what the check wrote into the first element of `progress`. */
  readonly problemOf: (mark: number) => Problem
}

/** What takes less time than the start of a thread is done at once. */
const HERE_BYTES = 1024 * 1024

/**
 * Checks slices in worker threads, each started when it is first needed, and ended when the signal fires, whatever it is
 * busy with. The first MiB of a run is checked in this thread, where no row can take any time: most pull requests never
 * start another. To be disposed of when no check is under way any more.
 */
export function openPool({ program, check, threads, watch, ahead }: PoolSetup): SliceChecker {
  handOverOnce()
  const here = createLocalChecker(check)
  const semaphore = createSemaphore(threads)
  const idle: RowWorker[] = []
  // No signal is heard in this thread while a row is checked.
  const isSlow = check.isSlow || watch !== undefined
  let hereBytes = 0

  async function inThread(slice: Slice, tools: SliceTools) {
    const worker = idle.pop() ?? (ahead?.take() ?? new RowWorker(program.path)).begin(program.setup, watch)
    try {
      const { result, bytes } = await worker.check(slice, tools)
      idle.push(worker)
      here.buffers.give(bytes)
      return result
    } catch (error) {
      await worker.end()
      throw error
    }
  }

  return {
    width: check.conversion?.isInOrder ? 0 : threads,
    buffers: here.buffers,
    check: async (slice, tools) => {
      hereBytes += slice.bytes.length
      const isQuick = !isSlow && !FORMATS[slice.format].isReadApart
      if (hereBytes <= HERE_BYTES && isQuick) return await here.check(slice, tools)
      return await semaphore.enter(tools.signal, () => inThread(slice, tools))
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(idle.splice(0).map((worker) => worker.end()))
    },
  }
}

/** `most` at once, of the program with this path. */
export function createThreadsAhead(path: string, most: number): ThreadsAhead {
  const started: RowWorker[] = []
  return {
    start(bytes) {
      const slices = Math.ceil((bytes - HERE_BYTES) / SLICE_SIZE.bytes)
      for (let left = Math.min(most, slices) - started.length; left > 0; left--) started.push(new RowWorker(path))
      return {
        [Symbol.asyncDispose]: async () => void (await Promise.all(started.splice(0).map((worker) => worker.end()))),
      }
    },
    take: () => started.shift(),
  }
}

/**
 * V8 compiles what reads bytes for a thread in which no buffer was ever handed over, and with the first that is, it throws
 * away all of that and compiles it again: here and in each thread after its first slice, when everything is hot.
 */
function handOverOnce(): void {
  new ArrayBuffer(1).transfer()
}

/** Checks in the thread at hand. */
export function createLocalChecker(check: QuickCheck): SliceChecker {
  const buffers = createBuffers()
  return {
    width: check.conversion?.isInOrder ? 0 : 1,
    buffers,
    check: async (slice, { signal, ...tools }) => {
      signal.throwIfAborted()
      const result = await checkSlice(slice, check, tools)
      buffers.give(slice.bytes)
      return result
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
}

/** What a row worker says: what it found in a slice, or what it needs for that: bytes of the file, somebody who takes lines. */
type SliceAnswer =
  | ({ readonly kind: 'checked' } & CheckedSlice)
  | ({ readonly kind: 'failed' } & ThrownWords)
  | {
      readonly kind: 'read'
      readonly start: number
      readonly end: number
      readonly spare: Uint8Array<ArrayBuffer> | undefined
    }
  | { readonly kind: 'lines'; readonly lines: Uint8Array<ArrayBuffer> }

/** What a row worker is told. */
type WorkerOrder =
  | ({ readonly kind: 'begin' } & GivenToWorker)
  | { readonly kind: 'check'; readonly slice: Slice; readonly spot: SliceSpot }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'written' }

/** What a check threw. A structured clone of it would lose its class, and perhaps could not be made at all. */
type ThrownWords = Readonly<Record<'name' | 'message' | 'stack', string>> & { readonly remedy: string | undefined }

/** What a thread is told first. */
type GivenToWorker = {
  readonly setup: unknown
  /** What a row at hand is busy with, 0 between rows; and a count of rows. */
  readonly progress: Int32Array<SharedArrayBuffer>
}

/**
 * What a row leaves behind is garbage at once: more room for it costs memory for each thread, and saves no time. The larger
 * the heap may become, the longer V8 keeps texts that nobody needs; this one has room for a row of 64 MiB, as values and as
 * text, and a thread that has not fails the run with its reason.
 */
const THREAD_MEMORY = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 1024 } as const

/** Looks at a thread within the time that a row may take: a runner that slept has missed all of them but one. */
const WATCH_LOOKS = 20

/** The bytes go back, to be filled again. */
type CheckedSlice = { readonly result: SliceResult; readonly bytes: Uint8Array<ArrayBuffer> }

/**
 * One worker thread. Once it knows what to check, it does one slice at a time, and is of no use any more once a check has
 * thrown.
 */
class RowWorker {
  #worker: Worker
  #fail: ((reason: unknown) => void) | undefined
  #failure: Error | undefined
  #watch: Watch | undefined
  #progress = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT))

  constructor(path: string) {
    // Without the environment: a thread that reads rows has no use for secrets.
    this.#worker = new Worker(path, { env: {}, resourceLimits: THREAD_MEMORY })
    this.#worker.on('error', (thrown) => this.#end(failureOf(thrown)))
    this.#worker.on('messageerror', (error) => this.#end(error))
    this.#worker.on('exit', (code) => this.#end(endedThread(`it ended with exit code ${code}`)))
  }

  /** Once, before the first slice. */
  begin(setup: unknown, watch: Watch | undefined): this {
    this.#watch = watch
    this.#tell({ kind: 'begin', setup, progress: this.#progress }, [])
    return this
  }

  /** Hands the slice's bytes over, and back. @throws what the check throws; Problem when the thread dies; the signal's reason */
  async check(slice: Slice, { read, signal, spot, write }: SliceTools): Promise<CheckedSlice> {
    signal.throwIfAborted()
    if (this.#failure !== undefined) throw this.#failure
    const { promise, resolve, reject } = Promise.withResolvers<CheckedSlice>()
    const listen = (reply: SliceAnswer) => {
      if (reply.kind === 'checked') resolve(reply)
      else if (reply.kind === 'failed') reject(thrownOf(reply))
      else if (reply.kind === 'lines') write(reply.lines).then(() => this.#tell({ kind: 'written' }, []), reject)
      else
        read(reply.start, reply.end, reply.spare).then(
          (bytes) => this.#tell({ kind: 'bytes', bytes }, [bytes.buffer]),
          reject,
        )
    }
    const abort = () => reject(signal.reason)
    this.#fail = reject
    this.#worker.on('message', listen)
    signal.addEventListener('abort', abort, { once: true })
    using _ = this.#watchRows(reject)
    try {
      this.#tell({ kind: 'check', slice, spot }, [slice.bytes.buffer])
      return await promise
    } finally {
      this.#fail = undefined
      this.#worker.off('message', listen)
      signal.removeEventListener('abort', abort)
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  #watchRows(reject: (reason: Problem) => void): Disposable {
    const watch = this.#watch
    if (watch === undefined) return { [Symbol.dispose]: () => undefined }
    let seen = -1
    let looks = 0
    return every(watch.mostMs / WATCH_LOOKS, () => {
      const [mark = 0, row = 0] = this.#progress
      looks = mark !== 0 && row === seen ? looks + 1 : 0
      seen = row
      if (looks >= WATCH_LOOKS) reject(watch.problemOf(mark))
    })
  }

  #tell(order: WorkerOrder, handedOver: readonly ArrayBuffer[]): void {
    this.#worker.postMessage(order, handedOver)
  }

  #end(failure: Error): void {
    this.#failure ??= failure
    this.#fail?.(this.#failure)
  }
}

/** What Node.js says of a thread that it ended holds nothing of the data; whatever else was thrown is like thrown here. */
function failureOf(thrown: unknown): Error {
  if (!(thrown instanceof Error)) return new Error(String(thrown))
  const isByNode = 'code' in thrown && String(thrown.code).startsWith('ERR_WORKER')
  return isByNode ? endedThread(thrown.message, thrown) : thrown
}

function endedThread(why: string, cause?: Error): Problem {
  return new Problem(`Cannot validate the rows: a worker thread failed: ${why}`, {
    remedy:
      'Run the job again. If it fails again, report the problem with the log. Without "mapping", "validation: off" publishes meanwhile.',
    cause,
  })
}

function wordsOf(thrown: unknown): ThrownWords {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown), stack: '', remedy: undefined }
  const { name, message, stack = '' } = thrown
  return { name, message, stack, remedy: thrown instanceof Problem ? thrown.remedy : undefined }
}

/** As it would be, had the check thrown it in this thread. */
function thrownOf({ name, message, stack, remedy }: ThrownWords): Error {
  if (remedy !== undefined) return new Problem(message, { remedy })
  return Object.assign(new Error(message), { name, stack: stack === '' ? message : stack })
}

/**
 * The whole life of a row worker: makes the check once of what the pool was given for it, then checks slices, one after
 * another, until the pool ends it. It waits for both. The entry point calls it when it finds itself in a thread (`isMainThread`).
 */
export function serveSlices(checkOf: (setup: unknown, progress: Int32Array) => QuickCheck): void {
  const port = parentPort
  if (port === null) throw new Error('Rows are served in a worker thread alone')
  handOverOnce()
  let check: QuickCheck | undefined
  let receive: ((bytes: Uint8Array<ArrayBuffer>) => void) | undefined
  let goOn: (() => void) | undefined
  const say = (answer: SliceAnswer) => port.postMessage(answer, handedBack(answer))
  const read: ByteSource = (start, end, spare) => {
    const { promise, resolve } = Promise.withResolvers<Uint8Array<ArrayBuffer>>()
    receive = resolve
    say({ kind: 'read', start, end, spare })
    return promise
  }
  const write: WriteLines = (lines) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    goOn = resolve
    say({ kind: 'lines', lines })
    return promise
  }
  port.on('message', (order: WorkerOrder) => {
    if (order.kind === 'begin') check = checkOf(order.setup, order.progress)
    else if (order.kind === 'bytes') receive?.(order.bytes)
    else if (order.kind === 'written') goOn?.()
    else if (check !== undefined) void answerSlice(order.slice, check, { read, spot: order.spot, write }).then(say)
  })
}

function handedBack(answer: SliceAnswer): readonly ArrayBuffer[] {
  if (answer.kind === 'lines') return [answer.lines.buffer]
  if (answer.kind === 'read') return answer.spare === undefined ? [] : [answer.spare.buffer]
  if (answer.kind !== 'checked') return []
  const { bytes, result } = answer
  const { hashes, places, indexes } = result.kind === 'records' ? result.keys : result.columns.keys
  const lines = result.kind === 'records' ? result.lines : undefined
  return [bytes, hashes, places, indexes, ...(lines === undefined ? [] : [lines])].map(({ buffer }) => buffer)
}

async function answerSlice(slice: Slice, check: QuickCheck, tools: Omit<SliceTools, 'signal'>): Promise<SliceAnswer> {
  try {
    return { kind: 'checked', result: await checkSlice(slice, check, tools), bytes: slice.bytes }
  } catch (error) {
    return { kind: 'failed', ...wordsOf(error) }
  }
}
