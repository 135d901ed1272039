import { abort } from './journeys/abort.ts'
import { cleanUp } from './journeys/clean-up.ts'
import { runOutcome, type Ending } from './journeys/ending.ts'
import { createLogbook, type Errand, type Logbook } from './journeys/logbook.ts'
import { plan } from './journeys/plan.ts'
import { publish } from './journeys/publish.ts'
import { settleRecord } from './journeys/record.ts'
import { revert } from './journeys/revert.ts'
import type { Tools } from './journeys/tools.ts'
import { validate } from './journeys/validate.ts'
import { wait } from './journeys/wait.ts'
import { readLedger, readTagMemory } from './ledger.ts'
import { conclude } from './report/conclude.ts'
import { givenInputs, readInputs, type Inputs } from './steps/inputs.ts'
import { readDeploymentEntry } from './steps/record.ts'
import type { RunEnd } from './steps/record/end-of.ts'
import { openWorld, type Outside } from './world.ts'

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
