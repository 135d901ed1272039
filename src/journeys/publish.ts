import { count, formatBytes } from '../base/words.ts'
import { admit } from '../steps/admit.ts'
import { discover } from '../steps/discover.ts'
import type { Inputs } from '../steps/inputs.ts'
import { jobVerdict } from '../steps/verify/job-verdict.ts'
import { describePublish } from '../steps/plan/order.ts'
import { plan, sumKnown, type BatchPlan } from '../steps/plan.ts'
import { preflight } from '../steps/preflight.ts'
import { readingOf } from '../steps/plan/reading.ts'
import { settleTarget } from '../steps/target.ts'
import { check } from './check.ts'
import type { Ending } from './ending.ts'
import { noFiles } from './no-files.ts'
import { lookAtTags, requireEnabled } from './prepare-upsert.ts'
import { publishOnce } from './publish-once.ts'
import { seek } from './seek.ts'
import type { Tools } from './tools.ts'

/** The main job: files of the repository become rows of a dataset, and the verdict is true. */
export async function publish(inputs: Inputs, tools: Tools): Promise<Ending> {
  const { run, logbook, say } = tools
  admit(run.event, inputs.allowPullRequest)
  logbook.note({ isUpsert: inputs.upsert !== 'false' })
  const sought = await seek(inputs, tools)
  const found = await discover(inputs, tools)
  logbook.note({ found })
  if (found.length === 0) return noFiles(inputs, say)
  const files = await preflight(found, inputs, tools)
  logbook.note({ files })
  const rows = await check(files, { inputs, sought }, tools)
  const target = await settleTarget(sought, tools)
  logbook.note({ dataset: target.dataset })
  await requireEnabled({ inputs, target }, tools)
  const reading = readingOf(files, inputs, target)
  const plans = plan(files, reading)
  const rowsSent = sumKnown(plans.map((one) => one.rows))
  say.info(described(files.length, plans, rowsSent))
  const outcomes = await publishOnce(describePublish(files, reading, { inputs, target, run, rows }), plans, tools)
  await lookAtTags({ inputs, target }, tools)
  return { kind: 'judged', verdict: jobVerdict(outcomes, { ...inputs, rowsSent }) }
}

function described(files: number, batches: readonly BatchPlan[], rows: number | undefined): string {
  const bytes = batches.reduce((total, batch) => total + batch.bytes, 0)
  const counted = rows === undefined ? '' : `, ${count(rows, 'row')}`
  return `Found ${count(files, 'file')}${counted}, ${formatBytes(bytes)} to send`
}
