import { messageOf } from './lib/errors.ts'
import { type DiscreetWorld, type World, openContext } from './context.ts'
import { type DiscreetRunner, discreetRunner } from './github/runner.ts'
import { readLeftBehind, readScratchName } from './github/left-behind.ts'
import { type Inputs, givenInputs, readInputs } from './inputs/inputs.ts'
import { connectionLine, secretsFrom } from './inputs/sources.ts'
import { abort } from './modes/abort.ts'
import { cleanUp } from './modes/clean-up.ts'
import { doctor } from './modes/doctor.ts'
import { plan } from './modes/plan.ts'
import { publish } from './modes/publish.ts'
import { revert } from './modes/revert.ts'
import { commentOnPullRequest } from './modes/steps/comment.ts'
import type { RunContext } from './modes/steps/run.ts'
import { validate } from './modes/validate.ts'
import { resume } from './modes/resume.ts'
import { endDeployment } from './publish/deployment.ts'
import { conclude } from './report/conclude.ts'
import { type RunEnd, type RunFactsRecorder, type RunInfo, createRunFactsRecorder } from './report/facts.ts'
import { type RunReport, runReport } from './report/run-report.ts'

/** Everything that the action uses from outside, and how it checks rows. A simulation passes its own. */
export type Outside = World &
  Pick<RunContext, 'openChecker' | 'startThreads'> & {
    /** Removes the files of a killed run from the runner's temporary folder. @throws Error when it can't */
    readonly removeScratch: (name: string) => Promise<void>
  }

/** What a run does, from its inputs to its end. */
export type Perform = (inputs: Inputs, context: RunContext) => Promise<RunEnd>

const MODES: Readonly<Record<Inputs['mode'], Perform>> = {
  publish,
  validate,
  plan,
  doctor,
  revert,
  resume,
  abort,
}

/**
 * The main phase of the step. Never throws: whatever happens is concluded.
 *
 * @param perform what the command line runs instead of the mode
 */
export async function runMain(world: Outside, perform?: Perform): Promise<void> {
  const outside = discreet(world)
  const { runner } = outside
  const recorder = createRunFactsRecorder()
  const report = await runMode(outside, recorder, perform)
  await conclude(report, runner)
}

/** The post phase: cleans up after a main phase that was killed. Never throws and never fails the job. */
export async function runPost(world: Outside): Promise<void> {
  const outside = discreet(world)
  const { runner } = outside
  const saved = (name: string) => runner.savedState(name)
  await outside.removeScratch(readScratchName(saved)).catch((error: unknown) => runner.warning(messageOf(error)))
  try {
    const left = readLeftBehind(saved)
    if (left.batches.length === 0 && left.tags === undefined && left.deployment === undefined) return
    // No phase comes after this one.
    const last = { ...outside, runner: { ...runner, saveState: () => undefined } }
    await using open = openContext(inputsOf(outside), last)
    await cleanUp(left, open.context)
  } catch (error) {
    runner.warning(`Cannot clean up after the main step: ${messageOf(error)}`)
  }
}

export function isPost({ runner }: Outside): boolean {
  return runner.savedState('phase') === 'main'
}

async function runMode(outside: DiscreetOutside, recorder: RunFactsRecorder, perform?: Perform): Promise<RunReport> {
  try {
    const unsaved = problemOf(() => outside.runner.saveState('phase', 'main'))
    const inputs = inputsOf(outside)
    if (unsaved !== undefined && !CHANGES_NOTHING.has(inputs.mode)) throw unsaved
    if (unsaved !== undefined) outside.runner.warning(unsaved.message)
    recorder.note({ runInfo: runInfoOf(inputs, outside) })
    reportConnection(outside)
    await using open = openContext(inputs, outside)
    const { openChecker, startThreads } = outside
    const context: RunContext = { ...open.context, recorder, openChecker, startThreads }
    const end = await (perform ?? MODES[inputs.mode])(inputs, context).catch((error: unknown) => stopFor(error))
    const report = runReport(recorder.facts(), end)
    await endDeployment(context.state.deployment.current(), report, context)
    await commentOnPullRequest(report, inputs, context)
    if (end.kind !== 'stopped') context.state.batchLog.conclude()
    return report
  } catch (error) {
    return runReport(recorder.facts(), stopFor(error))
  }
}

/**
 * Logs the sources of the connection if the environment gave some of it. The workflow shows only the inputs under
 * `with:`.
 */
function reportConnection({ runner }: Outside): void {
  const line = connectionLine(runner)
  if (line !== undefined) runner.info(line)
}

/** These modes leave nothing behind that would need a cleanup. */
const CHANGES_NOTHING: ReadonlySet<Inputs['mode']> = new Set(['validate', 'plan', 'doctor'])

function problemOf(act: () => void): Error | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(messageOf(error))
  }
}

function stopFor(error: unknown): RunEnd {
  return { kind: 'stopped', error }
}

/** The facts of the run, with the inputs that the workflow sets. Leaves out defaults, secrets and private ids. */
function runInfoOf(inputs: Inputs, outside: Outside): RunInfo {
  const { platformUrl, sandbox, showValues } = inputs
  const { runner } = outside
  return { run: outside.run, platformUrl, sandbox, showValues, given: givenInputs(runner) }
}

function inputsOf({ runner }: Outside): Inputs {
  return readInputs(runner)
}

type DiscreetOutside = Outside & DiscreetWorld

function discreet(outside: Outside): DiscreetOutside {
  const runner = discreetRunner(outside.runner)
  maskSecrets(runner)
  return { ...outside, runner }
}

/** Masks the URL-encoded form too: a server may quote what it was sent. */
function maskSecrets(runner: DiscreetRunner): void {
  for (const form of new Set(secretsFrom(runner).flatMap((secret) => [secret, encodeURIComponent(secret)])))
    runner.mask(form)
}
