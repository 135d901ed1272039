import type { Clock } from '../../base/clock.ts'
import { Problem } from '../../base/problem.ts'
import type { Tags } from '../../platform/dataset-record.ts'
import type { DatasetId } from '../../platform/ids.ts'
import type { Say } from '../discover.ts'
import { PROFILE_TAGS } from '../upsert/profile-tags.ts'
import { findDataset, type FindTools } from './find-dataset.ts'

/** A dataset that there is none of yet. */
export type Prospect = {
  readonly name: string
  /** `$id` of its schema. */
  readonly schemaId: string
  /** It is to take part in Profile, and its records change profiles instead of replacing fragments. */
  readonly isForUpsert: boolean
}

export type CreateTools = FindTools & { readonly clock: Clock; readonly say: Say }

const MOST_ATTEMPTS = 3
/** A list may lag behind what was written. */
const LOOK_AFTER_MS = [2_000, 3_000, 5_000, 10_000, 20_000]
/** After a plain refusal, which may be one because another job was faster. */
const LOOK_AFTER_REFUSAL_MS = [0, 2_000, 3_000, 5_000]

/**
 * Creates a dataset, once: a lost answer is looked up by name before it is tried again, and after creation the name is
 * looked up once more, since another job may have created it in the same moment.
 *
 * @throws Problem when that made two of one name; nothing was sent to either then.
 */
export async function createDataset(prospect: Prospect, tools: CreateTools): Promise<DatasetId> {
  const id = await createOnce(prospect, tools)
  const { name } = prospect
  for (const pauseMs of LOOK_AFTER_MS) {
    await tools.clock.sleep(pauseMs, tools.signal)
    const found = await findDataset(name, tools)
    if (found.kind === 'found' && found.id === id) return id
    if (found.kind === 'found') throw another(name, id, found.id)
  }
  throw new Problem(`Cannot go on: dataset "${id}" was created as ${JSON.stringify(name)}, and no list shows it yet`, {
    remedy: 'Nothing was sent. Run again in a few minutes: it is found by its name then.',
    isPassing: true,
  })
}

async function createOnce(prospect: Prospect, tools: CreateTools): Promise<DatasetId> {
  const { datasets, signal, say } = tools
  const { name, schemaId, isForUpsert } = prospect
  const tags: Tags = isForUpsert ? PROFILE_TAGS : {}
  // It may be long since it was looked for: files were checked in between.
  const sooner = await findDataset(name, tools)
  if (sooner.kind === 'found') return sooner.id
  for (let attempt = 1; ; attempt++) {
    try {
      const id = await datasets.create({ name, schemaId, tags }, signal)
      say.info(`Created dataset ${JSON.stringify(name)} (${id})`)
      return id
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof Problem)) throw error
      const id = await foundLate(name, error, tools)
      if (id !== undefined) return id
      if (attempt === MOST_ATTEMPTS || !error.isPassing) throw error
    }
  }
}

/**
 * An answer that got lost or can't be read, or a refusal because another job was faster: either way it may be there, and
 * lists may lag.
 */
async function foundLate(name: string, error: Problem, tools: CreateTools): Promise<DatasetId | undefined> {
  const looks = error.mayHaveActed || error.isPassing ? LOOK_AFTER_MS : LOOK_AFTER_REFUSAL_MS
  for (const pauseMs of looks) {
    await tools.clock.sleep(pauseMs, tools.signal)
    const found = await findDataset(name, tools)
    if (found.kind === 'missing') continue
    tools.say.info(`Found dataset ${JSON.stringify(name)} (${found.id}) after a creation that was not confirmed`)
    return found.id
  }
  return undefined
}

function another(name: string, ours: DatasetId, theirs: DatasetId): Problem {
  return new Problem(
    `Cannot go on: ${JSON.stringify(name)} is dataset "${theirs}" by now, and "${ours}" was created here`,
    {
      remedy: `Nothing was sent. "${ours}" is empty: delete that one, and run again.`,
    },
  )
}
