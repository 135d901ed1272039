import type { Clock } from '../base/clock.ts'
import { Problem } from '../base/problem.ts'
import { watched } from '../base/watched.ts'
import type { BatchesApi, BatchOrder } from '../platform/batches.ts'
import type { BatchId } from '../platform/ids.ts'
import type { Say } from './discover.ts'

/** A batch in `loading`. Left before it was completed, it is aborted. */
export type OpenBatch = AsyncDisposable & {
  readonly id: BatchId
  /**
   * Says that every byte is there. From here on nothing aborts the batch: an answer that was lost is neither a yes nor a
   * no, and watching tells.
   */
  complete(signal: AbortSignal): Promise<void>
}

export type OpenTools = {
  readonly batches: BatchesApi
  readonly clock: Clock
  readonly say: Say
  readonly noteStatus: (batch: BatchId, status: string) => void
  readonly signal: AbortSignal
}

/** The runner leaves 7.5 s between its first and its second signal. */
const ABORT_MS = 4_000

/** @throws Problem when the batch can't be created. */
export async function openBatch(order: BatchOrder, tools: OpenTools): Promise<OpenBatch> {
  const id = await tools.batches.create(order, tools.signal)
  tools.noteStatus(id, 'loading')
  let isOpen = true
  return {
    id,
    async complete(signal) {
      signal.throwIfAborted()
      isOpen = false
      try {
        await tools.batches.complete(id, signal)
      } catch (error) {
        isOpen = surelyRefused(error)
        if (isOpen || signal.aborted || !(error instanceof Problem)) throw error
        tools.say.warning(`${error.message}. The batch may have been completed all the same, so it is watched`)
      }
    },
    async [Symbol.asyncDispose]() {
      if (isOpen) await abandon(id, tools)
    },
  }
}

function surelyRefused(error: unknown): boolean {
  return error instanceof Problem && !error.mayHaveActed && !error.isPassing
}

/** Never throws, and has a deadline of its own: it runs when something else has failed already, or a signal fired. */
async function abandon(id: BatchId, { batches, clock, say, noteStatus }: OpenTools): Promise<void> {
  try {
    const signal = new AbortController().signal
    await watched({ silenceMs: ABORT_MS, clock, signal }, (limited) => batches.abort(id, limited))
    noteStatus(id, 'aborted')
    say.info(`Aborted batch ${id}: nothing of it reached the dataset`)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    say.warning(
      `Batch ${id} is left open (${reason}). It holds no rows of the dataset; take it back with ` +
        `POST /data/foundation/import/batches/${id}?action=ABORT`,
    )
  }
}
