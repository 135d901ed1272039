import { Worker, parentPort, workerData } from 'node:worker_threads'
import { type FileFindings, MergedResult, type SliceResult, checkSlice } from './check.ts'
import type { Slice } from './format.ts'
import { FORMATS, type FileToRead, fileSlices } from './formats.ts'
import type { RowCheck } from './record.ts'
import { type Buffers, createBuffers } from './slices.ts'
import { createSemaphore } from '../lib/async.ts'
import { Problem } from '../lib/errors.ts'

/** What a row worker answers to each slice. */
type Answer = ({ readonly kind: 'checked' } & Checked) | { readonly kind: 'failed'; readonly error: unknown }

/** The bytes go back, to be filled again. */
type Checked = { readonly result: SliceResult; readonly bytes: Uint8Array<ArrayBuffer> }

/**
 * The whole life of a row worker: makes the check once of what the pool was given for it, then checks slices, one after
 * another, until the pool ends it. The entry point calls it when it finds itself in a thread (`isMainThread`).
 */
export function serveSlices(checkOf: (setup: unknown) => RowCheck): void {
  const port = parentPort
  if (port === null) throw new Error('Rows are served in a worker thread alone')
  const setup: unknown = workerData
  const check = checkOf(setup)
  port.on('message', (slice: Slice) => {
    void answer(slice, check).then((said) => port.postMessage(said, said.kind === 'checked' ? [said.bytes.buffer] : []))
  })
}

async function answer(slice: Slice, check: RowCheck): Promise<Answer> {
  try {
    return { kind: 'checked', result: await checkSlice(slice, check), bytes: slice.bytes }
  } catch (error) {
    return { kind: 'failed', error }
  }
}

/** What a thread runs: the bundle that runs here (ncc makes no other file), which calls `serveSlices` when it is in a thread. */
type Program = {
  readonly path: string
  /** What it makes its check of; handed over as a structured clone. */
  readonly setup: unknown
}

/** One worker thread. It does one slice at a time, and is of no use any more once a check has thrown. */
class RowWorker {
  #worker: Worker
  #fail: ((reason: unknown) => void) | undefined
  #failure: Problem | undefined

  constructor({ path, setup }: Program) {
    // Without the environment: a thread that reads rows has no use for secrets.
    this.#worker = new Worker(path, { workerData: setup, env: {} })
    this.#worker.on('error', (cause) => this.#end(cause))
    this.#worker.on('messageerror', (cause) => this.#end(cause))
    this.#worker.on('exit', (code) => this.#end(new Error(`it ended with exit code ${code}`)))
  }

  /** Hands the slice's bytes over, and back. @throws Problem when the thread dies or its check throws; the signal's reason */
  async check(slice: Slice, signal: AbortSignal): Promise<Checked> {
    signal.throwIfAborted()
    if (this.#failure !== undefined) throw this.#failure
    const { promise, resolve, reject } = Promise.withResolvers<Checked>()
    const listen = (reply: Answer) => (reply.kind === 'checked' ? resolve(reply) : reject(died(reply.error)))
    const abort = () => reject(signal.reason)
    this.#fail = reject
    this.#worker.once('message', listen)
    signal.addEventListener('abort', abort, { once: true })
    try {
      this.#worker.postMessage(slice, [slice.bytes.buffer])
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

  #end(cause: unknown): void {
    this.#failure ??= died(cause)
    this.#fail?.(this.#failure)
  }
}

function died(cause: unknown): Problem {
  return new Problem('Cannot check the rows: a worker thread failed', {
    remedy: 'Run the job again; if it stays so, publish with "validation: off" and report the problem with the log.',
    cause,
  })
}

/** Checks slices, here or in threads. What it finds in a slice depends on nothing but the slice. */
export type SliceChecker = AsyncDisposable & {
  /** How many slices it works on at once. */
  readonly width: number
  /** What slices are best made in: those that were checked come back to it. */
  readonly buffers: Buffers
  /** Takes the slice's bytes: they may be gone afterwards. @throws the signal's reason */
  check(slice: Slice, signal: AbortSignal): Promise<SliceResult>
}

/** Checks in the thread at hand. */
export function checkerHere(check: RowCheck): SliceChecker {
  const buffers = createBuffers()
  return {
    width: 1,
    buffers,
    check: async (slice, signal) => {
      signal.throwIfAborted()
      const result = await checkSlice(slice, check)
      buffers.give(slice.bytes)
      return result
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
}

export type PoolSetup = {
  readonly program: Program
  /** What the program makes of its setup, for what is checked in this thread. */
  readonly check: RowCheck
  readonly threads: number
}

/** What takes less time than the start of a thread is done at once. */
const HERE_BYTES = 1024 * 1024

/**
 * Checks slices in worker threads, each started when it is first needed. The first MiB of a run is checked in this thread:
 * most pull requests never start another. To be disposed of when no check is under way any more.
 */
export function openPool({ program, check, threads }: PoolSetup): SliceChecker {
  const here = checkerHere(check)
  const semaphore = createSemaphore(threads)
  const idle: RowWorker[] = []
  let hereBytes = 0

  async function inThread(slice: Slice, signal: AbortSignal) {
    const worker = idle.pop() ?? new RowWorker(program)
    try {
      const { result, bytes } = await worker.check(slice, signal)
      idle.push(worker)
      here.buffers.give(bytes)
      return result
    } catch (error) {
      await worker.end()
      throw error
    }
  }

  return {
    width: threads,
    buffers: here.buffers,
    check: async (slice, signal) => {
      hereBytes += slice.bytes.length
      if (hereBytes <= HERE_BYTES) return await here.check(slice, signal)
      return await semaphore.enter(signal, () => inThread(slice, signal))
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(idle.splice(0).map((worker) => worker.end()))
    },
  }
}

export type CheckTools = { readonly checker: SliceChecker; readonly signal: AbortSignal }

/**
 * Checks every record of a file and says what was found, in the order of the file, whoever checked what and when. Memory
 * stays at some slices for each thread, however large the file. Returns or throws when nothing is under way any more.
 */
export async function checkFile(file: FileToRead, { checker, signal }: CheckTools): Promise<FileFindings> {
  const merged = new MergedResult(FORMATS[file.shape.format].placedBy)
  const running: ReturnType<SliceChecker['check']>[] = []
  try {
    for await (const slice of fileSlices({ ...file, buffers: checker.buffers })) {
      const result = checker.check(slice, signal)
      // It may fail while an earlier one is waited for.
      result.catch(() => undefined)
      running.push(result)
      if (running.length > checker.width) await mergeFirst()
    }
    while (running.length > 0) await mergeFirst()
  } finally {
    await Promise.allSettled(running)
  }
  return merged.findings()

  async function mergeFirst() {
    const first = await running[0]
    void running.shift()
    if (first !== undefined) merged.append(first)
  }
}
