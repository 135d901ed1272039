import type { Clock } from '../../base/clock.ts'
import { Problem } from '../../base/problem.ts'
import type { Ledger } from '../../ledger.ts'
import type { BatchesApi, BatchOrder, Created } from '../../platform/batches.ts'
import type { CatalogApi } from '../../platform/catalog.ts'
import type { BatchId } from '../../platform/ids.ts'
import type { BatchRecord } from '../../platform/batch-record.ts'
import type { Say } from '../discover.ts'

/** What a batch is to be, but for its external id, which every creation makes anew. */
export type Wish = Omit<BatchOrder, 'externalId' | 'replay'> & {
  /** Batches whose place it takes. */
  readonly replaces: readonly BatchId[]
}

/** A batch of ours in `loading`, and what the platform has said of it so far. */
export type Made = Created & { readonly externalId: string }

/** Somebody else has replaced, or is about to replace, what this batch was to replace; it was not created. */
export class PredecessorsTaken extends Problem {
  override readonly name = 'PredecessorsTaken'

  constructor({ datasetId, replay }: BatchOrder) {
    const ids = replay?.predecessors.join(', ') ?? 'nothing'
    super(`Cannot create a batch for dataset "${datasetId}": what it replaces (${ids}) can't be replaced any more`, {
      remedy: 'Nothing was sent. Run again when no other run publishes into this dataset.',
    })
  }
}

export type CreateTools = {
  readonly batches: BatchesApi
  readonly catalog: CatalogApi
  readonly clock: Clock
  readonly say: Say
  readonly ledger: Ledger
  readonly newExternalId: () => string
  readonly signal: AbortSignal
}

/** Creations of one batch whose answers may get lost before we give up. */
const MOST_CREATIONS = 3
/** When to look for a batch whose creation is in doubt: the catalogue may know of it only later. */
const LOOKS_AFTER_MS = [0, 2_000, 5_000, 10_000]

/**
 * Creates one batch, and only one: a creation whose answer was lost is looked up by its external id before another is
 * tried, and what is found is used.
 */
export async function createBatch(order: Omit<BatchOrder, 'externalId'>, tools: CreateTools): Promise<Made> {
  for (let creation = 1; ; creation++) {
    const externalId = tools.newExternalId()
    tools.ledger.write({ externalId, batch: undefined, phase: 'creating' })
    const made = await tryToCreate({ ...order, externalId }, tools).catch((error: unknown) => {
      if (creation < MOST_CREATIONS && error instanceof Problem && error.mayHaveActed) return undefined
      throw error
    })
    if (made !== undefined) return made
    tools.say.info('A batch whose creation got no answer was not found; another one is created in its place')
  }
}

async function tryToCreate(order: BatchOrder, tools: CreateTools): Promise<Made> {
  const { externalId } = order
  try {
    const created = await tools.batches.create(order, tools.signal)
    if (created === 'wrong state') throw new PredecessorsTaken(order)
    tools.ledger.write({ externalId, batch: created.id, phase: 'open' })
    return { ...created, externalId }
  } catch (error) {
    // Cut off by a signal it may exist: it stays `creating` in the ledger, and is looked for at the end.
    if (!(error instanceof Problem)) throw error
    if (!error.mayHaveActed) {
      tools.ledger.write({ externalId, batch: undefined, phase: 'settled' })
      throw error
    }
    tools.say.info(`${error.message}; looking whether the batch exists all the same`)
    const found = await lookForOrphan(order, tools)
    if (found === undefined) throw error
    tools.ledger.write({ externalId, batch: found.id, phase: 'open' })
    return { id: found.id, replay: found.replay, tags: found.tags, externalId }
  }
}

async function lookForOrphan(
  { externalId, datasetId }: BatchOrder,
  tools: CreateTools,
): Promise<BatchRecord | undefined> {
  for (const pauseMs of LOOKS_AFTER_MS) {
    await tools.clock.sleep(pauseMs, tools.signal)
    const found = await tools.catalog.batches({ externalId, dataset: datasetId }, tools.signal)
    const ours = found.find((batch) => batch.externalId === externalId && batch.status === 'loading')
    if (ours !== undefined) return ours
  }
  return undefined
}
