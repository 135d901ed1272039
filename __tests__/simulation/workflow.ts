import { seededCredential } from '../../src/emulator/seed.ts'
import { seededOrg } from '../../src/emulator/seed/ids.ts'
import type { Run } from '../../src/github/context.ts'
import type { RunPlan } from './story.ts'
import { datasetOf } from './tell-story.ts'

/** What the workflow writes under `with:`. */
export function inputsOf(plan: RunPlan, ids: readonly string[]): Readonly<Record<string, string>> {
  return {
    dataset: datasetOf(plan),
    glob: plan.pattern,
    publication: plan.publication,
    'client-id': seededCredential.clientId,
    // Bad rows are to reach the platform: what becomes of them there is what the stories are about.
    validation: 'off',
    'client-secret': seededCredential.secrets[0],
    'org-id': seededOrg,
    sandbox: 'dev',
    'replay-predecessors': plan.replaces === 'previous' ? 'previous' : ids.join('\n'),
    'if-unchanged': plan.ifUnchanged,
    wait: String(plan.waits),
    'error-threshold': String(plan.errorThreshold),
    'timeout-minutes': String(plan.timeoutMinutes),
    'chunk-size-mib': '1',
  }
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
    event: { name: 'push', isMerged: false, isForeign: false },
  }
}
