import type { BatchRecord } from '../../platform/batch-record.ts'
import { statusKind } from './status.ts'

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
