import type { Run } from '../github/context.ts'
import type { BatchOrder } from '../platform/batches.ts'
import { filesHash, fingerprint, namesHash, type Reading } from './fingerprint.ts'
import type { Inputs } from './inputs.ts'
import type { BatchPlan } from './plan.ts'
import type { CheckedFile } from './preflight.ts'
import { inputFormat } from './reading.ts'
import { batchTags, defaultPublication, externalId, type Marks } from './tags.ts'
import type { Target } from './target.ts'

export type Publish = {
  readonly inputs: Inputs
  readonly target: Target
  readonly run: Run
  readonly reading: Reading
  /** Of the whole publish, all parts. */
  readonly files: readonly CheckedFile[]
}

/** What the platform is asked for, for one batch of a publish. `salt` makes its external id unlike any other. */
export function orderBatch(plan: BatchPlan, publish: Publish, salt: string): BatchOrder {
  const { inputs, target, run, files } = publish
  return {
    datasetId: target.dataset.id,
    inputFormat: inputFormat(files, inputs),
    externalId: externalId(run, plan.part.number, salt),
    partialIngestionPercent: inputs.errorThreshold,
    tags: batchTags(run, marks(plan, publish), inputs.tags),
  }
}

function marks(plan: BatchPlan, { inputs, reading, files }: Publish): Marks {
  return {
    publication: defaultPublication(inputs.patterns),
    publish: fingerprint(reading, files),
    part: plan.part,
    fingerprint: plan.fingerprint,
    namesHash: namesHash(files.map(({ name }) => name)),
    filesHash: filesHash(files.map(({ name, sourceBytes }) => ({ name, bytes: sourceBytes }))),
  }
}
