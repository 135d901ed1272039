import type { Comments } from './github/comments.ts'
import type { CommitFiles } from './github/commit-files.ts'
import type { Checkout } from './github/checkout.ts'
import type { Run } from './github/context.ts'
import type { Deployments } from './github/deployments.ts'
import type { Jobs } from './github/jobs.ts'
import type { DiscreetRunner, Log, Runner } from './github/runner.ts'
import { type Memory, type RunState, createRunState } from './github/left-behind.ts'
import type { Workspace } from './github/workspace.ts'
import { type Clock, type DeferredBudget, type WaitBudget, createWaitBudget, deferBudget } from './lib/time.ts'
import { type Auth, createTokens, platformCredentials } from './platform/auth.ts'
import { type Client, NO_CREDENTIALS, createClient } from './platform/http/client.ts'
import { createOriginCheck } from './platform/http/errors.ts'
import { type ClosableTransport, proxyFor } from './platform/http/transport.ts'
import { CLEANUP_MOST_MS, WAIT_GRACE_MS } from './platform/limits.ts'
import { type BatchesApi, batchesApi } from './platform/batches.ts'
import { type CatalogApi, catalogApi } from './platform/catalog.ts'
import type { BatchLimits } from './platform/limits.ts'
import { type DatasetsApi, datasetsApi } from './platform/datasets.ts'
import { type AccessApi, type DiagnosticsApi, accessApi, diagnosticsApi } from './platform/data-access.ts'
import { type NamespacesApi, namespacesApi } from './platform/namespaces.ts'
import { type SandboxesApi, sandboxesApi } from './platform/sandboxes.ts'
import { type MappingSetsApi, mappingSetsApi } from './platform/mapping-sets.ts'
import { type SchemasApi, schemasApi } from './platform/schemas.ts'
import { type SystemJobsApi, systemJobsApi } from './platform/system-jobs.ts'

/** Every port of a run: the platform, GitHub, the workspace, the log and the clock are reached only through it. */
export type Context = {
  readonly platform: Platform
  readonly github: GithubPorts & { readonly run: Run; readonly checkout: Checkout }
  readonly workspace: Workspace
  readonly log: Log
  /** The proxy for requests to the platform, without its credentials; undefined if they are sent directly. */
  readonly proxy: string | undefined
  /** What must be finished if the run dies. */
  readonly state: RunState
  readonly clock: Clock
  readonly waits: {
    /** Shared by all waits of the run: every request through `platform` draws on it. */
    readonly budget: WaitBudget
    /** The longest pause between two looks. */
    readonly longestPauseMs: number
  }
  /** For cleanup that every run must do, even when its time is over: see {@link cleanupContext}. */
  readonly cleanup: PlatformShare
  /** For requests that are sent before their responses are needed: see {@link aheadContext}. */
  readonly ahead: PlatformShare & { readonly budget: DeferredBudget }
  readonly random: () => number
  /** The limits at which a publication is split into batches. */
  readonly batchMost: BatchLimits
  readonly signal: AbortSignal
}

/** The platform, with a budget of its own for the requests. */
type PlatformShare = { readonly platform: Platform; readonly budget: WaitBudget }

/** The same ports, for work that must be done even after the end of "timeout-minutes". */
export function cleanupContext(context: Context): Context {
  const { platform, budget } = context.cleanup
  return { ...context, platform, waits: { ...context.waits, budget } }
}

/** The same ports, for work that starts before its result is needed: the code that awaits it counts and limits the wait. */
export function aheadContext(context: Context): Context {
  const { platform, budget } = context.ahead
  return { ...context, platform, waits: { ...context.waits, budget } }
}

/** The parts of Experience Platform that this action calls. */
export type Platform = {
  readonly batches: BatchesApi
  readonly catalog: CatalogApi
  readonly datasets: DatasetsApi
  readonly access: AccessApi
  readonly diagnostics: DiagnosticsApi
  readonly schemas: SchemasApi
  readonly mappingSets: MappingSetsApi
  readonly systemJobs: SystemJobsApi
  readonly namespaces: NamespacesApi
  readonly sandboxes: SandboxesApi
}

/** The parts of GitHub that this action calls. */
export type GithubPorts = {
  readonly deployments: Deployments
  readonly jobs: Jobs
  readonly contents: CommitFiles
  readonly comments: Comments
}

/** Requests to GitHub draw on the budget while they wait. */
export type GithubSetup = {
  readonly token: string
  readonly budget: WaitBudget
  readonly trace: (line: string) => void
}

/** The outside world from which the ports are built; a simulation brings its own. */
export type World = {
  readonly runner: Runner
  readonly run: Run
  readonly clock: Clock
  readonly random: () => number
  /** The limits of one batch; a test brings lower ones. */
  readonly batchMost: BatchLimits
  readonly openTransport: (connections: number) => ClosableTransport
  readonly openWorkspace: (leftBehind: Memory<string>) => Workspace
  readonly openCheckout: () => Checkout
  readonly openGithub: (setup: GithubSetup) => GithubPorts
  readonly signal: AbortSignal
}

/** A world whose runner removes secrets from everything that it writes. */
export type DiscreetWorld = World & { readonly runner: DiscreetRunner }

/** The connection settings of the workflow, read from the inputs. */
export type Connection = {
  readonly auth: Auth
  readonly orgId: string
  readonly sandbox: string
  readonly platformUrl: string
  readonly imsUrl: string
  readonly githubToken: string
  readonly concurrency: number
  readonly timeoutMs: number
  readonly pollIntervalMs: number
  /** Whether people can see values of the data, which a server may quote. */
  readonly showValues: boolean
}

