import type { Tools } from '../context.ts'
import { mayGoBlind } from './look.ts'
import { howToRevert, stateOf } from '../platform/batch-state.ts'
import type { BatchId } from '../platform/ids.ts'
import {
  type CompletedBatches,
  type RemainingPredecessor,
  type Rival,
  conflictAfter,
  isRivalContent,
  mayConflictYet,
  remainingPredecessors,
  findRivals,
} from '../publish/published/after-success.ts'
import { type Conflict, isSameContent } from '../publish/published/compare.ts'
import {
  type Published,
  type PublishedQuery,
  type DesiredPublish,
  readFresh,
  findPublished,
} from '../publish/published/find.ts'
import { type Outcome, readBack, verify } from '../publish/verdict.ts'
import { type Settled, watch } from '../publish/wait.ts'

export type Followed = {
  readonly id: BatchId
  /** Rows that were sent; undefined where nobody counted. */
  readonly rows: number | undefined
  /** It is ours, so its COMPLETE may be repeated. */
  readonly isOurs: boolean
}

/** Waits for a batch that was completed, reads back what it wrote, and says what became of it. */
export async function follow(batch: Followed, tools: Tools): Promise<Outcome> {
  const settled = await tools.patience.during(() => watchFor(batch, tools))
  const { rows, note } = await readBackOf(settled, tools)
  const outcome = verify(settled, { rows: batch.rows, readBack: rows, successor: await successorOf(settled, tools) })
  const told = { ...outcome, notes: [...outcome.notes, ...(note === undefined ? [] : [note])] }
  const status = told.status === '' ? {} : { status: told.status }
  const settledMs = settled.kind === 'settled' ? { settledMs: tools.clock.now() } : {}
  tools.recorder.noteBatch({ id: batch.id, outcome: told, ...status, ...settledMs })
  return told
}

function watchFor({ id, isOurs }: Followed, tools: Tools): Promise<Settled> {
  const again = isOurs ? { completeAgain: () => tools.batches.complete(id, tools.signal) } : {}
  return watch(id, { ...tools, ...again, timeoutMs: tools.patience.leftMs() })
}

async function readBackOf(settled: Settled, tools: Tools) {
  const isActive = settled.kind === 'settled' && stateOf(settled.record).holdsRows
  return isActive ? readBack(settled.record.id, tools) : { rows: undefined, note: undefined }
}

/** Who has taken the place of a batch that succeeded and is inactive already. */
async function successorOf(settled: Settled, { catalog, signal }: Tools): Promise<BatchId | undefined> {
  if (settled.kind !== 'settled' || !stateOf(settled.record).isWithdrawn) return undefined
  const { id } = settled.record
  const related = await catalog.batches({ batch: id }, signal)
  return related.find(({ replay }) => replay.predecessors.includes(id))?.id
}

export type AfterSuccess = CompletedBatches & {
  readonly wanted: DesiredPublish
  readonly place: PublishedQuery
  readonly replaces: readonly BatchId[]
}

/**
 * What success promises beside rows: that what was to be replaced is gone, and that nobody brought the same at the same
 * moment. Where that isn't so, the batches count as failed though they are active, and what remains to be done is named.
 *
 * @returns the outcomes, in the order of `aftermath.batches`.
 */
export async function afterSuccess(
  outcomes: readonly Outcome[],
  aftermath: AfterSuccess,
  tools: Tools,
): Promise<readonly Outcome[]> {
  const isIn = outcomes.some(({ kind }) => kind === 'published' || kind === 'partially-published')
  const hasFailed = outcomes.some(({ kind }) => kind === 'failed')
  if (!isIn && !hasFailed) return outcomes
  const faults = isIn ? await faultsOf(aftermath, tools) : await lossesOf(aftermath, tools)
  if (faults.length === 0) return outcomes
  return outcomes.map((outcome, index) => {
    const told = isIn ? asFailed(outcome, faults) : { ...outcome, notes: [...outcome.notes, ...faults] }
    const id = aftermath.batches[index]
    if (id !== undefined) tools.recorder.noteBatch({ id, outcome: told })
    return told
  })
}

