import { Cancelled } from './errors.ts'
import type { Clock, WaitBudget } from './time.ts'

export type Concurrency = { readonly width: number; readonly signal: AbortSignal }

/** Thrown by work that was stopped because a sibling failed. Not counted as a failure of its own. */
class SiblingFailed extends Error {
  override readonly name = 'SiblingFailed'
}

/**
 * Runs `work` for each item, `width` at once, and returns the results in the items' order. After the first failure, no
 * further item is started and the signal of the running ones fires. The failure is thrown only when all running work
 * has ended, so that the caller never cleans up while a sibling still works. Several failures are thrown as an
 * AggregateError.
 */
export async function runConcurrently<T, R>(
  items: Iterable<T>,
  { width, signal }: Concurrency,
  work: (item: T, signal: AbortSignal) => Promise<R>,
): Promise<readonly R[]> {
  const stop = new AbortController()
  const both = AbortSignal.any([signal, stop.signal])
  const queue = Array.from(items).entries()
  const results: R[] = []
  const failures: unknown[] = []
  const worker = async () => {
    for (const [index, item] of queue) {
      if (both.aborted) return
      try {
        results[index] = await work(item, both)
      } catch (error) {
        if (!(error instanceof SiblingFailed)) failures.push(error)
        stop.abort(new SiblingFailed())
      }
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  signal.throwIfAborted()
  if (failures.length > 1) throw new AggregateError(failures, `${failures.length} tasks failed`)
  if (failures.length === 1) throw failures[0]
  return results
}

/** Runs two different functions at once, with the rules of {@link runConcurrently}. */
export async function runBoth<A, B>(
  first: (signal: AbortSignal) => Promise<A>,
  second: (signal: AbortSignal) => Promise<B>,
  signal: AbortSignal,
): Promise<readonly [A, B]> {
  const results: { first?: A; second?: B } = {}
  const work = [
    async (sibling: AbortSignal) => void (results.first = await first(sibling)),
    async (sibling: AbortSignal) => void (results.second = await second(sibling)),
  ]
  await runConcurrently(work, { width: work.length, signal }, (one, sibling) => one(sibling))
  return [results.first as A, results.second as B]
}

/** Work that starts before its result is needed. If the result is too old when it is needed, the work starts again. */
export type HeadStart<T> = AsyncDisposable & {
  /** Starts the work and cancels any that was started before. */
  begin(work: (signal: AbortSignal) => Promise<T>): void
  /**
   * The result of the work, which can be taken once. Undefined when no work was started, or when it was started more
   * than `mostMs` ago. The signal cancels the work that was taken.
   */
  take(mostMs: number, signal?: AbortSignal): Promise<T> | undefined
}

/** Work that is not taken is cancelled on disposal. */
export function createHeadStart<T>({ clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal }) {
  let begun: { readonly result: Promise<T>; readonly atMs: number; readonly stop: AbortController } | undefined
  const giveUp = () => {
    begun?.stop.abort(new GivenUpAhead())
    begun = undefined
  }
  const ahead: HeadStart<T> = {
    begin(work) {
      giveUp()
      const stop = new AbortController()
      const result = work(AbortSignal.any([signal, stop.signal]))
      // The caller of `take` gets the error. Without this handler, an error would be unhandled if the result is never taken.
      result.catch(() => undefined)
      begun = { result, atMs: clock.now(), stop }
    },
    take(mostMs, limit) {
      if (begun !== undefined && clock.now() - begun.atMs > mostMs) giveUp()
      const taken = begun
      begun = undefined
      limit?.addEventListener('abort', () => taken?.stop.abort(limit.reason), { once: true })
      return taken?.result
    },
    async [Symbol.asyncDispose]() {
      const left = begun?.result
      giveUp()
      await left?.catch(() => undefined)
    },
  }
  return ahead
}

/** The reason for cancelling work whose result is no longer needed. */
class GivenUpAhead extends Error {
  override readonly name = 'GivenUpAhead'
}

/**
 * The result of the work, unless the signal fires first: then its reason is thrown and the work's outcome is ignored.
 */
export async function raceAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    return await Promise.race([promise, work])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** Runs at most `width` pieces of work at once; the others wait in order. */
export type Semaphore = { enter<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> }

export function createSemaphore(width: number): Semaphore {
  const waiting: (() => void)[] = []
  let free = width
  const admit = async () => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }
  // A freed place goes straight to the next in line.
  const leave = () => {
    const next = waiting.shift()
    if (next === undefined) free++
    else next()
  }
  return {
    async enter(signal, work) {
      await admit()
      try {
        signal.throwIfAborted()
        return await work()
      } finally {
        leave()
      }
    },
  }
}

export type Lazy<T> = { get(): Promise<T>; isMade(): boolean }

/** Makes the value once, on the first `get`. */
export function lazy<T>(make: () => Promise<T>): Lazy<T> {
  let made: Promise<T> | undefined
  return { get: () => (made ??= make()), isMade: () => made !== undefined }
}

/** What {@link poll} has seen so far. */
export type Look<T> = {
  readonly seen: T
  /** At least 1. */
  readonly looks: number
  /** Time since the start of the polling. */
  readonly ageMs: number
  /** How long the last look took. */
  readonly lookMs: number
}

/**
 * When to look. A list: one look after each pause, then no more. A function: the first look at once, each later one
 * after the pause that the function returns; undefined ends the polling.
 */
export type Pauses<T> = readonly number[] | ((look: Look<T>) => number | undefined)

export type PollOptions<T> = { readonly isDone: (seen: T) => boolean; readonly pauses: Pauses<T> }

/** Every pause counts against the wait budget of the run. */
export type PollTools = {
  readonly waits: { readonly budget: Pick<WaitBudget, 'clock' | 'mostMs'> }
  readonly signal: AbortSignal
}

/**
 * Polls until the state is final, no look is left, or the wait budget is used up. `read` receives the state seen
 * before. An error from `read` ends the polling, and so does the signal, even during a pause.
 *
 * @returns the last state seen. The caller decides whether it is final, and what it means if it is not.
 */
export async function poll<T>(
  read: (before: T | undefined) => Promise<T>,
  { isDone, pauses }: PollOptions<T>,
  { waits, signal }: PollTools,
): Promise<T> {
  const { clock, mostMs } = waits.budget
  const [firstMs, nextMs] =
    typeof pauses === 'function' ? [0, pauses] : [pauses[0] ?? 0, ({ looks }: Look<T>) => pauses[looks]]
  const startMs = clock.now()
  if (firstMs > 0) await clock.sleep(firstMs, signal)
  let askedMs = clock.now()
  let seen = await read(undefined)
  for (let looks = 1; !isDone(seen); looks++) {
    const nowMs = clock.now()
    const pauseMs = nextMs({ seen, looks, ageMs: nowMs - startMs, lookMs: nowMs - askedMs })
    if (pauseMs === undefined || mostMs() <= 0) return seen
    await clock.sleep(pauseMs, signal)
    askedMs = clock.now()
    seen = await read(seen)
  }
  return seen
}

/** A pause that ends no later than the time left; undefined when no time is left. */
export function pauseWithin(leftMs: number, pauseMs: number): number | undefined {
  return leftMs > 0 ? Math.min(pauseMs, leftMs) : undefined
}

/** The signals that ask a process to stop. */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const

/** The part of `process` that is used here. */
export type SignalSource = { on(name: NodeJS.Signals, listener: () => void): unknown }

/**
 * On cancellation, a runner sends Ctrl-C, which is SIGINT, and 7.5 s later SIGTERM; on Windows, which has no SIGTERM,
 * it sends Ctrl-Break instead. The listeners stay, so that no signal ends the process at once. Listening for a signal
 * that the system doesn't have does no harm.
 */
export function cancelOnSignals(source: SignalSource): AbortSignal {
  const controller = new AbortController()
  for (const name of STOP_SIGNALS) source.on(name, () => controller.abort(new Cancelled(name)))
  return controller.signal
}
