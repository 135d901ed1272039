import type { Say } from '../../files/discover.ts'
import { concurrently } from '../../lib/async.ts'
import { Problem } from '../../lib/errors.ts'
import type { Patience } from '../../lib/time.ts'
import type { BatchesApi } from '../../platform/batches.ts'
import type { BatchId } from '../../platform/ids.ts'
import { mustBeWaitedFor, isLeftover, judgeInProgress } from './compare.ts'
import { type Decision, decide } from './decide.ts'
import {
  type PublishedBatch,
  type NamedBatch,
  type Published,
  type FindPublishedTools,
  type PublishedQuery,
  type DesiredPublish,
  findPublished,
} from './find.ts'
import { type Settled, watch } from '../wait.ts'

/** What this publication holds already, and what is left to do. */
export type Reconciled =
  | {
      readonly kind: 'decided'
      readonly decision: Exclude<Decision, { readonly kind: 'refuse' }>
      readonly seen: Published
      /** Batches that this run waited for. */
      readonly waitedFor: ReadonlySet<BatchId>
    }
  /** This content is in work, and this run doesn't wait. */
  | { readonly kind: 'submitted'; readonly batches: readonly PublishedBatch[] }
  /** What had to be waited for took too long. */
  | {
      readonly kind: 'timed-out'
      readonly batches: readonly { readonly held: PublishedBatch; readonly settled: Settled }[]
    }

export type ReconcileTools = FindPublishedTools & {
  readonly batches: BatchesApi
  readonly say: Say
  readonly patience: Patience
  readonly longestPauseMs: number
  /** `wait: false` looks, but waits for nothing. */
  readonly mayWait: boolean
  /** The batches named to be replaced, looked up anew each time. */
  readonly lookUpNamed: () => Promise<readonly NamedBatch[]>
}

/** Looks, waits, looks again: something may begin while we wait, but not for ever. */
const MOST_LOOKS = 20

/**
 * Looks what the dataset holds of this publication; takes back what earlier attempts of this run left open; waits for what
 * is in work and concerns us; and decides.
 *
 * @throws Problem when what is there forbids to publish.
 */
export async function reconcile(
  wanted: DesiredPublish,
  place: PublishedQuery,
  tools: ReconcileTools,
): Promise<Reconciled> {
  const waitedFor = new Set<BatchId>()
  for (let look = 1; look <= MOST_LOOKS; look++) {
    const seen = await findPublished(place, tools)
    if (await abortLeftovers(seen, wanted, { ...tools, pauseMs: look * LAG_MS })) continue
    const pending = seen.batches.filter((held) => mustBeWaitedFor(held, wanted))
    if (pending.length > 0) {
      const early = await waitFor(pending, { wanted, seen }, tools)
      if (early !== undefined) return early
      for (const { record } of pending) waitedFor.add(record.id)
      continue
    }
    const asked =
      wanted.replaces.kind === 'ids' ? { kind: 'ids' as const, ids: await tools.lookUpNamed() } : wanted.replaces
    const decision = decide({ ...wanted, replaces: asked }, seen)
    if (decision.kind !== 'refuse') return { kind: 'decided', decision, seen, waitedFor }
    throw refusal(decision.message, decision.remedy)
  }
  throw new Problem(`Cannot publish: this publication was in work at each of ${MOST_LOOKS} looks`, {
    remedy: 'Nothing was sent. Keep runs for one dataset apart with "concurrency:" in the workflow.',
  })
}

/** @returns whether there were any, so that what is seen is out of date. */
async function abortLeftovers(
  { batches: held }: Published,
  wanted: DesiredPublish,
  tools: ReconcileTools & { readonly pauseMs: number },
): Promise<boolean> {
  const open = held.filter((one) => isLeftover(one, wanted))
  for (const { record } of open) {
    const acted = await tools.batches.abort(record.id, tools.signal)
    const what = acted === 'done' ? 'Aborted' : 'Could not abort (it is in work by now)'
    tools.say.info(`${what} batch ${record.id}, which an earlier attempt of this run left open`)
    // The catalogue may go on saying "loading" for a while; a look that follows at once would only see that again.
    await tools.clock.sleep(tools.pauseMs, tools.signal)
  }
  return open.length > 0
}

const LAG_MS = 1_000

async function waitFor(
  pending: readonly PublishedBatch[],
  { wanted, seen }: { readonly wanted: DesiredPublish; readonly seen: Published },
  tools: ReconcileTools,
): Promise<Reconciled | undefined> {
  const judged = judgeInProgress(wanted, { pending, seen, mayWait: tools.mayWait })
  if (judged.kind === 'left') return { kind: 'submitted', batches: pending }
  if (judged.kind === 'refused') throw refusal(judged.message, judged.remedy)
  tools.say.info(`Waiting for what is in work already: ${pending.map(({ record }) => record.id).join(', ')}`)
  const { signal } = tools
  const settled = await tools.patience.during(() =>
    concurrently(pending, { width: pending.length, signal }, async (held, sibling) => ({
      held,
      settled: await watch(held.record.id, { ...tools, timeoutMs: tools.patience.leftMs(), signal: sibling }),
    })),
  )
  const late = settled.filter((one) => one.settled.kind === 'timed-out')
  return late.length === 0 ? undefined : { kind: 'timed-out', batches: late }
}

function refusal(message: string, remedy: string): Problem {
  return new Problem(`Cannot publish: ${message}`, { remedy: `Nothing was sent. ${remedy}` })
}
