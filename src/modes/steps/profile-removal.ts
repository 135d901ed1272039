import { type RunContext, runPhase } from './run.ts'
import { compileSource, registeredSchema, schemaFact } from '../../check/schema-source.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import { runConcurrently } from '../../lib/async.ts'
import { Problem } from '../../lib/errors.ts'
import { type BatchId, isBatchId } from '../../platform/ids.ts'
import type { Target } from '../../publish/dataset.ts'
import {
  type Removal,
  type RemovalPlace,
  awaitRemoval,
  howToLook,
  requestRemoval,
  requireRemovable,
} from '../../publish/profile/removal.ts'
import { profileState, profileTagsOf } from '../../publish/profile/tags.ts'
import { holdingsOf } from '../../publish/published/consolidation.ts'
import type { ChosenBatch } from '../../publish/revert-choice.ts'
import type { Outcome } from '../../publish/outcome.ts'
import type { JobVerdict } from '../../publish/verdict.ts'

/** What a revert does in Profile. */
export type RemovalPlan =
  | { readonly kind: 'not asked' }
  /** Nothing can be done in Profile; `note` explains why, and what can be done instead. */
  | { readonly kind: 'impossible'; readonly note: string }
  | { readonly kind: 'possible'; readonly place: RemovalPlace }

const IMPOSSIBLE =
  'Profile cannot remove a batch of record data, only one of events: the data stays there until newer records of the same identities replace it. To correct profiles, publish records with the older or corrected values.'
const NOT_ENABLED =
  'The dataset is not enabled for Profile, so nothing was removed there. If it was enabled when the batch was ingested, Profile can still contain its rows.'

type RevertToPlan = {
  readonly inputs: Inputs
  readonly target: Target
  readonly chosen: readonly ChosenBatch[]
}

/**
 * Finds out what `revert-profile` can do, before anything is reverted.
 *
 * | dataset                       | what happens                            |
 * |-------------------------------|-----------------------------------------|
 * | not enabled for Profile       | a note                                  |
 * | record data, ad hoc           | a note: Profile cannot remove the batch |
 * | events, or unknown            | a system job for each batch             |
 *
 * @throws Problem where the credential is not allowed to read system jobs.
 */
export async function planRemoval({ inputs, target, chosen }: RevertToPlan, context: RunContext): Promise<RemovalPlan> {
  const { revertProfile, sandbox } = inputs
  const { dataset } = target
  if (!revertProfile || chosen.length === 0) return { kind: 'not asked' }
  if (!profileState(profileTagsOf(dataset.tags)).isForProfile) return { kind: 'impossible', note: NOT_ENABLED }
  const source = await registeredSchema({ dataset: dataset.id, schemaId: dataset.schemaId }, context).catch(
    (error: unknown) => {
      if (!(error instanceof Problem)) throw error
      context.log.warning(`${error.message}. Profile is asked to remove the batch all the same`)
    },
  )
  if (source !== undefined) {
    const schema = schemaFact(compileSource(source))
    context.recorder.note({ schema })
    if (schema.behaviour !== 'time-series') return { kind: 'impossible', note: IMPOSSIBLE }
  }
  const place = { dataset: dataset.id, sandboxId: await sandboxIdOf(sandbox, chosen, context) }
  await requireRemovable(place, context)
  return { kind: 'possible', place }
}

/** Needed on AWS only: if it is missing there, the platform itself reports that. */
async function sandboxIdOf(
  name: string,
  chosen: readonly ChosenBatch[],
  { platform, signal }: RunContext,
): Promise<string | undefined> {
  const known = chosen.find(({ record }) => record.sandboxId !== undefined)?.record.sandboxId
  if (known !== undefined) return known
  const listed = await platform.sandboxes.list(signal).catch((error: unknown) => {
    signal.throwIfAborted()
    if (!(error instanceof Problem)) throw error
  })
  return listed?.sandboxes.find((sandbox) => sandbox.name === name)?.id
}

/** A batch whose rows left the data lake, and its outcome so far. */
export type RevertedBatch = {
  readonly id: BatchId
  /** The batches that brought its rows. */
  readonly own: readonly ChosenBatch[]
  readonly outcome: Outcome
}

/** The outcomes with the results of Profile, and the removals that failed. */
export type ProfileResult = { readonly outcomes: readonly Outcome[]; readonly faults: readonly Removal[] }

/** Asks Profile to remove the reverted batches. A batch that is still in the data lake stays in Profile, too. */
export async function removeFromProfile(
  reverted: readonly RevertedBatch[],
  plan: RemovalPlan,
  { waits, context }: { readonly waits: boolean; readonly context: RunContext },
): Promise<ProfileResult> {
  if (plan.kind === 'not asked') return { outcomes: reverted.map(({ outcome }) => outcome), faults: [] }
  if (plan.kind === 'impossible') {
    context.log.info(plan.note)
    return { outcomes: reverted.map(({ outcome }) => withNotes(outcome, [plan.note])), faults: [] }
  }
  return await runPhase('Remove from Profile', context, async () => {
    const brought: (readonly BatchId[])[] = []
    for (const one of reverted) brought.push(isOut(one.outcome) ? await broughtUnlessCancelled(one, context) : [])
    const asked: AskedRemovals[] = []
    for (const [index, one] of reverted.entries()) {
      asked.push({ one, removals: await requestAll(brought[index] ?? [], plan.place, context) })
    }
    const ended: AskedRemovals[] = []
    for (const { one, removals } of asked) {
      ended.push({ one, removals: await endAll(removals, plan.place, { waits, context }) })
    }
    return {
      outcomes: ended.map((each) => outcomeWith(each, context)),
      faults: ended.flatMap(({ removals }) => removals.filter(isFault)),
    }
  })
}

