import { concurrently } from '../base/concurrently.ts'
import type { BatchId } from '../platform/ids.ts'
import { judgeFound } from '../steps/verify/found-batch.ts'
import { sumKnown, type BatchPlan } from '../steps/plan.ts'
import { readBack } from '../steps/verify/read-back.ts'
import type { Held } from '../steps/earlier/survey.ts'
import type { Outcome } from '../steps/verify.ts'
import type { Tools } from './tools.ts'

export type KeptBy = { readonly plans: readonly BatchPlan[]; readonly waitedFor: ReadonlySet<BatchId> }

/** Reads back and judges the batches that hold our content already, by what would have been sent. */
export async function judgeKept(
  kept: readonly Held[],
  { plans, waitedFor }: KeptBy,
  tools: Tools,
): Promise<readonly Outcome[]> {
  const { signal } = tools
  return concurrently(kept, { width: 4, signal }, async (held) => {
    const { record, holder, mark } = held
    const isConsolidated = holder !== record.id
    const { rows, note } = isConsolidated ? { rows: undefined, note: undefined } : await readBack(record.id, tools)
    const sent = { rows: rowsOf(held, plans), readBack: rows, wasWaitedFor: waitedFor.has(record.id) }
    const judged = judgeFound(held, sent)
    const outcome = note === undefined ? judged : { ...judged, notes: [...judged.notes, note] }
    tools.logbook.batch({
      id: holder,
      brought: record.id,
      status: outcome.status,
      part: mark.part,
      fingerprint: mark.fingerprint,
      rows: sent.rows,
      outcome,
    })
    return outcome
  })
}

/** Cut as it is today its rows are known; cut otherwise they are only where one batch holds everything. */
function rowsOf({ mark }: Held, plans: readonly BatchPlan[]): number | undefined {
  const plan = plans.find(({ fingerprint }) => fingerprint === mark.fingerprint)
  if (plan !== undefined) return plan.rows
  return mark.part.of === 1 ? sumKnown(plans.map(({ rows }) => rows)) : undefined
}
