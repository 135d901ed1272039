import { type BatchPlan, type Reading, fingerprint, namesHash } from '../files/plan.ts'
import type { CheckedFile } from '../files/read.ts'
import { type CsvChoices, csvDialect } from '../files/split.ts'
import type { Run } from '../github/context.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { InputFormat } from '../platform/batches.ts'
import type { BatchId } from '../platform/ids.ts'
import type { Wish } from './batch.ts'
import type { Target } from './dataset.ts'
import { batchTags, publicationName } from './tags.ts'

type Choices = CsvChoices & Pick<Inputs, 'sandbox' | 'upsert'>

/** How the platform is told to read these files, which share one format (API guide; defaults as in its preview call). */
function inputFormat(files: readonly CheckedFile[], choices: Omit<Choices, 'sandbox' | 'upsert'>): InputFormat {
  const format = files[0]?.format ?? 'json'
  switch (format) {
    case 'json':
      return { format, isMultiLineJson: files.some(({ isMultiLine }) => isMultiLine) }
    case 'parquet':
      return { format }
    case 'csv': {
      return { format, ...csvDialect(choices), header: true, charset: 'UTF-8' }
    }
    default:
      return format satisfies never
  }
}

/** Everything but the files that decides what the platform makes of them, for the fingerprint. */
export function readingOf(files: readonly CheckedFile[], choices: Choices, { dataset }: Target): Reading {
  const { format, ...options } = inputFormat(files, choices)
  const texts = Object.entries(options).map(([name, value]) => [name, String(value)])
  const { sandbox, upsert } = choices
  return { dataset: dataset.id, sandbox, format, upsert: upsert !== 'false', options: Object.fromEntries(texts) }
}

/** One content of a publication. */
export type PublishRequest = {
  readonly inputs: Inputs
  readonly target: Target
  readonly run: Run
  readonly publication: string
  /** Fingerprint of the whole content, whichever way it is cut. */
  readonly publishFingerprint: string
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
  about: Pick<PublishRequest, 'inputs' | 'target' | 'run' | 'rows' | 'filesHash'>,
): PublishRequest {
  return {
    ...about,
    publication: publicationName(about.inputs),
    publishFingerprint: fingerprint(reading, files),
    namesHash: namesHash(files.map(({ name }) => name)),
    files,
  }
}

/** What the platform is asked for, for one batch of a publish. */
export function orderBatch(plan: BatchPlan, publish: PublishRequest, replaces: readonly BatchId[]): Wish {
  const { inputs, target, run, files } = publish
  const { part, fingerprint: own } = plan
  return {
    datasetId: target.dataset.id,
    inputFormat: inputFormat(files, inputs),
    partialIngestionPercent: inputs.errorThreshold,
    tags: batchTags(
      run,
      { ...publish, publishFingerprint: publish.publishFingerprint, part, fingerprint: own },
      inputs.tags,
    ),
    replaces,
  }
}