export type OpenContext = AsyncDisposable & { readonly context: Context }

/** Builds the ports of a run, once. Disposing of the result closes everything that it opened. */
export function openContext(connection: Connection, world: DiscreetWorld): OpenContext {
  const { runner, clock, random, signal } = world
  const open = new AsyncDisposableStack()
  const closing = new AbortController()
  open.defer(() => closing.abort())
  const transport = open.use(world.openTransport(connection.concurrency + 2))
  const budget = createWaitBudget({ totalMs: connection.timeoutMs, graceMs: WAIT_GRACE_MS }, clock)
  const cleanup = createWaitBudget({ totalMs: CLEANUP_MOST_MS, graceMs: 0 }, clock)
  const ahead = deferBudget(budget, clock)
  const platforms = openPlatforms(connection, { ...world, transport, budget, cleanup, ahead, closing: closing.signal })
  const state = createRunState(
    (name, text) => runner.saveState(name, text),
    (text) => runner.warning(text),
  )
  const context: Context = {
    platform: platforms.platform,
    cleanup: { platform: platforms.cleanup, budget: cleanup },
    ahead: { platform: platforms.ahead, budget: ahead },
    github: { ...openGithub(connection, { ...world, budget }), checkout: open.use(world.openCheckout()) },
    workspace: discreetWorkspace(open.use(world.openWorkspace(state.scratch)), runner),
    log: runner,
    proxy: proxyFor(connection.platformUrl, (name) => runner.variable(name)),
    state,
    clock,
    waits: { budget, longestPauseMs: connection.pollIntervalMs },
    random,
    batchMost: world.batchMost,
    signal,
  }
  return { context, [Symbol.asyncDispose]: () => open.disposeAsync() }
}

/** Comments are redacted too: everyone who can read the repository can read them. */
function openGithub(connection: Connection, parts: DiscreetWorld & { readonly budget: WaitBudget }) {
  const { runner, run, budget } = parts
  const ports = parts.openGithub({ token: connection.githubToken, budget, trace: (line) => runner.debug(line) })
  const { comments } = ports
  const discreet: Comments = {
    ...comments,
    create: (pullRequest, body, signal) => comments.create(pullRequest, runner.redact(body), signal),
    edit: (id, body, signal) => comments.edit(id, runner.redact(body), signal),
  }
  return { ...ports, run, comments: discreet }
}

/** Redacts every file that it writes: rejected rows hold text of the platform. */
function discreetWorkspace(workspace: Workspace, { redact }: DiscreetRunner): Workspace {
  async function* redacted(texts: AsyncIterable<string>): AsyncGenerator<string> {
    for await (const text of texts) yield redact(text)
  }
  return { ...workspace, write: (path, texts) => workspace.write(path, redacted(texts)) }
}

type Line = Pick<DiscreetWorld, 'runner' | 'clock' | 'random'> & {
  readonly transport: ClosableTransport
  readonly budget: WaitBudget
  readonly cleanup: WaitBudget
  readonly ahead: WaitBudget
  /** Fires when the run needs no more tokens. */
  readonly closing: AbortSignal
}

function openPlatforms(connection: Connection, parts: Line): Record<'platform' | 'cleanup' | 'ahead', Platform> {
  const { runner, clock, random, transport, budget, cleanup, ahead, closing } = parts
  const { auth } = connection
  const shared = {
    redact: (text: string) => runner.redact(text),
    showValues: connection.showValues,
    transport: transport.send,
    clock,
    random,
    trace: (line: string) => runner.debug(line),
    notice: (line: string) => runner.info(line),
  }
  // A shared token request may take as long as the caller with the most time can wait.
  const most = (ask: (one: WaitBudget) => number) => Math.max(ask(budget), ask(cleanup))
  const shares = { leftMs: () => most((one) => one.leftMs()), mostMs: () => most((one) => one.mostMs()) }
  const ims = createClient({
    ...shared,
    budget: { ...budget, ...shares },
    origin: new URL(connection.imsUrl),
    credentials: NO_CREDENTIALS,
  })
  const tokens = createTokens(auth, { ims, clock, mask: (secret) => runner.mask(secret), closing })
  const credentials = platformCredentials({ ...connection, clientId: auth.clientId }, tokens)
  const isGenuine = createOriginCheck()
  const open = (of: WaitBudget) =>
    createPlatform(
      createClient({ ...shared, isGenuine, budget: of, origin: new URL(connection.platformUrl), credentials }),
      (signal) => tokens.get(signal),
    )
  return { platform: open(budget), cleanup: open(cleanup), ahead: open(ahead) }
}

/** `signIn` fetches a token; absent if the client needs none or has it already. */
export function createPlatform(
  client: Client,
  signIn: (signal: AbortSignal) => Promise<unknown> = async () => undefined,
): Platform {
  return {
    batches: batchesApi(client),
    catalog: catalogApi(client),
    datasets: datasetsApi(client),
    access: accessApi(client),
    diagnostics: diagnosticsApi(client),
    schemas: schemasApi(client),
    mappingSets: mappingSetsApi(client),
    systemJobs: systemJobsApi(client),
    namespaces: namespacesApi(client),
    sandboxes: sandboxesApi(client, signIn),
  }
}
