import type { Say } from '../files/discover.ts'
import type { BatchLog, BatchLogEntry } from '../github/state.ts'
import { poll } from '../lib/async.ts'
import { Problem, messageOf } from '../lib/errors.ts'
import { type Clock, withDeadline } from '../lib/time.ts'
import { STATUS, stateOf } from '../platform/batch-state.ts'
import type { BatchOrder, BatchesApi, CreatedBatch } from '../platform/batches.ts'
import type { CatalogApi } from '../platform/catalog.ts'
import type { BatchId } from '../platform/ids.ts'
import {
  ABORT_LOOK_MS,
  ABORT_SILENCE_MS,
  CREATED_LAG_MS,
  CREATED_LOOKS_AFTER_MS,
  CREATE_MOST_ATTEMPTS,
} from '../platform/limits.ts'
import type { BatchRecord, Replay } from '../platform/records.ts'
import { nextLook } from './wait.ts'

export type AbandonedBatch = { readonly id: BatchId; readonly externalId: string }

export type AbandonTools = {
  readonly batches: BatchesApi
  readonly catalog: CatalogApi
  readonly clock: Clock
  readonly say: Say
  readonly batchLog: BatchLog
  readonly noteStatus: (batch: BatchId, status: string) => void
}

/**
 * Aborts a batch that was not completed. Never throws, and has a deadline of its own: it runs when something else has
 * failed already, or a signal fired. What it could not do stays in the batch log for the post step.
 */
export async function abandon({ id, externalId }: AbandonedBatch, tools: AbandonTools): Promise<void> {
  const { batches, clock, say, batchLog, noteStatus } = tools
  try {
    const signal = new AbortController().signal
    const acted = await withDeadline({ silenceMs: ABORT_SILENCE_MS, clock, signal }, (limited) =>
      batches.abort(id, limited),
    )
    if (acted === 'wrong state' && !(await isAborted(id, tools))) {
      return say.warning(`Batch ${id} could not be aborted: it is not in "loading" any more`)
    }
    noteStatus(id, STATUS.aborted)
    batchLog.write({ externalId, batch: id, phase: 'settled' })
    say.info(`Aborted batch ${id}: nothing of it reached the dataset`)
  } catch (error) {
    const reason = messageOf(error)
    say.warning(`Batch ${id} is left open (${reason}). It holds no rows of the dataset. ${howToAbort(id)}`)
  }
}

/** An ABORT whose answer was lost has been acted upon all the same, and the next one finds nothing to do. */
async function isAborted(id: BatchId, { catalog, clock }: AbandonTools): Promise<boolean> {
  const { signal } = new AbortController()
  const look = withDeadline({ silenceMs: ABORT_LOOK_MS, clock, signal }, (limited) => catalog.batch(id, limited))
  const found = await look.catch(() => undefined)
  return found?.kind === 'found' && found.record.status === STATUS.aborted
}

export function howToAbort(id: string): string {
  return `To take it back: POST /data/foundation/import/batches/${id}?action=ABORT, or "mode: abort" with "batch-id: ${id}"`
}

/** What a batch is to be, but for its external id, which every creation makes anew. */
export type BatchSpec = Omit<BatchOrder, 'externalId' | 'replay'> & {
  /** Batches whose place it takes. */
  readonly replaces: readonly BatchId[]
}

/** A batch of ours in `loading`, and what the platform has said of it so far. */
export type OpenedBatch = CreatedBatch & { readonly externalId: string }

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

export type CreateBatchTools = {
  readonly batches: BatchesApi
  readonly catalog: CatalogApi
  readonly clock: Clock
  readonly say: Say
  readonly batchLog: BatchLog
  readonly newExternalId: () => string
  readonly signal: AbortSignal
}

/**
 * Creates one batch, and only one: a creation whose answer was lost is looked up by its external id before another is
 * tried, and what is found is used.
 */
export async function createBatch(
  order: Omit<BatchOrder, 'externalId'>,
  tools: CreateBatchTools,
): Promise<OpenedBatch> {
  for (let creation = 1; ; creation++) {
    const externalId = tools.newExternalId()
    tools.batchLog.write({ externalId, batch: undefined, phase: 'creating' })
    const made = await tryToCreate({ ...order, externalId }, tools).catch((error: unknown) => {
      if (creation < CREATE_MOST_ATTEMPTS && error instanceof Problem && error.mayHaveActed) return undefined
      throw error
    })
    if (made !== undefined) return made
    tools.say.info('A batch whose creation got no answer was not found; another one is created in its place')
  }
}

