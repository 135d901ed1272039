import type { BatchRecord, Counts } from '../platform/batch-record.ts'
import { count } from '../base/words.ts'
import { judgeCounts, type Sent } from './verify/judge-counts.ts'
import { statusKind } from './watch/status.ts'
import type { Settled } from './watch.ts'

/** What became of one batch. `status` is the platform's last word, empty where it had none. */
export type Outcome =
  /** `skipped`: it was there before this run. */
  | {
      readonly kind: 'published' | 'skipped'
      readonly status: string
      readonly counts: Counts
      readonly notes: readonly string[]
    }
  | {
      readonly kind: 'partially-published'
      readonly status: string
      readonly counts: Counts
      /** Rows of ours that are not in the dataset; undefined where nobody said how many. */
      readonly rejected: number | undefined
      /** More rows than we sent: never acceptable, whatever limit is set. */
      readonly hasSurplus: boolean
      readonly notes: readonly string[]
    }
  | {
      readonly kind: 'failed'
      readonly status: string
      readonly counts: Counts
      /** The platform took it, and not as a whole; it failed for something else. */
      readonly wasPartial?: true
      readonly notes: readonly string[]
    }
  | { readonly kind: 'timed-out'; readonly status: string; readonly notes: readonly string[] }
  /** Its rows were taken out of the dataset, now or before. */
  | { readonly kind: 'reverted'; readonly status: string; readonly notes: readonly string[] }
  | { readonly kind: 'submitted'; readonly status: string; readonly notes: readonly string[] }

/**
 * From what was seen of a batch to what became of it.
 *
 * | status                                              | outcome                                             |
 * |-----------------------------------------------------|-----------------------------------------------------|
 * | `success`, `active`                                 | published or partially published, by the counts     |
 * | `failed`, `failure`, `aborted`, `abandoned`, `deleted` | failed                                           |
 * | `inactive`, `archived`, `retained`                  | with metrics or a successor it had succeeded: by the counts; else failed |
 * | anything else when time ran out                     | timed out                                           |
 */
export function verify(settled: Settled, sent: Sent): Outcome {
  if (settled.kind === 'timed out') return timedOut(settled)
  const { record } = settled
  const kind = statusKind(record.status)
  const wasReplaced = hasMetrics(record) || sent.successor !== undefined
  const hadSucceeded = kind === 'succeeded' || (isWithdrawn(kind) && wasReplaced)
  return hadSucceeded ? succeeded(record, sent) : failed(record)
}

function isWithdrawn(kind: ReturnType<typeof statusKind>): boolean {
  return kind === 'withdrawn' || kind === 'moved out'
}

function hasMetrics({ counts }: BatchRecord): boolean {
  return counts.read !== undefined || counts.written !== undefined
}

function succeeded(record: BatchRecord, sent: Sent): Outcome {
  const { status, counts } = record
  const { isWhole, rejected, hasSurplus, notes } = judgeCounts(record, sent)
  const since =
    status === 'success' || status === 'active'
      ? []
      : [
          `The batch succeeded and is ${status} by now${sent.successor === undefined ? '' : `: ${sent.successor} has taken its place`}.`,
        ]
  const said = [...since, ...notes, ...reasons(record)]
  if (isWhole) return { kind: 'published', status, counts, notes: said }
  return { kind: 'partially-published', status, counts, rejected, hasSurplus, notes: said }
}

function failed(record: BatchRecord): Outcome {
  const { status, counts } = record
  const why = reasons(record)
  return { kind: 'failed', status, counts, notes: why.length > 0 ? why : ['The platform gave no reason.'] }
}

function timedOut({ record, isStalled }: Settled & { readonly kind: 'timed out' }): Outcome {
  const stalled = 'The platform has stopped trying; Adobe support must act on this batch.'
  const waiting = 'The batch may still succeed: nothing was taken back.'
  return { kind: 'timed-out', status: record?.status ?? '', notes: [isStalled ? stalled : waiting] }
}

/** The platform's own codes and words. */
function reasons({ errors }: BatchRecord): readonly string[] {
  const line = (code: string, description: string, rows: number | undefined) =>
    `${code}: ${description || 'no description'}${rows === undefined ? '' : ` (${count(rows, 'row')})`}`
  return [...new Set(errors.map(({ code, description, recordCount }) => line(code, description, recordCount)))]
}
