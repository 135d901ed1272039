import { execFileSync } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { runCommandLine } from './cli/command-line.ts'
import { runByNewerNode } from './cli/newer-node.ts'
import type { Shell } from './cli/shell.ts'
import { textStream } from './cli/streams.ts'
import { type Outside, isPost, runMain, runPost } from './action.ts'
import { createThreadsAhead, openPool } from './formats/pool.ts'
import { openComments } from './github/comments.ts'
import { openContents } from './github/contents.ts'
import { openCheckout } from './github/checkout.ts'
import { currentRun } from './github/context.ts'
import { openGithubApi } from './github/api.ts'
import { openDeployments } from './github/deployments.ts'
import { openJobs } from './github/jobs.ts'
import { actionsRunner } from './github/runner.ts'
import { openWorkspace, removeScratch } from './github/workspace.ts'
import { cancelOnSignals } from './lib/async.ts'
import { systemClock } from './lib/time.ts'
import { BATCH_MOST } from './platform/limits.ts'
import { checkingOf } from './modes/steps/run.ts'
import { undiciTransport } from './platform/http/transport.ts'

/**
 * The built main.ts, which the runner starts, and each worker thread. The command that npm installs is a link to it.
 */
const program = realpathSync(process.argv[1] ?? '')

const args = process.argv.slice(2)

/** The root folder of the clone or of the unpacked package that holds the bundle. */
const home = join(dirname(program), '..')

/** Command-line arguments are relative to the current folder, as is a trial run outside GitHub Actions. */
const folders = {
  workspace: (args.length === 0 && process.env['GITHUB_WORKSPACE']) || process.cwd(),
  temp: process.env['RUNNER_TEMP'] || tmpdir(),
  isSilent: args.length > 0,
}

const access = {
  repository: process.env['GITHUB_REPOSITORY'] ?? '',
  apiUrl: process.env['GITHUB_API_URL'] || 'https://api.github.com',
  clock: systemClock,
  random: Math.random,
}

const ahead = createThreadsAhead(program, availableParallelism())

const outside = (): Outside => ({
  runner: actionsRunner,
  run: currentRun(process.env),
  clock: systemClock,
  random: Math.random,
  batchMost: BATCH_MOST,
  openGithub: (setup) => {
    const api = openGithubApi({ ...access, ...setup })
    return {
      deployments: openDeployments(api),
      jobs: openJobs(api),
      contents: openContents(api),
      comments: openComments(api),
    }
  },
  openCheckout: () => openCheckout({ ...folders, env: process.env }),
  openTransport: (connections) => undiciTransport({ connections, env: process.env }),
  openWorkspace: (leftBehind) => openWorkspace(folders, leftBehind),
  removeScratch: (name) => removeScratch(folders.temp, name),
  openChecker: (setup) =>
    openPool({
      program: { path: program, setup },
      ...checkingOf(setup),
      threads: availableParallelism(),
      ahead,
    }),
  startThreads: (bytes) => ahead.start(bytes),
  signal: cancelOnSignals(process),
})

/**
 * Decided by name: a post phase whose main phase could save no state would otherwise take itself for a main phase and
 * publish.
 */
const isPostProgram = basename(program) === 'post.js'

/** A runner passes no arguments. It, or a program that imitates it, is recognized by its environment variables. */
const isStep =
  isPostProgram ||
  (args.length === 0 &&
    ((process.env['GITHUB_ACTIONS'] ?? '') !== '' ||
      Object.keys(process.env).some((name) => /^(?:INPUT|STATE)_/.test(name))))

/**
 * A search that @actions/glob has begun cannot be stopped: after a failed run the step exits without waiting for it.
 */
async function step(): Promise<void> {
  const world = outside()
  await (isPostProgram || isPost(world) ? runPost(world) : runMain(world))
  // On Windows, writes to a pipe are asynchronous. This callback runs after those of all earlier lines.
  await new Promise<void>((resolve) => void process.stdout.write('', () => resolve()))
  process.exit()
}

const shell = (): Shell => ({
  args,
  env: process.env,
  folder: process.cwd(),
  temp: folders.temp,
  home,
  // Opened only on use: an opened standard input keeps the process waiting.
  get input() {
    return process.stdin
  },
  output: textStream(process.stdout),
  errors: textStream(process.stderr),
  ask: (name, words) => {
    try {
      // Windows would first look for the program in the current folder, which can hold anyone's files.
      return execFileSync(name, words, {
        cwd: folders.temp,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim()
    } catch {
      return undefined
    }
  },
})

async function commandLine(): Promise<void> {
  process.exitCode = await runCommandLine(shell(), outside())
}

// Protects GitHub's client too: no token is sent to a server that cannot prove its identity.
delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
await main()

async function main(): Promise<void> {
  const rerun = await runByNewerNode({ version: process.version, home, program, args, signals: process })
  if (rerun === undefined) return await (isStep ? step() : commandLine())
  process.stderr.write(rerun.message ?? '')
  process.exitCode = rerun.exitCode
}
