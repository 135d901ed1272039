import { seededCredential } from '../../emulator/seed.ts'
import { seededOrg } from '../../emulator/seed/ids.ts'
import type { Run } from '../../src/github/context.ts'
import type { Jobs } from '../../src/github/jobs.ts'
import { type RunPlan, type Story, type Themes, jobIdOf } from './story.ts'

/** What the workflow writes under `with:`. */
export function inputsOf(
  plan: RunPlan,
  ids: readonly string[],
  { legs, profileRemoval, relational }: Themes,
): Readonly<Record<string, string>> {
  return {
    mode: plan.does === 'publish' ? 'publish' : 'revert',
    dataset: plan.dataset.naming,
    schema: plan.does === 'publish' ? plan.dataset.schema : '',
    upsert: plan.does === 'publish' ? plan.upsert : 'false',
    'batch-id': batchId(plan, ids),
    'revert-profile': String(profileRemoval && plan.does !== 'publish'),
    'max-shrink-percent': String(plan.maxShrinkPercent),
    glob: plan.pattern,
    publication: plan.publication,
    shard: plan.shard === undefined ? '' : `${plan.shard.number}/${plan.shard.of}`,
    'client-id': seededCredential.clientId,
    // Bad rows are to reach the platform: what becomes of them there is what the stories are about.
    validation: relational ? 'error' : 'off',
    'client-secret': seededCredential.secrets[0],
    'org-id': seededOrg,
    sandbox: 'dev',
    'replay-predecessors': predecessors(plan, ids),
    'if-unchanged': plan.ifUnchanged,
    wait: String(plan.waits),
    'error-threshold': String(plan.errorThreshold),
    'timeout-minutes': String(plan.timeoutMinutes),
    'chunk-size-mib': '1',
    'job-id': jobIdOf(plan),
    matrix: matrixOf(plan, legs),
  }
}

function batchId({ does }: RunPlan, [id = 'unknown']: readonly string[]): string {
  if (does === 'publish') return ''
  return does === 'revert previous' ? 'previous' : id
}

function predecessors({ does, replaces }: RunPlan, ids: readonly string[]): string {
  if (does !== 'publish') return ''
  return replaces === 'previous' ? 'previous' : ids.join('\n')
}

function matrixOf({ leg, shard }: RunPlan, legs: Themes['legs']): string {
  if (shard !== undefined) return JSON.stringify({ shard: shard.number })
  return leg === undefined || legs !== 'legs' ? 'null' : JSON.stringify({ leg })
}

/** GitHub, as far as it tells of jobs: those of the run's attempt. */
export function jobsOf({ runId }: RunPlan, { before, runs, themes }: Story): Jobs {
  return {
    list: ({ attempt }) => {
      if (themes.legs === 'unproved') return Promise.reject(new Error('GitHub answered 403'))
      const own = [...before, ...runs].filter((plan) => plan.runId === runId && plan.attempt === attempt)
      const jobs = new Map(own.map((plan) => [jobIdOf(plan), `publish (${plan.leg ?? plan.shard?.number ?? 0})`]))
      return Promise.resolve(Array.from(jobs, ([id, name]) => ({ id, name, runner: 'Runner 1' })))
    },
  }
}

export function runOf({ repositoryId, runId, attempt, ref }: RunPlan, { legs }: Themes): Run {
  const repository = `acme/data-${repositoryId}`
  return {
    repository,
    repositoryId,
    attempt,
    ref,
    sha: '0123456789012345678901234567890123456789',
    runId: String(runId),
    workflow: 'publish',
    url: `https://github.com/${repository}/actions/runs/${runId}`,
    step: { job: 'publish', action: 'publish', isNested: legs === 'nested', runner: 'Runner 1' },
    event: { name: 'push', isMerged: false, isForeign: false, origin: '', isQueued: false, isOnPullRequest: false },
  }
}