async function tryToCreate(order: BatchOrder, tools: CreateBatchTools): Promise<OpenedBatch> {
  const { externalId } = order
  try {
    const created = await tools.batches.create(order, tools.signal)
    if (created === 'wrong state') throw new PredecessorsTaken(order)
    tools.batchLog.write({ externalId, batch: created.id, phase: 'open' })
    return { ...created, externalId }
  } catch (error) {
    // Cut off by a signal it may exist: it stays `creating` in the batch log, and is looked for at the end.
    if (!(error instanceof Problem)) throw error
    if (!error.mayHaveActed) {
      tools.batchLog.write({ externalId, batch: undefined, phase: 'settled' })
      throw error
    }
    tools.say.info(`${error.message}; looking whether the batch exists all the same`)
    const found = await lookForOrphan(order, tools)
    if (found === undefined) throw error
    tools.batchLog.write({ externalId, batch: found.id, phase: 'open' })
    return { id: found.id, replay: found.replay, tags: found.tags, externalId }
  }
}

async function lookForOrphan(
  { externalId, datasetId }: BatchOrder,
  tools: CreateBatchTools,
): Promise<BatchRecord | undefined> {
  const find = async () => {
    const found = await tools.catalog.batches({ externalId, dataset: datasetId }, tools.signal)
    return found.find((batch) => batch.externalId === externalId && stateOf(batch).isOpen)
  }
  return poll(find, { isDone: (ours) => ours !== undefined, pauses: CREATED_LOOKS_AFTER_MS }, tools)
}

/** What the platform keeps of a batch; undefined where nobody says. */
type KeptProperties = { readonly replay: Replay | undefined; readonly tags: OpenedBatch['tags'] }

/**
 * Compares predecessors and tags with what was meant: by the answer to the creation, or by the catalogue where the answer
 * leaves them out. A wrong predecessor would double rows or take others' away; a lost tag would hide the batch from
 * the next run.
 *
 * @returns `misunderstood` when the predecessors are not those that were meant.
 * @throws Problem when tags are lost, or predecessors can't be seen.
 */
export async function confirmKept(
  made: OpenedBatch,
  wish: BatchSpec,
  tools: CreateBatchTools,
): Promise<'as meant' | 'misunderstood'> {
  const kept = isComplete(made) ? made : await readFromCatalogue(made, tools)
  if (wish.replaces.length > 0 && kept.replay === undefined) throw unseenProblem(made)
  if (!sameIds(kept.replay?.predecessors ?? [], wish.replaces)) return 'misunderstood'
  if (kept.tags === undefined) {
    tools.say.warning(`The platform does not show the tags of batch ${made.id}; the next run may not know it again`)
    return 'as meant'
  }
  const lost = Object.entries(wish.tags).filter(([key, values]) => !sameIds(kept.tags?.[key] ?? [], values))
  if (lost.length > 0)
    throw lostTagsProblem(
      made,
      lost.map(([key]) => key),
    )
  return 'as meant'
}

function isComplete({ replay, tags }: KeptProperties): boolean {
  return replay !== undefined && tags !== undefined
}

async function readFromCatalogue(made: OpenedBatch, tools: CreateBatchTools): Promise<KeptProperties> {
  const { catalog, clock, signal } = tools
  const startMs = clock.now()
  const read = async () => {
    // An answer that is slow says what was so when it was asked for.
    const askedAfterMs = clock.now() - startMs
    return { askedAfterMs, found: await catalog.batch(made.id, signal) }
  }
  const isDone = ({ found }: Awaited<ReturnType<typeof read>>) => found.kind === 'found'
  const pauses = ({ seen: { askedAfterMs } }: { readonly seen: { readonly askedAfterMs: number } }) =>
    askedAfterMs < CREATED_LAG_MS ? nextLook(askedAfterMs, CREATED_LAG_MS) : undefined
  const { found } = await poll(read, { isDone, pauses }, tools)
  if (found.kind === 'missing') return made
  return { replay: made.replay ?? found.record.replay, tags: made.tags ?? found.record.tags }
}

function sameIds(some: readonly string[], others: readonly string[]): boolean {
  return JSON.stringify(some.toSorted()) === JSON.stringify(others.toSorted())
}

function unseenProblem({ id }: OpenedBatch): Problem {
  return new Problem(`Cannot tell whether batch "${id}" would replace its predecessors: the platform does not say`, {
    remedy: 'Nothing was sent. Run again later.',
  })
}

