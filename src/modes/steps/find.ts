import type { RunContext } from './run.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import { Problem, messageOf } from '../../lib/errors.ts'
import { DeadlinePassed, withDeadline } from '../../lib/time.ts'
import { isBatchId } from '../../platform/ids.ts'
import { GLANCE_MOST_MS } from '../../platform/limits.ts'
import type { BatchRecord } from '../../platform/records.ts'
import {
  type Destination,
  type Target,
  type TargetRequest,
  findTarget,
  findOrPlanTarget,
} from '../../publish/dataset.ts'
import { expirationOf, logExpiration, refuseExpired } from '../../publish/expiration.ts'
import { readNamedBatch } from '../../publish/published/read-batch.ts'

/** Finds the dataset, or the schema of one that is still to be created, and logs which it is. */
export async function findOrPlanDataset(
  inputs: Inputs,
  context: RunContext,
  whenKnown?: TargetRequest['whenKnown'],
): Promise<Destination> {
  const destination = await findOrPlanTarget({ ...inputs, ...(whenKnown && { whenKnown }) }, context)
  if (destination.kind === 'planned') {
    const { name, schemaId } = destination.newDataset
    refuseToReplace(inputs, name)
    context.log.info(
      `Dataset ${JSON.stringify(name)} does not exist in sandbox "${inputs.sandbox}" yet; its schema is ${schemaId}`,
    )
    return destination
  }
  reportDataset(destination.target, context)
  const expiration = expirationOf(destination.target.dataset, context.clock.wallNow())
  context.recorder.note({ expiration })
  if (expiration === undefined) return destination
  if (inputs.mode !== 'validate') refuseExpired(expiration)
  logExpiration(expiration, context.log)
  return destination
}

/**
 * Finds the dataset of a run that sends nothing. With a stored schema such a run needs no dataset, so it never fails for
 * lack of one, and a slow platform does not hold it up.
 *
 * @returns undefined if the rows are validated by the stored schema alone
 */
export async function findOrGlance(inputs: Inputs, context: RunContext): Promise<Destination | undefined> {
  if (inputs.schemaFile === '') return await findOrPlanDataset(inputs, context)
  const { dataset } = inputs
  if (dataset.kind === 'name' && dataset.name === '') return undefined
  const { clock, signal, log } = context
  if (!isConnected(inputs)) {
    log.info(`"dataset" is not looked up, because the connection is incomplete: ${BY_STORED}`)
    return undefined
  }
  try {
    const deadline = { silenceMs: GLANCE_MOST_MS, clock, signal }
    return await withDeadline(deadline, (limited) => findOrPlanDataset(inputs, { ...context, signal: limited }))
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof Problem) && !(error instanceof DeadlinePassed)) throw error
    log.warning(`"dataset" was not found: ${BY_STORED}. ${messageOf(error)}`)
    return undefined
  }
}

const BY_STORED = 'the rows are validated by "schema-file" alone'

/** Whether the platform can be reached with these inputs. */
export function isConnected({ auth, orgId, sandbox }: Inputs): boolean {
  return auth.kind !== 'none' && auth.clientId !== '' && orgId !== '' && sandbox !== ''
}

/** Runs before the dataset is created. Afterwards the error would be that the batches belong to another dataset. */
function refuseToReplace({ replayPredecessors: asked }: Inputs, name: string): void {
  if (asked.kind !== 'ids') return
  throw new Problem(`Cannot replace ${asked.ids.join(', ')}: the dataset ${JSON.stringify(name)} does not exist yet`, {
    remedy: 'Check "dataset", or remove "replay-predecessors".',
  })
}

/** Finds the dataset, which must exist, and logs which it is. */
export async function findDatasetOf(inputs: Inputs, context: RunContext): Promise<Target> {
  const target = await findTarget(inputs, context)
  reportDataset(target, context)
  return target
}

function reportDataset({ dataset, sandbox }: Target, context: RunContext): void {
  context.recorder.note({ dataset })
  context.log.info(`Dataset ${JSON.stringify(dataset.name)} (${dataset.id}) in sandbox "${sandbox}"`)
}

/** Reads the batch that `batch-id` names. @throws Problem when there is none, or it belongs to another dataset. */
export async function findBatch(
  batchId: string,
  { dataset, sandbox }: Target,
  context: RunContext,
): Promise<BatchRecord> {
  const found = isBatchId(batchId) ? await readNamedBatch(batchId, context) : undefined
  if (found?.kind !== 'found') {
    throw new Problem(`Cannot find batch "${batchId}" in sandbox "${sandbox}"`, {
      remedy: 'Check "batch-id", and that the batch is in the sandbox that "sandbox" names.',
    })
  }
  const { record } = found
  if ((record.dataset ?? dataset.id) !== dataset.id) {
    throw new Problem(
      `Cannot use batch "${batchId}": it belongs to dataset "${record.dataset}", not to "${dataset.id}"`,
      {
        remedy: 'Check "batch-id" and "dataset".',
      },
    )
  }
  context.recorder.noteBatch({ id: record.id, status: record.status })
  return record
}
