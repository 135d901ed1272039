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

/** The program that a thread runs: the one that runs here, which calls `serveSlices` when it is in a thread. */
type Program = {
  readonly path: string
  /** The input for making the check; sent as a structured clone. */
  readonly setup: unknown
}

export type PoolSetup = {
  readonly program: Program
  /** The check made from the program's setup, for slices that are checked in this thread. */
  readonly check: QuickCheck
  readonly threads: number
  readonly watch?: Watch | undefined
  /** Threads to use before new ones are started. */
  readonly ahead?: ThreadsAhead | undefined
}

/** Threads that are started before it is known what they will check. */
export type ThreadsAhead = {
  /**
   * Starts as many threads as data of this size justifies. Dispose the result when the check is over: this ends the
   * threads that were not taken.
   */
  start(bytes: number): AsyncDisposable
  take(): RowWorker | undefined
}

/** A time limit for checks that may take any time for a row. */
export type Watch = {
  /** A row that takes longer is cancelled, and the check with it. */
  readonly mostMs: number
  /** The error to throw then; `mark` is the number that the check wrote into the first element of `progress`. */
  readonly problemOf: (mark: number) => Problem
}

/** Data up to this size takes less time than starting a thread. */
const HERE_BYTES = 1024 * 1024

/**
 * Checks slices in worker threads. A thread is started when it is first needed, and ended when the signal fires,
 * whatever it is doing. The first MiB of a run is checked in this thread if its rows can't take any time, so most pull
 * requests never start a thread. Dispose when no check is running.
 */
export function openPool({ program, check, threads, watch, ahead }: PoolSetup): SliceChecker {
  handOverOnce()
  const here = createLocalChecker(check)
  const semaphore = createSemaphore(threads)
  const idle: RowWorker[] = []
  // This thread receives no signal while it checks a row.
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

/** At most `most` threads, running the program at `path`. */
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
 * V8 optimises code that reads bytes on the assumption that no buffer was ever transferred. The first transfer discards
 * that code, and V8 compiles it again: here, and in each thread after its first slice, when everything is hot. One
 * early transfer avoids that.
 */
function handOverOnce(): void {
  new ArrayBuffer(1).transfer()
}

/** Checks in the current thread. */
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

/**
 * A message from a row worker: the result for a slice, or a request for bytes of the file or for lines to be written.
 */
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

/** A message to a row worker. */
type WorkerOrder =
  | ({ readonly kind: 'begin' } & GivenToWorker)
  | { readonly kind: 'check'; readonly slice: Slice; readonly spot: SliceSpot }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'written' }

/** The error of a check, in parts: a structured clone would lose its class or fail. */
type ThrownWords = Readonly<Record<'name' | 'message' | 'stack', string>> & { readonly remedy: string | undefined }

/** The first message to a thread. */
type GivenToWorker = {
  readonly setup: unknown
  /** What the current row is doing (0 between rows), and a count of rows. */
  readonly progress: Int32Array<SharedArrayBuffer>
}

/**
 * Data of a row becomes garbage at once: a larger young generation costs memory per thread and saves no time. The
 * larger the heap may grow, the longer V8 keeps unused strings. This heap has room for a row of 64 MiB, as values and
 * as text; a thread that runs out of memory fails the run with that reason.
 */
const THREAD_MEMORY = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 1024 } as const

/**
 * How often a thread is looked at within a row's time limit. After a sleep of the machine, only one look is overdue.
 */
const WATCH_LOOKS = 20

/** The bytes return to be filled again. */
type CheckedSlice = { readonly result: SliceResult; readonly bytes: Uint8Array<ArrayBuffer> }

/** One worker thread. After `begin` it checks one slice at a time. It can't be used again once a check has thrown. */
class RowWorker {
  #worker: Worker
  #fail: ((reason: unknown) => void) | undefined
  #failure: Error | undefined
  #watch: Watch | undefined
  #progress = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT))

  constructor(path: string) {
    // Without environment variables: a thread that reads rows needs no secrets.
    this.#worker = new Worker(path, { env: {}, resourceLimits: THREAD_MEMORY })
    this.#worker.on('error', (thrown) => this.#end(failureOf(thrown)))
    this.#worker.on('messageerror', (error) => this.#end(error))
    this.#worker.on('exit', (code) => this.#end(endedThread(`it ended with exit code ${code}`)))
  }

  /** Called once, before the first slice. */
  begin(setup: unknown, watch: Watch | undefined): this {
    this.#watch = watch
    this.#tell({ kind: 'begin', setup, progress: this.#progress }, [])
    return this
  }

  /**
   * Transfers the slice's bytes to the thread, and back.
   * @throws what the check throws; Problem when the thread dies; the signal's reason
   */
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

/**
 * The messages of Node.js about a thread that it ended contain no data. Any other error is treated as if thrown here.
 */
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

/** The error as if the check had thrown it in this thread. */
function thrownOf({ name, message, stack, remedy }: ThrownWords): Error {
  if (remedy !== undefined) return new Problem(message, { remedy })
  return Object.assign(new Error(message), { name, stack: stack === '' ? message : stack })
}

/**
 * The whole life of a row worker: makes the check from the setup, then checks slices one after another until the pool
 * ends it. The entry point calls it when it runs in a thread (`isMainThread`).
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
