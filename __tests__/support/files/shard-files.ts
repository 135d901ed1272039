import { shardOf } from '../../../src/files/discover.ts'
import { member } from '../runs/platform-inputs.ts'

/** `count` names of files that belong to this shard. */
export function namesOf(number: number, of: number, count = 1): readonly string[] {
  const names: string[] = []
  for (let i = 0; names.length < count; i++) {
    const name = `data/m${i}.jsonl`
    if (shardOf(name, of) === number) names.push(name)
  }
  return names
}

/** Files with one row each, whose id is the name of the file. */
export function filesOf(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, member(idOf(name))]))
}

/** `data/m3.jsonl` → `m3`. */
export function idOf(name: string): string {
  return name.replace(/^data\/|\.jsonl$/g, '')
}
