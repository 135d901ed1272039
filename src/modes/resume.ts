import { type RunContext, runPhase } from './steps/run.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { poll } from '../lib/async.ts'
import { Problem } from '../lib/errors.ts'
import { follow } from './steps/follow.ts'
import { findBatch, findDatasetOf } from './steps/find.ts'
import { noteSchemaClass } from './steps/relational.ts'
import { diagnoseRejected } from './steps/rejected.ts'
import { stateOf } from '../platform/batch-state.ts'
import { type BatchId, type DatasetId, isBatchId } from '../platform/ids.ts'
import type { BatchRecord } from '../platform/records.ts'
import type { Target } from '../publish/dataset.ts'
import { type Published, findPublished, recordsOf } from '../publish/published/find.ts'
import type { PublishedQuery } from '../publish/published/list.ts'
import { afterSuccess, asFailed, withFaults } from '../publish/published/after-success.ts'
import { concernedBatches, duplicateFault, purposeNote } from '../publish/published/compare.ts'
import type { DesiredPublish } from '../publish/request.ts'
import { type Provenance, readProvenance } from '../publish/tags.ts'
import type { Outcome } from '../publish/outcome.ts'
import { jobVerdict } from '../publish/verdict.ts'
import { pauseWhileCompleteLags } from '../publish/wait.ts'
import type { RunEnd } from '../report/facts.ts'

/**
 * `mode: resume`: continues with a batch that was submitted or timed out, and does everything that follows COMPLETE.
 */
export async function resume(inputs: Inputs, context: RunContext): Promise<RunEnd> {
  const target = await findDatasetOf(inputs, context)
  const record = await findCompleted(inputs.batchId, target, context)
  const provenance = readProvenance(record)
  const rows = rowsToCompare(record, provenance)
  const { schemaId } = target.dataset
  if (schemaId !== undefined) await noteSchemaClass(schemaId, context)
  const judged = await runPhase('Wait for ingestion', context, async () => {
    const outcome = await follow({ id: record.id, rows, isOurs: false }, context)
    return provenance === undefined
      ? [outcome]
      : checkSurroundings(outcome, { record, provenance, dataset: target.dataset.id }, context)
  })
  await diagnoseRejected(() => ({ files: [], transfers: [] }), inputs, context)
  return { kind: 'judged', verdict: jobVerdict(judged, { ...inputs, rowsSent: rows }) }
}

/** The step before this one may have completed the batch a moment ago. @throws Problem for one that still reads `loading` */
async function findCompleted(batchId: string, target: Target, context: RunContext): Promise<BatchRecord> {
  const isDone = (seen: BatchRecord) => !stateOf(seen).isOpen
  const find = () => findBatch(batchId, target, context)
  const record = await poll(find, { isDone, pauses: pauseWhileCompleteLags }, context)
  if (!isDone(record)) throw neverCompletedProblem(record)
  return record
}

/** The row count that its own run compared. CSV has none: readers of CSV differ on how many rows there are. */
function rowsToCompare({ format }: BatchRecord, provenance: Provenance | undefined): number | undefined {
  return format === 'csv' ? undefined : provenance?.rows
}

type OwnBatch = { readonly record: BatchRecord; readonly provenance: Provenance; readonly dataset: DatasetId }

/** Makes the checks that the batch's own run, of this action, would have made after success. */
async function checkSurroundings(outcome: Outcome, { record, provenance, dataset }: OwnBatch, context: RunContext) {
  const now = await findPublished({ dataset, repositoryId: provenance.repositoryId }, context)
  const place = { dataset, repositoryId: provenance.repositoryId, seen: recordsOf(now) }
  const replaces = record.replay.predecessors.filter(isBatchId)
  const wanted = desiredFrom(provenance, replaces)
  const known = knownBefore(record, now)
  const landed = { wanted, place, batches: [record.id], known, replaces }
  const { outcomes, trouble } = await afterSuccess([outcome], landed, context)
  const [judged = outcome] = outcomes
  const isJudged = judged.kind === 'failed' || trouble !== undefined
  const told = isJudged ? judged : await judgeDuplicates(judged, { wanted, place }, context)
  context.recorder.noteBatch({ id: record.id, outcome: told })
  if (trouble !== undefined) throw withFaults(trouble, [told])
  return [told]
}

type Surroundings = { readonly wanted: DesiredPublish; readonly place: PublishedQuery }

/**
 * Duplicate rows of a publication are the fault of no single batch: every run that looks fails until one batch is gone.
 */
async function judgeDuplicates(outcome: Outcome, { wanted, place }: Surroundings, context: RunContext) {
  const concerned = concernedBatches(wanted, await findPublished(place, context))
  const fault = duplicateFault(concerned)
  if (fault !== undefined) return asFailed(outcome, [`${fault.message.replace(/^the/, 'The')}. ${fault.remedy}`])
  const note = purposeNote(concerned)
  return note === undefined ? outcome : { ...outcome, notes: [...outcome.notes, note] }
}

/**
 * What its run wanted, as far as its tags show. They do not show whether it replaced `previous` or named batches. Only
 * with `previous` would it follow that nothing else of its publication may be active.
 */
function desiredFrom(provenance: Provenance, replaces: readonly BatchId[]): DesiredPublish {
  return {
    ...provenance,
    step: undefined,
    parts: [provenance.fingerprint],
    earlierParts: [],
    knownAs: new Map(),
    replaces: replaces.length > 0 ? { kind: 'ids', ids: replaces } : { kind: 'nothing' },
    ifUnchanged: 'skip',
    survivors: undefined,
    bytes: 0,
    maxShrinkPercent: 100,
  }
}

/** The batches that were active when the batch was created. Its run saw them and decided. */
function knownBefore(record: BatchRecord, now: Published): Published {
  const createdMs = record.createdMs ?? Infinity
  const held = now.batches.filter(({ record: other }) => (other.completedMs ?? Infinity) < createdMs)
  return { ...now, batches: held }
}

function neverCompletedProblem({ id }: BatchRecord): Problem {
  return new Problem(`Cannot wait for batch "${id}": it is "loading", so it was never completed`, {
    remedy: `Abort it with "mode: abort" and "batch-id: ${id}", or publish again.`,
  })
}
