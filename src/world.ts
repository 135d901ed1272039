import { tmpdir } from 'node:os'
import { systemClock } from './base/clock.ts'
import { currentRun } from './github/context.ts'
import type { Runner } from './github/runner.ts'
import { openWorkspace } from './github/workspace.ts'
import { createClient, NO_CREDENTIALS } from './http/client.ts'
import { undiciTransport } from './http/transport.ts'
import type { Logbook } from './journeys/logbook.ts'
import type { Tools } from './journeys/publish.ts'
import { platformCredentials } from './platform/credentials.ts'
import { createPlatform } from './platform/platform.ts'
import { createTokens } from './platform/token.ts'
import type { Inputs } from './steps/inputs.ts'

export type Outside = {
  readonly runner: Runner
  readonly env: NodeJS.ProcessEnv
  readonly logbook: Logbook
  readonly signal: AbortSignal
}

export type World = AsyncDisposable & { readonly tools: Tools }

/** Builds the real tools, once. What it opened is closed when it is left. */
export function openWorld(inputs: Inputs, { runner, env, logbook, signal }: Outside): World {
  const open = new AsyncDisposableStack()
  const transport = open.use(undiciTransport({ connections: inputs.concurrency + 2 }))
  const shared = {
    transport: transport.send,
    clock: systemClock,
    random: Math.random,
    trace: (line: string) => runner.debug(line),
    notice: (line: string) => runner.info(line),
  }
  const ims = createClient({ ...shared, origin: new URL(inputs.imsUrl), credentials: NO_CREDENTIALS })
  const tokens = createTokens(inputs.auth, { ims, clock: systemClock, mask: (secret) => runner.mask(secret) })
  const credentials = platformCredentials({ ...inputs, clientId: inputs.auth.clientId }, tokens)
  const workspace = open.use(openWorkspace(folders(env)))
  const platform = createPlatform(createClient({ ...shared, origin: new URL(inputs.platformUrl), credentials }))
  return {
    tools: {
      run: currentRun(env),
      platform,
      workspace,
      clock: systemClock,
      random: Math.random,
      say: runner,
      logbook,
      signal,
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

/** Outside a runner, a trial from the shell works in the current folder. */
function folders(env: NodeJS.ProcessEnv) {
  return { workspace: env['GITHUB_WORKSPACE'] ?? process.cwd(), temp: env['RUNNER_TEMP'] ?? tmpdir() }
}
