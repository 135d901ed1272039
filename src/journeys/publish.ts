import type { Clock } from '../base/clock.ts'
import { count, formatBytes } from '../base/words.ts'
import type { Run } from '../github/context.ts'
import type { Workspace } from '../github/workspace.ts'
import type { Platform } from '../platform/platform.ts'
import { admit } from '../steps/admit.ts'
import { discover, type Say } from '../steps/discover.ts'
import type { Inputs } from '../steps/inputs.ts'
import { jobVerdict } from '../steps/job-verdict.ts'
import { plan, sumKnown } from '../steps/plan.ts'
import { preflight } from '../steps/preflight.ts'
import { readingOf } from '../steps/reading.ts'
import { findTarget } from '../steps/target.ts'
import { deliver } from './deliver.ts'
import type { Ending } from './ending.ts'
import { follow } from './follow.ts'
import type { Logbook } from './logbook.ts'

export type Tools = {
  readonly run: Run
  readonly platform: Platform
  readonly workspace: Workspace
  readonly clock: Clock
  readonly random: () => number
  readonly say: Say
  readonly logbook: Logbook
  readonly signal: AbortSignal
}

/** The main job: files of the repository become rows of a dataset, and the verdict is true. */
export async function publish(inputs: Inputs, tools: Tools): Promise<Ending> {
  admit(tools.run.event, inputs.allowPullRequest)
  const target = await findTarget(inputs, { ...tools, ...tools.platform })
  tools.logbook.note({ dataset: target.dataset })
  tools.say.info(
    `Publishing into dataset ${JSON.stringify(target.dataset.name)} (${target.dataset.id}) in sandbox "${inputs.sandbox}"`,
  )
  const found = await discover(inputs, tools)
  if (found.length === 0) return noFiles(inputs, tools.say)
  const files = await preflight(found, inputs, tools)
  tools.logbook.note({ files })
  const reading = readingOf(files, inputs, target)
  const plans = plan(files, reading)
  const rowsSent = sumKnown(plans.map(({ rows }) => rows))
  tools.say.info(
    described(
      files.length,
      rowsSent,
      plans.reduce((total, { bytes }) => total + bytes, 0),
    ),
  )
  const batches = await deliver(plans, { inputs, target, run: tools.run, reading, files }, tools)
  const outcomes = await follow(batches, inputs, tools)
  return { kind: 'judged', verdict: jobVerdict(outcomes, { ...inputs, rowsSent }) }
}

function described(files: number, rows: number | undefined, bytes: number): string {
  const counted = rows === undefined ? '' : `, ${count(rows, 'row')}`
  return `Found ${count(files, 'file')}${counted}, ${formatBytes(bytes)} to send`
}

function noFiles({ ifNoFilesFound, patterns }: Inputs, say: Say): Ending {
  const text = `No file matches "glob": ${patterns.map((pattern) => JSON.stringify(pattern)).join(', ')}`
  switch (ifNoFilesFound) {
    case 'error':
      return { kind: 'no files', verdict: { fails: true, why: text } }
    case 'warn':
      say.warning(text)
      return { kind: 'no files', verdict: { fails: false } }
    case 'ignore':
      say.info(text)
      return { kind: 'no files', verdict: { fails: false } }
    default:
      return ifNoFilesFound satisfies never
  }
}
