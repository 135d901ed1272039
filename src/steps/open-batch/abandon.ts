import type { Clock } from '../../base/clock.ts'
import { watched } from '../../base/watched.ts'
import type { Ledger } from '../../ledger.ts'
import type { BatchesApi } from '../../platform/batches.ts'
import type { CatalogApi } from '../../platform/catalog.ts'
import type { BatchId } from '../../platform/ids.ts'
import type { Say } from '../discover.ts'

/** The runner leaves 7.5 s between its first and its second signal. */
const ABORT_MS = 3_500
const LOOK_MS = 1_500

export type Abandoned = { readonly id: BatchId; readonly externalId: string }

export type AbandonTools = {
  readonly batches: BatchesApi
  readonly catalog: CatalogApi
  readonly clock: Clock
  readonly say: Say
  readonly ledger: Ledger
  readonly noteStatus: (batch: BatchId, status: string) => void
}

/**
 * Aborts a batch that was not completed. Never throws, and has a deadline of its own: it runs when something else has
 * failed already, or a signal fired. What it could not do stays in the ledger for the post step.
 */
export async function abandon({ id, externalId }: Abandoned, tools: AbandonTools): Promise<void> {
  const { batches, clock, say, ledger, noteStatus } = tools
  try {
    const signal = new AbortController().signal
    const acted = await watched({ silenceMs: ABORT_MS, clock, signal }, (limited) => batches.abort(id, limited))
    if (acted === 'wrong state' && !(await isAborted(id, tools))) {
      return say.warning(`Batch ${id} could not be aborted: it is not in "loading" any more`)
    }
    noteStatus(id, 'aborted')
    ledger.write({ externalId, batch: id, phase: 'settled' })
    say.info(`Aborted batch ${id}: nothing of it reached the dataset`)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    say.warning(`Batch ${id} is left open (${reason}). It holds no rows of the dataset. ${howToAbort(id)}`)
  }
}

/** An ABORT whose answer was lost has been acted upon all the same, and the next one finds nothing to do. */
async function isAborted(id: BatchId, { catalog, clock }: AbandonTools): Promise<boolean> {
  const { signal } = new AbortController()
  const look = watched({ silenceMs: LOOK_MS, clock, signal }, (limited) => catalog.batch(id, limited))
  const found = await look.catch(() => undefined)
  return found?.kind === 'found' && found.record.status === 'aborted'
}

export function howToAbort(id: string): string {
  return `To take it back: POST /data/foundation/import/batches/${id}?action=ABORT, or "mode: abort" with "batch-id: ${id}"`
}
