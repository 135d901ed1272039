import type { Context } from '../../context.ts'
import { poll } from '../../lib/async.ts'
import { ACTIVE, howToRevert, stateOf } from '../../platform/batch-state.ts'
import type { BatchId } from '../../platform/ids.ts'
import { COMPLETED_LAG_MS, COMPLETE_LAG_MS, COMPLETE_LAG_PAUSE_MS } from '../../platform/limits.ts'
import {
  type Conflict,
  duplicatesIn,
  isPastComplete,
  isSameContent,
  remainsToRevert,
  shardConflict,
} from './compare.ts'
import { type Published, type PublishedBatch, findPublished, recordsOf, shows } from './find.ts'
import type { PublishedQuery } from './list.ts'
import { type RemainingPredecessor, remainingPredecessors } from './predecessors.ts'
import { readFresh } from './read-batch.ts'
import { doublesNothing, mayGoBlind } from './reconcile.ts'
import { abortTwinsAmong } from '../abandon.ts'
import type { DesiredPublish } from '../request.ts'
import type { Outcome } from '../outcome.ts'
import { type LookState, NO_FAILURES, NOT_WARNED, lookOrPass } from '../look.ts'
import { nextLook, waitForBatch } from '../wait.ts'

/** Our batches, and the published batches seen when we decided to send them. */
export type CompletedBatches = {
  readonly batches: readonly BatchId[]
  readonly known: Published
  /** When their COMPLETE was answered, in milliseconds since the epoch; absent if another run sent it. */
  readonly sentMs?: number
}

export type Rival = {
  readonly held: PublishedBatch
  /** The batches to revert, of ours and theirs. */
  readonly reverts: readonly BatchId[]
}

/**
 * Finds batches that became active at the same moment as ours: with the same data, or under `previous` any of our
 * publication. If two runs see each other, only the one whose first batch has the higher id reports the fault. A batch that
 * finished before our COMPLETE (which may have been repeated for minutes) belongs to a run that has already looked, so this
 * run reports it.
 */
export function findRivals(
  wanted: DesiredPublish,
  { batches, known, sentMs = 0 }: CompletedBatches,
  now: Published,
): readonly Rival[] {
  const [first] = batches.toSorted()
  const before = new Set(known.batches.filter(({ state }) => state.holdsRows).map(({ record }) => record.id))
  const taken = new Set(
    now.batches.filter(({ record }) => batches.includes(record.id)).flatMap(({ record }) => record.replay.predecessors),
  )
  const others = now.batches
    .filter(
      ({ record, state }) =>
        isPastComplete(state) && !batches.includes(record.id) && !before.has(record.id) && !taken.has(record.id),
    )
    .filter((held) => isSameContent(wanted, held) || isRivalContent(wanted, held))
  return others
    .filter((held) => first !== undefined && (first > firstOfRun(held, others) || hasLooked(held, sentMs)))
    .map((held) => ({ held, reverts: batchesToRevert(wanted, { batches, now }, held) }))
    .filter(({ reverts }) => reverts.length > 0)
}

/**
 * Finds shards that conflict with ours and were completed at the same moment, or before the catalog showed them. The run of
 * a shard that is still open looks once more before its own COMPLETE, and sees us.
 */
export function conflictAfter(
  wanted: DesiredPublish,
  replaces: readonly BatchId[],
  now: Published,
): Conflict | undefined {
  const isReplaced = ({ record, holder }: PublishedBatch) => replaces.includes(record.id) || replaces.includes(holder)
  return shardConflict(wanted, {
    ...now,
    batches: now.batches.filter((one) => !one.state.isOpen && !isReplaced(one)),
  })
}

/** Whether a shard conflicts with ours that the catalog shows as open, although it may be completed. */
function mayConflictYet(wanted: DesiredPublish, now: Published): boolean {
  return shardConflict(wanted, { ...now, batches: now.batches.filter(({ state }) => state.isOpen) }) !== undefined
}

/** True if the batch finished before our COMPLETE: its run did not see our batches when it looked. */
function hasLooked({ record }: PublishedBatch, sentMs: number): boolean {
  return (record.completedMs ?? Infinity) < sentMs
}

/** True for different data of this publication if our run, or the other one, was to leave only its own active. */
function isRivalContent(
  { replaces: asked, publication, runId }: DesiredPublish,
  { provenance, record }: PublishedBatch,
): boolean {
  if (provenance.publication !== publication) return false
  return (
    asked.kind === 'previous' ||
    (asked.kind === 'nothing' && record.replay.predecessors.length > 0 && provenance.runId !== runId)
  )
}

/** The lowest id among the batches that the same run published at the same moment. */
function firstOfRun(
  { record, provenance: { runId, attempt } }: PublishedBatch,
  all: readonly PublishedBatch[],
): BatchId {
  const own = all.filter(({ provenance }) => provenance.runId === runId && provenance.attempt === attempt)
  return own.map((one) => one.record.id).toSorted()[0] ?? record.id
}

