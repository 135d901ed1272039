import { Cancelled } from '../base/cancelled.ts'
import { InvalidRecords } from '../steps/examine/judge-rows.ts'
import { InvalidFiles } from '../steps/refusals.ts'
import type { JobVerdict } from '../steps/verify/job-verdict.ts'
import type { Facts } from './logbook.ts'

/** How a run ended: with an answer, or because it could not go on. */
export type Ending =
  | { readonly kind: 'judged' | 'no files' | 'aborted' | 'validated' | 'planned'; readonly verdict: JobVerdict }
  | { readonly kind: 'stopped'; readonly error: unknown }

/** The value of the output `outcome`. */
export type RunOutcome =
  | 'cancelled'
  | 'failed'
  | 'timed-out'
  | 'partially-published'
  | 'submitted'
  | 'published'
  | 'skipped'
  | 'invalid'
  | 'no-files'
  | 'aborted'
  | 'reverted'
  | 'validated'
  | 'planned'

/** Of several batches, the first that occurs decides. */
const GRAVEST_FIRST = [
  'failed',
  'timed-out',
  'partially-published',
  'submitted',
  'published',
  'skipped',
  'reverted',
] as const

export function runOutcome(ending: Ending, { batches }: Pick<Facts, 'batches'>): RunOutcome {
  switch (ending.kind) {
    case 'no files':
      return 'no-files'
    case 'aborted':
    case 'validated':
    case 'planned':
      return ending.kind
    case 'judged':
      return GRAVEST_FIRST.find((kind) => batches.some(({ outcome }) => outcome?.kind === kind)) ?? 'failed'
    case 'stopped':
      if (ending.error instanceof Cancelled) return 'cancelled'
      return ending.error instanceof InvalidFiles || ending.error instanceof InvalidRecords ? 'invalid' : 'failed'
    default:
      return ending satisfies never
  }
}
