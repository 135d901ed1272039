import { datasets } from '../runs/platform-inputs.ts'
import type { Emulator } from '../../../emulator/emulator.ts'

type Observed = { readonly emulator: Emulator }

/** The ids of the members in the active batches of the loyalty dataset, sorted and with duplicates. */
export async function activeMembers({ emulator }: Observed): Promise<readonly string[]> {
  const rows = await emulator.datasetRows(datasets.loyalty)
  return rows.map((row) => loyaltyId(row)).toSorted()
}

/** The state of every batch, oldest first. */
export async function stages({ emulator }: Observed): Promise<readonly string[]> {
  return (await emulator.batches()).map(({ stage }) => stage)
}

/** Open batches that none of these logs names. */
export async function unsaid({ emulator }: Observed, logs: string): Promise<readonly string[]> {
  const open = (await emulator.batches()).filter(({ stage }) => stage === 'loading')
  return open.filter(({ id, externalId }) => !logs.includes(id) && !logs.includes(externalId)).map(({ id }) => id)
}

function loyaltyId(row: unknown): string {
  const found = /"loyaltyId":"(?<id>[^"]*)"/.exec(JSON.stringify(row))
  return found?.groups?.['id'] ?? ''
}

/** The files that a run left in the runner's temporary folder, except the report, which must outlive the run. */
export function leftovers(temp: readonly string[]): readonly string[] {
  return temp.filter((name) => !name.startsWith('publish-report-'))
}
