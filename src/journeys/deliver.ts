import { createGate } from '../base/gate.ts'
import { openBatch, type OpenBatch } from '../steps/open-batch.ts'
import { orderBatch, type Publish } from '../steps/order.ts'
import type { BatchPlan } from '../steps/plan.ts'
import { upload } from '../steps/upload.ts'
import type { Tools } from './publish.ts'

/** A batch past COMPLETE. */
export type Delivered = { readonly batch: OpenBatch; readonly plan: BatchPlan }

/**
 * Opens a batch for each plan, uploads its files, and completes all of them only when every byte of every one was
 * acknowledged: a file that fails takes the whole publish back, not only its own batch.
 *
 * @throws whatever kept a batch from being completed; every batch that wasn't is aborted by then.
 */
export async function deliver(
  plans: readonly BatchPlan[],
  publish: Publish,
  tools: Tools,
): Promise<readonly Delivered[]> {
  await using open = new AsyncDisposableStack()
  const gate = createGate(publish.inputs.concurrency)
  const delivered: Delivered[] = []
  for (const plan of plans) {
    const batch = open.use(await openFor(plan, publish, tools))
    const destination = { batch: batch.id, dataset: publish.target.dataset.id }
    const { concurrency: width, chunkBytes } = publish.inputs
    await upload(plan, destination, { ...tools, ...tools.platform, gate, width, chunkBytes })
    delivered.push({ batch, plan })
  }
  for (const { batch, plan } of delivered) {
    await batch.complete(tools.signal)
    tools.say.info(`Completed batch ${batch.id}: the platform has every byte and works on it`)
    tools.logbook.batch({ id: batch.id, status: 'loaded' }, plan)
  }
  return delivered
}

async function openFor(plan: BatchPlan, publish: Publish, tools: Tools): Promise<OpenBatch> {
  const salt = Math.floor(tools.random() * 2 ** 40).toString(36)
  const noteStatus = (id: OpenBatch['id'], status: string) => tools.logbook.batch({ id, status }, plan)
  const batch = await openBatch(orderBatch(plan, publish, salt), { ...tools, ...tools.platform, noteStatus })
  const { number, of } = plan.part
  tools.say.info(`Opened batch ${batch.id}${of > 1 ? `, part ${number} of ${of}` : ''}`)
  return batch
}
