import type { Perform } from '../../action.ts'
import { foreignCheckout } from '../../github/checkout.ts'
import { Problem } from '../../lib/errors.ts'
import { plan } from '../../modes/plan.ts'
import type { RunContext } from '../../modes/steps/run.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import { findOrPlanTarget } from '../../publish/dataset.ts'
import type { Shell } from '../shell.ts'

/** Later than every run so far, so that the next run finds what they published. */
const NEXT_RUN = String(Number.MAX_SAFE_INTEGER)

/**
 * `plan`, for the workflow of a repository. What it published is found by the repository's id, which its batches name.
 *
 * @param repository `owner/name`; empty if the option does not give it
 */
export function planAsNextRun(repository: string, shell: Shell): Perform {
  return async (inputs, context) => {
    const { run } = context.github
    if (run.runId !== '') return await plan(inputs, context)
    const name = repository === '' ? originOf(shell) : repository
    if (name === undefined) throw await unknownRepository(shell)
    const next = { ...run, repository: name, repositoryId: await idOf(name, inputs, context), runId: NEXT_RUN }
    return await plan(inputs, { ...context, github: { ...context.github, run: next } })
  }
}

/** The problem of a folder whose remote "origin" cannot be read, or does not name a repository of a server. */
export async function unknownRepository({ ask, folder }: Pick<Shell, 'ask' | 'folder'>): Promise<Problem> {
  const unknown = 'Cannot plan: the repository whose workflow publishes is not known'
  const isRead = ask('git', ['-C', folder, 'rev-parse', '--git-dir']) !== undefined
  const foreign = isRead ? undefined : await foreignCheckout(folder)
  if (foreign === undefined) {
    const remedy = 'Run the command in a clone that has the remote "origin", or give --repository OWNER/NAME.'
    return new Problem(unknown, { remedy })
  }
  return new Problem(
    `${unknown}: the clone ${JSON.stringify(foreign)} belongs to another user, and Git does not read it`,
    {
      remedy: `Give --repository OWNER/NAME, run the command as the owner of the clone, or trust it: git config --global --add safe.directory ${JSON.stringify(foreign)}`,
    },
  )
}

/** The repository's id, from its newest batch in this dataset; empty for a repository that has published none. */
async function idOf(name: string, inputs: Inputs, context: RunContext): Promise<string> {
  const destination = await findOrPlanTarget(inputs, context)
  if (destination.kind === 'planned') return ''
  const query = { dataset: destination.target.dataset.id, tags: [`gh_repository:${name}`], newestOnly: true } as const
  const batches = await context.platform.catalog.batches(query, context.signal)
  const ids = batches.flatMap(({ tags }) =>
    tags['gh_repository']?.[0] === name ? (tags['gh_repository_id'] ?? []) : [],
  )
  const id = ids.at(-1)
  if (id === undefined)
    context.log.info(`No batch of this dataset is from ${name}: this would be its first publish run`)
  else context.log.info(`Plan for the next publish run of ${name}`)
  return id ?? ''
}

/** `git@github.com:acme/data.git`, `https://github.com/acme/data` → `acme/data`. */
function originOf({ ask, folder }: Shell): string | undefined {
  const url = ask('git', ['-C', folder, 'config', '--get', 'remote.origin.url']) ?? ''
  return repositoryIn(url)
}

/** Only for a remote on a server: a folder of this machine has no `owner/name`. */
export function repositoryIn(url: string): string | undefined {
  return /^(?:[a-z+]+:\/\/[^/\s]+\/|[^/:\s]{2,}:)([^/:\s]+\/[^/:\s]+?)(?:\.git)?\/?$/.exec(url.trim())?.[1]
}
