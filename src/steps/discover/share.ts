import { createHash } from 'node:crypto'
import { count } from '../../base/words.ts'
import type { FoundFile, Say } from '../discover.ts'
import type { Shard } from '../inputs/shard.ts'

/**
 * Which of so many shares a file belongs to, from 1: by its name alone, so that it keeps its share whatever other files come
 * and go. The first 48 bits of the name's SHA-256 are a number that is still exact.
 */
export function shareOf(name: string, of: number): number {
  return (createHash('sha256').update(name).digest().readUIntBE(0, 6) % of) + 1
}

/** The files of one share, in their order; all of them where nothing is shared. */
export function takeShare(found: readonly FoundFile[], shard: Shard | undefined, say: Say): readonly FoundFile[] {
  if (shard === undefined) return found
  const share = found.filter(({ name }) => shareOf(name, shard.of) === shard.number)
  say.info(
    `Share ${shard.number} of ${shard.of}: ${share.length.toLocaleString('en-US')} of ${count(found.length, 'file')}`,
  )
  return share
}
