import type { BatchId } from '../platform/ids.ts'
import { readBack } from '../steps/verify/read-back.ts'
import { standingOf } from '../steps/watch/standing.ts'
import { verify, type Outcome } from '../steps/verify.ts'
import { watch, type Settled } from '../steps/watch.ts'
import type { Tools } from './tools.ts'

export type Followed = {
  readonly id: BatchId
  /** Rows that were sent; undefined where nobody counted. */
  readonly rows: number | undefined
  /** It is ours, so its COMPLETE may be repeated. */
  readonly isOurs: boolean
}

/** Waits for a batch that was completed, reads back what it wrote, and says what became of it. */
export async function follow(batch: Followed, tools: Tools): Promise<Outcome> {
  const settled = await tools.patience.during(() => watchFor(batch, tools))
  const { rows, note } = await readBackOf(settled, tools)
  const outcome = verify(settled, { rows: batch.rows, readBack: rows, successor: await successorOf(settled, tools) })
  const told = { ...outcome, notes: [...outcome.notes, ...(note === undefined ? [] : [note])] }
  const status = told.status === '' ? {} : { status: told.status }
  const settledMs = settled.kind === 'settled' ? { settledMs: tools.clock.now() } : {}
  tools.logbook.batch({ id: batch.id, outcome: told, ...status, ...settledMs })
  return told
}

function watchFor({ id, isOurs }: Followed, tools: Tools): Promise<Settled> {
  const again = isOurs ? { completeAgain: () => tools.batches.complete(id, tools.signal) } : {}
  return watch(id, { ...tools, ...again, timeoutMs: tools.patience.leftMs() })
}

async function readBackOf(settled: Settled, tools: Tools) {
  const isActive = settled.kind === 'settled' && standingOf(settled.record) === 'active'
  return isActive ? readBack(settled.record.id, tools) : { rows: undefined, note: undefined }
}

/** Who has taken the place of a batch that succeeded and is inactive already. */
async function successorOf(settled: Settled, { catalog, signal }: Tools): Promise<BatchId | undefined> {
  if (settled.kind !== 'settled' || settled.record.status !== 'inactive') return undefined
  const { id } = settled.record
  const related = await catalog.batches({ batch: id }, signal)
  return related.find(({ replay }) => replay.predecessors.includes(id))?.id
}
