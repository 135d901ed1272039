import { type RevertedBatch, planRemoval, removeFromProfile, verdictWithProfile } from './steps/profile-removal.ts'
import { type RunContext, runPhase } from './steps/run.ts'
import { requireAllowedEvent } from '../inputs/allowed-events.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { poll } from '../lib/async.ts'
import { Problem } from '../lib/errors.ts'
import { findBatch, findDatasetOf } from './steps/find.ts'
import type { BatchId } from '../platform/ids.ts'
import type { Target } from '../publish/dataset.ts'
import {
  NOTHING_PUBLISHED,
  type Published,
  type PublishedBatch,
  findPublished,
  recordsOf,
} from '../publish/published/find.ts'
import { type ChosenBatch, chooseNamed, choosePublish, lastPublish, openAfterLast } from '../publish/revert-choice.ts'
import { type RevertResult, revertBatch } from '../publish/revert.ts'
import { publicationName } from '../publish/tags.ts'
import type { Outcome } from '../publish/outcome.ts'
import { jobVerdict } from '../publish/verdict.ts'
import { pauseWhileCompleteLags } from '../publish/wait.ts'
import type { RunEnd } from '../report/facts.ts'

/** `mode: revert`: reverts a successful batch, or the last run of a publication. */
export async function revert(inputs: Inputs, context: RunContext): Promise<RunEnd> {
  requireAllowedEvent(context.github.run.event, inputs.allowPullRequest)
  const target = await findDatasetOf(inputs, context)
  const chosen =
    inputs.batchId === 'previous'
      ? await choosePrevious(inputs, target, context)
      : [await chooseByIds(inputs, target, context)]
  const plan = await planRemoval({ inputs, target, chosen }, context)
  for (const one of chosen) context.log.info(`Batch to revert: ${one.holder}. ${revertWarnings(one).join(' ')}`)
  const reverted: RevertedBatch[] = []
  for (const holder of new Set(chosen.map((one) => one.holder))) {
    const own = chosen.filter((one) => one.holder === holder)
    context.recorder.noteBatch({ id: holder, ...partOf(own) })
    const ended = await runPhase('Revert', context, () => revertBatch(holder, { waits: inputs.wait }, context)).catch(
      (error: unknown) => {
        // The status read before may no longer be true.
        if (error instanceof Problem && error.mayHaveActed) context.recorder.noteBatch({ id: holder, status: '' })
        throw error
      },
    )
    const outcome = outcomeOf(ended, holder, own)
    context.recorder.noteBatch({ id: holder, status: ended.status, outcome })
    reverted.push({ id: holder, own, outcome })
  }
  const { outcomes, faults } = await removeFromProfile(reverted, plan, { waits: inputs.wait, context })
  for (const [index, { id }] of reverted.entries()) context.recorder.noteBatch({ id, outcome: outcomes[index] })
  context.signal.throwIfAborted()
  const verdict = jobVerdict(outcomes, { ...inputs, rowsSent: undefined })
  return { kind: 'judged', verdict: verdictWithProfile(verdict, faults) }
}

async function choosePrevious(
  inputs: Inputs,
  { dataset }: Target,
  context: RunContext,
): Promise<readonly ChosenBatch[]> {
  const { repositoryId, runId } = context.github.run
  const asking = { publication: publicationName(inputs), runId: Number(runId) }
  const seen = await poll<Published>(
    (before = NOTHING_PUBLISHED) =>
      findPublished({ dataset: dataset.id, repositoryId, withHistory: true, seen: recordsOf(before) }, context),
    { isDone: (now) => openAfterLast(asking, now).length === 0, pauses: pauseWhileCompleteLags },
    context,
  )
  const ahead = openAfterLast(asking, seen)
  if (ahead.length > 0) throw openAheadProblem(asking.publication, ahead)
  const last = lastPublish(asking, seen)
  if (last.kind === 'held') return choosePublish(last.batches, seen)
  noteEmpty(last.batch, context)
  return []
}

/** A failed run still counts as the last one: the user did not ask to revert the run before it. */
function noteEmpty({ record, provenance }: PublishedBatch, context: RunContext): void {
  const why = `Nothing was reverted: the last run (${provenance.run}) is "${record.status}", and none of its rows are in the dataset. To revert an older batch, set "batch-id" to it.`
  context.log.warning(why)
  context.recorder.noteBatch({
    id: record.id,
    status: record.status,
    outcome: { kind: 'reverted', status: record.status, wasOut: true, notes: [why] },
  })
}

function openAheadProblem(publication: string, ahead: readonly PublishedBatch[]): Problem {
  const ids = ahead.map(({ record }) => record.id).join(', ')
  return new Problem(`Cannot revert the last run of ${JSON.stringify(publication)}: a newer one is open: ${ids}`, {
    remedy: `Run the job again when it has finished. If nothing works on it anymore, abort it with "mode: abort" and its "batch-id".`,
  })
}

async function chooseByIds({ batchId }: Inputs, target: Target, context: RunContext): Promise<ChosenBatch> {
  const record = await findBatch(batchId, target, context)
  const chosen = await chooseNamed(record, context)
  if (chosen.holder !== record.id) context.recorder.forgetBatch(record.id)
  return chosen
}

/** Logged before the revert, and repeated in the summary. */
function revertWarnings({ record, holder, provenance }: ChosenBatch): readonly string[] {
  const { predecessors } = record.replay
  const whose = record.tags['gh_repository']?.[0] ?? 'a repository'
  return [
    provenance === undefined
      ? 'It was not published by this action.'
      : `It was published by ${JSON.stringify(provenance.publication)} of ${whose} (${provenance.run}).`,
    ...(holder === record.id ? [] : [`It contains ${record.id}, which the platform has consolidated into it.`]),
    ...(predecessors.length === 0
      ? []
      : [`It had replaced ${predecessors.join(', ')}, which ${predecessors.length === 1 ? 'stays' : 'stay'} removed.`]),
    ...(provenance === undefined ? [] : ['The next run with the same data publishes it again.']),
  ]
}

function partOf(own: readonly ChosenBatch[]) {
  const [one] = own
  return own.length === 1 && one?.provenance !== undefined ? { part: one.provenance.part } : {}
}

function outcomeOf({ kind, status }: RevertResult, id: BatchId, own: readonly ChosenBatch[]): Outcome {
  const notes = [...new Set(own.flatMap(revertWarnings))]
  switch (kind) {
    case 'reverted':
      return {
        kind: 'reverted',
        status,
        notes: ['The rows were removed from the dataset.', ...notes],
      }
    case 'was reverted':
      return {
        kind: 'reverted',
        status,
        wasOut: true,
        notes: ['No revert was sent: its rows had been removed before, by a revert or a replacement.', ...notes],
      }
    case 'accepted':
      return {
        kind: 'submitted',
        status,
        notes: ['Revert accepted; not waiting for the result.', ...notes],
      }
    case 'timed-out':
      return {
        kind: 'timed-out',
        status,
        notes: [
          `The platform accepted the revert of batch ${id}, ${lastLook(status)}. Run the job again to check its result.`,
          ...notes,
        ],
      }
    case 'in doubt':
      return {
        kind: 'timed-out',
        status,
        notes: [
          `It is unknown whether the platform reverts batch ${id}: no answer came in time. Run the job again.`,
          ...notes,
        ],
      }
    default:
      return kind satisfies never
  }
}

function lastLook(status: string): string {
  return status === '' ? 'and no look at it has been answered since' : `which still reads "${status}"`
}
