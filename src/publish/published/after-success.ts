import type { Context } from '../../context.ts'
import { poll } from '../../lib/async.ts'
import { Problem } from '../../lib/errors.ts'
import { howToRevert } from '../../platform/batch-state.ts'
import type { BatchId } from '../../platform/ids.ts'
import { COMPLETED_LAG_MS, COMPLETE_LAG_MS } from '../../platform/limits.ts'
import { abortSecondBatchesAmong } from '../abandon.ts'
import { type LookState, NO_FAILURES, NOT_WARNED, tryLook } from '../look-tolerance.ts'
import type { Outcome } from '../outcome.ts'
import type { DesiredPublish } from '../request.ts'
import { nextLook, pauseWhileCompleteLags, waitForBatch } from '../wait.ts'
import { remainsToRevert } from './compare.ts'
import { type Published, type PublishFault, findPublished, recordsOf, shows } from './find.ts'
import type { PublishedQuery } from './list.ts'
import { type RemainingPredecessor, lostPredecessors, remainingPredecessors } from './predecessors.ts'
import { doublesNothing, mayGoBlind } from './reconcile.ts'
import {
  type CompletedBatches,
  type Rival,
  conflictAfter,
  findRivals,
  hasOpenRival,
  mayConflictYet,
  rivalFaults,
} from './rivals.ts'

export type AfterSuccess = CompletedBatches & {
  readonly wanted: DesiredPublish
  readonly place: PublishedQuery
  readonly replaces: readonly BatchId[]
  /** Called after second batches of our creations were looked for in a list that must show them. */
  readonly whenListed?: () => void
}

/** The outcomes, and why it could not be found out whether another run published the same at the same moment. */
export type AfterSuccessResult = { readonly outcomes: readonly Outcome[]; readonly trouble: Problem | undefined }

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
): Promise<AfterSuccessResult> {
  if (outcomes.some(({ kind }) => kind === 'published' || kind === 'partially-published')) {
    const { faults, trouble } = await faultsOf(landed, context)
    return { outcomes: faults.length === 0 ? outcomes : outcomes.map((one) => asFailed(one, faults)), trouble }
  }
  const hasFailed = outcomes.some(({ kind }) => kind === 'failed')
  const losses = hasFailed ? await lostPredecessors(landed.replaces, context) : []
  return { outcomes: outcomes.map((one) => ({ ...one, notes: [...one.notes, ...losses] })), trouble: undefined }
}

/** Makes an accepted batch count as failed. */
export function asFailed(outcome: Outcome, faults: readonly string[]): Outcome {
  if (outcome.kind !== 'published' && outcome.kind !== 'partially-published') return outcome
  const { status, counts } = outcome
  const partial = outcome.kind === 'partially-published' ? ({ wasPartial: true } as const) : {}
  return { kind: 'failed', status, counts, ...partial, faults, notes: [...outcome.notes, ...faults] }
}

type Faults = { readonly faults: readonly string[]; readonly trouble: Problem | undefined }

async function faultsOf(landed: AfterSuccess, context: Context): Promise<Faults> {
  const { wanted } = landed
  const left = (await remainingPredecessors(landed.replaces, context)).map(stillActiveFault)
  try {
    const { rivals, clash } = await findOthers(landed, context)
    const clashes = clash === undefined ? [] : [`After success the action found that ${clash.message}. ${clash.remedy}`]
    return { faults: [...left, ...rivalFaults(wanted, rivals), ...clashes], trouble: undefined }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (!mayGoBlind(error, wanted)) return { faults: left, trouble: error }
    context.log.warning(
      `${error.message}. The action could not check whether another run published the same data at the same moment`,
    )
    return { faults: left, trouble: undefined }
  }
}

/** What is wrong with a predecessor that remains, and the action that is left. */
function stillActiveFault({ id, holder }: RemainingPredecessor): string {
  if (holder === undefined)
    return `It is unknown whether batch ${id}, which was to be replaced, is still active: the platform did not report it in time. The new batch is in the dataset. Check ${id}; if it is still active, revert it: ${howToRevert(id)}`
  if (id === holder)
    return `Batch ${id} was to be replaced, but is still active. ${remainsToRevert({ record: { id }, holder: id })}`
  const revert = `To finish, revert ${holder}, and publish again what else it contains`
  return `Batch ${id} was to be replaced, but the platform has consolidated it into ${holder}, which is still active. ${revert}: ${howToRevert(holder)}`
}

