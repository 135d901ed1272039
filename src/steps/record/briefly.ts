import type { Clock } from '../../base/clock.ts'
import { Stalled, watched } from '../../base/watched.ts'

const LONGEST_MS = 10_000
/** The runner leaves 10 s in all until it kills, and batches are aborted in the first half of it. */
const CANCELLED_MS = 3_000

/**
 * Asks GitHub for at most 10 s, and for at most 3 s once the run is cancelled: an answer that is under way then still
 * tells what has to be settled.
 *
 * @throws Stalled when that time is over.
 */
export async function briefly<T>(
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const tooLate = new AbortController()
  const over = new AbortController()
  let waiting: Promise<void> | undefined
  const onCancel = () => {
    const late = () => tooLate.abort(new Stalled(`nothing came for ${CANCELLED_MS / 1000} s after the cancel`))
    waiting = clock.sleep(CANCELLED_MS, over.signal).then(late, () => undefined)
  }
  if (signal.aborted) onCancel()
  else signal.addEventListener('abort', onCancel, { once: true, signal: over.signal })
  try {
    return await watched({ silenceMs: LONGEST_MS, clock, signal: tooLate.signal }, ask)
  } finally {
    over.abort()
    await waiting
  }
}
