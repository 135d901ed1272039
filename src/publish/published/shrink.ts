import { sumKnown } from '../../files/plan.ts'
import { percentOf } from '../../lib/percent.ts'
import { count, formatBytes } from '../../lib/text.ts'
import type { BatchId } from '../../platform/ids.ts'
import type { DesiredPublish } from '../request.ts'
import { duplicatesIn } from './compare.ts'
import type { PublishedBatch, PublishFault } from './find.ts'

/**
 * Detects data that is so much smaller than what it would replace that it looks like half an export. It compares the rows
 * expected to be accepted with the rows sent before (`gh_rows`; for older batches the platform's count), or bytes with
 * bytes if one of the two is unknown. Batches with this same data don't count, because the parts that remain say nothing
 * about the whole. Duplicate rows don't count either.
 *
 * @returns undefined if it is not smaller, or if nothing can be compared.
 */
export function findShrink(wanted: DesiredPublish, replaced: readonly PublishedBatch[]): PublishFault | undefined {
  const { maxShrinkPercent: limit } = wanted
  const others = comparable(wanted, replaced)
  const sizes = sizesOf(wanted, others)
  if (limit === 100 || sizes === undefined || sizes.now >= sizes.before) return undefined
  const percent = percentOf(sizes.before - sizes.now, sizes.before)
  if (percent < limit) return undefined
  const { say, less } = sizes
  return {
    message: `the new data has ${say(sizes.now)}, ${roundUp(percent)} % ${less} than the ${say(sizes.before)} that it would replace (${listIds(others)}), and "max-shrink-percent" stops at ${limit} %`,
    remedy: 'If this is intended, raise "max-shrink-percent" for one run; 100 disables the check.',
  }
}

/** Warns if the guard could not compare anything. */
export function unmeasuredWarnings(wanted: DesiredPublish, replaced: readonly PublishedBatch[]): readonly string[] {
  const others = comparable(wanted, replaced)
  if (wanted.maxShrinkPercent === 100 || others.length === 0 || sizesOf(wanted, others) !== undefined) return []
  return [
    `"max-shrink-percent" was not applied: neither the rows nor the bytes of ${listIds(others)}, which is replaced, are known`,
  ]
}

function comparable(
  { publishFingerprint: publish }: DesiredPublish,
  replaced: readonly PublishedBatch[],
): readonly PublishedBatch[] {
  const { surplus, onPurpose } = duplicatesIn(replaced)
  const again = new Set([...surplus, ...onPurpose])
  return replaced.filter((one) => one.provenance.publishFingerprint !== publish && !again.has(one))
}

type Sizes = {
  readonly now: number
  readonly before: number
  readonly say: (size: number) => string
  readonly less: string
}

function sizesOf({ survivors, bytes }: DesiredPublish, others: readonly PublishedBatch[]): Sizes | undefined {
  const rows = sumKnown(
    others.map(({ provenance, record: { counts } }) => provenance.rows ?? counts.written ?? counts.read),
  )
  if (survivors !== undefined && rows !== undefined)
    return { now: survivors, before: rows, say: (size) => count(size, 'row'), less: 'fewer' }
  const size = sumKnown(others.map(({ provenance, record }) => provenance.bytes ?? record.inputBytes))
  return size === undefined ? undefined : { now: bytes, before: size, say: formatBytes, less: 'less' }
}

/** Refuses, whatever the limit, to replace rows with data of which no row would be accepted. */
export function findEmptying({ survivors }: DesiredPublish, replaces: readonly BatchId[]): PublishFault | undefined {
  if (survivors !== 0 || replaces.length === 0) return undefined
  return {
    message: `the platform is expected to reject every row of the new data, which would replace ${replaces.join(', ')}`,
    remedy: 'Fix the annotated rows. To empty the dataset, revert its batches.',
  }
}

function listIds(batches: readonly PublishedBatch[]): string {
  return [...new Set(batches.map(({ record }) => record.id))].join(', ')
}

/** Rounds up, so that a refused value never shows as one below the limit. */
function roundUp(percent: number): string {
  return String(Math.ceil(percent * 10) / 10)
}
