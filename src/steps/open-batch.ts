import { Problem } from '../base/problem.ts'
import type { BatchId } from '../platform/ids.ts'
import { abandon, type AbandonTools } from './open-batch/abandon.ts'
import { createBatch, type CreateTools, type Made, type Wish } from './open-batch/create-batch.ts'
import { keptAsMeant } from './open-batch/kept-as-meant.ts'

/** A batch in `loading`. Left before it was completed, it is aborted. */
export type OpenBatch = AsyncDisposable & {
  readonly id: BatchId
  /**
   * Says that every byte is there. From here on nothing aborts the batch: an answer that was lost is neither a yes nor a
   * no, and watching tells.
   *
   * @throws Problem when the platform surely did not act; the batch is open then as before.
   */
  complete(signal: AbortSignal): Promise<'accepted' | 'in doubt'>
}

export type OpenTools = CreateTools & AbandonTools

/**
 * Creates a batch that is what was meant. Predecessors are named by their plain ids, as the catalogue stores them; when
 * the platform turns out not to have understood those, once more with a `$` before each, as its OpenAPI file says.
 *
 * @throws Problem when the batch can't be created as it is meant; nothing is left behind then.
 */
export async function openBatch(wish: Wish, tools: OpenTools): Promise<OpenBatch> {
  const { replaces, ...order } = wish
  const spellings = replaces.length === 0 ? [[]] : [replaces, replaces.map((id) => `$${id}`)]
  for (const predecessors of spellings) {
    const replay = predecessors.length === 0 ? {} : { replay: { predecessors, reason: 'replace' } as const }
    const made = await createBatch({ ...order, ...replay }, tools)
    const verdict = await keptAsMeant(made, wish, tools).catch(async (error: unknown) => {
      await abandon(made, tools)
      throw error
    })
    if (verdict === 'as meant') {
      tools.noteStatus(made.id, 'loading')
      return open(made, tools)
    }
    await abandon(made, tools)
    tools.say.info(`The platform did not understand the predecessors ${predecessors.join(', ')}`)
  }
  throw new Problem(`Cannot replace ${replaces.join(', ')}: the platform understands neither spelling of their ids`, {
    remedy: 'Nothing was sent. Give the ids of the aborted batches to Adobe support.',
  })
}

function open(made: Made, tools: OpenTools): OpenBatch {
  const { id, externalId } = made
  let isOpen = true
  return {
    id,
    async complete(signal) {
      signal.throwIfAborted()
      isOpen = false
      tools.ledger.write({ externalId, batch: id, phase: 'completing' })
      try {
        await tools.batches.complete(id, signal)
        return 'accepted'
      } catch (error) {
        if (!(error instanceof Problem) || signal.aborted) throw error
        if (error.mayHaveActed) {
          tools.say.warning(error.message)
          return 'in doubt'
        }
        isOpen = true
        tools.ledger.write({ externalId, batch: id, phase: 'open' })
        throw error
      }
    },
    async [Symbol.asyncDispose]() {
      if (!isOpen) return
      isOpen = false
      await abandon(made, tools)
    },
  }
}
