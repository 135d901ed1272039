import {
  type BatchPlan,
  EARLIER_FORMULAS,
  type IngestSettings,
  earlierCuts,
  fingerprint,
  namesHash,
  plan,
  sumKnown,
} from '../files/plan.ts'
import type { RunMapping } from '../files/mapping.ts'
import { type CheckedFile, type CsvChoices, csvDialect } from '../files/read.ts'
import type { FormatName, InputFormat } from '../formats/format.ts'
import { FORMATS } from '../formats/formats.ts'
import type { Run } from '../github/context.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Predecessors } from '../inputs/values.ts'
import type { BatchId } from '../platform/ids.ts'
import type { BatchLimits } from '../platform/limits.ts'
import type { BatchSpec } from './batch.ts'
import type { Target } from './dataset.ts'
import { type PublishTags, type StepIdentity, batchTags, publicationName, stepIdentity } from './tags.ts'

type Choices = CsvChoices & Pick<Inputs, 'sandbox' | 'upsert'>

/** How the platform reads files of this format: the files' own format, or the one in which they are sent. */
function inputFormat(format: FormatName, files: readonly CheckedFile[], choices: CsvChoices): InputFormat {
  const isMultiLine = files.some((file) => file.isMultiLine)
  return FORMATS[format].inputFormat({ isMultiLine, dialect: csvDialect(choices) })
}

/** Everything except the files that affects how they are ingested, for the fingerprint. */
function readingOf(files: readonly CheckedFile[], choices: Choices, { dataset }: Target): IngestSettings {
  const [first] = files
  const { format, ...options } = inputFormat(first?.format ?? 'json', files, choices)
  const texts = Object.entries(options).map(([name, value]) => [name, String(value)])
  const { sandbox, upsert } = choices
  return {
    dataset: dataset.id,
    sandbox,
    format,
    upsert: upsert !== 'false',
    options: Object.fromEntries(texts),
    mapping: first?.mapping?.compiled.formula.sha256,
  }
}

/** The data that a run wants the dataset to hold, and the batches that it replaces. */
export type DesiredPublish = {
  readonly publication: string
  /** Fingerprint of all data, however it is divided into batches: `gh_publish`. */
  readonly publishFingerprint: string
  /** Hash of the file names: `gh_names`. */
  readonly namesHash: string
  /** Hash of the names and sizes of all files found, including those of other shards: `gh_files`. */
  readonly filesHash: string
  /** Fingerprints of the batches to send. */
  readonly parts: readonly string[]
  /** Fingerprints of the batches of earlier versions, one list for each way in which they divided the data differently. */
  readonly earlierParts: readonly (readonly string[])[]
  /** Maps the fingerprints that earlier releases calculated by another formula to those of today. */
  readonly knownAs: ReadonlyMap<string, string>
  readonly runId: number
  readonly attempt: number
  /** The step that publishes; absent if unknown. */
  readonly step?: StepIdentity | undefined
  readonly ref: string
  readonly replaces: Predecessors
  readonly ifUnchanged: 'skip' | 'publish'
  /** Rows of all data that the platform is expected to accept; undefined if not counted. */
  readonly survivors: number | undefined
  /** Size of all data as uploaded. */
  readonly bytes: number
  /** The mapping set, its version and the hash of its meaning: `gh_mapping`. Undefined without one. */
  readonly mapping?: string | undefined
  /** It is only planned: a warning that every plan would give is a note. */
  readonly isPlan?: true
  /** How much smaller the data may be than what `previous` replaces, in per cent. */
  readonly maxShrinkPercent: number
}

/** A complete publish request. No later step adds to it, so that `plan` and `publish` can't differ. */
export type PublishRequest = DesiredPublish & {
  readonly inputs: Inputs
  readonly target: Target
  readonly run: Run
  readonly files: readonly CheckedFile[]
  readonly batches: readonly BatchPlan[]
  /** The same data as divided by earlier versions; see {@link earlierCuts}. */
  readonly earlierCuts: readonly (readonly BatchPlan[])[]
  /** Row counts of each file. */
  readonly rowCounts: readonly RowCount[]
}

/** Rows of a file. */
export type RowCount = {
  /** Undefined if not counted. */
  readonly sent: number | undefined
  /** Rows that the platform is expected to drop. */
  readonly rejected: number
}

