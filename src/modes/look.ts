import type { Tools } from '../context.ts'
import type { BatchPlan } from '../files/plan.ts'
import { Problem } from '../lib/errors.ts'
import { type BatchId, isBatchId } from '../platform/ids.ts'
import type { Publish } from '../publish/order.ts'
import { type Clash, overtaken, sharesClash } from '../publish/published/content.ts'
import type { Decision } from '../publish/published/decide.ts'
import { type Earlier, settleEarlier } from '../publish/published/settle.ts'
import {
  type NamedBatch,
  type Survey,
  type Surveyed,
  type Wanted,
  lookUpNamed,
  survey,
} from '../publish/published/survey.ts'

export function wantedOf(publish: Publish, plans: readonly BatchPlan[]): Wanted {
  const { inputs, run } = publish
  const { replayPredecessors: asked } = inputs
  return {
    publication: publish.publication,
    publish: publish.fingerprint,
    names: publish.namesHash,
    files: publish.filesHash,
    parts: plans.map(({ fingerprint }) => fingerprint),
    runId: Number(run.runId),
    attempt: run.attempt,
    ref: run.ref,
    asked: asked.kind === 'ids' ? { kind: 'ids', ids: [] } : asked,
    ifUnchanged: inputs.ifUnchanged,
    rows: publish.rows,
    maxShrinkPercent: inputs.maxShrinkPercent,
  }
}

export function placeOf({ target, run, inputs, fingerprint, filesHash }: Publish): Surveyed {
  const place = { dataset: target.dataset.id, repositoryId: run.repositoryId }
  const isReplacing = inputs.replayPredecessors.kind === 'previous'
  return isReplacing ? place : { ...place, only: { publish: fingerprint, files: filesHash, runId: run.runId } }
}

/** What is there, and what is to be done; where nothing could be doubled, a look-up that fails is only said. */
export async function lookEarlier(wanted: Wanted, publish: Publish, tools: Tools): Promise<Earlier> {
  const lookUp = () => namedBatches(publish, tools)
  try {
    const { wait: mayWait } = publish.inputs
    return await settleEarlier(wanted, placeOf(publish), { ...tools, mayWait, lookUpNamed: lookUp })
  } catch (error) {
    if (!mayBeBlind(error, wanted)) throw error
    tools.say.warning(`${error.message}. Publishing without having looked, as "if-unchanged: publish" allows`)
    const decision = { kind: 'send', parts: wanted.parts, replaces: [], kept: [], warnings: [] } as const
    return { kind: 'decided', decision, seen: { held: [], holdings: new Map() }, waitedFor: new Set() }
  }
}

/** Where nothing could be doubled, a look-up that fails may be done without. */
export function mayBeBlind(error: unknown, { ifUnchanged, attempt, asked }: Wanted): error is Problem {
  const isHarmless = ifUnchanged === 'publish' && attempt === 1 && asked.kind === 'nothing'
  return isHarmless && error instanceof Problem && error.isPassing
}

export async function namedBatches({ inputs, target }: Publish, tools: Tools): Promise<readonly NamedBatch[]> {
  const { replayPredecessors: asked } = inputs
  if (asked.kind !== 'ids') return []
  return lookUpNamed({ ids: asked.ids.filter(isBatchId), dataset: target.dataset.id }, tools)
}

export type OnceMore = {
  readonly wanted: Wanted
  readonly publish: Publish
  readonly decision: Decision & { readonly kind: 'send' }
  /** What was seen when that was decided. */
  readonly seen: Survey
  readonly ours: readonly BatchId[]
}

/**
 * @returns why our batches must not be completed, if so.
 * @throws Problem when they never may: where shares don't go together, starting over would help neither of two jobs.
 */
export async function lookOnceMore(
  { wanted, publish, decision, seen, ours }: OnceMore,
  tools: Tools,
): Promise<string | undefined> {
  try {
    const now = await survey(placeOf(publish), tools)
    const named = await namedBatches(publish, tools)
    const asked = wanted.asked.kind === 'ids' ? ({ kind: 'ids', ids: named } as const) : wanted.asked
    const clash = sharesClash({ ...wanted, asked }, now)
    if (clash !== undefined) throw clashing(clash)
    const { replaces } = decision
    const over = named.find(({ id, isActive, holder }) => replaces.includes(id) && (!isActive || holder !== id))
    if (over !== undefined) return `${over.id}, which was to be replaced, is no longer active`
    return overtaken(wanted, { batches: ours, replaces, seen }, now)
  } catch (error) {
    if (!mayBeBlind(error, wanted)) throw error
    tools.say.warning(`${error.message}. Completing without having looked once more`)
    return undefined
  }
}

function clashing({ message, remedy }: Clash): Problem {
  return new Problem(`Cannot publish: ${message}`, { remedy: `Nothing of it was completed. ${remedy}` })
}