function asFailed(outcome: Outcome, faults: readonly string[]): Outcome {
  if (outcome.kind !== 'published' && outcome.kind !== 'partially-published') return outcome
  const { status, counts } = outcome
  const partial = outcome.kind === 'partially-published' ? ({ wasPartial: true } as const) : {}
  return { kind: 'failed', status, counts, ...partial, notes: [...outcome.notes, ...faults] }
}

async function faultsOf(aftermath: AfterSuccess, tools: Tools): Promise<readonly string[]> {
  const left = await remainingPredecessors(aftermath.replaces, tools)
  const { rivals: others, clash } = await findOthers(aftermath, tools).catch((error: unknown) =>
    goOnUnseen(error, aftermath, tools),
  )
  return [
    ...left.map(stillActiveFault),
    ...others.map(({ held, revert }) => {
      const what =
        held.provenance.publishFingerprint === aftermath.wanted.publishFingerprint
          ? 'the same content'
          : 'other content of this publication'
      return `Batch ${held.record.id} brought ${what} at the same moment (${held.provenance.run}). ${remainsToRevert(revert)}`
    }),
    ...(clash === undefined ? [] : [`At the same moment it came out that ${clash.message}. ${clash.remedy}`]),
  ]
}

function stillActiveFault({ id, holder }: RemainingPredecessor): string {
  if (id === holder) return `Batch ${id} was to be replaced, and is still active. ${remainsToRevert(id)}`
  const revert = `It remains to revert ${holder}, and to publish again what else it holds`
  return `Batch ${id} was to be replaced, and the platform consolidated it into ${holder} meanwhile, which is still active. ${revert}: ${howToRevert(holder)}`
}

function goOnUnseen(error: unknown, { wanted }: AfterSuccess, { say }: Tools): RivalFindings {
  if (!mayGoBlind(error, wanted)) throw error
  say.warning(`${error.message}. Whether others published the same at the same moment was not seen`)
  return { rivals: [], clash: undefined }
}

/** After a replay that failed. */
async function lossesOf({ replaces }: AfterSuccess, tools: Tools): Promise<readonly string[]> {
  const looks = await Promise.all(replaces.map(async (id) => ({ id, found: await readFresh(id, tools) })))
  return looks.flatMap(({ id, found }) => {
    const isGone = found.kind === 'missing' || stateOf(found.record).isGone
    return isGone ? [`Batch ${id}, which was to be replaced, is no longer active, though the replacement failed.`] : []
  })
}

function remainsToRevert(id: BatchId): string {
  return `It remains to revert ${id}: ${howToRevert(id)}`
}

/** How long an open batch with our content may be one whose COMPLETE the catalogue does not show yet. */
const LAG_MS = 30_000
const LAG_PAUSE_MS = 3_000

type RivalFindings = { readonly rivals: readonly Rival[]; readonly clash: Conflict | undefined }

async function findOthers(aftermath: AfterSuccess, tools: Tools): Promise<RivalFindings> {
  const { wanted, place, replaces } = aftermath
  for (const startMs = tools.clock.now(); ;) {
    const now = await findPublished(place, tools)
    const found = findRivals(wanted, aftermath, now)
    const unsettled = found.filter(({ held }) => !held.state.holdsRows)
    const isLate = tools.patience.leftMs() <= 0
    if (unsettled.length > 0 && !isLate) {
      const timeoutMs = tools.patience.leftMs()
      const waits = unsettled.map(({ held }) => watch(held.record.id, { ...tools, timeoutMs }))
      await tools.patience.during(() => Promise.all(waits))
    } else if (
      (hasOpenTwin(aftermath, now) || mayConflictYet(wanted, now)) &&
      tools.clock.now() - startMs < LAG_MS &&
      !isLate
    ) {
      await tools.patience.during(() => tools.clock.sleep(LAG_PAUSE_MS, tools.signal))
    } else {
      return { rivals: found, clash: conflictAfter(wanted, replaces, now) }
    }
  }
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
