import type { Provenance } from '../../../src/publish/tags.ts'
import type { PublishedBatch } from '../../../src/publish/published/find.ts'
import type { LastPublish } from '../../../src/publish/revert-choice.ts'
import { stateOf } from '../../../src/platform/batch-state.ts'
import { publishedBatch } from '../../support/publish/held.ts'

export type Past = {
  readonly status?: string
  readonly provenance?: Partial<Provenance>
  readonly createdMs?: number
  /** The batch into which the platform consolidated it. */
  readonly holder?: string
}

/** A batch of `members` by run 900, and what became of it. */
export function past(
  id: string,
  { status = 'success', provenance = {}, createdMs, holder }: Past = {},
): PublishedBatch {
  const one = publishedBatch(id, { provenance })
  const record = { ...one.record, status, createdMs }
  const state = stateOf(record)
  return holder === undefined ? { ...one, record, state } : { ...publishedBatch(id, { provenance, holder }), record }
}

/** Ids of what is to be taken back; of a publish that holds nothing, one that says so. */
export function idsOf(last: LastPublish): readonly string[] {
  if (last.kind === 'empty') return [`nothing of ${last.batch.record.id}`]
  return last.batches.map(({ record }) => record.id).toSorted()
}
