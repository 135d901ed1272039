import type { CheckSetup } from './check/row-check.ts'
import type { Say } from './files/discover.ts'
import type { SliceChecker } from './formats/check.ts'
import type { Run } from './github/context.ts'
import type { Deployments } from './github/deployments.ts'
import type { Runner } from './github/runner.ts'
import { type BatchLog, type Memory, type TagMemory, createBatchLog, createMemory } from './github/state.ts'
import type { Workspace } from './github/workspace.ts'
import type { Inputs } from './inputs/inputs.ts'
import { type Clock, type WaitBudget, createWaitBudget } from './lib/time.ts'
import { createSecrets, createTokens, platformCredentials } from './platform/auth.ts'
import { NO_CREDENTIALS, createClient } from './platform/http/client.ts'
import type { ClosableTransport } from './platform/http/transport.ts'
import { type Platform, createPlatform } from './platform/platform.ts'
import type { DeploymentEntry } from './publish/deployment.ts'
import type { RunFactsRecorder } from './report/facts.ts'

/** What a journey works with; the world builds the real ones. */
export type Tools = Platform & {
  readonly run: Run
  readonly openChecker: (setup: CheckSetup) => SliceChecker
  readonly workspace: Workspace
  readonly clock: Clock
  readonly waitBudget: WaitBudget
  /** The longest pause between two looks. */
  readonly longestPauseMs: number
  readonly random: () => number
  readonly say: Say
  /** What is said meanwhile is shown under this title. */
  readonly group: <T>(title: string, work: () => Promise<T>) => Promise<T>
  readonly recorder: RunFactsRecorder
  readonly batchLog: BatchLog
  readonly tagMemory: TagMemory
  readonly deployments: Deployments
  readonly deploymentMemory: Memory<DeploymentEntry>
  readonly signal: AbortSignal
}

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
export function openWorld(inputs: Inputs, outside: Outside, recorder: RunFactsRecorder): World {
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
      recorder,
      say: runner,
      group: (title, work) => runner.group(title, work),
      workspace: open.use(outside.openWorkspace()),
      batchLog: createBatchLog((text) => runner.saveState('ledger', text)),
      tagMemory: createMemory((text) => runner.saveState('tags', text)),
      deployments: outside.openDeployments(inputs.githubToken),
      deploymentMemory: createMemory((text) => runner.saveState('deployment', text)),
      waitBudget: createWaitBudget(inputs.timeoutMs, clock),
      longestPauseMs: inputs.pollIntervalMs,
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}
