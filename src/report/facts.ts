import type { ValidatedFile } from '../check/findings.ts'
import type { MappingProposal } from '../check/proposal.ts'
import type { SchemaFact, SchemaSource } from '../check/schema-source.ts'
import type { DiffAbsence, RowDiff } from '../diff/row-diff.ts'
import type { FoundFile } from '../files/discover.ts'
import type { CheckedFile } from '../files/read.ts'
import type { Run } from '../github/context.ts'
import type { GivenInput } from '../inputs/inputs.ts'
import type { MappingCounts } from '../mapping/counts.ts'
import type { RecordSample } from '../mapping/sample.ts'
import type { BatchId } from '../platform/ids.ts'
import type { DatasetRecord } from '../platform/records.ts'
import type { BatchBudget } from '../publish/budget.ts'
import type { Expiration } from '../publish/expiration.ts'
import type { PublishRequest } from '../publish/request.ts'
import type { EnableResult } from '../publish/profile/enable.ts'
import type { Preview } from '../publish/published/preview.ts'
import type { Diagnosis } from '../publish/rejected/diagnose.ts'
import type { FieldDrift } from '../schema/drift.ts'
import type { Outcome } from '../publish/outcome.ts'
import type { JobVerdict } from '../publish/verdict.ts'

/** A batch that this run created, or found and judged. */
export type BatchFact = {
  readonly id: BatchId
  /** The batch that delivered its rows before the platform consolidated that into this one; absent: itself. */
  readonly brought?: BatchId
  readonly part: { readonly number: number; readonly of: number }
  /** The fingerprint of its own data; absent if unknown. */
  readonly fingerprint?: string
  /** Rows and bytes that were sent; undefined if not counted. */
  readonly rows: number | undefined
  readonly bytes: number | undefined
  /** The batches that it was told to replace. */
  readonly replaced: readonly BatchId[]
  /** No look after success has found yet whether these are gone. */
  readonly isReplacementUnchecked?: boolean
  /** When it was created, when COMPLETE was answered, when it was first seen finished; milliseconds since the epoch. */
  readonly openedMs: number | undefined
  readonly completedMs: number | undefined
  readonly finishedMs: number | undefined
  /** Why its rows were rejected, and which; undefined if none were rejected or the run did not look. */
  readonly diagnosis: Diagnosis | undefined
  /** COMPLETE was sent for it. */
  readonly isCompleted: boolean
  /** The last status that the platform reported. */
  readonly status: string
  /** Undefined until known; it stays undefined if the run ends earlier. */
  readonly outcome: Outcome | undefined
}

/** The phases of a run, in the order in which they usually happen. */
export type PhaseName =
  | 'Check connection'
  | 'Find dataset and files'
  | 'Validate files'
  | 'Check existing batches'
  | 'Compare rows'
  | 'Upload'
  | 'Wait for ingestion'
  | 'Locate rejected rows'
  | 'Revert'
  | 'Remove from Profile'

/** The start and end of a phase, in milliseconds since the epoch. A phase can occur several times. */
export type Span = { readonly phase: PhaseName; readonly startMs: number; readonly endMs: number }

/** What a run was told to do, and which run it is. No secrets. */
export type RunInfo = {
  readonly run: Run
  readonly platformUrl: string
  readonly sandbox: string
  /** The report is allowed to show values of the data. */
  readonly showValues: boolean
  readonly given: readonly GivenInput[]
}

/** The mapping set of a run, and what it made of the rows. */
export type MappingFact = {
  /** The workspace file or the id that the workflow names. */
  readonly name: string
  /** The id of a set that Data Prep stores; undefined for a file. */
  readonly id: string | undefined
  readonly version: number | undefined
  /** SHA-256 of the meaning of the set. */
  readonly formula: string
  /** Counts over all files, in the order of the set. */
  readonly counts: readonly MappingCounts[]
  /** Columns of the files that no mapping reads. */
  readonly unmapped: readonly string[]
}

/** One check of `mode: doctor`. */
export type DoctorCheck = {
  readonly name: string
  /** `unknown`: the check could not decide, or an earlier check failed. */
  readonly state: 'ok' | 'failed' | 'unknown'
  readonly text: string
  /** What the user can do; empty if nothing. */
  readonly remedy: string
}

/** How a stored schema differs from the one in the registry. */
export type SchemaDrift = {
  /** The value of the input `schema-file`. */
  readonly file: string
  /** Compares the registry's dates; false if one is missing. */
  readonly isOlder: boolean
  /** Empty if the schema has no version. */
  readonly storedVersion: string
  readonly currentVersion: string
  readonly fields: readonly FieldDrift[]
}

type PublishFact = Pick<PublishRequest, 'publication' | 'publishFingerprint'>

