import { read, refuse, type Reading } from './reading.ts'

/** One of several disjoint shares of the files. */
export type Shard = {
  /** Counts from 1. */
  readonly number: number
  readonly of: number
}

/** GitHub Docs, "Workflow syntax": "A matrix will generate a maximum of 256 jobs per workflow run". */
const MOST_SHARES = 256

const ALLOWED = `share and number of shares, such as "2/8": whole numbers, the share from 1 to the number of shares, and at most ${MOST_SHARES} of them`

/** `2/8` is the second of eight. @returns undefined where one share is everything. */
export function readShard(text: string): Reading<Shard | undefined> {
  const [, number, of] = /^(\d{1,3})\/(\d{1,3})$/.exec(text) ?? []
  const shard = { number: Number(number), of: Number(of) }
  if (!(shard.number >= 1 && shard.number <= shard.of && shard.of <= MOST_SHARES)) {
    return refuse({ value: text, allowed: ALLOWED })
  }
  return read(shard.of === 1 ? undefined : shard)
}
