import type { ActivePublish } from '../diff/base-commit.ts'
import { baseText, placeText } from '../diff/describe.ts'
import type { DiffAbsence, RowDiff } from '../diff/row-diff.ts'
import type { Predecessors } from '../inputs/values.ts'
import { Problem } from '../lib/errors.ts'
import { count, formatNumber } from '../lib/text.ts'
import type { BatchId } from '../platform/ids.ts'
import { completeness } from './published/compare.ts'
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
    isPartial: completeness(parts) !== 'whole',
  }))
}

/** Where `max-removed-percent` is given, and what `previous` means is replaced by other data. */
type RowGuard = { readonly limit: number | undefined; readonly replaces: Predecessors }

/** Whether the guard applies to what would replace these batches. */
export function isGuarded<G extends RowGuard>(guard: G, replaced: readonly BatchId[]): guard is G & { limit: number } {
  return guard.limit !== undefined && guard.replaces.kind === 'previous' && replaced.length > 0
}

/**
 * @throws Problem when more than `limit` per cent of the keys of the base are gone, or when that can't be said of what the
 * dataset holds. Keys are counted once, however many rows share one; a row without a value of the key counts by itself.
 */
export function requireFewRemoved(given: RowDiff | DiffAbsence, limit: number, failure: string): void {
  const { baseKeys, removedKeys } = requireUsable(given, failure)
  const percent = baseKeys === 0 ? 0 : (removedKeys / baseKeys) * 100
  if (percent <= limit) return
  throw new Problem(
    `${failure}: ${formatNumber(removedKeys)} of ${count(baseKeys, 'key')} would be removed (${roundUp(percent)} %), and "max-removed-percent" allows ${limit} %`,
    { remedy: 'Nothing was sent. If this is intended, raise "max-removed-percent" for one run.' },
  )
}

function requireUsable(diff: RowDiff | DiffAbsence, failure: string): RowDiff {
  if (diff.kind === 'absent')
    throw unusable(failure, { why: `the rows cannot be compared: ${diff.reason}`, remedy: CHECKOUT })
  const obstacle = obstacleTo(diff)
  if (obstacle !== undefined) throw unusable(failure, obstacle)
  return diff
}

const CHECKOUT = 'Check out the repository with "fetch-depth: 0", or give the job "permissions:" with "contents: read"'

function unusable(failure: string, { why, remedy }: Obstacle): Problem {
  return new Problem(`${failure}: "max-removed-percent" is set, and ${why}`, {
    remedy: `Nothing was sent. ${remedy}; or leave "max-removed-percent" empty for one run.`,
  })
}

type Obstacle = { readonly why: string; readonly remedy: string }

/** What keeps a comparison from telling how much of the dataset would go. */
function obstacleTo({ base, key, unreadableBase: lost }: RowDiff): Obstacle | undefined {
  if (!base.isProved) return { why: `there is only ${baseText(base)}`, remedy: 'Check what the dataset holds' }
  if (key.kind === 'whole-row') return { why: 'nothing tells which rows are the same', remedy: 'Set "key"' }
  if (lost === undefined) return undefined
  const rows = `${count(lost.rows, 'row')} of ${baseText(base)}, cannot be read, the first at ${placeText(lost)}`
  return { why: `the rows cannot be compared: ${rows}`, remedy: 'Check that the new data has every row' }
}

/** Never the limit itself for what is above it. */
function roundUp(percent: number): number {
  return Math.ceil(percent * 100) / 100
}
