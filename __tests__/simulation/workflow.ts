import { seededCredential } from '../../emulator/seed.ts'
import { seededOrg } from '../../emulator/seed/ids.ts'
import type { Run } from '../../src/github/context.ts'
import type { RunPlan } from './story.ts'

/** What the workflow writes under `with:`. */
export function inputsOf(plan: RunPlan, ids: readonly string[]): Readonly<Record<string, string>> {
  return {
    mode: plan.does === 'publish' ? 'publish' : 'revert',
    dataset: plan.dataset.naming,
    schema: plan.does === 'publish' ? plan.dataset.schema : '',
    upsert: plan.does === 'publish' ? plan.upsert : 'false',
    'batch-id': batchId(plan, ids),
    'max-shrink-percent': String(plan.maxShrinkPercent),
    glob: plan.pattern,
    publication: plan.publication,
    shard: plan.shard === undefined ? '' : `${plan.shard.number}/${plan.shard.of}`,
    'client-id': seededCredential.clientId,
    // Bad rows are to reach the platform: what becomes of them there is what the stories are about.
    validation: 'off',
    'client-secret': seededCredential.secrets[0],
    'org-id': seededOrg,
    sandbox: 'dev',
    'replay-predecessors': predecessors(plan, ids),
    'if-unchanged': plan.ifUnchanged,
    wait: String(plan.waits),
    'error-threshold': String(plan.errorThreshold),
    'timeout-minutes': String(plan.timeoutMinutes),
    'chunk-size-mib': '1',
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

export function runOf({ repositoryId, runId, attempt, ref }: RunPlan): Run {
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
    step: { job: 'publish', action: 'publish', isNested: false, runner: 'Runner 1' },
    event: { name: 'push', isMerged: false, isForeign: false, origin: '', isQueued: false, isOnPullRequest: false },
  }
}
