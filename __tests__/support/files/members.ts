import type { InMemoryPlatform } from '../emulator/in-memory-platform.ts'
import { datasets, member } from '../runs/platform-inputs.ts'

/** One file with one row. */
export function contentOf(id: string): Readonly<Record<string, string>> {
  return { 'data/a.jsonl': member(id) }
}

/** Files in a partition directory: the action would pack JSON files outside of one together. */
export function manyFiles(count: number): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`data/day=1/${i}.jsonl`, member(`m${i}`)]))
}

/** A row that the platform rejects. */
export function badMember(id: string): string {
  return member(id, { points: 'many' })
}

/** Ids of the rows in the dataset, in the order of their batches. */
export async function rowsOf({ emulator }: InMemoryPlatform): Promise<readonly string[]> {
  const rows = await emulator.datasetRows(datasets.loyalty)
  return rows.map((row) => /"loyaltyId":"([^"]*)"/.exec(JSON.stringify(row))?.[1] ?? '')
}

/** The state of each batch, oldest first. */
export async function stages({ emulator }: InMemoryPlatform): Promise<readonly string[]> {
  return (await emulator.batches()).map(({ stage }) => stage)
}
