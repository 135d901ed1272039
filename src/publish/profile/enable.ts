import type { Context } from '../../context.ts'
import type { TagsBefore } from '../../github/left-behind.ts'
import { poll } from '../../lib/async.ts'
import { Problem } from '../../lib/errors.ts'
import { formatDuration } from '../../lib/text.ts'
import { stateOf, statusesOf } from '../../platform/batch-state.ts'
import type { TagChanges } from '../../platform/datasets.ts'
import { lacksPermission } from '../../platform/http/errors.ts'
import type { BatchId, DatasetId } from '../../platform/ids.ts'
import { CHANGED_TAGS_LOOKS_AFTER_MS, ENABLE_MOST_STARTS } from '../../platform/limits.ts'
import type { BatchRecord, DatasetRecord } from '../../platform/records.ts'
import { mergeReads } from '../published/read-batch.ts'
import { type RestoreResult, tagChangesTo, howToRestore, neverAborted, readsSoon, restoreTags } from './restore.ts'
import { PROFILE_OFF, PROFILE_TAGS, type ProfileTags, isReadyForUpsert, profileState, profileTagsOf } from './tags.ts'

/** What was done to enable a dataset for profile updates. */
export type EnableResult =
  | { readonly kind: 'was enabled' }
  | {
      readonly kind: 'enabled'
      /** How long Profile was switched off, in milliseconds; 0 if it was off before. */
      readonly offMs: number
      /** Batches that were in progress during that time: their rows may never reach Profile. */
      readonly caught: readonly BatchId[]
    }

/**
 * Enables a dataset for profile updates, by the sequence of "Enable a dataset for profile updates using APIs":
 *
 * | tags now                        | changes                                                        |
 * |---------------------------------|----------------------------------------------------------------|
 * | all as required                 | none                                                           |
 * | Profile on, without upsert      | off, then on with upsert: in between nothing reaches Profile    |
 * | anything else                   | on with upsert                                                 |
 *
 * The tags are saved before the first change, and restored if anything fails, here or in the post step. A signal takes
 * effect only after the tags are set or restored.
 *
 * @throws Problem when a batch of the dataset is in progress, or the platform doesn't accept or keep the tags.
 */
export async function enableUpsert(id: DatasetId, context: Context): Promise<EnableResult> {
  for (let start = 1; start <= ENABLE_MOST_STARTS; start++) {
    const enabled = await enableOnce(id, context)
    if (enabled !== 'changed meanwhile') return enabled
    context.log.info(`Dataset "${id}" was changed by someone else at the same time: checking again`)
  }
  throw new Problem(`Cannot enable dataset "${id}" for profile updates: others keep changing it`, {
    remedy: 'Nothing was sent or changed. Give the workflow one "concurrency:" group per dataset.',
  })
}

async function enableOnce(id: DatasetId, context: Context): Promise<EnableResult | 'changed meanwhile'> {
  const { clock, log, state } = context
  if (isReadyForUpsert(profileTagsOf((await readDataset(id, context)).tags))) return { kind: 'was enabled' }
  await refuseInWork(id, context)
  // Reads again, because the check may have taken long: the change must be based on the current tags.
  const record = await readDataset(id, context)
  const now = profileTagsOf(record.tags)
  if (isReadyForUpsert(now)) return { kind: 'was enabled' }
  const before: TagsToRestore = { dataset: id, ...now }
  const startMs = clock.now()
  state.tags.remember(before)
  const off = needsSwitch(now)
  try {
    const switched = off ? await switchOff(record, before, context) : { sinceMs: startMs }
    if (switched === 'changed meanwhile') {
      state.tags.forget()
      return switched
    }
    await context.platform.datasets.changeTags(id, { changes: tagChangesTo(PROFILE_TAGS, before) }, neverAborted())
    const offMs = off ? clock.now() - startMs : 0
    if (!(await readsSoon(id, isReadyForUpsert, context))) throw notKeptProblem()
    state.tags.forget()
    log.info(
      `Enabled dataset "${id}" for profile updates${off ? `; Profile was off for ${formatDuration(offMs)}` : ''}`,
    )
    return { kind: 'enabled', offMs, caught: off ? await warnOfCaught(id, switched.sinceMs, context) : [] }
  } catch (error) {
    throw await undo(error, { before, startMs, off }, context)
  }
}

