import { Cancelled } from './errors.ts'
import type { Clock, WaitBudget } from './time.ts'

export type Concurrency = { readonly width: number; readonly signal: AbortSignal }

/** Cut off because a sibling failed: not a failure of its own. */
class SiblingFailed extends Error {
  override readonly name = 'SiblingFailed'
}

/**
 * Runs `work` for each item, `width` at once, and returns the results in the items' order. The first failure stops the
 * start of further ones and fires the signal of those that run; it is thrown only when nothing runs any more, so that
 * nobody cleans up under a sibling that is still at work. Several failures of their own come as an AggregateError.
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

/** Both at once, as {@link runConcurrently} runs more of one kind. */
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

/** Work that is begun before anybody needs what it brings, and may have to be begun anew. */
export type HeadStart<T> = AsyncDisposable & {
  /** What was begun before is given up. */
  begin(work: (signal: AbortSignal) => Promise<T>): void
  /**
   * What the work brings, once; undefined where none was begun, or so long ago that it must be done anew. The signal cuts
   * off what was taken.
   */
  take(mostMs: number, signal?: AbortSignal): Promise<T> | undefined
}

/** What nobody takes is cut off where it is left. */
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
      // Whoever takes it hears of what went wrong, and nobody has to.
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

/** Cut off because nobody needs it any more. */
class GivenUpAhead extends Error {
  override readonly name = 'GivenUpAhead'
}

/** What work brings, unless the signal fires first: then its reason is thrown, and nobody hears of what goes on. */
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

/** Lets at most `width` pieces of work be inside at once; the others wait in order. */
export type Semaphore = { enter<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> }

export function createSemaphore(width: number): Semaphore {
  const waiting: (() => void)[] = []
  let free = width
  const admit = async () => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }
  // A place that is left goes straight to the next in line.
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

/** Makes it when it is first asked for, and once. */
export function lazy<T>(make: () => Promise<T>): Lazy<T> {
  let made: Promise<T> | undefined
  return { get: () => (made ??= make()), isMade: () => made !== undefined }
}

/** What the looks so far have shown. */
export type Look<T> = {
  readonly seen: T
  /** At least 1. */
  readonly looks: number
  /** Time since the first of them began. */
  readonly ageMs: number
  /** How long the last of them took. */
  readonly lookMs: number
}

/**
 * When to look. A list: one look after each pause, and no more. A function: at once, and after the pause that it gives for
 * what is seen; undefined where no look is left.
 */
export type Pauses<T> = readonly number[] | ((look: Look<T>) => number | undefined)

export type PollOptions<T> = { readonly isDone: (seen: T) => boolean; readonly pauses: Pauses<T> }

/** Every pause counts as a wait of the run. */
export type PollTools = {
  readonly waits: { readonly budget: Pick<WaitBudget, 'clock' | 'mostMs'> }
  readonly signal: AbortSignal
}

/**
 * Looks again and again until what is seen is final, or no look is left, or the time of the run is over. `read` gets what was seen before it; what it
 * throws ends it all, as does the signal, also in the midst of a pause.
 *
 * @returns what was seen last. Whether that is the end, and what it means where it is not, the caller says.
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

/** A pause that ends with the time that is left; undefined where there is none. */
export function pauseWithin(leftMs: number, pauseMs: number): number | undefined {
  return leftMs > 0 ? Math.min(pauseMs, leftMs) : undefined
}

/** What asks a process to stop. */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const

/** What the process is, for this. */
export type SignalSource = { on(name: NodeJS.Signals, listener: () => void): unknown }

/**
 * A runner that cancels sends Ctrl-C, which is SIGINT, and 7.5 s later SIGTERM; on Windows, which has no SIGTERM, that is
 * Ctrl-Break. The listeners stay, so that none of them ends the process at once. A signal that a system doesn't have never
 * comes.
 */
export function cancelOnSignals(source: SignalSource): AbortSignal {
  const controller = new AbortController()
  for (const name of STOP_SIGNALS) source.on(name, () => controller.abort(new Cancelled(name)))
  return controller.signal
}
