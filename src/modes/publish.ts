import { type RunContext, runPhase } from './steps/run.ts'
import { type BatchPlan, sizeWarnings, sumKnown } from '../files/plan.ts'
import { requireAllowedEvent } from '../inputs/allowed-events.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { Problem } from '../lib/errors.ts'
import type { BatchId } from '../platform/ids.ts'
import { PUBLISH_MOST_RESTARTS, RESTART_PAUSE_MS } from '../platform/limits.ts'
import { reportBudget } from './steps/budget.ts'
import { compareRows } from './steps/diff.ts'
import { type Overtaken, deliver } from './steps/deliver.ts'
import {
  KeptBatchGone,
  type KeptContext,
  followAll,
  foundSubmitted,
  judgeKept,
  judgeLate,
  submittedOutcome,
} from './steps/follow.ts'
import { noFiles } from './steps/no-files.ts'
import { findOrPlanDataset } from './steps/find.ts'
import { prepare } from './steps/prepare.ts'
import { lookAtTags, prepareUpsert, requireEnabled } from './steps/profile.ts'
import { diagnoseRejected } from './steps/rejected.ts'
import { sweepSecondBatches } from '../publish/abandon.ts'
import { createIfPlanned } from '../publish/dataset.ts'
import { recordDeployment } from '../publish/deployment.ts'
import { type Decision, plansToSend } from '../publish/published/decide.ts'
import { type FirstList, openFirstList } from '../publish/published/list.ts'
import { type Reconciled, reconcile } from '../publish/published/reconcile.ts'
import type { SentFiles } from '../publish/rejected/locate.ts'
import { countRejected, idleGuardWarnings, isGuarded, requireFewRemoved } from '../publish/row-guard.ts'
import { type PublishRequest, allCuts, createRequest } from '../publish/request.ts'
import type { Outcome } from '../publish/outcome.ts'
import { jobVerdict } from '../publish/verdict.ts'
import type { RunEnd } from '../report/facts.ts'

/** `mode: publish`: turns files of the repository into rows of a dataset, and judges the result. */
export async function publish(inputs: Inputs, context: RunContext): Promise<RunEnd> {
  const { github, recorder } = context
  requireAllowedEvent(github.run.event, inputs.allowPullRequest)
  recorder.note({ isUpsert: inputs.upsert !== 'false' })
  for (const warning of idleGuardWarnings(inputs)) context.log.warning(warning)
  await using list = openFirstList(context)
  const find = () => findOrPlanDataset(inputs, context, (id) => list.begin(id))
  const prepared = await prepare(inputs, find, context)
  if (prepared.kind !== 'ready') return noFiles(prepared, inputs, context)
  const target = await createIfPlanned(prepared.destination, context)
  recorder.note({ dataset: target.dataset, isDatasetNew: target.isNew ?? false })
  await requireEnabled({ inputs, target }, context)
  const request = createRequest(prepared, { inputs, target, run: github.run, batchMost: context.batchMost })
  recorder.note({ publish: request })
  const outcomes = await publishOnce(request, list, context)
  await lookAtTags(request, context)
  await diagnoseRejected(({ fingerprint }) => sentFilesOf(fingerprint, request), inputs, context)
  return { kind: 'judged', verdict: jobVerdict(outcomes, { ...inputs, rowsSent: rowsToSend(request.batches) }) }
}

/**
 * Publishes the data exactly once: looks up what the dataset holds, decides, sends what is missing, and looks again
 * before COMPLETE and after success.
 */
async function publishOnce(request: PublishRequest, list: FirstList, context: RunContext): Promise<readonly Outcome[]> {
  let isFirstSend = true
  for (let turn = 1; ; turn++) {
    const reconciled = await runPhase('Check existing batches', context, () => reconcile(request, list, context))
    const ended = await act(request, { reconciled, isFirstSend }, context)
    if (ended.kind === 'judged') return ended.outcomes
    if (turn > PUBLISH_MOST_RESTARTS) throw overtakenProblem(turn, ended.why)
    context.log.info(`Starting over, nothing was completed: ${ended.why}`)
    if (reconciled.kind === 'decided' && reconciled.decision.kind === 'send') isFirstSend = false
    await context.waits.budget.clock.sleep(turn * RESTART_PAUSE_MS, context.signal)
  }
}

function overtakenProblem(turns: number, why: string): Problem {
  return new Problem(`Cannot publish: the dataset changed during each of ${turns} attempts: ${why}`, {
    remedy: 'Nothing was completed. Give the workflow one "concurrency:" group per dataset, and run the job again.',
  })
}

type Turn = {
  readonly reconciled: Reconciled
  /** No earlier turn of this run came to sending. */
  readonly isFirstSend: boolean
}

