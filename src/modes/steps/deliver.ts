import type { RunContext } from './run.ts'
import type { BatchPlan } from '../../files/plan.ts'
import { type Semaphore, createHeadStart, createSemaphore, poll } from '../../lib/async.ts'
import { Problem, messageOf } from '../../lib/errors.ts'
import { count, formatBytes } from '../../lib/text.ts'
import { STATUS, stateOf } from '../../platform/batch-state.ts'
import type { BatchId } from '../../platform/ids.ts'
import { LAST_LOOK_MOST_MS } from '../../platform/limits.ts'
import { abortSecondBatchesAmong, sweepOrphans, sweepSecondBatches } from '../../publish/abandon.ts'
import { type BatchNaming, type OpenBatch, PredecessorsTaken, openBatch } from '../../publish/batch.ts'
import type { Published } from '../../publish/published/find.ts'
import { type DecidedToSend, findConflict, lookOnceMore } from '../../publish/published/reconcile.ts'
import { type PublishRequest, orderBatch } from '../../publish/request.ts'
import { beforeComplete } from './profile.ts'
import { type Pace, createPace } from '../../publish/upload-pace.ts'
import { externalId } from '../../publish/tags.ts'
import { NeedsChunks, upload } from '../../publish/upload.ts'
import { pauseWhileCompleteLags } from '../../publish/wait.ts'

/** The data to send, its batches, and the basis of the decision. */
export type Delivery = DecidedToSend & { readonly plans: readonly BatchPlan[] }

/** Why everything starts over: a batch of another run came first, so nothing was completed. */
export type Overtaken = { readonly kind: 'overtaken'; readonly why: string }

export type Delivered = { readonly kind: 'completed'; readonly completed: readonly SentBatch[] } | Overtaken

/** A batch to which every planned byte was uploaded. */
export type SentBatch = { readonly batch: OpenBatch; readonly plan: BatchPlan }

/**
 * Opens a batch for each plan, uploads its files, and completes them only when every byte of every batch was
 * acknowledged: a file that fails aborts all batches, not only its own.
 *
 * | step              | if it fails or refuses                                                |
 * |-------------------|-----------------------------------------------------------------------|
 * | upload everything | all are aborted                                                       |
 * | look for a conflict with batches that others published meanwhile | all are aborted, and everything starts over |
 * | `beforeComplete`: the dataset still takes what is sent    | all are aborted                             |
 * | COMPLETE each     | those that were not completed are aborted                             |
 *
 * @returns `overtaken` when a batch of another run came first; the batches of this run are then aborted.
 * @throws the error that kept a batch from being completed; every batch that was not completed is aborted by then.
 */
export async function deliver(request: PublishRequest, delivery: Delivery, context: RunContext): Promise<Delivered> {
  const opened: OpenBatch[] = []
  const leaving = { opened, isFollowed: false }
  await using _ = abortOnLeave(leaving, context)
  const { concurrency, wait } = request.inputs
  await using lastLook = createHeadStart<Published>(context)
  const whenSent = () => lastLook.begin((signal) => lookOnceMore(request, delivery.seen, { ...context, signal }))
  const sending = {
    ...delivery,
    request,
    opened,
    whenSent,
    semaphore: createSemaphore(concurrency),
    pace: createPace(),
  }
  const uploaded = await uploadAll(sending, context)
  const ours = uploaded.batches.map(({ batch }) => batch.id)
  const look = () => lastLook.take(LAST_LOOK_MOST_MS) ?? lookOnceMore(request, delivery.seen, context)
  const now = uploaded.conflict === undefined ? look() : undefined
  const conflict = uploaded.conflict ?? (now && (await findConflict(request, { ...delivery, ours, now }, context)))
  if (conflict !== undefined) {
    for (const id of ours) context.recorder.forgetBatch(id)
    return { kind: 'overtaken', why: conflict }
  }
  await beforeComplete(request, context)
  for (const one of uploaded.batches) await complete(one, request, context)
  const listed = await now?.catch(() => undefined)
  await abortSecondBatchesAmong(listed?.batches.map(({ record }) => record) ?? [], context)
  // The look after success finds second batches that this list did not show yet.
  leaving.isFollowed = wait
  return { kind: 'completed', completed: uploaded.batches }
}

