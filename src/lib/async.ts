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
  if (failures.length > 1) throw new AggregateError(failures, `${failures.length} of them failed`)
  if (failures.length === 1) throw failures[0]
  return results
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
