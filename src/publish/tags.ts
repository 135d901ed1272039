import { createHash } from 'node:crypto'
import { FORMULA } from '../files/plan.ts'
import type { Run } from '../github/context.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Shard, Tag } from '../inputs/values.ts'
import type { BatchRecord, Tags } from '../platform/records.ts'

/** The tags of a batch, for later runs and for users of the platform's user interface. */
export type PublishTags = {
  readonly publication: string
  /** Fingerprint of all published data, however it was divided into batches. */
  readonly publishFingerprint: string
  readonly part: { readonly number: number; readonly of: number }
  /** Fingerprint of this batch. */
  readonly fingerprint: string
  readonly namesHash: string
  readonly filesHash: string
  /** `if-unchanged: publish` sends this data in addition to the existing copy. */
  readonly isAgain: boolean
  /** Rows sent in this batch; undefined if not counted. */
  readonly rows: number | undefined
  readonly bytes: number
  /** The mapping set that made the records; undefined without a mapping. */
  readonly mapping?: string | undefined
  /** Undefined if unknown. */
  readonly step?: StepIdentity | undefined
}

/** The step of a workflow that publishes. */
export type StepIdentity = {
  /**
   * Hash of its job, its action and its matrix values. Steps of one composite action share it, as do jobs of one reusable
   * workflow.
   */
  readonly hash: string
  /** Identifies its job at GitHub: an id, or `runner/` and the runner's name; empty if neither is known. */
  readonly job: string
  /** No other step of its job has the same hash. */
  readonly isAlone: boolean
}

/** Hashes what the attempts of a step have in common, because no GitHub context distinguishes two attempts from two steps. */
export function stepIdentity(
  { step }: Run,
  { matrix, jobId }: Pick<Inputs, 'matrix' | 'jobId'>,
): StepIdentity | undefined {
  if (step === undefined) return undefined
  const parts = [step.job, step.action, matrix === '' ? 'null' : matrix]
  const runner = step.runner === '' ? '' : `runner/${step.runner}`
  return {
    hash: createHash('sha256').update(JSON.stringify(parts)).digest('hex'),
    job: jobId === '' ? runner : jobId,
    isAlone: !step.isNested,
  }
}

export function batchTags(run: Run, marks: PublishTags, more: readonly Tag[]): Tags {
  const own = Map.groupBy(more, ({ key }) => key)
  return {
    gh_repository: [run.repository],
    gh_repository_id: [run.repositoryId],
    gh_ref: [run.ref],
    gh_sha: [run.sha],
    gh_run_id: [run.runId],
    gh_attempt: [String(run.attempt)],
    gh_run: [run.url],
    gh_workflow: [run.workflow],
    gh_publication: [marks.publication],
    gh_publish: [marks.publishFingerprint],
    gh_part: [`${marks.part.number}/${marks.part.of}`],
    gh_fingerprint: [marks.fingerprint],
    gh_names: [marks.namesHash],
    gh_files: [marks.filesHash],
    ...(marks.rows === undefined ? {} : { gh_rows: [String(marks.rows)] }),
    gh_bytes: [String(marks.bytes)],
    gh_formula: [String(FORMULA)],
    ...(marks.mapping === undefined ? {} : { gh_mapping: [marks.mapping] }),
    ...(marks.step === undefined ? {} : { gh_step: [marks.step.hash] }),
    ...(marks.step === undefined || marks.step.job === '' ? {} : { gh_job: [marks.step.job] }),
    ...(marks.isAgain ? { gh_again: ['true'] } : {}),
    ...Object.fromEntries(Array.from(own, ([key, tags]) => [key, tags.map(({ value }) => value)])),
  }
}

/**
 * Names one creation of a batch, so that the batch can be looked up after a lost response. It has only characters that are
 * safe in a lookup filter and that Adobe's notification schema allows in ingestion ids. `salt` makes it unique.
 */
export function externalId(run: Run, part: number, salt: string): string {
  return ['gh', run.repository, run.runId, run.attempt, part, salt].join('/').replace(/[^0-9A-Za-z._/-]/g, '-')
}

/** The origin of a batch according to its tags. Values for which an older batch has no tag are undefined or empty. */
export type Provenance = Omit<PublishTags, 'bytes' | 'mapping' | 'step'> & {
  readonly repositoryId: string
  readonly bytes: number | undefined
  /** The formula of its fingerprints. */
  readonly formula: number
  /** The mapping set that made its records; empty if there was none. */
  readonly mapping: string
  /** Hash of the step, and the identification of its job at GitHub; empty in older batches. */
  readonly step: string
  readonly job: string
  readonly ref: string
  /** The commit of its files; empty if the tags don't show it. */
  readonly sha: string
  /** A later run of the same repository has a higher id. */
  readonly runId: number
  readonly attempt: number
  readonly run: string
}

/** True for a name that was made from the patterns, not set by the user. */
export function isDefaultName(publication: string): boolean {
  return publication.startsWith('glob:')
}

/** @returns undefined for a batch that this action did not publish. */
export function readProvenance({ tags }: BatchRecord): Provenance | undefined {
  const tag = (name: string) => tags[`gh_${name}`]?.[0] ?? ''
  const part = /^(\d+)\/(\d+)$/.exec(tag('part'))
  if (tag('repository_id') === '' || tag('publish') === '' || part === null) return undefined
  return {
    repositoryId: tag('repository_id'),
    publication: tag('publication'),
    publishFingerprint: tag('publish'),
    part: { number: Number(part[1]), of: Number(part[2]) },
    fingerprint: tag('fingerprint'),
    namesHash: tag('names'),
    filesHash: tag('files'),
    isAgain: tag('again') === 'true',
    rows: wholeNumber(tag('rows')),
    bytes: wholeNumber(tag('bytes')),
    // The first releases did not set this tag.
    formula: wholeNumber(tag('formula')) ?? 1,
    mapping: tag('mapping'),
    step: tag('step'),
    job: tag('job'),
    ref: tag('ref'),
    sha: tag('sha'),
    runId: Number(tag('run_id')),
    attempt: Number(tag('attempt')),
    run: tag('run'),
  }
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

/** The publication name in the tags: the input `publication` or the patterns, with the shard number if there are shards. */
export function publicationName({
  publication,
  patterns,
  shard,
}: Pick<Inputs, 'publication' | 'patterns' | 'shard'>): string {
  const base = publication || defaultName(patterns)
  return shard === undefined ? base : `${base} (${shard.number}/${shard.of})`
}

export type PublicationName = {
  /** The name without the shard number. */
  readonly base: string
  /** Without shards: 1 of 1. */
  readonly shard: Shard
}

/** Parses a name made by {@link publicationName}. The input refuses names that end like the name of a shard. */
export function readPublicationName(name: string): PublicationName {
  const [, base, number, of] = /^([^]*) \((\d+)\/(\d+)\)$/.exec(name) ?? []
  if (base === undefined) return { base: name, shard: { number: 1, of: 1 } }
  return { base, shard: { number: Number(number), of: Number(of) } }
}

const LONGEST_NAME = 160

/** Cuts a long name and adds a hash to keep it unique; also adds it if the last pattern ends like the name of a shard. */
function defaultName(patterns: readonly string[]): string {
  const name = `glob:${patterns.join(' ')}`
  if (name.length <= LONGEST_NAME && readPublicationName(name).base === name) return name
  return `${name.slice(0, LONGEST_NAME)}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`
}
