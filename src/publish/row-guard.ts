import type { ActivePublish } from '../diff/base-commit.ts'
import { baseText, placeText } from '../diff/describe.ts'
import type { DiffAbsence, RowDiff } from '../diff/row-diff.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { INPUTS } from '../inputs/table.ts'
import type { Predecessors } from '../inputs/values.ts'
import { Problem } from '../lib/errors.ts'
import { percentOf } from '../lib/percent.ts'
import { count, formatNumber } from '../lib/text.ts'
import type { BatchId } from '../platform/ids.ts'
import { completeness } from './published/compare.ts'
import type { Published } from './published/find.ts'

/** Lists the publish runs of a publication whose rows the dataset holds. */
export function activePublishes(publication: string, { batches }: Published): readonly ActivePublish[] {
  const own = batches.filter(({ state, provenance }) => state.holdsRows && provenance.publication === publication)
  const publishes = Map.groupBy(own, ({ provenance }) => provenance.publishFingerprint)
  return Array.from(publishes, ([fingerprint, parts]) => ({
    // Its parts may come from several commits, which then have the same files.
    commit: parts[0]?.provenance.sha ?? '',
    fingerprint,
    batches: parts.map(({ record }) => record.id),
    isPartial: completeness(parts) !== 'whole',
    rejected: parts.reduce((rows, { record }) => rows + (record.counts.failed ?? 0), 0),
  }))
}

/** `limit` is the input `max-removed-percent`, if set. */
type RowGuard = { readonly limit: number | undefined; readonly replaces: Predecessors }

/** Whether the guard applies when these batches are replaced. */
export function isGuarded<G extends RowGuard>(guard: G, replaced: readonly BatchId[]): guard is G & { limit: number } {
  return guard.limit !== undefined && guard.replaces.kind === 'previous' && replaced.length > 0
}

type GuardInputs = Pick<Inputs, 'maxRemovedPercent' | 'maxShrinkPercent' | 'replayPredecessors'>

/** Warns about guards that are set but have no effect, because they apply neither to appends nor to replacements by id. */
export function idleGuardWarnings({
  maxRemovedPercent,
  maxShrinkPercent,
  replayPredecessors,
}: GuardInputs): readonly string[] {
  if (replayPredecessors.kind === 'previous') return []
  // At 100 it is switched off.
  const isShrinkSet = maxShrinkPercent !== Number(INPUTS.maxShrinkPercent.default) && maxShrinkPercent !== 100
  return [
    ...(maxRemovedPercent === undefined ? [] : [INPUTS.maxRemovedPercent.name]),
    ...(isShrinkSet ? [INPUTS.maxShrinkPercent.name] : []),
  ].map((name) => `"${name}" has no effect: it applies only with "replay-predecessors: previous"`)
}

/** The row changes by which the guard decides. */
export type GuardedRows = {
  readonly diff: RowDiff | DiffAbsence
  /** Rows of today's files that the platform is expected to reject: whatever their keys, the dataset will not hold them. */
  readonly rejected: number
}

/**
 * Checks that few keys and few rows of the base would be removed. Keys alone would miss many removed rows whose key keeps
 * one row. Rows alone would miss many removed keys next to one key with most of the rows. A row without a key value is a
 * key by itself. Rows of the base that the platform rejected do not count: the dataset never held them.
 *
 * @throws Problem when more than `limit` per cent of either would be removed, or when the comparison can't tell.
 */
export function requireFewRemoved({ diff: given, rejected }: GuardedRows, limit: number, failure: string): void {
  const diff = requireUsable(given, failure)
  const { baseKeys, removedKeys, changed, removed, unchanged, base } = diff
  const keys = lossOf({ what: 'key', all: baseKeys, removed: removedKeys }, { base, rejected })
  const rows = lossOf({ what: 'row', all: changed + removed + unchanged, removed }, { base, rejected })
  const { percent, words } = rows.percent > keys.percent ? rows : keys
  if (percent <= limit) return
  throw new Problem(`${failure}: ${words}, and "max-removed-percent" allows ${limit} %`, {
    remedy: 'Nothing was sent. If this is intended, raise "max-removed-percent" for one run.',
  })
}

type Removed = { readonly what: 'key' | 'row'; readonly all: number; readonly removed: number }

/** The keys of rejected rows are unknown, so each rejected row is assumed to remove a key or row of the base. */
function lossOf(
  { what, all, removed }: Removed,
  { base: { rejected: neverThere = 0 }, rejected }: Pick<RowDiff, 'base'> & Pick<GuardedRows, 'rejected'>,
) {
  const held = Math.max(all - neverThere, 0)
  const gone = Math.min(removed + rejected, held)
  const percent = percentOf(gone, held)
  const isPlain = gone <= removed
  const them = what === 'key' ? 'with rows that are expected' : 'expected'
  const among = isPlain ? '' : `, ${formatNumber(gone - removed)} of them ${them} to be rejected`
  const less = neverThere === 0 ? '' : `, without the ${count(neverThere, 'row')} that the platform rejected`
  const words = `${formatNumber(gone)} of ${count(held, what)} would be removed (${roundUp(percent)} %)${among}${less}`
  return { percent, words }
}

/** Counts the rows of all files that the platform is expected to reject. */
export function countRejected(rowCounts: readonly { readonly rejected: number }[]): number {
  return rowCounts.reduce((sum, { rejected }) => sum + rejected, 0)
}

function requireUsable(diff: RowDiff | DiffAbsence, failure: string): RowDiff {
  if (diff.kind === 'absent')
    throw unusable(failure, { why: `the rows cannot be compared: ${diff.reason}`, remedy: diff.remedy })
  const obstacle = obstacleTo(diff)
  if (obstacle !== undefined) throw unusable(failure, obstacle)
  return diff
}

function unusable(failure: string, { why, remedy }: Obstacle): Problem {
  return new Problem(`${failure}: "max-removed-percent" is set, and ${why}`, {
    remedy: `Nothing was sent. ${remedy === undefined ? 'Leave' : `${remedy} Or leave`} "max-removed-percent" empty for one run.`,
  })
}

type Obstacle = { readonly why: string; readonly remedy: string | undefined }

/** Why a comparison can't tell how much of the dataset would be removed. */
function obstacleTo({ base, key, unreadableBase: lost }: RowDiff): Obstacle | undefined {
  if (!base.isProved) return { why: `the only base is ${baseText(base)}`, remedy: 'Check what the dataset holds.' }
  if (key.kind === 'whole-row') return { why: 'the rows have no key to compare them by', remedy: 'Set "key".' }
  if (lost === undefined) return undefined
  const rows = `${count(lost.rows, 'row')} of ${baseText(base)}, cannot be read, the first at ${placeText(lost)}`
  return { why: `the rows cannot be compared: ${rows}`, remedy: 'Check that the new data has every row.' }
}

/** Rounds up, so that a value above the limit never shows as the limit. */
function roundUp(percent: number): number {
  return Math.ceil(percent * 100) / 100
}