type Prepared = Pick<PublishRequest, 'files' | 'rowCounts' | 'filesHash'>

type RequestSetting = Pick<PublishRequest, 'inputs' | 'target' | 'run'> & {
  /** The fingerprint formulas of earlier releases; default: all that were ever used to publish. */
  readonly earlierFormulas?: typeof EARLIER_FORMULAS
  /** The limits at which the data is divided into batches. */
  readonly batchMost: BatchLimits
}

export function createRequest(
  { files, rowCounts, filesHash }: Prepared,
  { inputs, target, run, batchMost, earlierFormulas = EARLIER_FORMULAS }: RequestSetting,
): PublishRequest {
  const reading = readingOf(files, inputs, target)
  const batches = plan(files, reading, batchMost)
  const earlier = earlierCuts(files, reading, batchMost)
  return {
    publication: publicationName(inputs),
    publishFingerprint: fingerprint(reading, files),
    namesHash: namesHash(files.map(({ name }) => name)),
    filesHash,
    parts: batches.map((batch) => batch.fingerprint),
    earlierParts: earlier.map((cut) => cut.map((batch) => batch.fingerprint)),
    knownAs: new Map(
      Array.from(earlierFormulas.values()).flatMap((formula) =>
        [files, ...[batches, ...earlier].flat().map(({ sources }) => sources)].map(
          (sources) => [formula(reading, sources), fingerprint(reading, sources)] as const,
        ),
      ),
    ),
    runId: Number(run.runId),
    attempt: run.attempt,
    step: stepIdentity(run, inputs),
    ref: run.ref,
    replaces: inputs.replayPredecessors,
    ifUnchanged: inputs.ifUnchanged,
    survivors: survivorsOf(rowCounts),
    bytes: batches.reduce((total, batch) => total + batch.bytes, 0),
    mapping: mappingText(files[0]?.mapping),
    maxShrinkPercent: inputs.maxShrinkPercent,
    inputs,
    target,
    run,
    files,
    batches,
    earlierCuts: earlier,
    rowCounts,
  }
}

/** `maps/members.json (1f0c3ab92d4e)`, `e7c8… version 3 (1f0c3ab92d4e)`: a file has no version, only its meaning's hash. */
function mappingText(mapping: RunMapping | undefined): string | undefined {
  if (mapping === undefined) return undefined
  const { plan: set, compiled } = mapping
  const version = compiled.version === undefined ? '' : ` version ${compiled.version}`
  return `${set.name}${version} (${compiled.formula.sha256.slice(0, 12)})`
}

/** All ways to divide this data into batches, the current one first. */
export function allCuts({
  batches,
  earlierCuts: earlier,
}: Pick<PublishRequest, 'batches' | 'earlierCuts'>): readonly (readonly BatchPlan[])[] {
  return [batches, ...earlier]
}

function survivorsOf(rowCounts: readonly RowCount[]): number | undefined {
  return sumKnown(rowCounts.map(({ sent, rejected }) => (sent === undefined ? undefined : sent - rejected)))
}

/** The specification of one batch of a publish request. */
export function orderBatch(batch: BatchPlan, request: PublishRequest, replaces: readonly BatchId[]): BatchSpec {
  const { inputs, target, run, files } = request
  return {
    datasetId: target.dataset.id,
    inputFormat: inputFormat(files[0]?.sentFormat ?? 'json', files, inputs),
    partialIngestionPercent: inputs.errorThreshold,
    tags: batchTags(run, marksOf(batch, request), inputs.tags),
    replaces,
  }
}

function marksOf(batch: BatchPlan, request: PublishRequest): PublishTags {
  const { part, bytes } = batch
  const { files, rowCounts, ifUnchanged, replaces } = request
  // CSV rows are not compared with the platform's counts, but their number is known after validation.
  const sources = new Set(batch.sources)
  const rows = sumKnown(rowCounts.filter((_, index) => hasSource(files[index], sources)).map(({ sent }) => sent))
  // With "previous", the data is to be the only active data of the publication, never a copy beside another.
  const isAgain = ifUnchanged === 'publish' && replaces.kind !== 'previous'
  return { ...request, part, rows, bytes, fingerprint: batch.fingerprint, isAgain }
}

function hasSource(file: CheckedFile | undefined, sources: ReadonlySet<CheckedFile>): boolean {
  return file !== undefined && sources.has(file)
}