/** The error that ends the run, with the faults that were found all the same. */
export function withFaults(error: Problem, judged: readonly Outcome[]): Problem {
  const faults = new Set(judged.flatMap((outcome) => (outcome.kind === 'failed' ? (outcome.faults ?? []) : [])))
  if (faults.size === 0) return error
  const { message, isPassing, mayHaveActed } = error
  const remedy = [...Array.from(faults, (fault) => `${fault}.`), error.remedy].join(' ')
  return new Problem(message, { remedy, isPassing, mayHaveActed, cause: error })
}

type RivalFindings = { readonly rivals: readonly Rival[]; readonly clash: PublishFault | undefined }

async function findOthers(landed: AfterSuccess, context: Context): Promise<RivalFindings> {
  const { wanted, replaces } = landed
  const { waits, signal } = context
  const last = await poll<OthersLook>(
    (before = NOTHING_FOUND) => lookForOthers(landed, before, context),
    {
      isDone: ({ trouble, unfinished, mayCome }) => trouble === undefined && unfinished.length === 0 && !mayCome,
      pauses: ({ seen, ageMs }) => {
        if (waits.budget.leftMs() <= 0) return undefined
        if (seen.trouble !== undefined) return ageMs < COMPLETED_LAG_MS ? nextLook(ageMs, COMPLETE_LAG_MS) : undefined
        if (seen.unfinished.length > 0) return 0
        return pauseWhileCompleteLags({ ageMs })
      },
    },
    { waits, signal },
  )
  if (last.now === undefined || last.trouble !== undefined)
    throw last.trouble ?? new Error('No look for others was answered')
  if (last.isBehind) context.log.warning(unlistedWarning(landed.batches))
  // If the other run was cancelled or killed, nobody else would say it.
  for (const fault of rivalFaults(wanted, last.elsewhere))
    context.log.warning(`${fault}. The other run fails for this, unless it was stopped before its end`)
  return { rivals: last.rivals, clash: conflictAfter(wanted, replaces, last.now) }
}

function unlistedWarning(batches: readonly BatchId[]): string {
  return `The list of batches does not show ${batches.join(', ')} as completed yet: the action could not check whether another run published the same data at the same moment, and a run that starts soon may not see this one`
}

type OthersLook = LookState & {
  /** Undefined until a look is answered. */
  readonly now: Published | undefined
  readonly rivals: readonly Rival[]
  /** Rivals that another run reports. */
  readonly elsewhere: readonly Rival[]
  /** Rivals that have not finished yet. */
  readonly unfinished: readonly Rival[]
  /** An open batch may already be completed, because the catalog lags. */
  readonly mayCome: boolean
  /** The list does not show the COMPLETE of our own batches. */
  readonly isBehind: boolean
}

const NOTHING_FOUND: OthersLook = {
  now: undefined,
  rivals: [],
  elsewhere: [],
  unfinished: [],
  mayCome: false,
  isBehind: false,
  ...NOT_WARNED,
}

async function lookForOthers(landed: AfterSuccess, before: OthersLook, context: Context): Promise<OthersLook> {
  const { wanted, place } = landed
  await context.waits.budget.during(() => waitForAll(before.unfinished, context))
  const seen = before.now === undefined ? place.seen : recordsOf(before.now)
  const look = () => findPublished(seen === undefined ? place : { ...place, seen }, context)
  const read = doublesNothing(wanted)
    ? { kind: 'seen' as const, seen: await look() }
    : await tryLook(look, { before, isKnown: false }, context)
  if (read.kind === 'failed') return read.state
  const now = await withoutSecondBatches(read.seen, context)
  const { here: rivals, elsewhere } = findRivals(wanted, landed, now)
  // A list that does not show our COMPLETE yet may also lack those of others, and second batches of ours.
  const isBehind = !shows(now, landed.batches, ({ isOpen }) => !isOpen)
  if (!isBehind) landed.whenListed?.()
  const mayCome = isBehind || hasOpenRival(wanted, landed, now) || mayConflictYet(wanted, now)
  const unfinished = rivals.filter(({ held }) => !held.state.holdsRows)
  return { ...before, ...NO_FAILURES, now, rivals, elsewhere, unfinished, mayCome, isBehind }
}

/** Aborts and omits second batches of our own creations: they are not of another run. */
async function withoutSecondBatches(seen: Published, context: Context): Promise<Published> {
  const aborted = await abortSecondBatchesAmong(
    seen.batches.map(({ record }) => record),
    context,
  )
  return { ...seen, batches: seen.batches.filter(({ record }) => !aborted.includes(record.id)) }
}

async function waitForAll(unfinished: readonly Rival[], context: Context): Promise<void> {
  const timeoutMs = context.waits.budget.leftMs()
  await Promise.all(unfinished.map(({ held }) => waitForBatch(held.record.id, { timeoutMs, isKnown: true }, context)))
}
