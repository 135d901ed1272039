import type { Tools } from '../context.ts'
import type { BatchPlan } from '../files/plan.ts'
import { type Gate, createGate } from '../lib/async.ts'
import { Problem } from '../lib/errors.ts'
import { STATUS } from '../platform/batch-state.ts'
import type { BatchId } from '../platform/ids.ts'
import { type OpenBatch, PredecessorsTaken, openBatch, sweepOrphans } from '../publish/batch.ts'
import { type PublishRequest, orderBatch } from '../publish/request.ts'
import { type Pace, createPace } from '../publish/pace.ts'
import { externalId } from '../publish/tags.ts'
import { NeedsPieces, upload } from '../publish/upload.ts'

/** What is to be sent, in which batches, in whose place. */
export type Delivery = {
  readonly publish: PublishRequest
  readonly plans: readonly BatchPlan[]
  readonly replaces: readonly BatchId[]
  /** Asked when every byte is there. @returns why the batches must not be completed, if so. */
  readonly overtaken: (ours: readonly BatchId[]) => Promise<string | undefined>
}

/** A batch past COMPLETE. */
export type CompletedBatch = { readonly batch: OpenBatch; readonly plan: BatchPlan }

/**
 * Opens a batch for each plan, uploads its files, and completes all of them only when every byte of every one was
 * acknowledged: a file that fails takes the whole publish back, not only its own batch.
 *
 * @returns nothing when it was overtaken by someone else's batch; ours are aborted then.
 * @throws whatever kept a batch from being completed; every batch that wasn't is aborted by then.
 */
export async function deliver(delivery: Delivery, tools: Tools): Promise<readonly CompletedBatch[] | undefined> {
  const opened: OpenBatch[] = []
  await using _ = abortOnLeave(opened, tools)
  const gate = createGate(delivery.publish.inputs.concurrency)
  const pace = createPace()
  const delivered: CompletedBatch[] = []
  const why = await sendAll({ ...delivery, opened, gate, pace }, delivered, tools)
  if (why !== undefined) {
    tools.say.info(`Starting over before COMPLETE: ${why}`)
    for (const { batch } of delivered) tools.recorder.forgetBatch(batch.id)
    return undefined
  }
  for (const one of delivered) await complete(one, delivery, tools)
  return delivered
}

async function complete({ batch }: CompletedBatch, { publish }: Delivery, tools: Tools): Promise<void> {
  const { id } = batch
  tools.recorder.noteBatch({ id, isCompleted: true })
  const answer = await batch.complete(tools.signal).catch((error: unknown) => {
    if (!tools.signal.aborted) tools.recorder.noteBatch({ id, isCompleted: false })
    throw error
  })
  tools.recorder.noteBatch({
    id,
    status: answer === 'accepted' ? STATUS.completed : STATUS.created,
    completedMs: tools.clock.now(),
  })
  if (answer === 'accepted') return tools.say.info(`Completed batch ${id}: the platform has every byte and works on it`)
  if (!publish.inputs.wait) throw unknownCompletion(id)
  tools.say.info(`Whether batch ${id} is completed will show while waiting for it`)
}

/** `submitted` means that COMPLETE was accepted, and nobody will watch. */
function unknownCompletion(id: BatchId): Problem {
  return new Problem(`Cannot tell whether batch "${id}" was completed, and "wait: false" does not look`, {
    remedy: `Follow it with "mode: wait" and "batch-id: ${id}" before you publish again.`,
  })
}

/** @returns why the batches must not be completed, if so. */
async function sendAll(sending: Sending, delivered: CompletedBatch[], tools: Tools): Promise<string | undefined> {
  try {
    for (const plan of sending.plans) delivered.push(await send(plan, sending, tools))
    return await sending.overtaken(delivered.map(({ batch }) => batch.id))
  } catch (error) {
    if (!(error instanceof PredecessorsTaken)) throw error
    return error.message
  }
}

/** All at once: the runner leaves 7.5 s, whatever the number of batches. */
function abortOnLeave(opened: readonly OpenBatch[], tools: Tools): AsyncDisposable {
  const sweeping = { ...tools, noteStatus: noteStatus(tools) }
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all([sweepOrphans(sweeping), ...opened.map((batch) => batch[Symbol.asyncDispose]())])
    },
  }
}

/** Of a batch that counts as one of ours; one that was given up for another doesn't. */
function noteStatus({ recorder }: Tools): (id: BatchId, status: string) => void {
  return (id, status) => {
    if (recorder.facts().batches.some((batch) => batch.id === id)) recorder.noteBatch({ id, status })
  }
}

type Sending = Delivery & { readonly opened: OpenBatch[]; readonly gate: Gate; readonly pace: Pace }

/** A file that can't go whole after all needs a new batch, in which it goes by pieces from the start. */
async function send(plan: BatchPlan, sending: Sending, tools: Tools): Promise<CompletedBatch> {
  const { inputs, target } = sending.publish
  const batch = await openFor(plan, sending, tools)
  sending.opened.push(batch)
  const destination = { batch: batch.id, dataset: target.dataset.id }
  const { concurrency: width, chunkBytes } = inputs
  try {
    await upload(plan, destination, { ...tools, gate: sending.gate, pace: sending.pace, width, chunkBytes })
    return { batch, plan }
  } catch (error) {
    if (!(error instanceof NeedsPieces)) throw error
    tools.say.info(`${error.message}; the file may have been stored, so a new batch begins in which it goes by pieces`)
    await batch[Symbol.asyncDispose]()
    tools.recorder.forgetBatch(batch.id)
    return await send(inChunks(plan, error.remoteName), sending, tools)
  }
}

function inChunks(plan: BatchPlan, remoteName: string): BatchPlan {
  const transfers = plan.transfers.map((transfer) =>
    transfer.remoteName === remoteName ? ({ ...transfer, how: 'chunked' } as const) : transfer,
  )
  return { ...plan, transfers }
}

async function openFor(plan: BatchPlan, { publish, replaces }: Sending, tools: Tools): Promise<OpenBatch> {
  const { part, fingerprint, rows, bytes } = plan
  const batch = await openBatch(orderBatch(plan, publish, replaces), {
    ...tools,
    newExternalId: () => externalId(tools.run, part.number, Math.floor(tools.random() * 2 ** 48).toString(36)),
    noteStatus: (id, status) =>
      status === STATUS.created
        ? tools.recorder.noteBatch({
            id,
            status,
            part,
            fingerprint,
            rows,
            bytes,
            replaced: replaces,
            openedMs: tools.clock.now(),
          })
        : noteStatus(tools)(id, status),
  })
  const named = part.of > 1 ? `, part ${part.number} of ${part.of}` : ''
  tools.say.info(`Opened batch ${batch.id}${named}${replaces.length > 0 ? `, to replace ${replaces.join(', ')}` : ''}`)
  return batch
}
