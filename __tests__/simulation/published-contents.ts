import { shardOf } from '../../src/files/discover.ts'
import type { Contents } from './contents.ts'
import type { RunPlan } from './story.ts'

/** What a run is to publish of what it finds. */
export function publishedContents({ contents, shard }: Pick<RunPlan, 'contents' | 'shard'>): Contents {
  if (shard === undefined) return contents
  return { ...contents, files: contents.files.filter(({ path }) => shardOf(path, shard.of) === shard.number) }
}

/** More than these travel packed. */
const MOST_UNPACKED = 100

/** The texts of the files that a batch of it must hold. */
export function travelling({ kind, files }: Contents): readonly string[] {
  const texts = files.map(({ travels }) => travels)
  if (kind === 'csv' || files.length <= MOST_UNPACKED) return texts
  return [texts.map((text) => (text.endsWith('\n') ? text : `${text}\n`)).join('')]
}
