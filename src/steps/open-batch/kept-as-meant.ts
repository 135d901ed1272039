import { Problem } from '../../base/problem.ts'
import type { Replay } from '../../platform/batch-record.ts'
import type { CreateTools, Made, Wish } from './create-batch.ts'
import { nextLook } from '../watch/next-look.ts'

/** A new batch may not be in the catalogue yet. */
const MISSING_MS = 60_000

/** What the platform keeps of a batch; undefined where nobody says. */
type Kept = { readonly replay: Replay | undefined; readonly tags: Made['tags'] }

/**
 * Compares predecessors and tags with what was meant: by the answer to the creation, or by the catalogue where the answer
 * leaves them out. A wrong predecessor would double rows or take others' away; a lost tag would hide the batch from
 * the next run.
 *
 * @returns `misunderstood` when the predecessors are not those that were meant.
 * @throws Problem when tags are lost, or predecessors can't be seen.
 */
export async function keptAsMeant(made: Made, wish: Wish, tools: CreateTools): Promise<'as meant' | 'misunderstood'> {
  const kept = isComplete(made) ? made : await fromCatalogue(made, tools)
  if (wish.replaces.length > 0 && kept.replay === undefined) throw unseen(made)
  if (!sameIds(kept.replay?.predecessors ?? [], wish.replaces)) return 'misunderstood'
  if (kept.tags === undefined) {
    tools.say.warning(`The platform does not show the tags of batch ${made.id}; the next run may not know it again`)
    return 'as meant'
  }
  const lost = Object.entries(wish.tags).filter(([key, values]) => !sameIds(kept.tags?.[key] ?? [], values))
  if (lost.length > 0)
    throw tagsLost(
      made,
      lost.map(([key]) => key),
    )
  return 'as meant'
}

function isComplete({ replay, tags }: Kept): boolean {
  return replay !== undefined && tags !== undefined
}

async function fromCatalogue(made: Made, { catalog, clock, signal }: CreateTools): Promise<Kept> {
  for (const startMs = clock.now(); ;) {
    // An answer that is slow says what was so when it was asked for.
    const askedAfterMs = clock.now() - startMs
    const found = await catalog.batch(made.id, signal)
    if (found.kind === 'found')
      return { replay: made.replay ?? found.record.replay, tags: made.tags ?? found.record.tags }
    if (askedAfterMs >= MISSING_MS) return made
    await clock.sleep(nextLook(askedAfterMs, MISSING_MS), signal)
  }
}

function sameIds(some: readonly string[], others: readonly string[]): boolean {
  return JSON.stringify(some.toSorted()) === JSON.stringify(others.toSorted())
}

function unseen({ id }: Made): Problem {
  return new Problem(`Cannot tell whether batch "${id}" would replace its predecessors: the platform does not say`, {
    remedy: 'Nothing was sent. Run again later.',
  })
}

function tagsLost({ id }: Made, keys: readonly string[]): Problem {
  return new Problem(`Cannot use batch "${id}": the platform did not keep its tags ${keys.join(', ')}`, {
    remedy:
      'Nothing was sent. Without its tags a later run could not know the batch again. Give its id to Adobe support.',
  })
}
