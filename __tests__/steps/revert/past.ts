import type { Mark } from '../../../src/steps/earlier/mark.ts'
import type { Held } from '../../../src/steps/earlier/survey.ts'
import { standingOf } from '../../../src/steps/watch/standing.ts'
import { held } from '../../support/held.ts'

export type Past = {
  readonly status?: string
  readonly mark?: Partial<Mark>
  readonly createdMs?: number
  /** The batch into which the platform consolidated it. */
  readonly holder?: string
}

/** A batch of `members` by run 900, and what became of it. */
export function past(id: string, { status = 'success', mark = {}, createdMs, holder }: Past = {}): Held {
  const one = held(id, { mark })
  const record = { ...one.record, status, createdMs }
  const standing = standingOf(record)
  return holder === undefined ? { ...one, record, standing } : { ...held(id, { mark, holder }), record }
}

export function idsOf(batches: readonly Held[]): readonly string[] {
  return batches.map(({ record }) => record.id).toSorted()
}
