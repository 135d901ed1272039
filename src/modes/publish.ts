import { type RunContext, runPhase } from './steps/run.ts'
import { type BatchPlan, sizeWarnings, sumKnown } from '../files/plan.ts'
import { requireAllowedEvent } from '../inputs/allowed-events.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { Problem } from '../lib/errors.ts'
import { PUBLISH_MOST_RESTARTS, RESTART_PAUSE_MS } from '../platform/limits.ts'
import { reportBudget } from './steps/budget.ts'
import { compareRows } from './steps/diff.ts'
import { deliver } from './steps/deliver.ts'
import { KeptBatchGone, followAll, judgeEarly, judgeKept, submittedOutcome } from './steps/follow.ts'
import { noFiles } from './steps/no-files.ts'
import { findOrPlanDataset } from './steps/find.ts'
import { prepare } from './steps/prepare.ts'
import { lookAtTags, prepareUpsert, requireEnabled } from './steps/profile.ts'
import { diagnoseRejected } from './steps/rejected.ts'
import { sweepTwins } from '../publish/abandon.ts'
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
  for (let restart = 0; restart <= PUBLISH_MOST_RESTARTS; restart++) {
    const reconciled = await runPhase('Check existing batches', context, () => reconcile(request, list, context))
    if (reconciled.kind !== 'decided') return judgeEarly(reconciled, context)
    const outcomes = await act(request, { reconciled, isFirstSend }, context)
    if (outcomes !== undefined) return outcomes
    isFirstSend &&= reconciled.decision.kind === 'skip'
    await context.waits.budget.clock.sleep((restart + 1) * RESTART_PAUSE_MS, context.signal)
  }
  throw new Problem(
    `Cannot publish: other runs published into this dataset in between, ${PUBLISH_MOST_RESTARTS + 1} times`,
    {
      remedy: 'Nothing was completed. Give the workflow one "concurrency:" group per dataset.',
    },
  )
}

type Turn = {
  readonly reconciled: Reconciled & { readonly kind: 'decided' }
  /** No earlier turn of this run came to sending. */
  readonly isFirstSend: boolean
}

/** Carries out the decision. @returns undefined when another run came first, and everything must start over. */
async function act(
  request: PublishRequest,
  { reconciled, isFirstSend }: Turn,
  context: RunContext,
): Promise<readonly Outcome[] | undefined> {
  const { decision, seen, waitedFor } = reconciled
  for (const warning of decision.warnings) context.log.warning(warning)
  for (const note of decision.notes ?? []) context.log.info(note)
  if (decision.kind === 'send') await guardRows(request, decision, context)
  await prepareUpsert(request, context)
  if (decision.kind === 'skip') {
    return judgeKept(decision.kept, { plans: allCuts(request).flat(), waitedFor }, context).catch((error: unknown) =>
      startOver(error, context),
    )
  }
  const plans = plansToSend(decision, allCuts(request))
  if (isFirstSend) await reportLimits(plans, request, context)
  // A run that starts over keeps its deployment, and does not retry one that GitHub refused.
  if (isFirstSend) await recordDeployment({ publish: request, plans, replaces: decision.replaces }, context)
  const completed = await runPhase('Upload', context, () => deliver(request, { plans, decision, seen }, context))
  if (completed === undefined) return undefined
  const completedMs = context.clock.wallNow()
  const kept = await judgeKept(decision.kept, { plans: allCuts(request).flat(), waitedFor }, context).catch(
    async (error: unknown) => {
      // Nothing follows the completed batches that would find a second batch of one creation. Without `wait`, `deliver`
      // has already looked.
      if (request.inputs.wait && !context.signal.aborted) await sweepTwins(context)
      throw error
    },
  )
  if (!request.inputs.wait) return [...kept, ...completed.map((one) => submittedOutcome(one, decision, context))]
  const made = await runPhase('Wait for ingestion', context, () =>
    followAll(request, { decision, seen, completed, completedMs }, context),
  )
  return [...kept, ...made]
}

/** Runs before anything is changed. @throws Problem when `max-removed-percent` stops the run */
async function guardRows(request: PublishRequest, { replaces }: Decision & { kind: 'send' }, context: RunContext) {
  const guard = { limit: request.inputs.maxRemovedPercent, replaces: request.replaces }
  if (!isGuarded(guard, replaces)) return
  const diff = await compareRows(request, context)
  requireFewRemoved({ diff, rejected: countRejected(request.rowCounts) }, guard.limit, 'Cannot publish')
}

/** Starts over when a kept batch is gone: its data is then sent. @throws any other error */
function startOver(error: unknown, { log }: RunContext): undefined {
  if (!(error instanceof KeptBatchGone)) throw error
  log.info(`Starting over, nothing was sent: ${error.message}`)
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
