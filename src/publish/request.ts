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

/** How files of this format are read, which are these files' own or what they travel as. */
function inputFormat(format: FormatName, files: readonly CheckedFile[], choices: CsvChoices): InputFormat {
  const isMultiLine = files.some((file) => file.isMultiLine)
  return FORMATS[format].inputFormat({ isMultiLine, dialect: csvDialect(choices) })
}

/** Everything but the files that decides what becomes of them, for the fingerprint. */
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

/** What a run wants the dataset to hold, and in the place of what. */
export type DesiredPublish = {
  readonly publication: string
  /** Fingerprint of the whole content, whichever way it is cut: `gh_publish`. */
  readonly publishFingerprint: string
  /** Hash of the file names: `gh_names`. */
  readonly namesHash: string
  /** Hash of the names and sizes of all files that were found, those of other shards too: `gh_files`. */
  readonly filesHash: string
  /** Fingerprints of the batches that it would be sent as. */
  readonly parts: readonly string[]
  /** Fingerprints of the batches that earlier versions sent it as, cut by cut, where they cut it otherwise. */
  readonly earlierParts: readonly (readonly string[])[]
  /** The fingerprints that earlier releases made of all this by another formula, and what each is today. */
  readonly knownAs: ReadonlyMap<string, string>
  readonly runId: number
  readonly attempt: number
  /** The step that wants it; absent where it isn't known. */
  readonly step?: StepIdentity | undefined
  readonly ref: string
  readonly replaces: Predecessors
  readonly ifUnchanged: 'skip' | 'publish'
  /** Rows of the whole content that the platform is expected to accept; undefined where nobody counted them. */
  readonly survivors: number | undefined
  /** Of the whole content, as it is uploaded. */
  readonly bytes: number
  /** The mapping set that makes the records, its version and what it means: `gh_mapping`. Undefined without one. */
  readonly mapping?: string | undefined
  /** It is only planned: what every plan would warn of is a note. */
  readonly isPlan?: true
  /** `previous` may shrink by so much, in per cent. */
  readonly maxShrinkPercent: number
}

/** One publish, complete when it is made: no step fills in what another left out, so that `plan` and `publish` can't differ. */
export type PublishRequest = DesiredPublish & {
  readonly inputs: Inputs
  readonly target: Target
  readonly run: Run
  readonly files: readonly CheckedFile[]
  readonly batches: readonly BatchPlan[]
  /** The same content as earlier versions cut it; see {@link earlierCuts}. */
  readonly earlierCuts: readonly (readonly BatchPlan[])[]
  /** Of each file. */
  readonly rowCounts: readonly RowCount[]
}

/** Rows of a file. */
export type RowCount = {
  /** Undefined where nobody counted them. */
  readonly sent: number | undefined
  /** Those that the platform is expected to drop. */
  readonly rejected: number
}

type Prepared = Pick<PublishRequest, 'files' | 'rowCounts' | 'filesHash'>

type RequestSetting = Pick<PublishRequest, 'inputs' | 'target' | 'run'> & {
  /** By which earlier releases made fingerprints; those that were ever published by, where nothing is said. */
  readonly earlierFormulas?: typeof EARLIER_FORMULAS
  /** Where it is cut into batches. */
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

/** `maps/members.json (1f0c3ab92d4e)`, `e7c8… version 3 (1f0c3ab92d4e)`: a file has no version but what it means. */
function mappingText(mapping: RunMapping | undefined): string | undefined {
  if (mapping === undefined) return undefined
  const { plan: set, compiled } = mapping
  const version = compiled.version === undefined ? '' : ` version ${compiled.version}`
  return `${set.name}${version} (${compiled.formula.sha256.slice(0, 12)})`
}

/** Every way that this content is cut in; today's first. */
export function allCuts({
  batches,
  earlierCuts: earlier,
}: Pick<PublishRequest, 'batches' | 'earlierCuts'>): readonly (readonly BatchPlan[])[] {
  return [batches, ...earlier]
}

function survivorsOf(rowCounts: readonly RowCount[]): number | undefined {
  return sumKnown(rowCounts.map(({ sent, rejected }) => (sent === undefined ? undefined : sent - rejected)))
}

/** What the platform is asked for, for one batch of a publish. */
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
  // The rows of CSV files are not compared with what the platform says, and known all the same where they were validated.
  const sources = new Set(batch.sources)
  const rows = sumKnown(rowCounts.filter((_, index) => hasSource(files[index], sources)).map(({ sent }) => sent))
  // What is to be the only publish is never meant to stand beside another.
  const isAgain = ifUnchanged === 'publish' && replaces.kind !== 'previous'
  return { ...request, part, rows, bytes, fingerprint: batch.fingerprint, isAgain }
}

function hasSource(file: CheckedFile | undefined, sources: ReadonlySet<CheckedFile>): boolean {
  return file !== undefined && sources.has(file)
}