type TagsToRestore = TagsBefore & { readonly dataset: DatasetId }

/** A 200 is no proof: a real platform has answered 200 and changed nothing. */
function notKeptProblem(): Problem {
  return new Problem('the platform accepted the tags, but reports others', {
    remedy: 'Check the dataset in the Experience Platform UI.',
  })
}

type UndoSteps = { readonly before: TagsToRestore; readonly startMs: number; readonly off: boolean }

async function undo(error: unknown, { before, startMs, off }: UndoSteps, context: Context): Promise<unknown> {
  if (!(error instanceof Problem)) return error
  const { dataset: id } = before
  const restored = await restoreTags(before, context)
  const offText = off ? ` Profile may have been off for ${formatDuration(context.clock.now() - startMs)}.` : ''
  if (off) await warnOfCaught(id, startMs, context)
  const reason = error.message.replace(/^Cannot /, 'cannot ')
  return new Problem(`Cannot enable dataset "${id}" for profile updates: ${reason}`, {
    remedy: `Nothing was sent. ${howTagsAre(restored, before)}${offText}\n${error.remedy}${permissionHint(error)}`,
    cause: error,
  })
}

/** "Access control overview": enabling needs more permissions than publishing. */
function permissionHint(error: Problem): string {
  if (!lacksPermission(error)) return ''
  return '\nTo enable a dataset for Profile, Adobe documents the permissions "Manage Datasets" and "Manage Profiles".'
}

function howTagsAre(restored: RestoreResult, before: TagsBefore): string {
  if (restored !== 'not restored') return `The tags of the dataset are ${restored}.`
  return `The tags could not be restored, and PROFILE MAY BE OFF for this dataset. ${howToRestore(before)}`
}

async function refuseInWork(id: DatasetId, context: Context): Promise<void> {
  const busy = await batchesInWork(id, context)
  if (busy.length === 0) return
  throw new Problem(`Cannot enable dataset "${id}" for profile updates: batches are in progress: ${busy.join(', ')}`, {
    remedy:
      'Nothing was sent or changed. Rows that are ingested while Profile is off may never reach it: run the job again when these batches have finished. Only Adobe can end a batch that is "stalled".',
  })
}

/** Lists the batches of a dataset, whoever created them, that are in progress now. */
export async function batchesInWork(dataset: DatasetId, context: Context): Promise<readonly BatchId[]> {
  const all = await recentBatches(dataset, context)
  return all.filter(isInWork).map(({ id }) => id)
}

/** Lists batches that were in progress at any time since `sinceMs`, in milliseconds since the epoch. */
async function batchesSince(dataset: DatasetId, sinceMs: number, context: Context): Promise<readonly BatchId[]> {
  const all = await recentBatches(dataset, context)
  return all.filter((one) => isInWork(one) || (one.completedMs ?? -Infinity) >= sinceMs).map(({ id }) => id)
}

/** Includes the newest batches of any status: some statuses may be unknown to us, and some batches have finished by now. */
async function recentBatches(dataset: DatasetId, { platform, signal }: Context): Promise<readonly BatchRecord[]> {
  const queries = [
    ...statusesOf((state) => state.isInWork).map((status) => ({ dataset, status })),
    { dataset, newestOnly: true as const },
  ]
  const lists = await Promise.all(queries.map((query) => platform.catalog.batches(query, signal)))
  return mergeReads(lists.flat())
}

function isInWork(record: BatchRecord): boolean {
  return stateOf(record).isInWork
}

/** Nothing prevents another job from completing a batch while Profile is off, so the action can only warn. */
async function warnOfCaught(id: DatasetId, sinceMs: number, context: Context): Promise<readonly BatchId[]> {
  const { log, signal } = context
  if (signal.aborted) return []
  const caught = await batchesSince(id, sinceMs, context).catch((error: unknown) => {
    if (!(error instanceof Problem) && !signal.aborted) throw error
    log.warning('The action could not check whether other batches were in progress while Profile was off')
    return []
  })
  if (caught.length > 0) {
    log.warning(
      `These batches were in progress while Profile was off, so their rows may never reach it: ${caught.join(', ')}. ` +
        'The rows are in the data lake. To bring them to Profile, publish their data again ("if-unchanged: publish" with "replay-predecessors: previous")',
    )
  }
  return caught
}