type OursNow = { readonly batches: readonly BatchId[]; readonly now: Published }

/** With the same data, the younger batch of each part is reverted; with different data, the batches of the earlier run. */
function batchesToRevert(wanted: DesiredPublish, { batches, now }: OursNow, held: PublishedBatch): readonly BatchId[] {
  const { record, provenance } = held
  if (provenance.publishFingerprint !== wanted.publishFingerprint)
    return provenance.runId < wanted.runId ? [record.id] : batches
  const isOurs = (one: PublishedBatch) => batches.includes(one.record.id)
  const isSamePart = (one: PublishedBatch) => one.provenance.fingerprint === provenance.fingerprint
  const ours = now.batches.filter(isOurs)
  const parts = ours.some(isSamePart) ? ours.filter(isSamePart) : ours
  // The catalog may not list our batches yet.
  if (parts.length === 0) return [record.id, ...batches].toSorted().slice(-1)
  // Some may still be in progress: assumes that all of them succeed.
  const { surplus } = duplicatesIn([...parts, held].map((one): PublishedBatch => ({ ...one, state: ACTIVE })))
  return surplus.map((one) => one.record.id)
}

export type AfterSuccess = CompletedBatches & {
  readonly wanted: DesiredPublish
  readonly place: PublishedQuery
  readonly replaces: readonly BatchId[]
  /** Called after second batches of our creations were looked for in a list that must show them. */
  readonly whenListed?: () => void
}

/**
 * Checks what success means besides the rows: the predecessors are inactive, and no other run published the same at the
 * same moment. Otherwise the batches count as failed although they are active, and the remaining action is reported.
 *
 * @returns the outcomes, in the order of `landed.batches`.
 */
export async function afterSuccess(
  outcomes: readonly Outcome[],
  landed: AfterSuccess,
  context: Context,
): Promise<readonly Outcome[]> {
  const isIn = outcomes.some(({ kind }) => kind === 'published' || kind === 'partially-published')
  const hasFailed = outcomes.some(({ kind }) => kind === 'failed')
  if (!isIn && !hasFailed) return outcomes
  const faults = isIn ? await faultsOf(landed, context) : await lossesOf(landed, context)
  if (faults.length === 0) return outcomes
  return outcomes.map((outcome) =>
    isIn ? asFailed(outcome, faults) : { ...outcome, notes: [...outcome.notes, ...faults] },
  )
}

/** Makes an accepted batch count as failed. */
export function asFailed(outcome: Outcome, faults: readonly string[]): Outcome {
  if (outcome.kind !== 'published' && outcome.kind !== 'partially-published') return outcome
  const { status, counts } = outcome
  const partial = outcome.kind === 'partially-published' ? ({ wasPartial: true } as const) : {}
  return { kind: 'failed', status, counts, ...partial, faults, notes: [...outcome.notes, ...faults] }
}

async function faultsOf(landed: AfterSuccess, context: Context): Promise<readonly string[]> {
  const left = await remainingPredecessors(landed.replaces, context)
  const { rivals: others, clash } = await findOthers(landed, context).catch((error: unknown) =>
    goOnUnseen(error, landed, context),
  )
  return [
    ...left.map(stillActiveFault),
    ...rivalFaults(landed.wanted, others),
    ...(clash === undefined ? [] : [`After success the action found that ${clash.message}. ${clash.remedy}`]),
  ]
}

/** One fault covers all rivals with the same data: each of their parts has to be reverted. It is last, where users see it. */
function rivalFaults(wanted: DesiredPublish, rivals: readonly Rival[]): readonly string[] {
  const isSame = ({ held }: Rival) => held.provenance.publishFingerprint === wanted.publishFingerprint
  const others = rivals.filter((rival) => !isSame(rival))
  return [
    ...others.map((rival) => rivalFault('different data of this publication', [rival])),
    ...(others.length < rivals.length ? [rivalFault('the same data', rivals.filter(isSame))] : []),
  ]
}

function rivalFault(what: string, rivals: readonly Rival[]): string {
  const ids = rivals.map(({ held }) => held.record.id).join(', ')
  const runs = [...new Set(rivals.map(({ held }) => held.provenance.run))].join(', ')
  const reverts = [...new Set(rivals.flatMap((rival) => rival.reverts))].map(revertSentence).join('. ')
  return `Batch ${ids} published ${what} at the same moment (${runs}). ${reverts}`
}

function revertSentence(id: BatchId): string {
  return remainsToRevert({ record: { id }, holder: id })
}

function stillActiveFault({ id, holder }: RemainingPredecessor): string {
  if (holder === undefined)
    return `It is unknown whether batch ${id}, which was to be replaced, is still active: the platform did not answer in time. The new batch is in the dataset. Check ${id}; if it is still active, revert it: ${howToRevert(id)}`
  if (id === holder) return `Batch ${id} was to be replaced, but is still active. ${revertSentence(id)}`
  const revert = `To finish, revert ${holder}, and publish again what else it contains`
  return `Batch ${id} was to be replaced, but the platform has consolidated it into ${holder}, which is still active. ${revert}: ${howToRevert(holder)}`
}

