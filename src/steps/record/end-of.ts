import type { DeploymentStatus } from '../../github/deployments.ts'

/** How a deployment ended. */
export type End = { readonly state: Exclude<DeploymentStatus['state'], 'in_progress'>; readonly description: string }

/** How a run ended, as far as a deployment shows it. */
export type RunEnd = {
  /** The output `outcome`, or `killed` when the main phase could not say. */
  readonly outcome: string
  readonly fails: boolean
  readonly batches: readonly RunBatch[]
}

export type RunBatch = {
  readonly id: string
  /** COMPLETE was sent for it. */
  readonly isCompleted: boolean
  /** Undefined where nobody knows. */
  readonly outcome?: { readonly kind: string } | undefined
}

/**
 * What the deployment shows in the end; the first row that fits decides. The batches are named here, since GitHub fixes
 * the payload before there are any.
 *
 * | the run                                                                  | state      |
 * |--------------------------------------------------------------------------|------------|
 * | did not fail the job                                                     | `success`  |
 * | had a batch that failed                                                  | `failure`  |
 * | left a batch that may still become part of the dataset, or is one        | `error`    |
 * | was cancelled or killed, before a batch was completed                    | `inactive` |
 * | failed otherwise                                                         | `failure`  |
 */
export function endOf(run: RunEnd): End {
  return { state: stateOf(run), description: described(run) }
}

function stateOf({ outcome, fails, batches }: RunEnd): End['state'] {
  if (!fails) return 'success'
  if (batches.some((batch) => batch.outcome?.kind === 'failed')) return 'failure'
  if (batches.some(isUndecided)) return 'error'
  // Stopped after success: its rows are in, and what was still to be looked at is not known.
  if (outcome !== 'partially-published' && batches.some(isIn)) return 'error'
  return outcome === 'cancelled' || outcome === 'killed' ? 'inactive' : 'failure'
}

function isUndecided({ isCompleted, outcome }: RunBatch): boolean {
  return outcome === undefined ? isCompleted : outcome.kind === 'timed-out'
}

function isIn({ outcome }: RunBatch): boolean {
  return outcome?.kind === 'published' || outcome?.kind === 'partially-published'
}

/** REST API documentation, "Create a deployment status": at most 140 characters. */
const LONGEST = 140

/** As many batches as there is room for. */
function described({ outcome, batches }: RunEnd): string {
  const ids = batches.map(({ id }) => id)
  for (let shown = ids.length; shown > 0; shown--) {
    const text = `${outcome}: ${named(ids, shown)}`
    if (text.length <= LONGEST) return text
  }
  return outcome
}

function named(ids: readonly string[], shown: number): string {
  const more = ids.length - shown
  const noun = ids.length === 1 ? 'batch' : 'batches'
  return `${noun} ${ids.slice(0, shown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
