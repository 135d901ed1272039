import { type GithubApi, GithubProblem, foreignAnswer } from './api.ts'
import type { JsonReader } from '../lib/json-reader.ts'

/** A job of one attempt of a run. */
export type WorkflowJob = {
  readonly id: string
  /** Includes the jobs that call it, for a reusable workflow, and its matrix values: `call / publish (eu)`. */
  readonly name: string
  readonly runner: string
}

/** The jobs of this repository's runs. @throws GithubProblem as {@link GithubApi}. */
export type Jobs = {
  list(
    attempt: { readonly runId: string; readonly attempt: number },
    signal: AbortSignal,
  ): Promise<readonly WorkflowJob[]>
}

const PAGE = 100
/** Enough for a matrix, which has at most 256 jobs; later pages are not read. */
const MOST_PAGES = 10

/** REST API documentation, "List jobs for a workflow run attempt". */
export function openJobs(api: GithubApi): Jobs {
  return {
    async list({ runId, attempt }, signal) {
      const route = 'GET /actions/runs/{run_id}/attempts/{attempt_number}/jobs'
      const jobs: WorkflowJob[] = []
      for (let page = 1; page <= MOST_PAGES; page++) {
        const params = { run_id: Number(runId), attempt_number: attempt, per_page: PAGE, page }
        const { json } = await api.send({ route, params, expects: 200, needs: 'actions: read' }, signal)
        const at = json.get('jobs')
        // A response that is not a list must not count as the end: a job would then seem to be the only one of its name.
        if (!Array.isArray(at.value())) throw foreignAnswer('the answer of GitHub does not contain the jobs of a run')
        const listed = at.items().map(readJob)
        jobs.push(...listed)
        if (listed.length < PAGE) return jobs
      }
      const remedy = 'Give each step its own "publication".'
      throw new GithubProblem(`GitHub lists more than ${MOST_PAGES * PAGE} jobs`, { remedy, failure: 'unusable' })
    },
  }
}

function readJob(at: JsonReader): WorkflowJob {
  return {
    id: String(at.get('id').number() ?? ''),
    name: at.get('name').text() ?? '',
    runner: at.get('runner_name').text() ?? '',
  }
}
