import { availableParallelism, tmpdir } from 'node:os'
import { basename } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { type Outside, isPost, runMain, runPost } from './action.ts'
import { openPool, serveSlices } from './formats/pool.ts'
import { openContents } from './github/contents.ts'
import { currentRun } from './github/context.ts'
import { openGithubApi } from './github/api.ts'
import { openDeployments } from './github/deployments.ts'
import { openJobs } from './github/jobs.ts'
import { actionsRunner } from './github/runner.ts'
import { openWorkspace, removeScratch } from './github/workspace.ts'
import { cancelOnSignals } from './lib/async.ts'
import { systemClock } from './lib/time.ts'
import { BATCH_MOST } from './platform/limits.ts'
import { type ThreadSetup, checkingOf, quickCheckOf } from './modes/steps/run.ts'
import { undiciTransport } from './platform/http/transport.ts'

/** Outside a runner, a trial from the shell works in the current folder. */
const folders = {
  workspace: process.env['GITHUB_WORKSPACE'] || process.cwd(),
  temp: process.env['RUNNER_TEMP'] || tmpdir(),
}

const access = {
  repository: process.env['GITHUB_REPOSITORY'] ?? '',
  apiUrl: process.env['GITHUB_API_URL'] || 'https://api.github.com',
  clock: systemClock,
  random: Math.random,
}

const outside = (): Outside => ({
  runner: actionsRunner,
  run: currentRun(process.env),
  clock: systemClock,
  random: Math.random,
  batchMost: BATCH_MOST,
  openGithub: (setup) => {
    const api = openGithubApi({ ...access, ...setup })
    return { deployments: openDeployments(api), jobs: openJobs(api), contents: openContents(api) }
  },
  openTransport: (connections) => undiciTransport({ connections, env: process.env }),
  openWorkspace: (leftBehind) => openWorkspace(folders, leftBehind),
  removeScratch: (name) => removeScratch(folders.temp, name),
  openChecker: (setup) =>
    openPool({
      // ncc makes one file, and this is it: a thread runs the same bundle.
      program: { path: process.argv[1] ?? '', setup },
      ...checkingOf(setup),
      threads: availableParallelism(),
    }),
  signal: cancelOnSignals(process),
})

/** Else a post phase whose main phase could save nothing would take itself for a main phase, and publish. */
const isPostProgram = basename(process.argv[1] ?? '') === 'post.js'

async function step(): Promise<void> {
  // For GitHub's client too: no token is sent to a server that cannot prove who it is.
  delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
  const world = outside()
  await (isPostProgram || isPost(world) ? runPost(world) : runMain(world))
}

if (isMainThread) await step()
else serveSlices((setup, progress) => quickCheckOf(setup as ThreadSetup, progress))
