import type { DatasetRecord } from '../platform/dataset-record.ts'
import type { BatchId } from '../platform/ids.ts'
import type { BatchPlan } from '../steps/plan.ts'
import type { CheckedFile } from '../steps/preflight.ts'
import type { Outcome } from '../steps/verify.ts'

export type BatchFact = {
  readonly id: BatchId
  readonly plan: BatchPlan
  /** The last one seen at the platform. */
  readonly status: string
  /** Undefined while it isn't known, and for ever where the run ended before. */
  readonly outcome: Outcome | undefined
}

/** What is known so far; outputs and summary are made of it however the run ends. */
export type Facts = {
  readonly dataset: DatasetRecord | undefined
  readonly files: readonly CheckedFile[]
  readonly batches: readonly BatchFact[]
}

export type Logbook = {
  facts(): Facts
  note(more: Partial<Omit<Facts, 'batches'>>): void
  /** Adds a batch, or what is new of it. */
  batch(fact: Pick<BatchFact, 'id'> & Partial<BatchFact>, plan: BatchPlan): void
}

export function createLogbook(): Logbook {
  let facts: Facts = { dataset: undefined, files: [], batches: [] }
  return {
    facts: () => facts,
    note(more) {
      facts = { ...facts, ...more }
    },
    batch(fact, plan) {
      const before = facts.batches.find(({ id }) => id === fact.id)
      const others = facts.batches.filter(({ id }) => id !== fact.id)
      const now = { status: '', outcome: undefined, ...before, ...fact, plan }
      const order = (a: BatchFact, b: BatchFact) => a.plan.part.number - b.plan.part.number
      facts = { ...facts, batches: [...others, now].toSorted(order) }
    },
  }
}
