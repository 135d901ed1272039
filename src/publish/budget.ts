import type { SchemaFact } from '../check/schema-source.ts'
import type { Context } from '../context.ts'
import { messageOf } from '../lib/errors.ts'
import { formatNumber } from '../lib/text.ts'
import { DAY_MS, withDeadline } from '../lib/time.ts'
import { stateOf } from '../platform/batch-state.ts'
import type { CountedBatch } from '../platform/catalog.ts'
import type { DatasetId } from '../platform/ids.ts'
import {
  BUDGET_MOST_ENTRIES,
  BUDGET_MOST_MS,
  BUDGET_WARNING_SHARE,
  DIMENSION_BATCHES_A_DAY,
  PROFILE_BATCHES_A_DAY,
} from '../platform/limits.ts'
import type { DatasetRecord } from '../platform/records.ts'
import { profileState, profileTagsOf } from './profile/tags.ts'

/** The daily number of batches that Adobe advises for Profile, and the number in the last 24 hours. */
export type BatchBudget = {
  /** `profile`: all profile and event batches of the sandbox. `dimension`: the batches of this dimension entity. */
  readonly kind: 'profile' | 'dimension'
  /** Batches in the last 24 hours, before this run; undefined if they could not be read. */
  readonly used: number | undefined
  /** There may be more: the list was not read to its end. */
  readonly isAtLeast: boolean
  /** Batches that this run sends. */
  readonly sends: number
  readonly most: number
}

export type BudgetQuestion = {
  /** Undefined if it is still to be created. */
  readonly dataset: DatasetRecord | undefined
  /** Undefined if it was not read. */
  readonly schema: SchemaFact | undefined
  readonly isUpsert: boolean
  /** Batches to send. */
  readonly sends: number
}

/**
 * Counts the batches that Profile received in the last 24 hours. Batches of every dataset enabled for Profile count,
 * whatever its schema, except batches that the platform makes itself and those of streaming.
 *
 * A failed read does not fail the run, because the publish does not depend on the count.
 *
 * @returns undefined if the dataset is not used with Profile.
 */
export async function countBudget(question: BudgetQuestion, context: Context): Promise<BatchBudget | undefined> {
  const { dataset, schema, isUpsert, sends } = question
  const isForProfile = dataset !== undefined && isEnabled(dataset)
  if (!isForProfile && !isUpsert) return undefined
  const isDimension = schema?.entity === 'dimension'
  const most = isDimension ? DIMENSION_BATCHES_A_DAY : PROFILE_BATCHES_A_DAY
  const asked = { kind: isDimension ? 'dimension' : 'profile', sends, most } as const
  const count24 = isDimension ? countOfDataset : countOfSandbox
  const { clock, signal, log } = context
  try {
    const counted = await withDeadline({ silenceMs: BUDGET_MOST_MS, clock, signal }, (limited) =>
      count24(dataset, { ...context, signal: limited }),
    )
    return { ...asked, ...counted }
  } catch (error) {
    signal.throwIfAborted()
    log.info(`Cannot count the batches of the last 24 hours: ${messageOf(error)}`)
    return { ...asked, used: undefined, isAtLeast: false }
  }
}

type Count = Pick<BatchBudget, 'used' | 'isAtLeast'>

async function countOfDataset(dataset: DatasetRecord | undefined, context: Context): Promise<Count> {
  return dataset === undefined ? { used: 0, isAtLeast: false } : await countInto([dataset.id], context)
}

async function countOfSandbox(dataset: DatasetRecord | undefined, context: Context): Promise<Count> {
  const listed = await context.platform.datasets.tagged('unifiedProfile', context.signal)
  const enabled = listed.filter(isEnabled).map(({ id }) => id)
  // A list without this dataset, which is known to be enabled, is not reliable.
  const isCredible = dataset === undefined || !isEnabled(dataset) || enabled.includes(dataset.id)
  if (!isCredible) return { used: undefined, isAtLeast: false }
  const counted = await countInto(enabled, context)
  return { ...counted, isAtLeast: counted.isAtLeast || listed.length >= BUDGET_MOST_ENTRIES }
}

async function countInto(datasets: readonly DatasetId[], { platform, clock, signal }: Context): Promise<Count> {
  const [only, ...others] = datasets
  if (only === undefined) return { used: 0, isAtLeast: false }
  const afterMs = clock.wallNow() - DAY_MS
  const listed = await platform.catalog.counted(others.length === 0 ? { afterMs, dataset: only } : { afterMs }, signal)
  const into = new Set<string>(datasets)
  const used = listed.filter((batch) => batch.dataset !== undefined && into.has(batch.dataset) && isIngested(batch))
  return { used: used.length, isAtLeast: listed.length >= BUDGET_MOST_ENTRIES }
}

function isEnabled({ tags }: Pick<DatasetRecord, 'tags'>): boolean {
  return profileState(profileTagsOf(tags)).isForProfile
}

/** True for a batch that was completed and has not failed. */
function isIngested(batch: CountedBatch): boolean {
  const { isInWork, holdsRows, heldRows } = stateOf(batch)
  return !batch.isMadeByPlatform && (isInWork || holdsRows || heldRows)
}

/** The text for log, summary and plan. It is a warning from 80 % of Adobe's advice, including the batches of this run. */
export function describeBudget({ kind, used, isAtLeast, sends, most }: BatchBudget): {
  readonly level: 'info' | 'warning'
  readonly text: string
} {
  const what = kind === 'profile' ? 'Profile and event batches of this sandbox' : 'Batches of this dimension entity'
  const advice = `Adobe advises at most ${most} a day`
  if (used === undefined) return { level: 'info', text: `${what} in the last 24 hours: unknown; ${advice}` }
  const known = `${isAtLeast ? 'at least ' : ''}${formatNumber(used)}`
  const text = `${what} in the last 24 hours: ${known}, this publish run adds ${formatNumber(sends)}; ${advice}`
  const isNear = used + sends >= most * BUDGET_WARNING_SHARE
  return isNear ? { level: 'warning', text: `${text}. Publish fewer, larger batches` } : { level: 'info', text }
}