async function complete({ batch }: SentBatch, { inputs }: PublishRequest, context: RunContext): Promise<void> {
  const { id } = batch
  context.recorder.noteBatch({ id, isCompleted: true })
  const answer = await batch.complete(context.signal).catch((error: unknown) => {
    if (!context.signal.aborted) context.recorder.noteBatch({ id, isCompleted: false })
    throw error
  })
  const isAccepted = answer === 'accepted'
  const status = isAccepted ? STATUS.completed : STATUS.created
  context.recorder.noteBatch({ id, status, completedMs: context.clock.now() })
  if (!isAccepted && inputs.wait)
    return context.log.info(`COMPLETE of batch ${id} was not confirmed: waiting for its status`)
  if (!isAccepted) await decideCompletion(id, context)
  context.log.info(`Completed batch ${id}: upload complete, ingestion started`)
}

/**
 * `submitted` means that COMPLETE was accepted and the run does not wait. If COMPLETE was not confirmed, the status of
 * the batch decides.
 *
 * @throws Problem when the platform does not show that ingestion has begun, or shows that it never will
 */
async function decideCompletion(id: BatchId, context: RunContext): Promise<void> {
  const { platform, recorder, signal } = context
  const look = async () => {
    const found = await platform.catalog.batch(id, signal)
    const status = found.kind === 'found' ? found.record.status : STATUS.created
    if (found.kind === 'found' && stateOf({ status }).isOpen) await platform.batches.complete(id, signal)
    return status
  }
  const isDone = (status: string) => !stateOf({ status }).isOpen
  const status = await poll(look, { isDone, pauses: pauseWhileCompleteLags }, context).catch((error: unknown) => {
    signal.throwIfAborted()
    throw unknownCompletion(id, messageOf(error))
  })
  recorder.noteBatch({ id, status })
  const { isGone, isOpen, heldRows } = stateOf({ status })
  if (isOpen) throw unknownCompletion(id, `its status is still "${status}"`)
  if (isGone && !heldRows) throw brokenOff(id, status)
}

function unknownCompletion(id: BatchId, why: string): Problem {
  return new Problem(`Cannot tell whether batch "${id}" was completed: ${why}`, {
    remedy: `Wait for it with "mode: resume" and "batch-id: ${id}" before you publish again.`,
  })
}

function brokenOff(id: BatchId, status: string): Problem {
  return new Problem(`Cannot complete batch "${id}": its status is "${status}"`, {
    remedy: 'None of its rows are in the dataset. Check the batch in the Experience Platform UI, and publish again.',
  })
}

type Uploaded = {
  readonly batches: readonly SentBatch[]
  /** Why to start over: another run replaced the same predecessors during the upload. */
  readonly conflict: string | undefined
}

async function uploadAll(sending: Sending, context: RunContext): Promise<Uploaded> {
  const batches: SentBatch[] = []
  try {
    for (const plan of sending.plans) {
      const isLast = plan === sending.plans.at(-1)
      batches.push(await sendBatch(plan, isLast ? sending : { ...sending, whenSent: undefined }, context))
    }
    return { batches, conflict: undefined }
  } catch (error) {
    if (!(error instanceof PredecessorsTaken)) throw error
    return { batches, conflict: error.message }
  }
}

type Leaving = {
  readonly opened: readonly OpenBatch[]
  /** All batches were completed and the run waits for them, so it looks for second batches at the end. */
  readonly isFollowed: boolean
}

