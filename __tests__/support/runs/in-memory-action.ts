import { noCheckout } from '../github/no-checkout.ts'
import { type Outside, runMain, runPost } from '../../../src/action.ts'
import { bytesContent } from '../../../src/lib/content.ts'
import type { Run } from '../../../src/github/context.ts'
import type { Comments } from '../../../src/github/comments.ts'
import type { CommitFiles } from '../../../src/github/commit-files.ts'
import type { Deployments } from '../../../src/github/deployments.ts'
import type { Jobs } from '../../../src/github/jobs.ts'
import type { Runner } from '../../../src/github/runner.ts'
import type { Workspace } from '../../../src/github/workspace.ts'
import { noScratchTree, scratchInMemory } from './kept-in-memory.ts'
import type { InMemoryPlatform } from '../emulator/in-memory-platform.ts'
import { RUN, workspaceFile } from '../make.ts'
import { never } from '../time/never.ts'
import { platformInputs } from './platform-inputs.ts'
import { createLocalChecker } from '../../../src/formats/pool.ts'
import { quickCheckOf } from '../../../src/modes/steps/run.ts'

export type Step = {
  readonly inputs?: Readonly<Record<string, string>>
  /** The environment of the step. */
  readonly variables?: Readonly<Record<string, string>>
  /** Path from the workspace → text. */
  readonly files?: Readonly<Record<string, string>>
  /** The same for files that an input names and no pattern finds. */
  readonly named?: Readonly<Record<string, string>>
  readonly run?: Partial<Run>
  readonly signal?: AbortSignal
  /** GitHub's answer about the jobs of this run; absent: the run has one job. */
  readonly jobs?: Jobs
  /** Called when the step searches for files. */
  readonly onFind?: () => void
  /** Replaces the worker threads; by default there are none. */
  readonly startThreads?: Outside['startThreads']
  /** Called with every line of the log as it is written. */
  readonly onLine?: (line: string) => void
  /** Called before each state is saved for the post phase. If it throws, the state is not saved. */
  readonly onSave?: (name: string, value: string) => void
}

export type Stepped = {
  readonly outputs: Readonly<Record<string, string>>
  readonly log: string
  readonly warnings: readonly string[]
  readonly errors: readonly string[]
  readonly failed: boolean
  readonly state: Readonly<Record<string, string>>
}

/** Runs the main phase of a step against a platform in memory. */
export async function runStep(platform: InMemoryPlatform, step: Step = {}): Promise<Stepped> {
  const { runner, stepped } = recorder(step, {})
  await runMain(outside(platform, step, runner))
  return stepped()
}

/** Runs the post phase of a step that left this state. */
export async function runPostPhase(
  platform: InMemoryPlatform,
  state: Readonly<Record<string, string>>,
): Promise<Stepped> {
  const { runner, stepped } = recorder({}, state)
  await runPost(outside(platform, {}, runner))
  return stepped()
}

function outside(platform: InMemoryPlatform, step: Step, runner: Runner): Outside {
  const { clock, random, batchMost, send } = platform
  return {
    runner,
    run: { ...RUN, attempt: 1, step: STEP, ...step.run },
    clock,
    random,
    batchMost,
    openTransport: () => ({ send, [Symbol.asyncDispose]: async () => undefined }),
    openWorkspace: () => workspaceOf(step),
    removeScratch: async () => undefined,
    openGithub: () => ({
      deployments: noDeployments,
      jobs: step.jobs ?? ONE_JOB,
      contents: noContents,
      comments: noComments,
    }),
    openCheckout: () => noCheckout,
    openChecker: (setup) => createLocalChecker(quickCheckOf(setup)),
    startThreads: step.startThreads ?? startNoThreads,
    signal: step.signal ?? never(),
  }
}

/** Starts no threads: rows are checked in the current thread. */
export const startNoThreads: Outside['startThreads'] = () => ({ [Symbol.asyncDispose]: async () => undefined })

/** The only step of the only job of its workflow. */
export const STEP = { job: 'publish', action: 'publish', isNested: false, runner: 'Runner 1' } as const

const ONE_JOB: Jobs = { list: async () => [{ id: '1', name: 'publish', runner: STEP.runner }] }

/** A step in memory records no deployments. */
const noDeployments: Deployments = {
  create: () => Promise.reject(new Error('Nobody records a deployment here')),
  setStatus: () => Promise.reject(new Error('Nobody records a deployment here')),
}

/** A step in memory reads no files from GitHub. */
export const noContents: CommitFiles = {
  tree: async () => NO_GITHUB,
  read: async () => NO_GITHUB,
  mergeBase: async () => NO_GITHUB,
}

/** A step in memory writes no comments. */
export const noComments: Comments = {
  author: async () => undefined,
  list: async () => [],
  create: () => Promise.reject(new Error('Nobody comments here')),
  edit: () => Promise.reject(new Error('Nobody comments here')),
  remove: () => Promise.reject(new Error('Nobody comments here')),
}

const NO_GITHUB = { kind: 'unreadable', reason: 'there is no GitHub here' } as const

function workspaceOf({ files = {}, named = {}, onFind }: Step): Workspace {
  const found = Object.entries(files).map(([path, text]) =>
    workspaceFile(path, { content: bytesContent(Buffer.from(text)) }),
  )
  return {
    find: async (patterns) => {
      onFind?.()
      return patterns.map((pattern) => ({ pattern, files: found, excluded: 0, usedExcludes: [] }))
    },
    read: async (path) => named[path] ?? Promise.reject(new Error(`There is no ${path} here`)),
    keep: scratchInMemory,
    keepTree: noScratchTree,
    write: () => Promise.reject(new Error('Nothing is written here')),
    [Symbol.asyncDispose]: async () => undefined,
  }
}

function recorder({ inputs = {}, variables = {}, onLine, onSave }: Step, saved: Readonly<Record<string, string>>) {
  const given: Readonly<Record<string, string>> = {
    ...platformInputs('https://platform.adobe.io'),
    ...WAITS,
    ...inputs,
  }
  const outputs: Record<string, string> = {}
  const state: Record<string, string> = {}
  const [lines, warnings, errors]: string[][] = [[], [], []]
  let failed = false
  const say = (kept: string[] | undefined) => (text: string) => {
    kept?.push(text)
    if (kept !== lines) lines?.push(text)
    onLine?.(text)
  }
  const runner: Runner = {
    input: (name) => given[name] ?? '',
    variable: (name) => variables[name] ?? '',
    info: say(lines),
    debug: () => undefined,
    warning: say(warnings),
    error: say(errors),
    mask: () => undefined,
    output: (name, value) => void (outputs[name] = value),
    saveState: (name, value) => {
      onSave?.(name, value)
      state[name] = value
    },
    savedState: (name) => saved[name] ?? '',
    summary: async () => undefined,
    keep: async (name) => `/temp/${name}`,
    fail: () => void (failed = true),
  }
  const stepped = (): Stepped => {
    const said = { log: lines?.join('\n') ?? '', warnings: warnings ?? [], errors: errors ?? [] }
    return { outputs, state, failed, ...said }
  }
  return { runner, stepped }
}

/** The waits of a real run; they take no time, because the clock leaps. */
const WAITS = { 'poll-interval-seconds': '300', 'timeout-minutes': '60' }
