import { type BatchPlan, sizeWarnings } from '../../files/plan.ts'
import { Problem } from '../../lib/errors.ts'
import { ACTIVE, WITHDRAWN } from '../../platform/batch-state.ts'
import type { BatchId } from '../../platform/ids.ts'
import { contentInDataset } from './compare.ts'
import { mustBeWaitedFor, isLeftover, judgeInProgress } from './in-progress.ts'
import { type Decision, decide, plansToSend } from './decide.ts'
import { NOTHING_PUBLISHED, type Published, type PublishedBatch } from './find.ts'
import { isToReplace } from './predecessors.ts'
import type { DesiredPublish } from '../request.ts'

/** What a publish run would do, as far as it is known in advance. */
export type Preview = {
  /** Name of the dataset that would be created first. */
  readonly creates: string | undefined
  /** The dataset would be enabled for profile updates first. */
  readonly enables: boolean
  /** Batches that earlier attempts of this run left open. */
  readonly aborts: readonly BatchId[]
  readonly waitsFor: readonly BatchId[]
  readonly sends: readonly PreviewedBatch[]
  readonly keeps: readonly BatchId[]
  readonly replaces: readonly BatchId[]
  readonly warnings: readonly string[]
  /** Information that needs no action. */
  readonly notes?: readonly string[]
  readonly why: string
}

/** A batch that would be sent. */
export type PreviewedBatch = {
  readonly part: { readonly number: number; readonly of: number }
  /** Number of source files, however they are sent. */
  readonly files: number
  readonly rows: number | undefined
  readonly bytes: number
}

/** The preview for a dataset that does not exist yet. */
export function previewFirst(plans: readonly BatchPlan[], creates: string): Preview {
  const why = `the dataset ${JSON.stringify(creates)} does not exist yet and would be created`
  return { ...NOTHING, creates, sends: plans.map(previewBatch), warnings: sizeWarnings(plans), why }
}

export type PreviewOptions = {
  /** All ways to divide the data into batches, the current one first. */
  readonly cuts: readonly (readonly BatchPlan[])[]
  /** False with `wait: false`: batches in progress are not waited for. */
  readonly mayWait: boolean
}

/**
 * Applies {@link decide} to the published batches, assuming that every batch in progress that concerns us succeeds.
 *
 * @throws Problem if a publish run would be refused.
 */
export function preview(wanted: DesiredPublish, seen: Published, { cuts, mayWait }: PreviewOptions): Preview {
  const pending = seen.batches.filter((one) => mustBeWaitedFor(one, wanted, seen))
  const aborts = idsOf(seen.batches.filter((one) => isLeftover(one, wanted)))
  const judged = judgeInProgress(wanted, { pending, seen, mayWait })
  if (judged.kind === 'refused') throw refusal(judged.message, judged.remedy)
  if (judged.kind === 'left') {
    const kept = [...contentInDataset(wanted, seen).same.batches, ...pending]
    return { ...NOTHING, aborts, keeps: holdersOf(kept), why: LEFT_IN_PROGRESS }
  }
  const assumed = seen.batches.map((one) => assumeSuccess(one, pending))
  const decision = decide({ ...wanted, isPlan: true }, { ...seen, batches: assumed })
  if (decision.kind === 'refuse') {
    throw refusal(decision.message, decision.remedy)
  }
  const { kept, warnings, notes } = decision
  const replaces = decision.kind === 'send' ? decision.replaces : []
  const plans = decision.kind === 'send' ? plansToSend(decision, cuts) : []
  return {
    ...NOTHING,
    aborts,
    waitsFor: idsOf(pending),
    sends: plans.map(previewBatch),
    keeps: holdersOf(kept),
    replaces,
    warnings: [...warnings, ...sizeWarnings(plans)],
    notes: [...(notes ?? []), ...mappingNotes(wanted, assumed)],
    why: `${pending.length > 0 ? 'if what is in progress succeeds, ' : ''}${reasonFor(decision, wanted, assumed)}`,
  }
}

/** A batch in progress becomes active, and what it is to replace leaves the dataset. */
function assumeSuccess(one: PublishedBatch, pending: readonly PublishedBatch[]): PublishedBatch {
  if (pending.includes(one)) return { ...one, state: ACTIVE }
  return one.state.holdsRows && pending.some((other) => isToReplace(other, one)) ? { ...one, state: WITHDRAWN } : one
}

const NOTHING = {
  creates: undefined,
  enables: false,
  aborts: [],
  waitsFor: [],
  sends: [],
  keeps: [],
  replaces: [],
  warnings: [],
} as const

function previewBatch({ part, sources, rows, bytes }: BatchPlan): PreviewedBatch {
  return { part, files: sources.length, rows, bytes }
}

function idsOf(held: readonly PublishedBatch[]): readonly BatchId[] {
  return held.map(({ record }) => record.id)
}

function holdersOf(held: readonly PublishedBatch[]): readonly BatchId[] {
  return [...new Set(held.map(({ holder }) => holder))]
}

/** The reason given for a run that would end as submitted. */
export const LEFT_IN_PROGRESS = 'this data is being ingested already, and the run would not wait for it'

function refusal(message: string, remedy: string): Problem {
  return new Problem(`A publish run would fail: ${message}`, { remedy })
}

/** Names the mapping set of the rows that this publication published last. */
function mappingNotes(
  { publication, mapping = '' }: DesiredPublish,
  held: readonly PublishedBatch[],
): readonly string[] {
  const own = held.filter(({ state, provenance }) => state.holdsRows && provenance.publication === publication)
  const last = own.toSorted((a, b) => a.provenance.runId - b.provenance.runId).at(-1)
  if (last === undefined || (mapping === '' && last.provenance.mapping === '')) return []
  const before = last.provenance.mapping
  const now = mapping === before ? 'as in this run' : `this run uses ${mapping || 'no mapping'}`
  return [`Last published with ${before === '' ? 'no mapping' : `the mapping ${before}`}; ${now}`]
}

type ActingDecision = Exclude<Decision, { readonly kind: 'refuse' }>

function reasonFor(decision: ActingDecision, wanted: DesiredPublish, held: readonly PublishedBatch[]): string {
  const { same, superseded } = contentInDataset(wanted, { ...NOTHING_PUBLISHED, batches: held })
  if (decision.kind === 'skip') return 'the dataset already holds this data'
  if (decision.kept.length > 0) return 'the dataset holds this data in part'
  const isReplacing = decision.replaces.length > 0
  if (superseded.length > 0)
    return 'an earlier attempt of this run published different data, which this attempt replaces'
  if (same.kind !== 'none') return 'what is to be replaced is removed together with what the dataset holds of this data'
  if (isHeldByOthers(wanted, held)) {
    return `"if-unchanged: publish" sends this data again${isReplacing ? ' and replaces the earlier data' : ''}`
  }
  if (isReplacing) return 'the data is new and replaces the earlier data'
  return 'the data is new, and nothing is replaced'
}

/** Whether other runs published this data, which `if-unchanged: publish` does not count as the same. */
function isHeldByOthers(
  { publishFingerprint: publish, publication }: DesiredPublish,
  held: readonly PublishedBatch[],
): boolean {
  const isThere = ({ state, provenance }: PublishedBatch) =>
    state.holdsRows && provenance.publishFingerprint === publish
  return held.some((one) => isThere(one) && one.provenance.publication === publication)
}