/** Aborts all batches in parallel: the runner leaves 7.5 s, whatever their number. */
function abortOnLeave(leaving: Leaving, context: RunContext): AsyncDisposable {
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all([
        sweepOrphans(noteStatus(context), context),
        leaving.isFollowed ? undefined : sweepSecondBatches(context),
        ...leaving.opened.map((batch) => batch[Symbol.asyncDispose]()),
      ])
    },
  }
}

/** Notes the status of a batch that counts as one of ours. A batch that was given up for another does not. */
function noteStatus({ recorder }: RunContext): (id: BatchId, status: string) => void {
  return (id, status) => {
    if (recorder.facts().batches.some((batch) => batch.id === id)) recorder.noteBatch({ id, status })
  }
}

type Sending = Delivery & {
  readonly request: PublishRequest
  readonly opened: OpenBatch[]
  /** Called when every byte of the last batch is uploaded. */
  readonly whenSent: (() => void) | undefined
  readonly semaphore: Semaphore
  readonly pace: Pace
}

/**
 * A file that cannot be uploaded whole after all needs a new batch, to which it is uploaded in chunks from the start.
 */
async function sendBatch(plan: BatchPlan, sending: Sending, context: RunContext): Promise<SentBatch> {
  const { inputs, target } = sending.request
  const batch = await openFor(plan, sending, context)
  sending.opened.push(batch)
  const { concurrency: width, chunkBytes } = inputs
  const { semaphore, pace, whenSent } = sending
  const limits = { semaphore, pace, chunkBytes }
  try {
    await upload(plan, { batch: batch.id, dataset: target.dataset.id, limits, width, whenSent }, context)
    return { batch, plan }
  } catch (error) {
    if (!(error instanceof NeedsChunks)) throw error
    context.log.info(
      `${error.message}; the file may have been stored, so a new batch is created, to which it is uploaded in chunks`,
    )
    await batch[Symbol.asyncDispose]()
    context.recorder.forgetBatch(batch.id)
    return await sendBatch(inChunks(plan, error.remoteName), sending, context)
  }
}

function inChunks(plan: BatchPlan, remoteName: string): BatchPlan {
  const transfers = plan.transfers.map((transfer) =>
    transfer.remoteName === remoteName ? ({ ...transfer, how: 'chunked' } as const) : transfer,
  )
  return { ...plan, transfers }
}

async function openFor(plan: BatchPlan, { request, decision }: Sending, context: RunContext): Promise<OpenBatch> {
  const { replaces } = decision
  const { part, fingerprint, rows, bytes } = plan
  const naming: BatchNaming = {
    newExternalId: () =>
      externalId(context.github.run, part.number, Math.floor(context.random() * 2 ** 48).toString(36)),
    noteStatus: (id, status) =>
      status === STATUS.created
        ? context.recorder.noteBatch({
            id,
            status,
            part,
            fingerprint,
            rows,
            bytes,
            replaced: replaces,
            isReplacementUnchecked: true,
            openedMs: context.clock.now(),
          })
        : noteStatus(context)(id, status),
  }
  const batch = await openBatch(orderBatch(plan, request, replaces), naming, context)
  context.log.info(`Created batch ${batch.id}: ${describePlan(plan)}${replacesText(replaces)}`)
  return batch
}

/** `part 1 of 3, 2 files (5 uploads), 79,257 rows, 16.2 MB` */
function describePlan({ part, sources, transfers, rows, bytes }: BatchPlan): string {
  const uploads = transfers.length === sources.length ? '' : ` (${count(transfers.length, 'upload')})`
  return [
    ...(part.of > 1 ? [`part ${part.number} of ${part.of}`] : []),
    count(sources.length, 'file') + uploads,
    ...(rows === undefined ? [] : [count(rows, 'row')]),
    formatBytes(bytes),
  ].join(', ')
}

function replacesText(replaces: readonly BatchId[]): string {
  return replaces.length === 0 ? '' : `, to replace ${replaces.join(', ')}`
}
