import type { Context } from '../context.ts'
import { poll } from '../lib/async.ts'
import { Problem, messageOf } from '../lib/errors.ts'
import { ownValue } from '../lib/json-reader.ts'
import { STATUS, stateOf } from '../platform/batch-state.ts'
import type { BatchOrder, CreatedBatch } from '../platform/batches.ts'
import { HttpFailure } from '../platform/http/errors.ts'
import type { BatchId } from '../platform/ids.ts'
import { CREATED_LAG_MS, CREATED_LOOKS_AFTER_MS, CREATE_MOST_ATTEMPTS } from '../platform/limits.ts'
import { type BatchRecord, REPLAY_REASON, type Replay } from '../platform/records.ts'
import { type AbandonedBatch, type NoteStatus, abandon } from './abandon.ts'
import { nextLook } from './wait.ts'

/** What a batch is to be, but for its external id, which every creation makes anew. */
export type BatchSpec = Omit<BatchOrder, 'externalId' | 'replay'> & {
  /** Batches whose place it takes. */
  readonly replaces: readonly BatchId[]
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

/** How the creations of a batch are told apart, and who is told of what became of them. */
export type BatchNaming = { readonly newExternalId: () => string; readonly noteStatus: NoteStatus }

/**
 * Creates a batch that is what was meant. Predecessors are named by their plain ids, as the catalogue stores them; when
 * the platform refuses those, or turns out not to have understood them, once more with a `$` before each, as its OpenAPI
 * file says.
 *
 * @throws Problem when the batch can't be created as it is meant; nothing is left behind then.
 */
export async function openBatch(wish: BatchSpec, naming: BatchNaming, context: Context): Promise<OpenBatch> {
  const { replaces, ...order } = wish
  const spellings = replaces.length === 0 ? [[]] : [replaces, replaces.map((id) => `$${id}`)]
  let refusal: HttpFailure | undefined
  for (const predecessors of spellings) {
    const replay = predecessors.length === 0 ? {} : { replay: { predecessors, reason: REPLAY_REASON.replaces } }
    const made = await createBatch({ ...order, ...replay }, naming.newExternalId, context).catch((error: unknown) => {
      if (predecessors.length === 0 || !isMalformed(error)) throw error
      // Where neither spelling is taken, it was not the spelling.
      refusal ??= error
      return undefined
    })
    if (made === undefined) continue
    const unwanted = { ...made, noteStatus: naming.noteStatus }
    const verdict = await confirmKept(made, wish, context).catch(async (error: unknown) => {
      await abandon(unwanted, context)
      throw error
    })
    if (verdict === 'as meant') {
      naming.noteStatus(made.id, STATUS.created)
      return toOpenBatch(unwanted, context)
    }
    await abandon(unwanted, context)
    context.log.info(`The platform did not accept the predecessors ${predecessors.join(', ')}: retrying`)
  }
  if (refusal !== undefined) throw refusal
  throw new Problem(`Cannot replace ${replaces.join(', ')}: the platform accepts neither spelling of their ids`, {
    remedy: 'Nothing was sent. Give the ids of the aborted batches to Adobe support.',
  })
}

/** The platform finds the request wrong as it is written. */
function isMalformed(error: unknown): error is HttpFailure {
  return error instanceof HttpFailure && (error.response.status === 400 || error.response.status === 422)
}

function toOpenBatch(made: AbandonedBatch, context: Context): OpenBatch {
  const { id, externalId } = made
  let isOpen = true
  return {
    id,
    async complete(signal) {
      signal.throwIfAborted()
      context.state.batchLog.write({ externalId, batch: id, phase: 'completing' })
      isOpen = false
      try {
        // In another state it may have been completed by an attempt before, or aborted by somebody.
        return (await context.platform.batches.complete(id, signal)) === 'done' ? 'accepted' : 'in doubt'
      } catch (error) {
        if (!(error instanceof Problem) || signal.aborted) throw error
        if (error.mayHaveActed) {
          context.log.warning(error.message)
          return 'in doubt'
        }
        isOpen = true
        noteOpenAgain(made, context)
        throw error
      }
    },
    async [Symbol.asyncDispose]() {
      if (!isOpen) return
      isOpen = false
      await abandon(made, context)
    },
  }
}

/** The run ends anyway, and aborts it: that this can't be saved must not hide why. */
function noteOpenAgain({ id, externalId }: AbandonedBatch, { state, log }: Context): void {
  try {
    state.batchLog.write({ externalId, batch: id, phase: 'open' })
  } catch (error) {
    log.warning(messageOf(error))
  }
}

/** A batch of ours in `loading`, and what the platform has said of it so far. */
export type OpenedBatch = CreatedBatch & { readonly externalId: string }

/** Somebody else has replaced, or is about to replace, what this batch was to replace; it was not created. */
export class PredecessorsTaken extends Problem {
  override readonly name = 'PredecessorsTaken'

  constructor({ datasetId, replay }: BatchOrder) {
    const ids = replay?.predecessors.join(', ') ?? 'nothing'
    super(`Cannot create a batch for dataset "${datasetId}": what it replaces (${ids}) can no longer be replaced`, {
      remedy: 'Nothing was sent. Run the job again when no other run publishes into this dataset.',
    })
  }
}

/**
 * Creates one batch, and only one: a creation whose answer was lost is looked up by its external id before another is
 * tried, and what is found is used.
 */
export async function createBatch(
  order: Omit<BatchOrder, 'externalId'>,
  newExternalId: () => string,
  context: Context,
): Promise<OpenedBatch> {
  for (let creation = 1; ; creation++) {
    const externalId = newExternalId()
    context.state.batchLog.write({ externalId, batch: undefined, phase: 'creating' })
    const made = await tryToCreate({ ...order, externalId }, context).catch((error: unknown) => {
      if (creation < CREATE_MOST_ATTEMPTS && error instanceof Problem && error.mayHaveActed) return undefined
      throw error
    })
    if (made !== undefined) return made
    context.log.info('No batch was found for the creation that got no answer: creating another one')
  }
}

async function tryToCreate(order: BatchOrder, context: Context): Promise<OpenedBatch> {
  const { platform, signal, log } = context
  const created = await platform.batches.create(order, signal).catch((error: unknown) => asDoubt(error, order, context))
  if (created === 'wrong state') return await useOrphan(order, new PredecessorsTaken(order), context)
  if (!(created instanceof Problem)) return await keepOrAbort({ ...created, externalId: order.externalId }, context)
  log.info(`${created.message}; checking whether the batch exists`)
  return await useOrphan(order, created, context)
}

/** @throws what surely made no batch; and what a signal cut off, which stays `creating` and is looked for at the end. */
function asDoubt(error: unknown, { externalId }: BatchOrder, { state }: Context): Problem {
  if (error instanceof Problem && error.mayHaveActed) return error
  if (error instanceof Problem) state.batchLog.write({ externalId, batch: undefined, phase: 'settled' })
  throw error
}

/**
 * Uses the batch that nobody told us of.
 *
 * A refusal, too, is definite only for the request that was answered: of a creation that a proxy sent twice, the first may have
 * taken the predecessors for which the second is refused. That batch would have each later creation refused as well, so
 * it is looked for as long as one whose answer was lost. Where that cannot be done, it stays noted and is looked for when
 * the upload is left; what is refused starts over.
 *
 * @throws `otherwise` when there is none
 */
async function useOrphan(order: BatchOrder, otherwise: Problem, context: Context): Promise<OpenedBatch> {
  const { externalId } = order
  const found = await lookForOrphan(order, context).catch((error: unknown) => {
    context.signal.throwIfAborted()
    if (otherwise.mayHaveActed || !(error instanceof Problem) || !error.isPassing) throw error
    context.log.info(`The action could not check whether the batch exists: ${error.message}`)
    throw otherwise
  })
  if (found !== undefined)
    return await keepOrAbort({ id: found.id, replay: found.replay, tags: found.tags, externalId }, context)
  if (!otherwise.mayHaveActed) context.state.batchLog.write({ externalId, batch: undefined, phase: 'settled' })
  throw otherwise
}

/** A batch that a post step could not know of is given up at once. */
class GivenUp extends Problem {
  override readonly name = 'GivenUp'

  constructor(id: BatchId, cause: unknown) {
    const remedy = cause instanceof Problem ? cause.remedy : ''
    super(`Cannot continue with batch "${id}": ${messageOf(cause)}`, {
      remedy: `Nothing was published. ${remedy}`,
      cause,
    })
  }
}

async function keepOrAbort(made: OpenedBatch, context: Context): Promise<OpenedBatch> {
  const { id, externalId } = made
  try {
    context.state.batchLog.write({ externalId, batch: id, phase: 'open' })
    return made
  } catch (error) {
    await abandon(made, context)
    throw new GivenUp(id, error)
  }
}

async function lookForOrphan(
  { externalId, datasetId }: BatchOrder,
  context: Context,
): Promise<BatchRecord | undefined> {
  const find = async () => {
    const found = await context.platform.catalog.batches({ externalId, dataset: datasetId }, context.signal)
    return found.find((batch) => batch.externalId === externalId && stateOf(batch).isOpen)
  }
  return poll(find, { isDone: (ours) => ours !== undefined, pauses: CREATED_LOOKS_AFTER_MS }, context)
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
  context: Context,
): Promise<'as meant' | 'misunderstood'> {
  const kept = isComplete(made) ? made : await readFromCatalogue(made, context)
  if (wish.replaces.length > 0 && kept.replay === undefined) throw unseenProblem(made)
  if (!sameIds(kept.replay?.predecessors ?? [], wish.replaces)) return 'misunderstood'
  if (kept.tags === undefined) {
    context.log.warning(`The platform does not show the tags of batch ${made.id}: the next run may not recognize it`)
    return 'as meant'
  }
  const lost = Object.entries(wish.tags).filter(
    ([key, values]) => !sameIds(ownValue(kept.tags ?? {}, key) ?? [], values),
  )
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

async function readFromCatalogue(made: OpenedBatch, context: Context): Promise<KeptProperties> {
  const { platform, clock, signal } = context
  const startMs = clock.now()
  const read = async () => {
    // An answer that is slow says what was so when it was asked for.
    const askedAfterMs = clock.now() - startMs
    return { askedAfterMs, found: await platform.catalog.batch(made.id, signal) }
  }
  const isDone = ({ found }: Awaited<ReturnType<typeof read>>) => found.kind === 'found'
  const pauses = ({ seen: { askedAfterMs } }: { readonly seen: { readonly askedAfterMs: number } }) =>
    askedAfterMs < CREATED_LAG_MS ? nextLook(askedAfterMs, CREATED_LAG_MS) : undefined
  const { found } = await poll(read, { isDone, pauses }, context)
  if (found.kind === 'missing') return made
  return { replay: made.replay ?? found.record.replay, tags: made.tags ?? found.record.tags }
}

function sameIds(some: readonly string[], others: readonly string[]): boolean {
  return JSON.stringify(some.toSorted()) === JSON.stringify(others.toSorted())
}

function unseenProblem({ id }: OpenedBatch): Problem {
  return new Problem(`Cannot tell whether batch "${id}" would replace its predecessors: unknown to the platform`, {
    remedy: 'Nothing was sent. Run the job again later.',
  })
}

function lostTagsProblem({ id }: OpenedBatch, keys: readonly string[]): Problem {
  return new Problem(`Cannot use batch "${id}": the platform did not keep its tags ${keys.join(', ')}`, {
    remedy: 'Nothing was sent: no later run would recognize the batch. Give its id to Adobe support.',
  })
}
