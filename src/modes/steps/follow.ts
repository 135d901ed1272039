import type { RunContext } from './run.ts'
import { type BatchPlan, sumKnown } from '../../files/plan.ts'
import { runConcurrently } from '../../lib/async.ts'
import { Problem } from '../../lib/errors.ts'
import type { SentBatch } from './deliver.ts'
import { stateOf } from '../../platform/batch-state.ts'
import type { BatchId } from '../../platform/ids.ts'
import type { BatchRecord } from '../../platform/records.ts'
import { sweepSecondBatches } from '../../publish/abandon.ts'
import { afterSuccess, withFaults } from '../../publish/published/after-success.ts'
import type { Decision } from '../../publish/published/decide.ts'
import { followSuccessors } from '../../publish/published/consolidation.ts'
import { type PublishedBatch, recordsOf } from '../../publish/published/find.ts'
import { publishedQuery } from '../../publish/published/list.ts'
import { readFresh } from '../../publish/published/read-batch.ts'
import type { DecidedToSend, Reconciled } from '../../publish/published/reconcile.ts'
import type { PublishRequest } from '../../publish/request.ts'
import { type Outcome, type SentRows, hasMetrics, judgeFound, judgeBatch } from '../../publish/outcome.ts'
import { type ReadBack, type WaitResult, waitForBatch, readBack } from '../../publish/wait.ts'

type Following = DecidedToSend & {
  readonly completed: readonly SentBatch[]
  readonly completedMs: number
}

/** Waits for the batches that this run completed, and checks what success promises besides their rows. */
export async function followAll(
  request: PublishRequest,
  following: Following,
  context: RunContext,
): Promise<readonly Outcome[]> {
  let isListed = false
  try {
    return await judgeAll(request, { ...following, whenListed: () => (isListed = true) }, context)
  } finally {
    // No list was read that would show the second batch of a creation that was sent twice. After a cancel the post step
    // looks.
    if (!isListed && !context.signal.aborted) await sweepSecondBatches(context)
  }
}

type ListedFollowing = Following & { readonly whenListed: () => void }

async function judgeAll(
  request: PublishRequest,
  { decision, seen, completed, completedMs, whenListed }: ListedFollowing,
  context: RunContext,
): Promise<readonly Outcome[]> {
  const { signal } = context
  const ends = await runConcurrently(completed, { width: completed.length, signal }, ({ batch, plan }, sibling) =>
    follow({ id: batch.id, rows: plan.rows, isOurs: true }, { ...context, signal: sibling }).catch(asEnd),
  )
  const made = ends.filter((end): end is Outcome => !(end instanceof Problem))
  const lost = ends.find((end) => end instanceof Problem)
  const batches = completed.map(({ batch }) => batch.id)
  const landed = {
    wanted: request,
    place: { ...publishedQuery(request), seen: recordsOf(seen) },
    batches,
    known: seen,
    sentMs: completedMs,
    replaces: decision.replaces,
    whenListed,
  }
  const { outcomes: judged, trouble } = await afterSuccess(made, landed, context)
  const followed = batches.filter((_, index) => !(ends[index] instanceof Problem))
  for (const [index, id] of followed.entries())
    context.recorder.noteBatch({ id, outcome: judged[index], isReplacementUnchecked: false })
  const error = lost ?? trouble
  if (error === undefined) return judged
  throw withFaults(error, judged)
}

/** One batch that cannot be followed does not hide the others: they are still judged and looked after. */
function asEnd(error: unknown): Problem {
  if (error instanceof Problem) return error
  throw error
}

export type Followed = {
  readonly id: BatchId
  /** Number of rows sent; undefined if they were not counted. */
  readonly rows: number | undefined
  /** This run created it, so its COMPLETE may be repeated. Otherwise it was found in the catalog. */
  readonly isOurs: boolean
}

/** Waits for a completed batch, reads back what it wrote, and returns its outcome. */
export async function follow(batch: Followed, context: RunContext): Promise<Outcome> {
  const result = await context.waits.budget.during(() => watchFor(batch, context))
  const { rows, note } = await readBackOf(result, context)
  const successors = await successorsOf(result, context)
  const outcome = judgeBatch(result, { rows: batch.rows, readBack: rows, successors, ...countingOf(context) })
  const told = { ...outcome, notes: [...outcome.notes, ...(note === undefined ? [] : [note])] }
  const status = told.status === '' ? {} : { status: told.status }
  const finishedMs = result.kind === 'finished' ? { finishedMs: context.clock.now() } : {}
  context.recorder.noteBatch({ id: batch.id, outcome: told, ...status, ...finishedMs })
  return told
}

/** If the schema was not read, the input `allow-undocumented` decides: without it, no relational data is published. */
function countingOf({ recorder }: RunContext): Pick<SentRows, 'isRelational' | 'isClassUnknown'> {
  const { schema, runInfo, isClassUnknown } = recorder.facts()
  if (schema !== undefined) return { isRelational: schema.isRelational === true }
  const isAllowed = runInfo?.given.some(({ name, value }) => name === 'allow-undocumented' && value === 'relational')
  return isAllowed === true ? { isRelational: true } : { isClassUnknown }
}

function watchFor({ id, isOurs }: Followed, context: RunContext): Promise<WaitResult> {
  const again = isOurs ? { completeAgain: (signal: AbortSignal) => context.platform.batches.complete(id, signal) } : {}
  return waitForBatch(id, { ...again, timeoutMs: context.waits.budget.leftMs(), isKnown: !isOurs }, context)
}

