import { Problem } from '../base/problem.ts'
import type { Publish } from '../steps/plan/order.ts'
import { enableUpsert, tagsNow } from '../steps/upsert/enable-upsert.ts'
import { isReadyForUpsert, profileTagsOf } from '../steps/upsert/profile-tags.ts'
import type { Tools } from './tools.ts'

/** Has the dataset take profile updates, where `upsert: enable` asks for it. @throws Problem; the tags are as before then. */
export async function prepareUpsert(
  { inputs, target }: Pick<Publish, 'inputs' | 'target'>,
  tools: Tools,
): Promise<void> {
  if (inputs.upsert !== 'enable') return
  const enabled = await enableUpsert(target.dataset.id, tools)
  const before = tools.logbook.facts().enabled
  // A publish that starts over finds enabled what it enabled itself.
  if (before?.kind !== 'enabled') tools.logbook.note({ enabled })
}

/**
 * Looked at just before COMPLETE: what is ingested while somebody has Profile switched off never reaches it, also not later
 * ("Enable a dataset for profile updates using APIs").
 *
 * @throws Problem; the batches are aborted then.
 */
export async function requireStillEnabled(
  { inputs, target }: Pick<Publish, 'inputs' | 'target'>,
  tools: Tools,
): Promise<void> {
  if (inputs.upsert === 'false') return
  if (isReadyForUpsert(await tagsNow(target.dataset.id, tools))) return
  throw new Problem(`Cannot complete the publish: dataset "${target.dataset.id}" no longer takes profile updates`, {
    remedy:
      'Nothing was published. Somebody changed the tags of the dataset while this ran; "upsert: enable" sets them again.',
  })
}

/** After success: whether the tags stayed as they were while the platform worked, and what they are now. */
export async function lookAtTags({ inputs, target }: Pick<Publish, 'inputs' | 'target'>, tools: Tools): Promise<void> {
  if (inputs.upsert === 'false') return
  const found = await tools.datasets.read(target.dataset.id, tools.signal).catch(() => undefined)
  tools.signal.throwIfAborted()
  if (found?.kind !== 'found') return tools.say.warning('Whether the dataset still takes profile updates was not seen')
  tools.logbook.note({ dataset: found.record })
  if (isReadyForUpsert(profileTagsOf(found.record.tags))) return
  tools.say.warning(
    `Dataset "${target.dataset.id}" no longer takes profile updates: rows of this publish may not have reached Profile`,
  )
}
