import { Worker } from 'node:worker_threads'
import { Problem } from '../base/problem.ts'
import type { Slice } from './read-slice.ts'
import type { Answer, Checked } from './serve-slices.ts'

/** What a thread runs: the bundle that runs here (ncc makes no other file), which calls `serveSlices` when it is in a thread. */
export type Program = {
  readonly path: string
  /** What it makes its check of; handed over as a structured clone. */
  readonly setup: unknown
}

/** One worker thread. It does one slice at a time, and is of no use any more once a check has thrown. */
export class RowWorker {
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
    const listen = (answer: Answer) => (answer.kind === 'checked' ? resolve(answer) : reject(died(answer.error)))
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
