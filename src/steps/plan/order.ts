import type { Run } from '../../github/context.ts'
import type { BatchId } from '../../platform/ids.ts'
import { fingerprint, namesHash, type Reading } from './fingerprint.ts'
import type { Inputs } from '../inputs.ts'
import type { Wish } from '../open-batch/create-batch.ts'
import type { BatchPlan } from '../plan.ts'
import type { CheckedFile } from '../preflight.ts'
import { publicationName } from './publication-name.ts'
import { inputFormat } from './reading.ts'
import { batchTags } from './tags.ts'
import type { Target } from '../target.ts'

/** One content of a publication. */
export type Publish = {
  readonly inputs: Inputs
  readonly target: Target
  readonly run: Run
  readonly publication: string
  /** Fingerprint of the whole content, whichever way it is cut. */
  readonly fingerprint: string
  /** `gh_names`. */
  readonly namesHash: string
  /** `gh_files`: of all files that were found, those of other shares too. */
  readonly filesHash: string
  /** All parts. */
  readonly files: readonly CheckedFile[]
  /** Of all files; undefined where nobody counted them. */
  readonly rows: number | undefined
}

export function describePublish(
  files: readonly CheckedFile[],
  reading: Reading,
  about: Pick<Publish, 'inputs' | 'target' | 'run' | 'rows' | 'filesHash'>,
): Publish {
  return {
    ...about,
    publication: publicationName(about.inputs),
    fingerprint: fingerprint(reading, files),
    namesHash: namesHash(files.map(({ name }) => name)),
    files,
  }
}

/** What the platform is asked for, for one batch of a publish. */
export function orderBatch(plan: BatchPlan, publish: Publish, replaces: readonly BatchId[]): Wish {
  const { inputs, target, run, files } = publish
  const { part, fingerprint: own } = plan
  return {
    datasetId: target.dataset.id,
    inputFormat: inputFormat(files, inputs),
    partialIngestionPercent: inputs.errorThreshold,
    tags: batchTags(run, { ...publish, publish: publish.fingerprint, part, fingerprint: own }, inputs.tags),
    replaces,
  }
}
