import type { Tools } from '../context.ts'
import { type BatchPlan, plan, sumKnown } from '../files/plan.ts'
import type { CheckedFile } from '../files/read.ts'
import { requireAllowedEvent } from '../inputs/allowed-events.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { count, formatBytes } from '../lib/text.ts'
import { noFiles } from './no-files.ts'
import { prepare, findOrPlanDataset } from './prepare.ts'
import { lookAtTags, requireEnabled } from './profile.ts'
import { publishOnce } from './publish-once.ts'
import { lookForRejected } from './rejected.ts'
import { settleTarget } from '../publish/dataset.ts'
import { describePublish, readingOf } from '../publish/request.ts'
import type { Cargo } from '../publish/rejected/locate.ts'
import { jobVerdict } from '../publish/verdict.ts'
import type { RunEnd } from '../report/facts.ts'

/** The main job: files of the repository become rows of a dataset, and the verdict is true. */
export async function publish(inputs: Inputs, tools: Tools): Promise<RunEnd> {
  const { run, recorder, say } = tools
  requireAllowedEvent(run.event, inputs.allowPullRequest)
  recorder.note({ isUpsert: inputs.upsert !== 'false' })
  const prepared = await prepare(inputs, () => findOrPlanDataset(inputs, tools), tools)
  if (prepared.kind !== 'ready') return noFiles(prepared, inputs, tools)
  const { sought, files, rows, filesHash } = prepared
  const target = await settleTarget(sought, tools)
  recorder.note({ dataset: target.dataset })
  await requireEnabled({ inputs, target }, tools)
  const reading = readingOf(files, inputs, target)
  const plans = plan(files, reading)
  const rowsSent = sumKnown(plans.map((one) => one.rows))
  say.info(foundLine(files.length, plans, rowsSent))
  const described = describePublish(files, reading, { inputs, target, run, rows, filesHash })
  recorder.note({ publish: described })
  const outcomes = await publishOnce(described, plans, tools)
  await lookAtTags({ inputs, target }, tools)
  await lookForRejected({ cargoOf: ({ fingerprint }) => cargoOf(fingerprint, plans, files) }, inputs, tools)
  return { kind: 'judged', verdict: jobVerdict(outcomes, { ...inputs, rowsSent }) }
}

/** Of a batch that was found, and cut in another way, all: it may be any of them. */
function cargoOf(fingerprint: string | undefined, plans: readonly BatchPlan[], files: readonly CheckedFile[]): Cargo {
  const own = plans.find((one) => one.fingerprint === fingerprint)
  return own === undefined ? { files, transfers: [] } : { files: own.sources, transfers: own.transfers }
}

function foundLine(files: number, batches: readonly BatchPlan[], rows: number | undefined): string {
  const bytes = batches.reduce((total, batch) => total + batch.bytes, 0)
  const counted = rows === undefined ? '' : `, ${count(rows, 'row')}`
  const travelling = batches.reduce((total, batch) => total + batch.transfers.length, 0)
  const changed = travelling === files ? '' : ` in ${count(travelling, 'file')}`
  return `Found ${count(files, 'file')}${counted}, ${formatBytes(bytes)} to send${changed}`
}
