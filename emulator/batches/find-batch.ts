import { problem } from '../http/answers.ts'
import { param, type Call } from '../http/call.ts'
import { Refusal } from '../http/exchange.ts'
import type { Batch, Dataset } from '../state.ts'

/** The batch in the path, in the caller's sandbox. Throws a {@link Refusal} with 404. */
export function findBatch(call: Call, id = param(call, 'batch')): Batch {
  const batch = call.platform.state.batches.get(id)
  if (batch === undefined || batch.sandbox !== call.sandbox) throw new Refusal(problem(404, `Batch ${id} not found.`))
  return batch
}

/** The dataset in the caller's sandbox. Throws a {@link Refusal} with 404 and the message of a real tenant. */
export function findDataset(call: Call, id = param(call, 'dataset')): Dataset {
  const dataset = call.platform.state.datasets.get(id)
  if (dataset === undefined || dataset.sandbox !== call.sandbox) {
    throw new Refusal(problem(404, 'DataSet not found.'))
  }
  return dataset
}
