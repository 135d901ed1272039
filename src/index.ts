import { Cancelled } from './base/cancelled.ts'
import { actionsRunner as runner } from './github/runner.ts'
import type { Ending } from './journeys/ending.ts'
import { createLogbook, type Logbook } from './journeys/logbook.ts'
import { publish } from './journeys/publish.ts'
import { conclude } from './report/conclude.ts'
import { readInputs } from './steps/inputs.ts'
import { openWorld } from './world.ts'

const SECRETS = ['client-secret', 'access-token']

/** The one entrypoint of the action. */
async function main(): Promise<void> {
  for (const name of SECRETS) maskInput(runner.input(name).trim())
  const logbook = createLogbook()
  const ending = await run(logbook, cancelledBySignals())
  await conclude(logbook.facts(), ending, runner)
}

async function run(logbook: Logbook, signal: AbortSignal): Promise<Ending> {
  try {
    const inputs = readInputs((name) => runner.input(name))
    await using world = openWorld(inputs, { runner, env: process.env, logbook, signal })
    return await publish(inputs, world.tools)
  } catch (error) {
    return { kind: 'stopped', error }
  }
}

/** The encoded form too: a server may quote back what it was sent. */
function maskInput(secret: string): void {
  if (secret === '') return
  for (const form of new Set([secret, encodeURIComponent(secret)])) runner.mask(form)
}

/** The runner sends SIGINT, 7.5 s later SIGTERM; the listeners stay, so that neither ends the process at once. */
function cancelledBySignals(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => controller.abort(new Cancelled(name)))
  return controller.signal
}

await main()
