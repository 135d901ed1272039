import type { Clock } from './base/clock.ts'
import { createPatience } from './base/patience.ts'
import type { Run } from './github/context.ts'
import type { Deployments } from './github/deployments.ts'
import type { Runner } from './github/runner.ts'
import type { Workspace } from './github/workspace.ts'
import { createClient, NO_CREDENTIALS } from './http/client.ts'
import type { ClosableTransport } from './http/transport.ts'
import type { Logbook } from './journeys/logbook.ts'
import type { Tools } from './journeys/tools.ts'
import { createLedger, createMemory } from './ledger.ts'
import { platformCredentials } from './platform/credentials.ts'
import { createPlatform } from './platform/platform.ts'
import { createSecrets } from './platform/secrets.ts'
import { createTokens } from './platform/token.ts'
import type { SliceChecker } from './rows/slice-checker.ts'
import type { CheckSetup } from './steps/examine/row-check.ts'
import type { Inputs } from './steps/inputs.ts'

/** Everything that the action touches; a simulation brings its own. */
export type Outside = {
  readonly runner: Runner
  readonly run: Run
  readonly clock: Clock
  readonly random: () => number
  readonly openTransport: (connections: number) => ClosableTransport
  readonly openWorkspace: () => Workspace
  readonly openDeployments: (token: string) => Deployments
  /** Checks rows, here or in threads. */
  readonly openChecker: (setup: CheckSetup) => SliceChecker
  readonly signal: AbortSignal
}

export type World = AsyncDisposable & { readonly tools: Tools }

/** Builds the tools of a run, once. What it opened is closed when it is left. */
export function openWorld(inputs: Inputs, outside: Outside, logbook: Logbook): World {
  const { runner, clock, run, random, signal } = outside
  const open = new AsyncDisposableStack()
  const closing = new AbortController()
  open.defer(() => closing.abort())
  const transport = open.use(outside.openTransport(inputs.concurrency + 2))
  const secrets = createSecrets(inputs.auth, runner)
  const shared = {
    redact: secrets.redact,
    transport: transport.send,
    clock,
    random,
    trace: (line: string) => runner.debug(line),
    notice: (line: string) => runner.info(line),
  }
  const ims = createClient({ ...shared, origin: new URL(inputs.imsUrl), credentials: NO_CREDENTIALS })
  const tokens = createTokens(inputs.auth, {
    ims,
    clock,
    mask: secrets.add,
    closing: closing.signal,
  })
  const credentials = platformCredentials({ ...inputs, clientId: inputs.auth.clientId }, tokens)
  const client = createClient({ ...shared, origin: new URL(inputs.platformUrl), credentials })
  return {
    tools: {
      ...createPlatform(client),
      run,
      openChecker: outside.openChecker,
      clock,
      random,
      signal,
      logbook,
      say: runner,
      group: (title, work) => runner.group(title, work),
      workspace: open.use(outside.openWorkspace()),
      ledger: createLedger((text) => runner.saveState('ledger', text)),
      tagMemory: createMemory((text) => runner.saveState('tags', text)),
      deployments: outside.openDeployments(inputs.githubToken),
      deploymentMemory: createMemory((text) => runner.saveState('deployment', text)),
      patience: createPatience(inputs.timeoutMs, clock),
      longestPauseMs: inputs.pollIntervalMs,
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}
