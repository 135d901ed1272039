import type { Tools } from '../context.ts'
import { type BatchPlan, sumKnown } from '../files/plan.ts'
import { concurrently } from '../lib/async.ts'
import { Problem } from '../lib/errors.ts'
import { type CompletedBatch, deliver } from './deliver.ts'
import { recordPublish } from './deployment.ts'
import { afterSuccess, follow } from './follow.ts'
import { reconcileOrBlind, findConflict, placeOf, wantedOf } from './look.ts'
import { phase } from './phase.ts'
import { prepareUpsert, requireStillEnabled } from './profile.ts'
import type { BatchId } from '../platform/ids.ts'
import type { PublishRequest } from '../publish/request.ts'
import type { Decision } from '../publish/published/decide.ts'
import type { Reconciled } from '../publish/published/reconcile.ts'
import type { PublishedBatch, Published, DesiredPublish } from '../publish/published/find.ts'
import { type Outcome, judgeFound, readBack, verify } from '../publish/verdict.ts'

type KeptContext = { readonly plans: readonly BatchPlan[]; readonly waitedFor: ReadonlySet<BatchId> }

/** Reads back and judges the batches that hold our content already, by what would have been sent. */
async function judgeKept(
  kept: readonly PublishedBatch[],
  { plans, waitedFor }: KeptContext,
  tools: Tools,
): Promise<readonly Outcome[]> {
  const { signal } = tools
  return concurrently(kept, { width: 4, signal }, async (held) => {
    const { record, holder, provenance } = held
    const isConsolidated = holder !== record.id
    const { rows, note } = isConsolidated ? { rows: undefined, note: undefined } : await readBack(record.id, tools)
    const sent = { rows: rowsOf(held, plans), readBack: rows, wasWaitedFor: waitedFor.has(record.id) }
    const judged = judgeFound(held, sent)
    const outcome = note === undefined ? judged : { ...judged, notes: [...judged.notes, note] }
    tools.recorder.noteBatch({
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

/** Cut as it is today its rows are known; cut otherwise they are only where one batch holds everything. */
function rowsOf({ provenance }: PublishedBatch, plans: readonly BatchPlan[]): number | undefined {
  const plan = plans.find(({ fingerprint }) => fingerprint === provenance.fingerprint)
  if (plan !== undefined) return plan.rows
  return provenance.part.of === 1 ? sumKnown(plans.map(({ rows }) => rows)) : undefined
}

/** Before COMPLETE everything may start over; after that many times something is wrong with the workflow. */
const MOST_RESTARTS = 3
/** Longer each time: whoever was faster is still at work, and the catalogue may lag. */
const PAUSE_MS = 2_000

/**
 * Brings a content into the dataset once, and only once: looks what is there, decides, sends what is missing, looks once
 * more before COMPLETE, and again after success.
 */
export async function publishOnce(
  publish: PublishRequest,
  plans: readonly BatchPlan[],
  tools: Tools,
): Promise<readonly Outcome[]> {
  const wanted = wantedOf(publish, plans)
  for (let restart = 0; restart <= MOST_RESTARTS; restart++) {
    const earlier = await phase('Look at what the dataset holds', tools, () => reconcileOrBlind(wanted, publish, tools))
    if (earlier.kind !== 'decided') return concludeEarly(earlier, tools)
    const outcomes = await sendDecided({ publish, plans, wanted, earlier, restart }, tools)
    if (outcomes !== undefined) return outcomes
    await tools.clock.sleep((restart + 1) * PAUSE_MS, tools.signal)
  }
  throw new Problem(`Cannot publish: others published into this dataset in between, ${MOST_RESTARTS + 1} times`, {
    remedy: 'Nothing of it was completed. Keep runs for one dataset apart with "concurrency:" in the workflow.',
  })
}

type Acting = {
  readonly publish: PublishRequest
  readonly plans: readonly BatchPlan[]
  readonly wanted: DesiredPublish
  readonly earlier: Reconciled & { readonly kind: 'decided' }
  /** How often it started over before. */
  readonly restart: number
}

/** @returns nothing when somebody else came first, and all must start over. */
async function sendDecided(acting: Acting, tools: Tools): Promise<readonly Outcome[] | undefined> {
  const { publish, plans, wanted, earlier, restart } = acting
  const { decision, seen } = earlier
  for (const warning of decision.warnings) tools.say.warning(warning)
  const { inputs } = publish
  await prepareUpsert(publish, tools)
  if (decision.kind === 'skip') {
    tools.say.info(`Nothing to send: the dataset holds this content already, in ${holdersOf(decision.kept)}`)
    return judgeKept(decision.kept, { plans, waitedFor: earlier.waitedFor }, tools)
  }
  const sending = plans.filter(({ fingerprint }) => decision.parts.includes(fingerprint))
  const overtaken = async (ours: readonly BatchId[]) => {
    const why = await findConflict({ wanted, publish, decision, seen, ours }, tools)
    // Last of all: the shorter the time until COMPLETE, the less can happen to the tags.
    if (why === undefined) await requireStillEnabled(publish, tools)
    return why
  }
  // What starts over is the same publish, also where GitHub would not have it.
  if (restart === 0) await recordPublish({ publish, plans: sending, replaces: decision.replaces }, tools)
  const delivered = await phase('Upload', tools, () =>
    deliver({ publish, plans: sending, replaces: decision.replaces, overtaken }, tools),
  )
  if (delivered === undefined) return undefined
  const sentMs = tools.clock.now()
  const kept = await judgeKept(decision.kept, { plans, waitedFor: earlier.waitedFor }, tools)
  if (!inputs.wait) return [...kept, ...delivered.map((one) => submittedOutcome(one, decision, tools))]
  const made = await phase('Wait for the platform', tools, () =>
    followAll({ publish, decision, seen, delivered, wanted, sentMs }, tools),
  )
  return [...kept, ...made]
}

type Following = Pick<Acting, 'publish' | 'wanted'> & {
  readonly decision: Decision & { readonly kind: 'send' }
  readonly seen: Published
  readonly delivered: readonly CompletedBatch[]
  readonly sentMs: number
}

async function followAll(
  { publish, decision, seen, delivered, wanted, sentMs }: Following,
  tools: Tools,
): Promise<readonly Outcome[]> {
  const { signal } = tools
  const made = await concurrently(delivered, { width: delivered.length, signal }, ({ batch, plan }, sibling) =>
    follow({ id: batch.id, rows: plan.rows, isOurs: true }, { ...tools, signal: sibling }),
  )
  const aftermath = {
    wanted,
    place: placeOf(publish),
    batches: delivered.map(({ batch }) => batch.id),
    known: seen,
    sentMs,
    replaces: decision.replaces,
  }
  return afterSuccess(made, aftermath, tools)
}

function submittedOutcome(
  { batch }: CompletedBatch,
  { replaces }: Decision & { readonly kind: 'send' },
  tools: Tools,
): Outcome {
  const predecessors = replaces.length === 0 ? '' : ` Whether ${replaces.join(', ')} was replaced was not looked at.`
  const notes = [
    `The platform has every byte; whether it accepts the rows was not waited for.${predecessors}`,
    `To follow it: "mode: wait" with "batch-id: ${batch.id}".`,
  ]
  const outcome: Outcome = { kind: 'submitted', status: '', notes }
  tools.recorder.noteBatch({ id: batch.id, outcome })
  return outcome
}

function concludeEarly(earlier: Exclude<Reconciled, { readonly kind: 'decided' }>, tools: Tools): readonly Outcome[] {
  if (earlier.kind === 'submitted') {
    return earlier.batches.map(({ record, provenance }) => {
      const notes = ['This content is in work already, and was not waited for.']
      const outcome: Outcome = { kind: 'submitted', status: record.status, notes }
      tools.recorder.noteBatch({ id: record.id, status: record.status, part: provenance.part, outcome })
      return outcome
    })
  }
  return earlier.batches.map(({ held, settled }) => {
    const outcome = verify(settled, { rows: undefined, readBack: undefined })
    const { part, fingerprint } = held.provenance
    tools.recorder.noteBatch({ id: held.record.id, status: outcome.status, part, fingerprint, outcome })
    return outcome
  })
}

function holdersOf(kept: readonly PublishedBatch[]): string {
  return [...new Set(kept.map(({ holder }) => holder))].join(', ')
}
