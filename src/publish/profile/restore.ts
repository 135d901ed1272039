import { type Context, settlingContext } from '../../context.ts'
import type { TagsBefore } from '../../github/left-behind.ts'
import { poll } from '../../lib/async.ts'
import { Problem } from '../../lib/errors.ts'
import type { TagChange } from '../../platform/datasets.ts'
import { type DatasetId, isDatasetId } from '../../platform/ids.ts'
import { RESTORE_MOST_ATTEMPTS, RESTORE_PAUSE_MS, WRITTEN_TAGS_LOOKS_AFTER_MS } from '../../platform/limits.ts'
import {
  PROFILE_OFF,
  type ProfileTags,
  isHalfWay,
  isReadyForUpsert,
  profileState,
  profileTagsOf,
  sameTags,
} from './tags.ts'

/** `gone`: the dataset is. Only `not restored` leaves something to be done. */
export type RestoreResult = 'as before' | 'as asked for' | 'changed by somebody else' | 'gone' | 'not restored'

const TAGS = ['unifiedProfile', 'unifiedIdentity'] as const

/**
 * Puts the tags of a dataset back to what they were. What somebody else has made of them since is left alone, and so is
 * what was asked for. Reads may lag, so that of a dataset whose Profile was on they may keep us from it, but never stand
 * in for it: the old values are written once more. Takes no signal: nothing may end it half way.
 *
 * @returns how they are now. Never throws for what the platform does.
 */
export async function restoreTags(before: TagsBefore, context: Context): Promise<RestoreResult> {
  const { dataset: id } = before
  if (!isDatasetId(id)) return 'gone'
  try {
    const restored = await restore(id, before, settlingContext(context))
    if (restored === 'as before') context.log.info(`Restored the tags of dataset "${id}"`)
    if (restored === 'changed by somebody else') {
      context.log.warning(`The tags of dataset "${id}" were changed by someone else and are not restored`)
    }
    context.state.tags.forget()
    return restored
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    context.log.warning(`${error.message}. ${howToRestore(before)}`)
    return 'not restored'
  }
}

/** No poll: each turn writes, and rests on what was refused before. */
async function restore(
  id: DatasetId,
  before: TagsBefore,
  context: Context,
): Promise<Exclude<RestoreResult, 'not restored'>> {
  let refused: unknown
  for (let attempt = 1; attempt <= RESTORE_MOST_ATTEMPTS; attempt++) {
    const seen = await readTags(id, context)
    const kept = seen === undefined ? undefined : reasonToLeave(seen, before)
    if (kept !== undefined) return kept
    // Profile was not on: nothing is lost by looking again, and somebody else's tags might be.
    if (seen === undefined && !profileState(before).isForProfile && attempt < RESTORE_MOST_ATTEMPTS) {
      await context.waits.budget.clock.sleep(attempt * RESTORE_PAUSE_MS, neverAborted())
      continue
    }
    // What was refused as it stands may be taken in plain operations, which rest on what is seen.
    const changes = isRefusal(refused) ? tagChangesTo(before, seen ?? before) : restoringChanges(before)
    const changed = await context.platform.datasets
      .changeTags(id, { changes }, neverAborted())
      .catch((error: unknown) => {
        refused = error
        return 'refused' as const
      })
    if (changed === 'missing') return 'gone'
    if (await haveBeenRestored(id, { before, wasRefused: changed === 'refused', attempt }, context)) return 'as before'
  }
  throw (
    refused ?? new Problem(`Cannot restore the tags of dataset "${id}": the platform reports others`, { remedy: '' })
  )
}

type WriteAttempt = { readonly before: TagsBefore; readonly wasRefused: boolean; readonly attempt: number }

/**
 * What counts is how they read: a change in doubt may have been made. But a read may lag as well, so that after a refusal of
 * what would switch Profile on again it is believed only at last.
 */
async function haveBeenRestored(
  id: DatasetId,
  { before, wasRefused, attempt }: WriteAttempt,
  context: Context,
): Promise<boolean> {
  if (!wasRefused) return await readsSoon(id, (now) => sameTags(now, before), context)
  await context.waits.budget.clock.sleep(attempt * RESTORE_PAUSE_MS, neverAborted())
  const now = await readTags(id, context)
  const isBelieved = !profileState(before).isForProfile || attempt === RESTORE_MOST_ATTEMPTS
  return isBelieved && now !== undefined && sameTags(now, before)
}

/** @returns what makes writing them needless or wrong, if anything does. */
function reasonToLeave(seen: ProfileTags, before: TagsBefore): Exclude<RestoreResult, 'not restored'> | undefined {
  if (isReadyForUpsert(seen)) return 'as asked for'
  if (profileState(before).isForProfile) {
    const isOn = profileState(seen).isForProfile
    return isOn && !isHalfWay(seen, before) ? 'changed by somebody else' : undefined
  }
  if (sameTags(seen, before)) return 'as before'
  return isHalfWay(seen, before) ? undefined : 'changed by somebody else'
}

/** `undefined` where they can't be read now: that keeps nobody from writing them. */
async function readTags(id: DatasetId, { platform }: Context): Promise<ProfileTags | undefined> {
  const found = await platform.datasets.read(id, neverAborted()).catch((error: unknown) => {
    if (error instanceof Problem) return undefined
    throw error
  })
  return found?.kind === 'found' ? profileTagsOf(found.record.tags) : undefined
}

/** Whether they read so within the time that reads may lag. */
export async function readsSoon(
  id: DatasetId,
  isSo: (tags: ProfileTags) => boolean,
  context: Context,
): Promise<boolean> {
  const isDone = (seen: ProfileTags | undefined) => seen !== undefined && isSo(seen)
  const { waits } = context
  const pauses = WRITTEN_TAGS_LOOKS_AFTER_MS
  return isDone(await poll(() => readTags(id, context), { isDone, pauses }, { waits, signal: neverAborted() }))
}

/**
 * Puts both back whatever they are now, so that no read which lags decides what has to go. RFC 6902: the removal of what isn't
 * there is refused, and operations apply one after the other; so what was not there is set first, and then taken away.
 */
function restoringChanges(before: TagsBefore): readonly TagChange[] {
  return TAGS.flatMap((tag) => {
    const back = { tag, values: before[tag] }
    return back.values === undefined ? [{ tag, values: PROFILE_OFF[tag] }, back] : [back]
  })
}

/** It was not done, and would not be if it were asked for again. */
function isRefusal(error: unknown): boolean {
  return error instanceof Problem && !error.isPassing && !error.mayHaveActed
}

/** A removal of what isn't there is refused, so only what is there is taken away. */
export function tagChangesTo(to: ProfileTags, now: ProfileTags): readonly TagChange[] {
  return TAGS.filter((tag) => to[tag] !== undefined || now[tag] !== undefined).map((tag) => ({ tag, values: to[tag] }))
}

/** The exact request, for whoever has to do by hand what could not be done here. */
export function howToRestore(before: TagsBefore): string {
  const operations = restoringChanges(before).map(({ tag, values }) => {
    const path = `/tags/${tag}`
    return values === undefined ? { op: 'remove', path } : { op: 'add', path, value: values }
  })
  return `To restore them: PATCH /data/foundation/catalog/dataSets/${before.dataset} with content-type application/json-patch+json and ${JSON.stringify(operations)}`
}

/** Nothing may end this half way but the end of its time, and the runner's kill, after which the post step comes. */
export function neverAborted(): AbortSignal {
  return new AbortController().signal
}