/** Since when Profile is off, in milliseconds since the epoch, by the platform's clock if it reports one. */
type SwitchedOff = { readonly sinceMs: number }

/** Profile has to be switched off first only if it is on without upsert. */
function needsSwitch(tags: ProfileTags): boolean {
  const { isForProfile, isForUpsert } = profileState(tags)
  return isForProfile && !isForUpsert
}

/**
 * Switches Profile off, and checks that it is: a 200 is no proof. The change is bound to the version that was read, so that
 * a late attempt, or one after someone else's change, does nothing.
 */
async function switchOff(
  record: DatasetRecord,
  before: TagsBefore,
  context: Context,
): Promise<SwitchedOff | 'changed meanwhile'> {
  const { id, version } = record
  // Logged first: it is the last message if the runner is lost from here on.
  context.log.info(`Switching Profile off and on again for dataset "${id}". ${howToRestore(before)}`)
  // Changes only existing tags: a tag added here would remain if the runner is lost from here on.
  const { unifiedIdentity } = before
  const off = tagChangesTo({ ...PROFILE_OFF, ...(unifiedIdentity === undefined ? { unifiedIdentity } : {}) }, before)
  const startMs = context.clock.wallNow()
  if ((await change(id, { changes: off, ifVersion: version }, context)) === 'done') {
    return await confirmOff(id, { changes: { changes: off, ifVersion: version }, startMs }, context)
  }
  const now = await lookForOther(record, context)
  if (now.version !== version) return isOff(now) ? { sinceMs: startMs } : 'changed meanwhile'
  // The version is unchanged, but the platform spells it differently in the condition.
  await change(id, { changes: off }, context)
  return await confirmOff(id, { changes: { changes: off }, startMs }, context)
}

async function change(id: DatasetId, changes: TagChanges, { platform }: Context): Promise<'done' | 'other version'> {
  const changed = await platform.datasets.changeTags(id, changes, neverAborted())
  if (changed === 'missing') throw new Problem('it no longer exists', { remedy: 'It was deleted during this run.' })
  return changed
}

/**
 * Confirms that Profile is off. If it doesn't read as off, either the change was not made or the read lags, so the change is
 * sent again. It is bound to the same version: if the first one was made, the second does nothing and is refused.
 */
async function confirmOff(
  id: DatasetId,
  { changes, startMs }: { readonly changes: TagChanges; readonly startMs: number },
  context: Context,
): Promise<SwitchedOff> {
  const now = await look(id, context)
  if (isOff(now)) return { sinceMs: now?.updatedMs ?? startMs }
  if ((await change(id, changes, context)) === 'done' && !isOff(await look(id, context))) {
    context.log.warning(
      `Dataset "${id}" was never reported as switched off, so updates may not take effect: check a profile after this run`,
    )
  }
  return { sinceMs: startMs }
}

/** @throws Problem if the dataset can't be read: Profile may be off then, so the tags have to be restored. */
async function lookForOther({ id, version }: DatasetRecord, context: Context): Promise<DatasetRecord> {
  const now = await poll<DatasetRecord | undefined>(
    async (before) => (await look(id, context)) ?? before,
    { isDone: (seen) => seen !== undefined && seen.version !== version, pauses: CHANGED_TAGS_LOOKS_AFTER_MS },
    { waits: context.waits, signal: neverAborted() },
  )
  if (now !== undefined) return now
  throw new Problem('it was changed by someone else, and it cannot be read', {
    remedy: 'Run the job again in a few minutes.',
  })
}

async function look(id: DatasetId, { platform }: Context): Promise<DatasetRecord | undefined> {
  const found = await platform.datasets.read(id, neverAborted()).catch((error: unknown) => {
    if (error instanceof Problem) return undefined
    throw error
  })
  return found?.kind === 'found' ? found.record : undefined
}

function isOff(record: DatasetRecord | undefined): boolean {
  return record !== undefined && !profileState(profileTagsOf(record.tags)).isForProfile
}

/** Reads a dataset again, because the first read may be old. @throws Problem when it no longer exists */
export async function readDataset(id: DatasetId, { platform, signal }: Context): Promise<DatasetRecord> {
  const found = await platform.datasets.read(id, signal)
  if (found.kind === 'found') return found.record
  throw new Problem(`Cannot read dataset "${id}": it no longer exists`, { remedy: 'It was deleted during this run.' })
}