function goOnUnseen(error: unknown, { wanted }: AfterSuccess, { log }: Context): RivalFindings {
  if (!mayGoBlind(error, wanted)) throw error
  log.warning(
    `${error.message}. The action could not check whether another run published the same data at the same moment`,
  )
  return { rivals: [], clash: undefined }
}

/** After a failed replay, lists the predecessors that are inactive anyway. */
async function lossesOf({ replaces }: AfterSuccess, context: Context): Promise<readonly string[]> {
  const looks = await Promise.all(replaces.map(async (id) => ({ id, found: await readFresh(id, context) })))
  return looks.flatMap(({ id, found }) => {
    const isGone = found.kind === 'missing' || stateOf(found.record).isGone
    return isGone
      ? [`Batch ${id}, which was to be replaced, is no longer active, although the replacement failed.`]
      : []
  })
}

type RivalFindings = { readonly rivals: readonly Rival[]; readonly clash: Conflict | undefined }

async function findOthers(landed: AfterSuccess, context: Context): Promise<RivalFindings> {
  const { wanted, replaces } = landed
  const { waits, signal } = context
  const last = await poll<OthersLook>(
    (before = NOTHING_FOUND) => lookForOthers(landed, before, context),
    {
      isDone: ({ trouble, unsettled, mayCome }) => trouble === undefined && unsettled.length === 0 && !mayCome,
      pauses: ({ seen, ageMs }) => {
        if (waits.budget.leftMs() <= 0) return undefined
        if (seen.trouble !== undefined) return ageMs < COMPLETED_LAG_MS ? nextLook(ageMs, COMPLETE_LAG_MS) : undefined
        if (seen.unsettled.length > 0) return 0
        return ageMs < COMPLETE_LAG_MS ? COMPLETE_LAG_PAUSE_MS : undefined
      },
    },
    { waits, signal },
  )
  if (last.now === undefined || last.trouble !== undefined)
    throw last.trouble ?? new Error('No look for others was answered')
  return { rivals: last.rivals, clash: conflictAfter(wanted, replaces, last.now) }
}

type OthersLook = LookState & {
  /** Undefined until a look is answered. */
  readonly now: Published | undefined
  readonly rivals: readonly Rival[]
  /** Rivals that have not finished yet. */
  readonly unsettled: readonly Rival[]
  /** An open batch may already be completed, because the catalog lags. */
  readonly mayCome: boolean
}

const NOTHING_FOUND: OthersLook = { now: undefined, rivals: [], unsettled: [], mayCome: false, ...NOT_WARNED }

async function lookForOthers(landed: AfterSuccess, before: OthersLook, context: Context): Promise<OthersLook> {
  const { wanted, place } = landed
  await context.waits.budget.during(() => waitForAll(before.unsettled, context))
  const seen = before.now === undefined ? place.seen : recordsOf(before.now)
  const look = () => findPublished(seen === undefined ? place : { ...place, seen }, context)
  const read = doublesNothing(wanted)
    ? { kind: 'seen' as const, seen: await look() }
    : await lookOrPass(look, { before, isKnown: false }, context)
  if (read.kind === 'failed') return read.state
  const now = await withoutTwins(read.seen, context)
  const rivals = findRivals(wanted, landed, now)
  // A list that does not show our COMPLETE yet may also lack those of others, and second batches of ours.
  const isBehind = !shows(now, landed.batches, ({ isOpen }) => !isOpen)
  if (!isBehind) landed.whenListed?.()
  const mayCome = isBehind || hasOpenTwin(landed, now) || mayConflictYet(wanted, now)
  const unsettled = rivals.filter(({ held }) => !held.state.holdsRows)
  return { ...before, ...NO_FAILURES, now, rivals, unsettled, mayCome }
}

/** Aborts and omits second batches of our own creations: they are not of another run. */
async function withoutTwins(seen: Published, context: Context): Promise<Published> {
  const twins = await abortTwinsAmong(
    seen.batches.map(({ record }) => record),
    context,
  )
  return { ...seen, batches: seen.batches.filter(({ record }) => !twins.includes(record.id)) }
}

async function waitForAll(unsettled: readonly Rival[], context: Context): Promise<void> {
  const timeoutMs = context.waits.budget.leftMs()
  await Promise.all(unsettled.map(({ held }) => waitForBatch(held.record.id, { timeoutMs, isKnown: true }, context)))
}

function hasOpenTwin({ wanted, batches }: AfterSuccess, { batches: held }: Published): boolean {
  const [first] = batches.toSorted()
  return held.some(
    (one) =>
      one.state.isOpen &&
      (isSameContent(wanted, one) || isRivalContent(wanted, one)) &&
      first !== undefined &&
      one.record.id < first,
  )
}
