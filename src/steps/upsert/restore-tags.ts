import type { Clock } from '../../base/clock.ts'
import { Problem } from '../../base/problem.ts'
import type { TagMemory, TagsBefore } from '../../ledger.ts'
import type { DatasetsApi, TagChange } from '../../platform/datasets.ts'
import { isDatasetId, type DatasetId } from '../../platform/ids.ts'
import type { Say } from '../discover.ts'
import { isHalfWay, isReadyForUpsert, profileTagsOf, sameTags, type ProfileTags } from './profile-tags.ts'

/** `gone`: the dataset is. Only `not restored` leaves something to be done. */
export type Restored = 'as before' | 'as asked for' | 'changed by somebody else' | 'gone' | 'not restored'

export type RestoreTools = {
  readonly datasets: DatasetsApi
  readonly tagMemory: TagMemory
  readonly clock: Clock
  readonly say: Say
}

/** A change that was answered may not be read yet, and one that wasn't may come late. */
const MOST_LOOKS = 4
const PAUSE_MS = 1_000

/**
 * Puts the tags of a dataset back to what they were, where they read as this action leaves them half way. What somebody
 * else has made of them since is left alone, and so is what was asked for. Takes no signal: nothing may end it half way.
 *
 * @returns how they read now. Never throws for what the platform does.
 */
export async function restoreTags(before: TagsBefore, tools: RestoreTools): Promise<Restored> {
  const { dataset: id } = before
  if (!isDatasetId(id)) return 'gone'
  try {
    const now = await readTags(id, tools)
    if (now === undefined) return done('gone', tools)
    if (sameTags(now, before)) return done('as before', tools)
    if (isReadyForUpsert(now)) return done('as asked for', tools)
    if (!isHalfWay(now, before)) return leaveAlone(id, now, tools)
    await putBack(id, { before, now }, tools)
    tools.say.info(`Put the tags of dataset "${id}" back to what they were before`)
    return done('as before', tools)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    tools.say.warning(`${error.message}. ${howToRestore(before)}`)
    return 'not restored'
  }
}

/** `undefined`: the dataset is gone. */
async function readTags(id: DatasetId, { datasets }: RestoreTools): Promise<ProfileTags | undefined> {
  const found = await datasets.read(id, neverEnding())
  return found.kind === 'missing' ? undefined : profileTagsOf(found.record.tags)
}

type Change = { readonly before: TagsBefore; readonly now: ProfileTags }

/** What counts is how they read then: a removal that is repeated in doubt is refused, though the first one was done. */
async function putBack(id: DatasetId, { before, now }: Change, tools: RestoreTools): Promise<void> {
  let refused: unknown
  await tools.datasets.changeTags(id, changesTo(before, now), neverEnding()).catch((error: unknown) => {
    refused = error
  })
  for (let look = 1; look <= MOST_LOOKS; look++) {
    const seen = await readTags(id, tools)
    if (seen === undefined || sameTags(seen, before)) return
    await tools.clock.sleep(PAUSE_MS, neverEnding())
  }
  throw refused ?? new Problem(`Cannot put the tags of dataset "${id}" back: they read otherwise`, { remedy: '' })
}

function done(how: Restored, { tagMemory }: RestoreTools): Restored {
  tagMemory.forget()
  return how
}

function leaveAlone(id: DatasetId, now: ProfileTags, tools: RestoreTools): Restored {
  tools.say.warning(
    `The tags of dataset "${id}" were changed by somebody else and are left alone: ${JSON.stringify(now)}`,
  )
  return done('changed by somebody else', tools)
}

/** A removal of what isn't there is refused, so only what is there is taken away. */
export function changesTo(to: ProfileTags, now: ProfileTags): readonly TagChange[] {
  const tags = ['unifiedProfile', 'unifiedIdentity'] as const
  return tags.filter((tag) => to[tag] !== undefined || now[tag] !== undefined).map((tag) => ({ tag, values: to[tag] }))
}

/** The exact request, for whoever has to do by hand what could not be done here. */
export function howToRestore(before: TagsBefore): string {
  const operations = (['unifiedProfile', 'unifiedIdentity'] as const).map((tag) => {
    const path = `/tags/${tag}`
    return before[tag] === undefined ? { op: 'remove', path } : { op: 'add', path, value: before[tag] }
  })
  return `To put them back: PATCH /data/foundation/catalog/dataSets/${before.dataset} with content-type application/json-patch+json and ${JSON.stringify(operations)}`
}

/** Nothing may end this half way: it has the deadlines of its requests, and the runner's kill, after which the post step comes. */
export function neverEnding(): AbortSignal {
  return new AbortController().signal
}