/** Everything known so far. Outputs and summary are made from it, however the run ends. */
export type RunFacts = {
  /** Undefined if the inputs could not be read. */
  readonly runInfo: RunInfo | undefined
  readonly dataset: DatasetRecord | undefined
  /** This run created the dataset. */
  readonly isDatasetNew: boolean
  readonly found: readonly FoundFile[]
  /** The files that can be sent, once all were checked. */
  readonly files: readonly CheckedFile[]
  /** The validation result of each file; undefined if nothing was validated. */
  readonly validated: readonly ValidatedFile[] | undefined
  /** Undefined if the files are sent unmapped, or could not be read. */
  readonly mapping: MappingFact | undefined
  /** The first records that the mapping made; empty unless the run previews it. */
  readonly mappedRecords: readonly RecordSample[]
  /** A mapping set for flat rows that do not fit a nested schema; undefined if they fit, or were not examined. */
  readonly proposal: MappingProposal | undefined
  /** The schema that the rows were validated against; never shown. */
  readonly source: SchemaSource | undefined
  /** What is known of the dataset's schema; undefined if the run did not read it. */
  readonly schema: SchemaFact | undefined
  /** The dataset's schema could not be read, so it is unknown whether the dataset is relational. */
  readonly isClassUnknown: boolean
  /** Undefined if the stored schema equals the registry's, or the two were not compared. */
  readonly drift: SchemaDrift | undefined
  /** Undefined except in `mode: doctor`. */
  readonly doctor: readonly DoctorCheck[] | undefined
  /** The records are profile updates. */
  readonly isUpsert: boolean
  /** What was done to enable the dataset for profile updates; undefined if not requested. */
  readonly enabled: EnableResult | undefined
  /** The publication of this run, sent or not; undefined before it was assembled. */
  readonly publish: PublishFact | undefined
  /** When the platform deletes the dataset; undefined if it has no expiration or the run did not look. */
  readonly expiration: Expiration | undefined
  /** Batches per day against Adobe's limit for Profile; undefined if it does not apply or was not counted. */
  readonly budget: BatchBudget | undefined
  /** What a publish run would do; undefined except in `mode: plan`. */
  readonly preview: Preview | undefined
  /** What changes, row by row; undefined if not requested. */
  readonly diff: RowDiff | DiffAbsence | undefined
  readonly batches: readonly BatchFact[]
  readonly spans: readonly Span[]
}

export type RunFactsRecorder = {
  facts(): RunFacts
  note(more: Partial<Omit<RunFacts, 'batches' | 'spans'>>): void
  addSpan(span: Span): void
  /** Adds a batch, or updates its facts. Batches that were consolidated into one are told apart by `brought`. */
  noteBatch(fact: Pick<BatchFact, 'id'> & Partial<BatchFact>): void
  /** Removes a batch that was aborted so that another can take its place. */
  forgetBatch(id: BatchId): void
}

const UNKNOWN = {
  part: { number: 1, of: 1 },
  rows: undefined,
  bytes: undefined,
  replaced: [],
  openedMs: undefined,
  completedMs: undefined,
  finishedMs: undefined,
  diagnosis: undefined,
  isCompleted: false,
  status: '',
  outcome: undefined,
}

const NOTHING: RunFacts = {
  runInfo: undefined,
  dataset: undefined,
  isDatasetNew: false,
  found: [],
  files: [],
  validated: undefined,
  mapping: undefined,
  mappedRecords: [],
  proposal: undefined,
  source: undefined,
  schema: undefined,
  isClassUnknown: false,
  drift: undefined,
  doctor: undefined,
  isUpsert: false,
  enabled: undefined,
  publish: undefined,
  expiration: undefined,
  budget: undefined,
  preview: undefined,
  diff: undefined,
  batches: [],
  spans: [],
}

export function createRunFactsRecorder(): RunFactsRecorder {
  let facts: RunFacts = NOTHING
  const others = (key: BatchId) => facts.batches.filter((batch) => keyOf(batch) !== key)
  return {
    facts: () => facts,
    note(more) {
      facts = { ...facts, ...more }
    },
    addSpan(span) {
      facts = { ...facts, spans: [...facts.spans, span] }
    },
    noteBatch(fact) {
      const before = facts.batches.find((batch) => keyOf(batch) === keyOf(fact))
      const order = (a: BatchFact, b: BatchFact) => a.part.number - b.part.number
      facts = { ...facts, batches: [...others(keyOf(fact)), { ...UNKNOWN, ...before, ...fact }].toSorted(order) }
    },
    forgetBatch(id) {
      facts = { ...facts, batches: others(id) }
    },
  }
}

/** Each id once: the platform may have consolidated several batches into one. */
export function batchIdsOf(batches: readonly Pick<BatchFact, 'id'>[]): readonly BatchId[] {
  return [...new Set(batches.map(({ id }) => id))]
}

function keyOf({ id, brought = id }: Pick<BatchFact, 'id' | 'brought'>): BatchId {
  return brought
}

/** How a run ended: with a verdict, or because it could not go on. */
export type RunEnd =
  | { readonly kind: 'judged' | 'no-files' | 'aborted' | 'validated' | 'planned'; readonly verdict: JobVerdict }
  /** No files were examined; `words` describe what was done. */
  | { readonly kind: 'examined'; readonly verdict: JobVerdict; readonly words: string }
  | { readonly kind: 'stopped'; readonly error: unknown }
