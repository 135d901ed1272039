import type { DatasetRecord } from '../platform/dataset-record.ts'
import type { BatchId } from '../platform/ids.ts'
import type { FoundFile } from '../steps/discover.ts'
import type { Examined } from '../steps/examine.ts'
import type { SchemaFact } from '../steps/examine/schema.ts'
import type { CheckedFile } from '../steps/preflight.ts'
import type { Enabled } from '../steps/upsert/enable-upsert.ts'
import type { Outcome } from '../steps/verify.ts'

/** A batch that this run made, or found and judged. */
export type BatchFact = {
  readonly id: BatchId
  readonly part: { readonly number: number; readonly of: number }
  /** Rows and bytes that were sent; undefined where nobody counted. */
  readonly rows: number | undefined
  readonly bytes: number | undefined
  /** What it was told to replace. */
  readonly replaced: readonly BatchId[]
  /** COMPLETE was sent for it. */
  readonly isCompleted: boolean
  /** The last one seen at the platform. */
  readonly status: string
  /** Undefined while it isn't known, and for ever where the run ended before. */
  readonly outcome: Outcome | undefined
}

/** What is known so far; outputs and summary are made of it however the run ends. */
export type Facts = {
  readonly dataset: DatasetRecord | undefined
  readonly found: readonly FoundFile[]
  /** Those of them that may be sent, once all were checked. */
  readonly files: readonly CheckedFile[]
  /** What the check of the rows found, file by file; undefined where nothing was checked. */
  readonly examined: readonly Examined[] | undefined
  /** What is known of the dataset's schema; undefined where nobody looked at it. */
  readonly schema: SchemaFact | undefined
  /** The records are profile updates. */
  readonly isUpsert: boolean
  /** What was done to have the dataset take profile updates; undefined where nothing was asked for. */
  readonly enabled: Enabled | undefined
  readonly batches: readonly BatchFact[]
}

export type Logbook = {
  facts(): Facts
  note(more: Partial<Omit<Facts, 'batches'>>): void
  /** Adds a batch, or what is new of it. */
  batch(fact: Pick<BatchFact, 'id'> & Partial<BatchFact>): void
  /** A batch that was aborted for another one to take its place. */
  forget(id: BatchId): void
}

const UNKNOWN = {
  part: { number: 1, of: 1 },
  rows: undefined,
  bytes: undefined,
  replaced: [],
  isCompleted: false,
  status: '',
  outcome: undefined,
}

const NOTHING: Facts = {
  dataset: undefined,
  found: [],
  files: [],
  examined: undefined,
  schema: undefined,
  isUpsert: false,
  enabled: undefined,
  batches: [],
}

export function createLogbook(): Logbook {
  let facts: Facts = NOTHING
  const others = (id: BatchId) => facts.batches.filter((batch) => batch.id !== id)
  return {
    facts: () => facts,
    note(more) {
      facts = { ...facts, ...more }
    },
    batch(fact) {
      const before = facts.batches.find(({ id }) => id === fact.id)
      const order = (a: BatchFact, b: BatchFact) => a.part.number - b.part.number
      facts = { ...facts, batches: [...others(fact.id), { ...UNKNOWN, ...before, ...fact }].toSorted(order) }
    },
    forget(id) {
      facts = { ...facts, batches: others(id) }
    },
  }
}
