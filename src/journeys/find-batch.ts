import { Problem } from '../base/problem.ts'
import type { BatchRecord } from '../platform/batch-record.ts'
import { isBatchId } from '../platform/ids.ts'
import type { Target } from '../steps/target.ts'
import type { Tools } from './tools.ts'

/** Reads the batch that `batch-id` names. @throws Problem when there is none, or it is of another dataset. */
export async function findBatch(batchId: string, { dataset, sandbox }: Target, tools: Tools): Promise<BatchRecord> {
  const found = isBatchId(batchId) ? await tools.catalog.batch(batchId, tools.signal) : undefined
  if (found?.kind !== 'found') {
    throw new Problem(`Cannot find batch "${batchId}" in sandbox "${sandbox}"`, {
      remedy: 'Check "batch-id", and that the batch is in the sandbox that "sandbox" names.',
    })
  }
  const { record } = found
  if ((record.dataset ?? dataset.id) !== dataset.id) {
    throw new Problem(`Cannot use batch "${batchId}": it is of dataset "${record.dataset}", not of "${dataset.id}"`, {
      remedy: 'Check "batch-id" and "dataset".',
    })
  }
  tools.logbook.batch({ id: record.id, status: record.status })
  return record
}
