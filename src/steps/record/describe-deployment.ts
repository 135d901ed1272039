import { count } from '../../base/words.ts'
import type { DeploymentOrder } from '../../github/deployments.ts'
import type { BatchId, DatasetId } from '../../platform/ids.ts'
import type { Inputs } from '../inputs.ts'
import type { Publish } from '../plan/order.ts'
import { sumKnown, type BatchPlan } from '../plan.ts'

/** What is about to be sent, and in whose place. */
export type Sending = {
  readonly publish: Pick<Publish, 'run' | 'publication' | 'fingerprint'> & {
    readonly inputs: Pick<Inputs, 'sandbox' | 'environment'>
    readonly target: { readonly dataset: { readonly id: DatasetId } }
  }
  readonly plans: readonly Pick<BatchPlan, 'sources' | 'rows' | 'bytes'>[]
  readonly replaces: readonly BatchId[]
}

/** A reader of deployments must be able to tell an old payload from a new one. */
const VERSION = 1

/**
 * What is known of a publish before its first batch is created. Its batches carry the same fingerprint in their tag
 * `gh_publish`, and the run in `gh_run_id`.
 */
export function describeDeployment({
  publish,
  plans,
  replaces,
}: Sending): Pick<DeploymentOrder, 'description' | 'payload'> {
  const { inputs, target, run, publication, fingerprint } = publish
  const files = plans.reduce((total, { sources }) => total + sources.length, 0)
  const rows = sumKnown(plans.map((plan) => plan.rows))
  const counted = rows === undefined ? '' : `, ${count(rows, 'row')}`
  return {
    description: `${count(files, 'file')}${counted} for dataset ${target.dataset.id}`,
    payload: {
      version: VERSION,
      dataset: target.dataset.id,
      sandbox: inputs.sandbox,
      publication,
      fingerprint,
      files,
      ...(rows === undefined ? {} : { rows }),
      bytes: plans.reduce((total, { bytes }) => total + bytes, 0),
      batches: plans.length,
      replaces,
      run: { id: run.runId, attempt: run.attempt },
    },
  }
}
