import { Problem } from '../../base/problem.ts'
import type { BatchId, DatasetId } from '../../platform/ids.ts'
import type { Say } from '../discover.ts'
import { batchesSince, type BusyTools } from './busy-batches.ts'

/** Nobody can keep another job from completing a batch while Profile is switched over; it can only be said. */
export async function caughtSince(
  id: DatasetId,
  sinceMs: number,
  tools: BusyTools & { readonly say: Say },
): Promise<readonly BatchId[]> {
  const { say, signal } = tools
  if (signal.aborted) return []
  const caught = await batchesSince(id, sinceMs, tools).catch((error: unknown) => {
    if (!(error instanceof Problem) && !signal.aborted) throw error
    say.warning('Whether other batches were in work while Profile was off was not seen')
    return []
  })
  if (caught.length > 0) {
    say.warning(
      `These batches were in work while Profile was off, so their rows may never reach it: ${caught.join(', ')}. ` +
        'They are in the data lake. To bring them to Profile, publish their content once more ("if-unchanged: publish" with "replay-predecessors: previous")',
    )
  }
  return caught
}