type AskedRemovals = { readonly one: RevertedBatch; readonly removals: readonly Removal[] }

/** With `wait: false` an accepted revert is enough: the run waits for neither the revert nor the removal. */
function isOut({ kind }: Outcome): boolean {
  return kind === 'reverted' || kind === 'submitted'
}

/**
 * Profile received the batches that were published, not those that the platform consolidated them into in the data
 * lake.
 */
async function broughtBy({ own }: RevertedBatch, context: RunContext): Promise<readonly BatchId[]> {
  const parts = await runConcurrently(own, { width: 4, signal: context.signal }, async ({ record }) => {
    const held = (await holdingsOf({ batch: record }, context)).filter(isBatchId)
    return held.length === 0 ? [record.id] : held
  })
  return [...new Set(parts.flat())]
}

/** Runs for all batches before the first request: if it fails, there is no job that nothing reports. */
async function broughtUnlessCancelled(one: RevertedBatch, context: RunContext): Promise<readonly BatchId[]> {
  try {
    return await broughtBy(one, context)
  } catch (error) {
    if (!context.signal.aborted) throw error
    return []
  }
}

/** Requests all removals before it waits for any. After a cancel, the requested ones are kept: their jobs run on. */
async function requestAll(
  batches: readonly BatchId[],
  place: RemovalPlace,
  context: RunContext,
): Promise<readonly Removal[]> {
  const asked: Removal[] = []
  try {
    for (const batch of batches) asked.push(await requestRemoval(batch, place, context))
  } catch (error) {
    if (!context.signal.aborted) throw error
  }
  return asked
}

async function endAll(
  asked: readonly Removal[],
  place: RemovalPlace,
  { waits, context }: { readonly waits: boolean; readonly context: RunContext },
): Promise<readonly Removal[]> {
  const ended: Removal[] = []
  for (const one of asked) ended.push(waits ? await awaitRemoval(one, place, context) : one)
  for (const one of ended) context.log[one.kind === 'removed' ? 'info' : 'warning'](removalText(one))
  return ended
}

function outcomeWith({ one: { outcome }, removals }: AskedRemovals, { signal }: RunContext): Outcome {
  const why = isOut(outcome) ? [...removals.map(removalText), ...(signal.aborted ? [CANCELLED] : [])] : [NOT_YET]
  const told = withNotes(outcome, why)
  const profileRemoval = progressOf(removals)
  return told.kind === 'reverted' && profileRemoval !== undefined ? { ...told, profileRemoval } : told
}

/** Undefined if some of its data certainly stays in Profile. */
function progressOf(removals: readonly Removal[]): 'done' | 'requested' | undefined {
  if (removals.length === 0 || removals.some((one) => isFault(one) || one.kind === 'unknown batch')) return undefined
  return removals.every(({ kind }) => kind === 'removed') ? 'done' : 'requested'
}

const CANCELLED = 'The step was cancelled before the removal from Profile was finished. Run the job again to finish it.'
const NOT_YET =
  'Profile was not asked to remove the batch, because the revert is not finished. Run the job again to do both.'

function withNotes<T extends Outcome>(outcome: T, notes: readonly string[]): T {
  return { ...outcome, notes: [...outcome.notes, ...notes] }
}

function removalText(removal: Removal): string {
  const { kind, batch, job, problem } = removal
  const named = job === undefined ? 'The system job' : `System job ${job.id}`
  const why = problem === undefined ? '' : ` ${problem.message}.`
  switch (kind) {
    case 'removed':
      return `Profile removed the events of batch ${batch} (${named.toLowerCase()}: ${job?.status ?? ''}).`
    case 'running':
      return `${named}, which removes batch ${batch} from Profile, is not finished: ${job?.status ?? ''}. ${howToLook(job)}`
    case 'failed':
      return `${named}, which was to remove batch ${batch} from Profile, ended as ${job?.status ?? ''}: Profile still contains the events.`
    case 'refused':
      return `Profile still contains the events of batch ${batch}.${why}`
    case 'unknown batch':
      return `Profile did not remove batch ${batch}: it may not have ingested the batch, or not yet.${why} If its events appear in Profile later, run the job again.`
    case 'not asked':
      return `Profile was not asked to remove batch ${batch}.${why} Run the job again.`
    case 'unclear':
      return `It is unknown whether Profile removes batch ${batch}.${why} ${howToLook(job)}`
    default:
      return kind satisfies never
  }
}

/** Whether the removal certainly did not happen, or this run did not bring it about. */
function isFault({ kind }: Removal): boolean {
  return kind === 'failed' || kind === 'refused' || kind === 'not asked'
}

/** A removal that did not happen fails the job, although the rows are out of the data lake. */
export function verdictWithProfile(verdict: JobVerdict, faults: readonly Removal[]): JobVerdict {
  const [first] = faults
  if (verdict.fails || first === undefined) return verdict
  const idsOf = (some: readonly Removal[]) => some.map(({ batch }) => batch).join(', ')
  const unasked = faults.filter(({ kind }) => kind === 'not asked')
  const kept = faults.filter((one) => !unasked.includes(one))
  const what = [
    ...(kept.length === 0 ? [] : [`Profile still contains the events of ${idsOf(kept)}`]),
    ...(unasked.length === 0 ? [] : [`Profile was not asked to remove ${idsOf(unasked)}`]),
  ]
  return {
    fails: true,
    why: `${what.join('; ')}${first.problem === undefined ? '' : `. ${first.problem.message}`}`,
    remedy:
      first.problem?.remedy ??
      'The rows were removed from the data lake. Run the job again to request the removal from Profile again; if it fails again, give the id of the system job to Adobe support.',
  }
}
