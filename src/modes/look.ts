import type { Tools } from '../context.ts'
import type { BatchPlan } from '../files/plan.ts'
import { Problem } from '../lib/errors.ts'
import { type BatchId, isBatchId } from '../platform/ids.ts'
import type { PublishRequest } from '../publish/request.ts'
import { type Conflict, conflictWith, shardConflict } from '../publish/published/compare.ts'
import type { Decision } from '../publish/published/decide.ts'
import { type Reconciled, reconcile } from '../publish/published/reconcile.ts'
import {
  type NamedBatch,
  type Published,
  type PublishedQuery,
  type DesiredPublish,
  lookUpNamed,
  findPublished,
} from '../publish/published/find.ts'

export function wantedOf(publish: PublishRequest, plans: readonly BatchPlan[]): DesiredPublish {
  const { inputs, run } = publish
  const { replayPredecessors: asked } = inputs
  return {
    publication: publish.publication,
    publishFingerprint: publish.publishFingerprint,
    namesHash: publish.namesHash,
    filesHash: publish.filesHash,
    parts: plans.map(({ fingerprint }) => fingerprint),
    runId: Number(run.runId),
    attempt: run.attempt,
    ref: run.ref,
    replaces: asked.kind === 'ids' ? { kind: 'ids', ids: [] } : asked,
    ifUnchanged: inputs.ifUnchanged,
    rows: publish.rows,
    maxShrinkPercent: inputs.maxShrinkPercent,
  }
}

export function placeOf({
  target,
  run,
  inputs,
  publishFingerprint: fingerprint,
  filesHash,
}: PublishRequest): PublishedQuery {
  const place = { dataset: target.dataset.id, repositoryId: run.repositoryId }
  const isReplacing = inputs.replayPredecessors.kind === 'previous'
  return isReplacing ? place : { ...place, only: { publish: fingerprint, files: filesHash, runId: run.runId } }
}

/** What is there, and what is to be done; where nothing could be doubled, a look-up that fails is only said. */
export async function reconcileOrBlind(
  wanted: DesiredPublish,
  publish: PublishRequest,
  tools: Tools,
): Promise<Reconciled> {
  const lookUp = () => namedBatches(publish, tools)
  try {
    const { wait: mayWait } = publish.inputs
    return await reconcile(wanted, placeOf(publish), { ...tools, mayWait, lookUpNamed: lookUp })
  } catch (error) {
    if (!mayGoBlind(error, wanted)) throw error
    tools.say.warning(`${error.message}. Publishing without having looked, as "if-unchanged: publish" allows`)
    const decision = { kind: 'send', parts: wanted.parts, replaces: [], kept: [], warnings: [] } as const
    return { kind: 'decided', decision, seen: { batches: [], holdings: new Map() }, waitedFor: new Set() }
  }
}

/** Where nothing could be doubled, a look-up that fails may be done without. */
export function mayGoBlind(
  error: unknown,
  { ifUnchanged, attempt, replaces: asked }: DesiredPublish,
): error is Problem {
  const isHarmless = ifUnchanged === 'publish' && attempt === 1 && asked.kind === 'nothing'
  return isHarmless && error instanceof Problem && error.isPassing
}

export async function namedBatches({ inputs, target }: PublishRequest, tools: Tools): Promise<readonly NamedBatch[]> {
  const { replayPredecessors: asked } = inputs
  if (asked.kind !== 'ids') return []
  return lookUpNamed({ ids: asked.ids.filter(isBatchId), dataset: target.dataset.id }, tools)
}

export type ConflictQuestion = {
  readonly wanted: DesiredPublish
  readonly publish: PublishRequest
  readonly decision: Decision & { readonly kind: 'send' }
  /** What was seen when that was decided. */
  readonly seen: Published
  readonly ours: readonly BatchId[]
}

/**
 * @returns why our batches must not be completed, if so.
 * @throws Problem when they never may: where shares don't go together, starting over would help neither of two jobs.
 */
export async function findConflict(
  { wanted, publish, decision, seen, ours }: ConflictQuestion,
  tools: Tools,
): Promise<string | undefined> {
  try {
    const now = await findPublished(placeOf(publish), tools)
    const named = await namedBatches(publish, tools)
    const asked = wanted.replaces.kind === 'ids' ? ({ kind: 'ids', ids: named } as const) : wanted.replaces
    const clash = shardConflict({ ...wanted, replaces: asked }, now)
    if (clash !== undefined) throw conflictProblem(clash)
    const { replaces } = decision
    const over = named.find(({ id, isActive, holder }) => replaces.includes(id) && (!isActive || holder !== id))
    if (over !== undefined) return `${over.id}, which was to be replaced, is no longer active`
    return conflictWith(wanted, { batches: ours, replaces, seen }, now)
  } catch (error) {
    if (!mayGoBlind(error, wanted)) throw error
    tools.say.warning(`${error.message}. Completing without having looked once more`)
    return undefined
  }
}

function conflictProblem({ message, remedy }: Conflict): Problem {
  return new Problem(`Cannot publish: ${message}`, { remedy: `Nothing of it was completed. ${remedy}` })
}
