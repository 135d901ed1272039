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

/** A batch that this run made, or found and judged. */
export type BatchFact = {
  readonly id: BatchId
  /** Which one brought its rows, where the platform has consolidated that into it; absent: itself. */
  readonly brought?: BatchId
  readonly part: { readonly number: number; readonly of: number }
  /** Of its own content; absent where nobody knows it. */
  readonly fingerprint?: string
  /** Rows and bytes that were sent; undefined where nobody counted. */
  readonly rows: number | undefined
  readonly bytes: number | undefined
  /** What it was told to replace. */
  readonly replaced: readonly BatchId[]
  /** When it was created, when COMPLETE was answered, when it was seen settled; milliseconds since the epoch. */
  readonly openedMs: number | undefined
  readonly completedMs: number | undefined
  readonly settledMs: number | undefined
  /** Why rows of it were rejected, and which; undefined where none were, or nobody looked. */
  readonly diagnosis: Diagnosis | undefined
  /** COMPLETE was sent for it. */
  readonly isCompleted: boolean
  /** The last one seen at the platform. */
  readonly status: string
  /** Undefined while it isn't known, and for ever where the run ended before. */
  readonly outcome: Outcome | undefined
}

/** What a run does one after another, and how long each part took. */
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

/** A phase and when it was, in milliseconds since the epoch. One may come several times. */
export type Span = { readonly phase: PhaseName; readonly startMs: number; readonly endMs: number }

/** What a run was told to do, and which run it is. No secrets. */
export type RunInfo = {
  readonly run: Run
  readonly platformUrl: string
  readonly sandbox: string
  /** The report may show the data's own values. */
  readonly showValues: boolean
  readonly given: readonly GivenInput[]
}

/** What a run has made of rows by a mapping set. */
export type MappingFact = {
  /** The file of the workspace, or the id, that the workflow names. */
  readonly name: string
  /** Of a set that Data Prep keeps. */
  readonly id: string | undefined
  readonly version: number | undefined
  /** SHA-256 of what it means. */
  readonly formula: string
  /** Of all files together, in the order of the set. */
  readonly counts: readonly MappingCounts[]
  /** Columns of the files that no mapping reads. */
  readonly unmapped: readonly string[]
}

/** One of the checks of `mode: doctor`, in their order. */
export type DoctorCheck = {
  readonly name: string
  /** `unknown`: nothing could tell, or a check before it failed. */
  readonly state: 'ok' | 'failed' | 'unknown'
  readonly text: string
  /** What a person can do; empty where there is nothing to do. */
  readonly remedy: string
}

/** How a stored schema differs from that of the registry. */
export type SchemaDrift = {
  /** Of the input `schema-file`. */
  readonly file: string
  /** By the registry's dates; false where one of them is missing. */
  readonly isOlder: boolean
  /** Empty where the schema has none. */
  readonly storedVersion: string
  readonly currentVersion: string
  readonly fields: readonly FieldDrift[]
}

type PublishFact = Pick<PublishRequest, 'publication' | 'publishFingerprint'>

/** What is known so far; outputs and summary are made of it however the run ends. */
export type RunFacts = {
  /** Undefined where the inputs could not be read. */
  readonly runInfo: RunInfo | undefined
  readonly dataset: DatasetRecord | undefined
  /** This run created the dataset. */
  readonly isDatasetNew: boolean
  readonly found: readonly FoundFile[]
  /** Those of them that may be sent, once all were checked. */
  readonly files: readonly CheckedFile[]
  /** What the check of the rows found, file by file; undefined where nothing was checked. */
  readonly validated: readonly ValidatedFile[] | undefined
  /** Undefined where the files' own records are sent, or could not be read. */
  readonly mapping: MappingFact | undefined
  /** The first records that it made; none where nobody tries it out. */
  readonly mappedRecords: readonly RecordSample[]
  /** A mapping set for flat rows that a nested schema does not take; undefined where they fit, or were not looked at. */
  readonly proposal: MappingProposal | undefined
  /** The schema by which the rows were checked; not to be shown. */
  readonly source: SchemaSource | undefined
  /** What is known of the dataset's schema; undefined where nobody looked at it. */
  readonly schema: SchemaFact | undefined
  /** The dataset's schema could not be read, so that nobody knows whether the dataset is relational. */
  readonly isClassUnknown: boolean
  /** Undefined where a stored schema does not differ from the registry's, or nobody compared them. */
  readonly drift: SchemaDrift | undefined
  /** Undefined but in `mode: doctor`. */
  readonly doctor: readonly DoctorCheck[] | undefined
  /** The records are profile updates. */
  readonly isUpsert: boolean
  /** What was done to have the dataset take profile updates; undefined where nothing was asked for. */
  readonly enabled: EnableResult | undefined
  /** What was, or was to be, published; undefined before it was put together. */
  readonly publish: PublishFact | undefined
  /** When the platform deletes the dataset; undefined where it has no expiration, or nobody looked. */
  readonly expiration: Expiration | undefined
  /** Batches a day that Adobe advises for Profile; undefined where they don't matter, or nobody counted. */
  readonly budget: BatchBudget | undefined
  /** What a publish would do; undefined but in `mode: plan`. */
  readonly preview: Preview | undefined
  /** What changes, row by row; undefined where nobody asked. */
  readonly diff: RowDiff | DiffAbsence | undefined
  readonly batches: readonly BatchFact[]
  readonly spans: readonly Span[]
}

export type RunFactsRecorder = {
  facts(): RunFacts
  note(more: Partial<Omit<RunFacts, 'batches' | 'spans'>>): void
  addSpan(span: Span): void
  /** Adds a batch, or what is new of it. */
  noteBatch(fact: Pick<BatchFact, 'id'> & Partial<BatchFact>): void
  /** A batch that was aborted for another one to take its place. */
  forgetBatch(id: BatchId): void
}

const UNKNOWN = {
  part: { number: 1, of: 1 },
  rows: undefined,
  bytes: undefined,
  replaced: [],
  openedMs: undefined,
  completedMs: undefined,
  settledMs: undefined,
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
  const others = (id: BatchId) => facts.batches.filter((batch) => batch.id !== id)
  return {
    facts: () => facts,
    note(more) {
      facts = { ...facts, ...more }
    },
    addSpan(span) {
      facts = { ...facts, spans: [...facts.spans, span] }
    },
    noteBatch(fact) {
      const before = facts.batches.find(({ id }) => id === fact.id)
      const order = (a: BatchFact, b: BatchFact) => a.part.number - b.part.number
      facts = { ...facts, batches: [...others(fact.id), { ...UNKNOWN, ...before, ...fact }].toSorted(order) }
    },
    forgetBatch(id) {
      facts = { ...facts, batches: others(id) }
    },
  }
}

/** How a run ended: with an answer, or because it could not go on. */
export type RunEnd =
  | { readonly kind: 'judged' | 'no-files' | 'aborted' | 'validated' | 'planned'; readonly verdict: JobVerdict }
  /** No files were looked at; `words` say what was done. */
  | { readonly kind: 'examined'; readonly verdict: JobVerdict; readonly words: string }
  | { readonly kind: 'stopped'; readonly error: unknown }
