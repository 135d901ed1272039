import { tmpdir } from 'node:os'
import { isPost, main, post } from './action.ts'
import { Cancelled } from './base/cancelled.ts'
import { systemClock } from './base/clock.ts'
import { currentRun } from './github/context.ts'
import { actionsRunner } from './github/runner.ts'
import { openWorkspace } from './github/workspace.ts'
import { undiciTransport } from './http/transport.ts'
import type { Outside } from './world.ts'

/** The runner sends SIGINT, 7.5 s later SIGTERM; the listeners stay, so that neither ends the process at once. */
function cancelledBySignals(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => controller.abort(new Cancelled(name)))
  return controller.signal
}

/** Outside a runner, a trial from the shell works in the current folder. */
const folders = {
  workspace: process.env['GITHUB_WORKSPACE'] ?? process.cwd(),
  temp: process.env['RUNNER_TEMP'] ?? tmpdir(),
}

const outside: Outside = {
  runner: actionsRunner,
  run: currentRun(process.env),
  clock: systemClock,
  random: Math.random,
  openTransport: (connections) => undiciTransport({ connections }),
  openWorkspace: () => openWorkspace(folders),
  signal: cancelledBySignals(),
}

await (isPost(outside) ? post(outside) : main(outside))
