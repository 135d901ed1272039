import type { RunContext } from './run.ts'
import { poll } from '../../lib/async.ts'
import { Problem } from '../../lib/errors.ts'
import { CHANGED_TAGS_LOOKS_AFTER_MS } from '../../platform/limits.ts'
import type { PublishRequest } from '../../publish/request.ts'
import { enableUpsert, readDataset } from '../../publish/profile/enable.ts'
import { type ProfileTags, isReadyForUpsert, isSwitchedOff, profileTagsOf } from '../../publish/profile/tags.ts'

type ProfileRequest = Pick<PublishRequest, 'inputs' | 'target'>

/**
 * Enables the dataset for profile updates, if `upsert: enable` asks for it. @throws Problem; the tags are then as
 * before.
 */
export async function prepareUpsert({ inputs, target }: ProfileRequest, context: RunContext): Promise<void> {
  if (inputs.upsert !== 'enable') return
  const enabled = await enableUpsert(target.dataset.id, context)
  const before = context.recorder.facts().enabled
  // A run that starts over finds the dataset already enabled by itself.
  if (before?.kind !== 'enabled') context.recorder.note({ enabled })
  context.signal.throwIfAborted()
}

/** Reads the tags of a dataset that another job may have just created. @throws Problem; nothing was sent. */
export async function requireEnabled(asked: ProfileRequest, context: RunContext): Promise<void> {
  if (asked.inputs.upsert !== 'true' || isReadyForUpsert(await readTags(asked, context))) return
  throw new Problem(`Cannot publish profile updates: dataset "${asked.target.dataset.id}" is not enabled for them`, {
    remedy:
      'Nothing was sent. Another job created or changed the dataset during this run; "upsert: enable" sets its tags.',
  })
}

/**
 * The last step before COMPLETE: the shorter the time until then, the less can happen to the tags. Data that is
 * ingested while Profile is switched off never reaches it, not even later ("Enable a dataset for profile updates using
 * APIs"). With `upsert: enable`, tags that were reset are set again.
 *
 * @throws Problem; the batches are then aborted
 */
export async function beforeComplete(asked: ProfileRequest, context: RunContext): Promise<void> {
  const { inputs, target } = asked
  if (inputs.upsert === 'false') return
  const now = await readTagsUntilReady(asked, context)
  if (isReadyForUpsert(now)) return
  // Our own switch-off may have arrived late: a run that enabled the dataset once can do so again.
  if (inputs.upsert === 'enable' && isSwitchedOff(now)) return await enableAgain(asked, context)
  throw new Problem(
    `Cannot complete the batches: dataset "${target.dataset.id}" is no longer enabled for profile updates`,
    {
      remedy:
        'Nothing was published. Someone changed the tags of the dataset during this run; "upsert: enable" sets them again.',
    },
  )
}

/** The state to restore is off: the error must not read as if nothing had happened. */
async function enableAgain(asked: ProfileRequest, context: RunContext): Promise<void> {
  await prepareUpsert(asked, context).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error
    throw new Problem(error.message, {
      remedy: `PROFILE IS OFF for this dataset since it was enabled in this run; "upsert: enable" switches it on.\n${error.remedy}`,
      cause: error,
    })
  })
}

async function readTagsUntilReady(asked: ProfileRequest, context: RunContext): Promise<ProfileTags> {
  return poll(
    () => readTags(asked, context),
    { isDone: isReadyForUpsert, pauses: CHANGED_TAGS_LOOKS_AFTER_MS },
    context,
  )
}

async function readTags({ target }: ProfileRequest, context: RunContext): Promise<ProfileTags> {
  return profileTagsOf((await readDataset(target.dataset.id, context)).tags)
}

/**
 * After success, checks whether the tags stayed as they were while the platform worked, and notes what they are now.
 */
export async function lookAtTags({ inputs, target }: ProfileRequest, context: RunContext): Promise<void> {
  if (inputs.upsert === 'false') return
  const found = await context.platform.datasets.read(target.dataset.id, context.signal).catch(() => undefined)
  context.signal.throwIfAborted()
  if (found?.kind !== 'found')
    return context.log.warning('The action could not check whether the dataset is still enabled for profile updates')
  context.recorder.note({ dataset: found.record })
  if (isReadyForUpsert(profileTagsOf(found.record.tags))) return
  context.log.warning(
    `Dataset "${target.dataset.id}" is no longer enabled for profile updates: rows of this run may not have reached Profile`,
  )
}