type TurnEnd = { readonly kind: 'judged'; readonly outcomes: readonly Outcome[] } | Overtaken

async function act(request: PublishRequest, { reconciled, isFirstSend }: Turn, context: RunContext): Promise<TurnEnd> {
  switch (reconciled.kind) {
    case 'timed-out':
      return { kind: 'judged', outcomes: judgeLate(reconciled.batches, context) }
    case 'submitted':
      return await orStartOver(async () => [
        ...(await judgeKept(reconciled.kept, keptContext(request, new Set()), context)),
        ...foundSubmitted(reconciled.batches, context),
      ])
    case 'decided':
      return await carryOut(request, { reconciled, isFirstSend }, context)
    default:
      return reconciled satisfies never
  }
}

/** Only for a turn that sent nothing: the data of a kept batch that is gone is then sent. */
async function orStartOver(judge: () => Promise<readonly Outcome[]>): Promise<TurnEnd> {
  try {
    return { kind: 'judged', outcomes: await judge() }
  } catch (error) {
    if (!(error instanceof KeptBatchGone)) throw error
    return { kind: 'overtaken', why: error.message }
  }
}

type DecidedTurn = Turn & { readonly reconciled: { readonly kind: 'decided' } }

async function carryOut(
  request: PublishRequest,
  { reconciled, isFirstSend }: DecidedTurn,
  context: RunContext,
): Promise<TurnEnd> {
  const { decision, seen, waitedFor } = reconciled
  for (const warning of decision.warnings) context.log.warning(warning)
  for (const note of decision.notes ?? []) context.log.info(note)
  if (decision.kind === 'send') await guardRows(request, decision, context)
  await prepareUpsert(request, context)
  const judge = () => judgeKept(decision.kept, keptContext(request, waitedFor), context)
  if (decision.kind === 'skip') return await orStartOver(judge)
  const plans = plansToSend(decision, allCuts(request))
  if (isFirstSend) await reportLimits(plans, request, context)
  // A run that starts over keeps its deployment, and does not retry one that GitHub refused.
  if (isFirstSend) await recordDeployment({ publish: request, plans, replaces: decision.replaces }, context)
  const delivered = await runPhase('Upload', context, () => deliver(request, { plans, decision, seen }, context))
  if (delivered.kind === 'overtaken') return delivered
  const { completed } = delivered
  const completedMs = context.clock.wallNow()
  const kept = await judge().catch(async (error: unknown) => {
    // Nothing follows the completed batches that would find a second batch of one creation. Without `wait`, `deliver`
    // has already looked.
    if (request.inputs.wait && !context.signal.aborted) await sweepSecondBatches(context)
    throw error
  })
  if (!request.inputs.wait) {
    const sent = completed.map((one) => submittedOutcome(one, decision, context))
    return { kind: 'judged', outcomes: [...kept, ...sent] }
  }
  const made = await runPhase('Wait for ingestion', context, () =>
    followAll(request, { decision, seen, completed, completedMs }, context),
  )
  return { kind: 'judged', outcomes: [...kept, ...made] }
}

function keptContext(request: PublishRequest, waitedFor: ReadonlySet<BatchId>): KeptContext {
  return { cuts: allCuts(request), waitedFor }
}

/** Runs before anything is changed. @throws Problem when `max-removed-percent` stops the run */
async function guardRows(request: PublishRequest, { replaces }: Decision & { kind: 'send' }, context: RunContext) {
  const guard = { limit: request.inputs.maxRemovedPercent, replaces: request.replaces }
  if (!isGuarded(guard, replaces)) return
  const diff = await compareRows(request, context)
  requireFewRemoved({ diff, rejected: countRejected(request.rowCounts) }, guard.limit, 'Cannot publish')
}

/** Reports how the batches to send compare with Adobe's advice. */
async function reportLimits(
  plans: readonly BatchPlan[],
  { inputs, target }: PublishRequest,
  context: RunContext,
): Promise<void> {
  for (const warning of sizeWarnings(plans)) context.log.warning(warning)
  const isUpsert = inputs.upsert !== 'false'
  await reportBudget({ dataset: target.dataset, isUpsert, sends: plans.length }, context)
}

/** The files of a batch. A found batch that was cut in another way can hold any of them, so all are returned. */
function sentFilesOf(fingerprint: string | undefined, request: PublishRequest): SentFiles {
  const { files } = request
  const own = allCuts(request)
    .flat()
    .find((one) => one.fingerprint === fingerprint)
  return own === undefined ? { files, transfers: [] } : { files: own.sources, transfers: own.transfers }
}

function rowsToSend(batches: readonly BatchPlan[]): number | undefined {
  return sumKnown(batches.map(({ rows }) => rows))
}
