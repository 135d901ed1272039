import { createHash } from 'node:crypto'
import type { Inputs } from '../inputs.ts'
import type { Shard } from '../inputs/shard.ts'

/** The name that a publication's batches carry: the one it was given, or its patterns; that of a share says which it is. */
export function publicationName({
  publication,
  patterns,
  shard,
}: Pick<Inputs, 'publication' | 'patterns' | 'shard'>): string {
  const base = publication || defaultName(patterns)
  return shard === undefined ? base : `${base} (${shard.number}/${shard.of})`
}

export type PublicationName = {
  /** What all shares of a publication have in common. */
  readonly base: string
  /** Where nothing is shared, the first of one. */
  readonly shard: Shard
}

/** Reads what {@link publicationName} makes. The input refuses names that end as that of a share does. */
export function readPublicationName(name: string): PublicationName {
  const [, base, number, of] = /^([^]*) \((\d+)\/(\d+)\)$/.exec(name) ?? []
  if (base === undefined) return { base: name, shard: { number: 1, of: 1 } }
  return { base, shard: { number: Number(number), of: Number(of) } }
}

const LONGEST_NAME = 160

/** A long one is cut, with a hash that keeps it apart; so is one whose last pattern ends as the name of a share does. */
function defaultName(patterns: readonly string[]): string {
  const name = `glob:${patterns.join(' ')}`
  if (name.length <= LONGEST_NAME && readPublicationName(name).base === name) return name
  return `${name.slice(0, LONGEST_NAME)}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`
}
