import type { ActivePublish } from '../diff/base-commit.ts'
import { baseText } from '../diff/describe.ts'
import type { DiffAbsence, RowDiff } from '../diff/row-diff.ts'
import type { Predecessors } from '../inputs/values.ts'
import { Problem } from '../lib/errors.ts'
import { count, formatNumber } from '../lib/text.ts'
import type { BatchId } from '../platform/ids.ts'
import type { Published } from './published/find.ts'

/** The publishes of a publication whose rows the dataset holds. */
export function activePublishes(publication: string, { batches }: Published): readonly ActivePublish[] {
  const own = batches.filter(({ state, provenance }) => state.holdsRows && provenance.publication === publication)
  const publishes = Map.groupBy(own, ({ provenance }) => provenance.publishFingerprint)
  return Array.from(publishes, ([fingerprint, parts]) => ({
    // Its parts may be of several commits, which then have the same files.
    commit: parts[0]?.provenance.sha ?? '',
    fingerprint,
    batches: parts.map(({ record }) => record.id),
  }))
}

/** Where `max-removed-percent` is given, and what `previous` means is replaced by other data. */
type RowGuard = { readonly limit: number | undefined; readonly replaces: Predecessors }

/** Whether the guard applies to what would replace these batches. */
export function isGuarded<G extends RowGuard>(guard: G, replaced: readonly BatchId[]): guard is G & { limit: number } {
  return guard.limit !== undefined && guard.replaces.kind === 'previous' && replaced.length > 0
}

/**
 * @throws Problem when more than `limit` per cent of the rows of the base are gone, by key, or when that can't be said of what
 * the dataset holds.
 */
export function requireFewRemoved(diff: RowDiff | DiffAbsence, limit: number, failure: string): void {
  if (diff.kind === 'absent') throw unusable(failure, `the rows cannot be compared: ${diff.reason}`)
  if (!diff.base.isProved) throw unusable(failure, `there is only ${baseText(diff.base)}`)
  if (diff.key.kind === 'whole-row') throw unusable(failure, 'nothing tells which rows are the same: set "key"')
  const { removed, changed, unchanged } = diff
  const before = removed + changed + unchanged
  const percent = before === 0 ? 0 : (removed / before) * 100
  if (percent <= limit) return
  throw new Problem(
    `${failure}: ${formatNumber(removed)} of ${count(before, 'row')} would be removed (${roundUp(percent)} %), and "max-removed-percent" allows ${limit} %`,
    { remedy: 'Nothing was sent. If this is intended, raise "max-removed-percent" for one run.' },
  )
}

function unusable(failure: string, why: string): Problem {
  return new Problem(`${failure}: "max-removed-percent" is set, and ${why}`, {
    remedy:
      'Nothing was sent. Check out the repository with "fetch-depth: 0", or give the job "permissions:" with "contents: read"; or leave "max-removed-percent" empty for one run.',
  })
}

/** Never the limit itself for what is above it. */
function roundUp(percent: number): number {
  return Math.ceil(percent * 100) / 100
}
