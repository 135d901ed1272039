import { concurrently } from '../base/concurrently.ts'
import type { Inputs } from '../steps/inputs.ts'
import { verify, type Outcome } from '../steps/verify.ts'
import { watch } from '../steps/watch.ts'
import type { Delivered } from './deliver.ts'
import type { Tools } from './publish.ts'

/** Waits for every batch, unless the workflow doesn't want to, and says what became of each. */
export async function follow(
  delivered: readonly Delivered[],
  inputs: Inputs,
  tools: Tools,
): Promise<readonly Outcome[]> {
  const width = delivered.length
  return concurrently(delivered, { width, signal: tools.signal }, async ({ batch, plan }, signal) => {
    const outcome = inputs.wait ? await waitFor({ batch, plan }, inputs, { ...tools, signal }) : SUBMITTED
    tools.logbook.batch({ id: batch.id, outcome, ...(outcome.status === '' ? {} : { status: outcome.status }) }, plan)
    return outcome
  })
}

const SUBMITTED: Outcome = {
  kind: 'submitted',
  status: '',
  notes: ['The platform has every byte; whether it accepts the rows was not waited for.'],
}

async function waitFor({ batch, plan }: Delivered, inputs: Inputs, tools: Tools): Promise<Outcome> {
  const { pollIntervalMs: longestPauseMs, timeoutMs } = inputs
  const settled = await watch(batch.id, { ...tools, ...tools.platform, longestPauseMs, timeoutMs })
  return verify(settled, plan)
}
