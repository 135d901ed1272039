import { type Outside, type Tools, openWorld } from './context.ts'
import { readLedger, readTagMemory } from './github/state.ts'
import { type Inputs, givenInputs, readInputs } from './inputs/inputs.ts'
import { abort } from './modes/abort.ts'
import { cleanUp } from './modes/clean-up.ts'
import { settleRecord } from './modes/deployment.ts'
import { plan } from './modes/plan.ts'
import { publish } from './modes/publish.ts'
import { revert } from './modes/revert.ts'
import { validate } from './modes/validate.ts'
import { wait } from './modes/wait.ts'
import { type RunEnd, readDeploymentEntry } from './publish/deployment.ts'
import { conclude } from './report/conclude.ts'
import { type Ending, type Errand, type Logbook, createLogbook, runOutcome } from './report/facts.ts'

const JOURNEYS: Readonly<Record<Inputs['mode'], (inputs: Inputs, tools: Tools) => Promise<Ending>>> = {
  publish,
  validate,
  plan,
  revert,
  wait,
  abort,
}

const SECRETS = ['client-secret', 'access-token', 'github-token']

/** The main phase of the step. Never throws: whatever happens is concluded. */
export async function main(outside: Outside): Promise<void> {
  const { runner } = outside
  maskSecrets(outside)
  runner.saveState('phase', 'main')
  const logbook = createLogbook()
  const ending = await run(outside, logbook)
  await conclude(logbook.facts(), ending, runner)
}

/** The post phase: puts right what a main phase left that was killed. Never throws, and never fails the job. */
export async function post(outside: Outside): Promise<void> {
  const { runner } = outside
  maskSecrets(outside)
  try {
    const left = {
      batches: readLedger(runner.savedState('ledger')),
      tags: readTagMemory(runner.savedState('tags')),
      deployment: readDeploymentEntry(runner.savedState('deployment')),
    }
    if (left.batches.length === 0 && left.tags === undefined && left.deployment === undefined) return
    await using world = openWorld(inputsOf(outside), outside, createLogbook())
    await cleanUp(left, world.tools)
  } catch (error) {
    runner.warning(`Cannot clean up after the main step: ${error instanceof Error ? error.message : String(error)}`)
  }
}

export function isPost({ runner }: Outside): boolean {
  return runner.savedState('phase') === 'main'
}

async function run(outside: Outside, logbook: Logbook): Promise<Ending> {
  try {
    const inputs = inputsOf(outside)
    logbook.note({ errand: errandOf(inputs, outside) })
    await using world = openWorld(inputs, outside, logbook)
    const { tools } = world
    const ending = await JOURNEYS[inputs.mode](inputs, tools).catch((error: unknown) => stopped(error))
    await settleRecord(tools.deploymentMemory.current(), endFor(ending, logbook), tools)
    if (ending.kind !== 'stopped') tools.ledger.conclude()
    return ending
  } catch (error) {
    return stopped(error)
  }
}

function stopped(error: unknown): Ending {
  return { kind: 'stopped', error }
}

function endFor(ending: Ending, logbook: Logbook): RunEnd {
  const facts = logbook.facts()
  const fails = ending.kind === 'stopped' || ending.verdict.fails
  return { outcome: runOutcome(ending, facts), fails, batches: facts.batches }
}

/** What the workflow gives, but for what it leaves at its default and what nobody may see. */
function errandOf(inputs: Inputs, outside: Outside): Errand {
  const { platformUrl, sandbox, showValues } = inputs
  const { runner } = outside
  return { run: outside.run, platformUrl, sandbox, showValues, given: givenInputs((name) => runner.input(name)) }
}

function inputsOf({ runner }: Outside): Inputs {
  return readInputs((name) => runner.input(name))
}

/** The encoded form too: a server may quote back what it was sent. */
function maskSecrets({ runner }: Outside): void {
  const secrets = SECRETS.map((name) => runner.input(name).trim()).filter((secret) => secret !== '')
  for (const form of new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]))) runner.mask(form)
}
