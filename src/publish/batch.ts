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

/** The batch to create, without its external id: each creation attempt makes a new one. */
export type BatchSpec = Omit<BatchOrder, 'externalId' | 'replay'> & {
  /** Batches that it replaces. */
  readonly replaces: readonly BatchId[]
}

/** A batch in `loading`. Disposing it before it was completed aborts it. */
export type OpenBatch = AsyncDisposable & {
  readonly id: BatchId
  /**
   * Sends COMPLETE: all bytes are uploaded. From here on nothing aborts the batch: after a lost response only watching the
   * batch shows whether it was completed.
   *
   * @throws Problem when the platform certainly did not act; the batch is then still open.
   */
  complete(signal: AbortSignal): Promise<'accepted' | 'in doubt'>
}

/** Makes a new external id for each creation of a batch, and receives the statuses of the created batches. */
export type BatchNaming = { readonly newExternalId: () => string; readonly noteStatus: NoteStatus }

/**
 * Creates a batch and checks that the platform kept its predecessors and tags. Predecessors are named by their plain ids,
 * as the catalog stores them. If the platform refuses or misunderstands those, it is tried again with a `$` before each
 * id, as in Adobe's OpenAPI file.
 *
 * @throws Problem when the batch can't be created as specified; no batch is left behind then.
 */
export async function openBatch(wish: BatchSpec, naming: BatchNaming, context: Context): Promise<OpenBatch> {
  const { replaces, ...order } = wish
  const spellings = replaces.length === 0 ? [[]] : [replaces, replaces.map((id) => `$${id}`)]
  let refusal: HttpFailure | undefined
  for (const predecessors of spellings) {
    const replay = predecessors.length === 0 ? {} : { replay: { predecessors, reason: REPLAY_REASON.replaces } }
    const made = await createBatch({ ...order, ...replay }, naming.newExternalId, context).catch((error: unknown) => {
      if (predecessors.length === 0 || !isMalformed(error)) throw error
      // If both spellings are refused, the spelling is not the cause: the first refusal is reported.
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

/** True if the platform rejects the request itself as invalid. */
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
        // In another state, an earlier attempt may have completed the batch, or someone may have aborted it.
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

/** Only warns if the state can't be saved: the run fails and aborts the batch anyway, and must report the original error. */
function noteOpenAgain({ id, externalId }: AbandonedBatch, { state, log }: Context): void {
  try {
    state.batchLog.write({ externalId, batch: id, phase: 'open' })
  } catch (error) {
    log.warning(messageOf(error))
  }
}

/** One of our batches in `loading`, and the properties that the platform has reported so far. */
export type OpenedBatch = CreatedBatch & { readonly externalId: string }

/** Another batch has replaced, or is about to replace, the predecessors of this batch, which was not created. */
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
 * Creates exactly one batch. After a lost response it looks the batch up by its external id and uses it if it exists,
 * before it tries another creation.
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
    context.log.info('Creating another batch; one that was created without an answer is aborted at the end')
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

/**
 * Returns an error after which the batch may exist.
 *
 * @throws an error that certainly created no batch, or a cancellation. After a cancellation the entry stays `creating`, so
 * that the batch is looked for at the end.
 */
function asDoubt(error: unknown, { externalId }: BatchOrder, { state }: Context): Problem {
  if (error instanceof Problem && error.mayHaveActed) return error
  if (error instanceof Problem) state.batchLog.write({ externalId, batch: undefined, phase: 'done' })
  throw error
}

/**
 * Looks up and uses the batch of a creation that returned no batch id.
 *
 * This includes a refused creation, because a refusal is definite only for the request that was answered. If a proxy sent
 * the creation twice, the first request may have taken the predecessors, and the second is refused for them. That batch
 * would make every later creation fail too, so the search takes as long as after a lost response. If the platform cannot
 * be asked, the entry stays in the batch log, and the batch is looked for when the upload ends.
 *
 * @throws `otherwise` when there is none, or the platform cannot be asked now
 */
async function useOrphan(order: BatchOrder, otherwise: Problem, context: Context): Promise<OpenedBatch> {
  const { externalId } = order
  const found = await lookForOrphan(order, context).catch((error: unknown) => {
    context.signal.throwIfAborted()
    if (!(error instanceof Problem) || !error.isPassing) throw error
    context.log.info(`The action could not check whether the batch exists: ${error.message}`)
    throw otherwise
  })
  if (found !== undefined)
    return await keepOrAbort({ id: found.id, replay: found.replay, tags: found.tags, externalId }, context)
  if (otherwise.mayHaveActed) context.log.info('No batch was found for the creation that got no answer')
  else context.state.batchLog.write({ externalId, batch: undefined, phase: 'done' })
  throw otherwise
}

/** A batch was abandoned because it could not be recorded for the post step. */
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

/** The properties that the platform stored for a batch; undefined if it does not show them. */
type KeptProperties = { readonly replay: Replay | undefined; readonly tags: OpenedBatch['tags'] }

/**
 * Compares the stored predecessors and tags with the requested ones. It reads them from the creation response, or from the
 * catalog if the response omits them. A wrong predecessor would duplicate rows or remove others; a lost tag would hide the
 * batch from the next run.
 *
 * @returns `misunderstood` when the predecessors differ from the requested ones.
 * @throws Problem when tags are lost, or predecessors can't be read.
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
    // A slow response may show the state at the time of the request.
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
  return new Problem(`Cannot tell whether batch "${id}" would replace its predecessors: the catalog does not show it`, {
    remedy: 'Nothing was sent. Run the job again later.',
  })
}

function lostTagsProblem({ id }: OpenedBatch, keys: readonly string[]): Problem {
  return new Problem(`Cannot use batch "${id}": the platform did not keep its tags ${keys.join(', ')}`, {
    remedy: 'Nothing was sent: no later run would recognize the batch. Give its id to Adobe support.',
  })
}
