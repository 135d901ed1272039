import { createHash } from 'node:crypto'
import { FORMULA } from '../files/plan.ts'
import type { Run } from '../github/context.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Shard, Tag } from '../inputs/values.ts'
import type { BatchRecord, Tags } from '../platform/records.ts'

/** What the tags of a batch tell later runs, and people who look at it in the platform's user interface. */
export type PublishTags = {
  readonly publication: string
  /** Fingerprint of the whole publish, whichever way it was cut. */
  readonly publishFingerprint: string
  readonly part: { readonly number: number; readonly of: number }
  /** Fingerprint of this batch. */
  readonly fingerprint: string
  readonly namesHash: string
  readonly filesHash: string
  /** `if-unchanged: publish` sends this content beside what is there already. */
  readonly isAgain: boolean
  /** Sent in this batch; undefined where nobody counted them. */
  readonly rows: number | undefined
  readonly bytes: number
  /** The mapping set that made the records; undefined where they are those of the files. */
  readonly mapping?: string | undefined
  /** Undefined where it isn't known. */
  readonly step?: StepIdentity | undefined
}

/** The step of a workflow that publishes. */
export type StepIdentity = {
  /** Of its job, its action and the values of its matrix. Steps of one composite action share it, as do jobs of one reusable workflow. */
  readonly hash: string
  /** What its job is found by at GitHub: an id, or `runner/` and the runner's name; empty where neither is known. */
  readonly job: string
  /** It shares its hash with no other step of its job. */
  readonly isAlone: boolean
}

/** No context of GitHub's tells two attempts of one step from two steps: what they have in common is hashed. */
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
 * Names one creation of a batch, so that a lost answer can be looked up. Only characters that are safe in the filter of a
 * look-up, which Adobe's notification schema allows in ingestion ids; `salt` makes it unlike that of any other creation.
 */
export function externalId(run: Run, part: number, salt: string): string {
  return ['gh', run.repository, run.runId, run.attempt, part, salt].join('/').replace(/[^0-9A-Za-z._/-]/g, '-')
}

/** What the tags of a batch say of where it came from. What older batches have no tag for is undefined, or empty. */
export type Provenance = Omit<PublishTags, 'bytes' | 'mapping' | 'step'> & {
  readonly repositoryId: string
  readonly bytes: number | undefined
  /** By which formula its fingerprints were made. */
  readonly formula: number
  /** The mapping set that made its records; empty where there was none. */
  readonly mapping: string
  /** Hash of the step, and what its job is found by at GitHub; empty in older batches. */
  readonly step: string
  readonly job: string
  readonly ref: string
  /** The commit whose files it has; empty where the tags don't tell. */
  readonly sha: string
  /** Runs of one repository are numbered upwards. */
  readonly runId: number
  readonly attempt: number
  readonly run: string
}

/** A name that nobody chose. */
export function isDefaultName(publication: string): boolean {
  return publication.startsWith('glob:')
}

/** @returns undefined for a batch that no publish of this action made. */
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
    // The first releases had no tag for it.
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

/** The name that a publication's batches carry: the one it was given, or its patterns; that of a shard says which it is. */
export function publicationName({
  publication,
  patterns,
  shard,
}: Pick<Inputs, 'publication' | 'patterns' | 'shard'>): string {
  const base = publication || defaultName(patterns)
  return shard === undefined ? base : `${base} (${shard.number}/${shard.of})`
}

export type PublicationName = {
  /** What all shards of a publication have in common. */
  readonly base: string
  /** Where there are no shards, the first of one. */
  readonly shard: Shard
}

/** Reads what {@link publicationName} makes. The input refuses names that end as that of a shard does. */
export function readPublicationName(name: string): PublicationName {
  const [, base, number, of] = /^([^]*) \((\d+)\/(\d+)\)$/.exec(name) ?? []
  if (base === undefined) return { base: name, shard: { number: 1, of: 1 } }
  return { base, shard: { number: Number(number), of: Number(of) } }
}

const LONGEST_NAME = 160

/** A long one is cut, with a hash that keeps it apart; so is one whose last pattern ends as the name of a shard does. */
function defaultName(patterns: readonly string[]): string {
  const name = `glob:${patterns.join(' ')}`
  if (name.length <= LONGEST_NAME && readPublicationName(name).base === name) return name
  return `${name.slice(0, LONGEST_NAME)}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`
}