function lostTagsProblem({ id }: OpenedBatch, keys: readonly string[]): Problem {
  return new Problem(`Cannot use batch "${id}": the platform did not keep its tags ${keys.join(', ')}`, {
    remedy:
      'Nothing was sent. Without its tags a later run could not know the batch again. Give its id to Adobe support.',
  })
}

/** A batch in `loading`. Left before it was completed, it is aborted. */
export type OpenBatch = AsyncDisposable & {
  readonly id: BatchId
  /**
   * Says that every byte is there. From here on nothing aborts the batch: an answer that was lost is neither a yes nor a
   * no, and watching tells.
   *
   * @throws Problem when the platform surely did not act; the batch is open then as before.
   */
  complete(signal: AbortSignal): Promise<'accepted' | 'in doubt'>
}

export type OpenTools = CreateBatchTools & AbandonTools

/**
 * Creates a batch that is what was meant. Predecessors are named by their plain ids, as the catalogue stores them; when
 * the platform turns out not to have understood those, once more with a `$` before each, as its OpenAPI file says.
 *
 * @throws Problem when the batch can't be created as it is meant; nothing is left behind then.
 */
export async function openBatch(wish: BatchSpec, tools: OpenTools): Promise<OpenBatch> {
  const { replaces, ...order } = wish
  const spellings = replaces.length === 0 ? [[]] : [replaces, replaces.map((id) => `$${id}`)]
  for (const predecessors of spellings) {
    const replay = predecessors.length === 0 ? {} : { replay: { predecessors, reason: 'replace' } as const }
    const made = await createBatch({ ...order, ...replay }, tools)
    const verdict = await confirmKept(made, wish, tools).catch(async (error: unknown) => {
      await abandon(made, tools)
      throw error
    })
    if (verdict === 'as meant') {
      tools.noteStatus(made.id, STATUS.created)
      return open(made, tools)
    }
    await abandon(made, tools)
    tools.say.info(`The platform did not understand the predecessors ${predecessors.join(', ')}`)
  }
  throw new Problem(`Cannot replace ${replaces.join(', ')}: the platform understands neither spelling of their ids`, {
    remedy: 'Nothing was sent. Give the ids of the aborted batches to Adobe support.',
  })
}

function open(made: OpenedBatch, tools: OpenTools): OpenBatch {
  const { id, externalId } = made
  let isOpen = true
  return {
    id,
    async complete(signal) {
      signal.throwIfAborted()
      isOpen = false
      tools.batchLog.write({ externalId, batch: id, phase: 'completing' })
      try {
        await tools.batches.complete(id, signal)
        return 'accepted'
      } catch (error) {
        if (!(error instanceof Problem) || signal.aborted) throw error
        if (error.mayHaveActed) {
          tools.say.warning(error.message)
          return 'in doubt'
        }
        isOpen = true
        tools.batchLog.write({ externalId, batch: id, phase: 'open' })
        throw error
      }
    },
    async [Symbol.asyncDispose]() {
      if (!isOpen) return
      isOpen = false
      await abandon(made, tools)
    },
  }
}

/** Looks for batches whose creation got no answer and that nobody has seen since, and aborts those in `loading`. Never throws. */
export async function sweepOrphans(tools: AbandonTools): Promise<void> {
  const orphans = tools.batchLog.entries().filter(({ phase }) => phase === 'creating')
  await Promise.all(orphans.map((orphan) => sweep(orphan, tools)))
}

async function sweep({ externalId }: BatchLogEntry, tools: AbandonTools): Promise<void> {
  const { catalog, clock, say } = tools
  const signal = new AbortController().signal
  try {
    const found = await withDeadline({ silenceMs: ABORT_LOOK_MS, clock, signal }, (limited) =>
      catalog.batches({ externalId }, limited),
    )
    const stillOpen = found.filter((batch) => batch.externalId === externalId && stateOf(batch).isOpen)
    for (const { id } of stillOpen) await abandon({ id, externalId }, tools)
    if (found.length === 0) say.info(`No batch is found with externalId ${externalId}, whose creation got no answer`)
  } catch (error) {
    const reason = messageOf(error)
    say.warning(
      `A batch with externalId ${externalId} may be left open (${reason}). It holds no rows of the dataset. ` +
        `Look for it with GET /data/foundation/catalog/batches?externalId=${externalId}. ${howToAbort('{id}')}`,
    )
  }
}
