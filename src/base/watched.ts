import type { Clock } from './clock.ts'

/** The far side was silent for too long; whether it acted is unknown. */
export class Stalled extends Error {
  override readonly name = 'Stalled'
}

export type Watch = { readonly silenceMs: number; readonly clock: Clock; readonly signal: AbortSignal }

/**
 * Runs `work` and ends it with {@link Stalled} when it has not called `touch` for `silenceMs`: a deadline for work that
 * never does, a stall watchdog for an upload that touches with every chunk.
 */
export async function watched<T>(
  { silenceMs, clock, signal }: Watch,
  work: (signal: AbortSignal, touch: () => void) => Promise<T>,
): Promise<T> {
  const stalled = new AbortController()
  const over = new AbortController()
  let touchedMs = clock.now()
  const watching = (async () => {
    for (let leftMs = silenceMs; leftMs > 0; leftMs = touchedMs + silenceMs - clock.now()) {
      await clock.sleep(leftMs, over.signal)
    }
    stalled.abort(new Stalled(`nothing moved for ${silenceMs / 1000} s`))
  })().catch(() => undefined)
  try {
    const both = AbortSignal.any([signal, stalled.signal])
    both.throwIfAborted()
    return await work(both, () => (touchedMs = clock.now()))
  } finally {
    over.abort()
    await watching
  }
}