async function readBackOf(result: WaitResult, context: RunContext) {
  const isActive = result.kind === 'finished' && stateOf(result.record).holdsRows
  return isActive ? readBack(result.record.id, context) : { rows: undefined, note: undefined }
}

/** The batches that name a batch as predecessor, if it succeeded and is already inactive. */
async function successorsOf(result: WaitResult, { platform, signal }: RunContext): Promise<readonly BatchRecord[]> {
  if (result.kind !== 'finished' || !stateOf(result.record).mayHaveSucceeded) return []
  const { id } = result.record
  const related = await platform.catalog.batches({ batch: id }, signal).catch((error: unknown) => {
    // Without metrics only a successor proves that the batch succeeded. If that is unknown, the batch must not count as
    // failed.
    if (!(error instanceof Problem) || !hasMetrics(result.record)) throw error
    return []
  })
  return related.filter(({ replay }) => replay.predecessors.includes(id))
}

export type KeptContext = {
  /** All ways to divide the data into batches, the current one first. */
  readonly cuts: readonly (readonly BatchPlan[])[]
  readonly waitedFor: ReadonlySet<BatchId>
}

/**
 * Reads back and judges the batches that already hold this data, against what would have been sent.
 *
 * @throws KeptBatchGone if one of them is no longer in the dataset: the first looks after a revert may still show
 * `success`
 */
export async function judgeKept(
  kept: readonly PublishedBatch[],
  { cuts, waitedFor }: KeptContext,
  context: RunContext,
): Promise<readonly Outcome[]> {
  const { signal } = context
  const read = await runConcurrently(kept, { width: 4, signal }, async (held) => ({
    held,
    seen: await readBackOfKept(held, context),
  }))
  const gone = read.filter(({ seen }) => seen === undefined).map(({ held }) => held.record.id)
  if (gone.length > 0) throw new KeptBatchGone(gone)
  return read.map(({ held, seen }) => {
    const { record, holder, provenance } = held
    const wasWaitedFor = waitedFor.has(record.id)
    const sent = { rows: rowsOf(held, cuts), readBack: seen?.rows, wasWaitedFor, ...countingOf(context) }
    const judged = judgeFound(held, sent)
    const outcome = seen?.note === undefined ? judged : { ...judged, notes: [...judged.notes, seen.note] }
    context.recorder.noteBatch({
      id: holder,
      brought: record.id,
      status: outcome.status,
      part: provenance.part,
      fingerprint: provenance.fingerprint,
      rows: sent.rows,
      outcome,
    })
    return outcome
  })
}

/** A batch that was to be kept is no longer in the dataset. */
export class KeptBatchGone extends Problem {
  override readonly name = 'KeptBatchGone'

  constructor(ids: readonly BatchId[]) {
    super(`Batch ${ids.join(', ')}, which had this data, is no longer active`, {
      remedy: 'Run the job again: it sends what is missing.',
    })
  }
}

/** @returns undefined if none of its rows are in the dataset anymore */
async function readBackOfKept({ record, holder }: PublishedBatch, context: RunContext): Promise<ReadBack | undefined> {
  if (holder !== record.id) return { rows: undefined, note: undefined }
  const seen = await readBack(record.id, context)
  if (!seen.isEmpty) return seen
  const now = await readFresh(record.id, context)
  if (now.kind === 'missing') return undefined
  if (stateOf(now.record).holdsRows) return seen
  const succession = await followSuccessors(now.record, context)
  return succession.holder === undefined ? undefined : seen
}

/** The rows of a batch are known if it is cut as today. Otherwise they are known only if one batch holds everything. */
function rowsOf({ provenance }: PublishedBatch, cuts: KeptContext['cuts']): number | undefined {
  const plan = cuts.flat().find(({ fingerprint }) => fingerprint === provenance.fingerprint)
  if (plan !== undefined) return plan.rows
  return provenance.part.of === 1 ? sumKnown((cuts[0] ?? []).map(({ rows }) => rows)) : undefined
}

export function submittedOutcome(
  { batch }: SentBatch,
  { replaces }: Decision & { readonly kind: 'send' },
  context: RunContext,
): Outcome {
  const predecessors = replaces.length === 0 ? '' : ` It was not checked whether ${replaces.join(', ')} was replaced.`
  const notes = [`Upload complete; not waiting for the result.${predecessors}`, howToWait(batch.id)]
  const outcome: Outcome = { kind: 'submitted', status: '', notes }
  context.recorder.noteBatch({ id: batch.id, outcome })
  return outcome
}

function howToWait(id: BatchId): string {
  return `To wait for it: "mode: resume" with "batch-id: ${id}".`
}

/** The outcomes of batches with this data that are in progress, and that the run does not wait for. */
export function foundSubmitted(batches: readonly PublishedBatch[], { recorder }: RunContext): readonly Outcome[] {
  return batches.map(({ record, provenance }) => {
    const notes = ['This data is being ingested already; not waiting for the result.', howToWait(record.id)]
    const outcome: Outcome = { kind: 'submitted', status: record.status, notes }
    recorder.noteBatch({ id: record.id, status: record.status, part: provenance.part, outcome })
    return outcome
  })
}

/** The outcomes of batches that did not finish in time. */
export function judgeLate(
  batches: (Reconciled & { readonly kind: 'timed-out' })['batches'],
  { recorder }: RunContext,
): readonly Outcome[] {
  return batches.map(({ held, result }) => {
    const outcome = judgeBatch(result, { rows: undefined, readBack: undefined })
    const { part, fingerprint } = held.provenance
    recorder.noteBatch({ id: held.record.id, status: outcome.status, part, fingerprint, outcome })
    return outcome
  })
}
