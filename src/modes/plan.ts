import { type RunContext, runPhase } from './steps/run.ts'
import { absent } from '../diff/base-commit.ts'
import { plan as cut } from '../files/plan.ts'
import type { CheckedFile } from '../files/read.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { Problem } from '../lib/errors.ts'
import { count, formatBytes } from '../lib/text.ts'
import { compareRows } from './steps/diff.ts'
import { reportBudget } from './steps/budget.ts'
import { noFiles } from './steps/no-files.ts'
import { findOrPlanDataset } from './steps/find.ts'
import { prepare } from './steps/prepare.ts'
import type { DatasetId } from '../platform/ids.ts'
import type { Destination } from '../publish/dataset.ts'
import { type RowCount, allCuts, createRequest } from '../publish/request.ts'
import { countRejected, idleGuardWarnings, isGuarded, requireFewRemoved } from '../publish/row-guard.ts'
import { batchesInWork } from '../publish/profile/enable.ts'
import { isReadyForUpsert, profileTagsOf } from '../publish/profile/tags.ts'
import {
  type Preview,
  LEFT_IN_PROGRESS,
  type PreviewedBatch,
  preview,
  previewFirst,
} from '../publish/published/preview.ts'
import { requireReplaceable } from '../publish/published/find.ts'
import { type FirstList, openFirstList } from '../publish/published/list.ts'
import { findWithProof } from '../publish/published/reconcile.ts'
import type { RunEnd } from '../report/facts.ts'

/** `mode: plan`: does everything up to the decision what to send, and writes nothing. Any event can run it. */
export async function plan(inputs: Inputs, context: RunContext): Promise<RunEnd> {
  for (const warning of idleGuardWarnings(inputs)) context.log.warning(warning)
  await using list = openFirstList(context)
  const find = () => findOrPlanDataset(inputs, context, (id) => list.begin(id))
  const prepared = await prepare(inputs, find, context)
  if (prepared.kind !== 'ready') return noFiles(prepared, inputs, context)
  const intent = await runPhase('Check existing batches', context, () =>
    previewOf({ inputs, list, ...prepared }, context),
  )
  context.recorder.note({ preview: intent })
  for (const line of planLines(intent)) context.log.info(line)
  for (const warning of intent.warnings) context.log.warning(warning)
  for (const note of intent.notes ?? []) context.log.info(note)
  const { destination } = prepared
  await compareWithDataset({ inputs, intent, ...prepared }, context)
  const dataset = destination.kind === 'exists' ? destination.target.dataset : undefined
  await reportBudget({ dataset, isUpsert: inputs.upsert !== 'false', sends: intent.sends.length }, context)
  return { kind: 'planned', verdict: { fails: false } }
}

type PlannedRows = Pick<Planning, 'inputs' | 'destination' | 'files' | 'rowCounts'> & { readonly intent: Preview }

/** @throws Problem when a publish run would fail by `max-removed-percent` */
async function compareWithDataset(
  { inputs, destination, files, rowCounts, intent }: PlannedRows,
  context: RunContext,
): Promise<void> {
  if (destination.kind === 'planned') {
    const diff = absent('the dataset does not exist yet, so all rows are new')
    context.recorder.note({ diff })
    return context.log.info(`Rows not compared: ${diff.reason}`)
  }
  const diff = await compareRows({ inputs, files, target: destination.target }, context)
  const guard = { limit: inputs.maxRemovedPercent, replaces: inputs.replayPredecessors }
  if (!isGuarded(guard, intent.replaces)) return
  requireFewRemoved({ diff, rejected: countRejected(rowCounts) }, guard.limit, 'A publish run would fail')
}

type Planning = {
  readonly inputs: Inputs
  readonly destination: Destination
  readonly files: readonly CheckedFile[]
  readonly rowCounts: readonly RowCount[]
  readonly filesHash: string
  readonly list: FirstList
}

async function previewOf(
  { inputs, destination, files, rowCounts, filesHash, list }: Planning,
  context: RunContext,
): Promise<Preview> {
  if (destination.kind === 'planned') {
    const { name } = destination.newDataset
    // A dataset that does not exist has no id for the fingerprint. How the files are cut depends on neither.
    const reading = { ...NO_READING, format: files[0]?.format ?? 'json' }
    return previewFirst(cut(files, reading, context.batchMost), name)
  }
  const { target } = destination
  const setting = { inputs, target, run: context.github.run, batchMost: context.batchMost }
  const request = createRequest({ files, rowCounts, filesHash }, setting)
  context.recorder.note({ publish: request })
  const seen = await findWithProof(request, { list, before: [] }, context)
  requireReplaceable(seen)
  const intent = preview(request, seen, { cuts: allCuts(request), mayWait: inputs.wait })
  // A run that ends as submitted ends before it looks at the tags.
  const isLeft = intent.why === LEFT_IN_PROGRESS
  if (isLeft || inputs.upsert !== 'enable' || isReadyForUpsert(profileTagsOf(target.dataset.tags))) return intent
  await refuseWhileBusy(target.dataset.id, intent, context)
  return { ...intent, enables: true }
}

/**
 * Tags are not changed while any batch of the dataset is in progress, except batches that the run would wait for first.
 */
async function refuseWhileBusy(id: DatasetId, { waitsFor }: Preview, context: RunContext): Promise<void> {
  const busy = (await batchesInWork(id, context)).filter((batch) => !waitsFor.includes(batch))
  if (busy.length === 0) return
  throw new Problem(
    `A publish run would fail: dataset "${id}" cannot be enabled for profile updates while batches are in progress: ${busy.join(', ')}`,
    { remedy: 'Run the job again when they have finished.' },
  )
}

const NO_READING = { dataset: '', sandbox: '', upsert: false, options: {} } as const

function sendLine({ part, files, rows, bytes }: PreviewedBatch): string {
  const named = part.of > 1 ? `part ${part.number} of ${part.of}: ` : ''
  const counted = rows === undefined ? '' : `, ${count(rows, 'row')}`
  return `Would upload ${named}${count(files, 'file')}${counted}, ${formatBytes(bytes)}`
}

/** The plan as log lines, one for each planned action. */
export function planLines(intent: Preview): readonly string[] {
  const { creates, enables, aborts, waitsFor, sends, keeps, replaces, why } = intent
  const list = (ids: readonly string[]) => ids.join(', ')
  return [
    ...(creates === undefined ? [] : [`Would create the dataset ${JSON.stringify(creates)}`]),
    ...(enables ? ['Would enable the dataset for profile updates'] : []),
    ...(aborts.length === 0 ? [] : [`Would abort batches that earlier attempts left open: ${list(aborts)}`]),
    ...(waitsFor.length === 0 ? [] : [`Would wait for batches in progress: ${list(waitsFor)}`]),
    ...(keeps.length === 0 ? [] : [`Would keep existing batches: ${list(keeps)}`]),
    ...sends.map(sendLine),
    ...(replaces.length === 0 ? [] : [`Would replace ${list(replaces)}`]),
    ...(sends.length === 0 ? ['Would upload nothing'] : []),
    `Why: ${why}`,
  ]
}
