import type { BatchRecord } from './records.ts'

/** What a status of the platform means for someone who waits. */
export type StatusKind = 'open' | 'in work' | 'stalled' | 'succeeded' | 'failed' | 'withdrawn' | 'moved out' | 'unknown'

/** Batch ingestion overview, "Batch statuses", and the troubleshooting guide; all in lower case. */
const KINDS: Readonly<Record<string, StatusKind>> = {
  loading: 'open',
  loaded: 'in work',
  queued: 'in work',
  processing: 'in work',
  staging: 'in work',
  staged: 'in work',
  retrying: 'in work',
  stalled: 'stalled',
  success: 'succeeded',
  active: 'succeeded',
  failed: 'failed',
  failure: 'failed',
  aborted: 'failed',
  abandoned: 'failed',
  deleted: 'failed',
  inactive: 'withdrawn',
  archived: 'moved out',
  retained: 'moved out',
}

/** Past COMPLETE and not settled, as far as they are known. */
export const STATUSES_IN_WORK: readonly string[] = Object.entries(KINDS)
  .filter(([, kind]) => kind === 'in work' || kind === 'stalled')
  .map(([status]) => status)

/** New statuses appear over time: one that is unknown is waited for like any that isn't final. */
export function statusKind(status: string): StatusKind {
  return KINDS[status] ?? 'unknown'
}

/** The two spellings of one state, as outputs show it. */
export function plainStatus(status: string): string {
  if (status === 'active') return 'success'
  return status === 'failure' ? 'failed' : status
}

/** Where a batch stands, as far as what the dataset holds is concerned. */
export type Standing = 'open' | 'in work' | 'stalled' | 'active' | 'gone'

export function standingOf({ status }: BatchRecord): Standing {
  const kind = statusKind(status)
  switch (kind) {
    case 'open':
    case 'in work':
    case 'stalled':
      return kind
    case 'unknown':
      return 'in work'
    case 'succeeded':
      return 'active'
    case 'failed':
    case 'withdrawn':
    case 'moved out':
      return 'gone'
    default:
      return kind satisfies never
  }
}
