import { mayBeOneFile } from '../base/may-be-one-file.ts'
import { Problem } from '../base/problem.ts'
import { discover, type FoundFile } from '../steps/discover.ts'
import { takeShare } from '../steps/discover/share.ts'
import type { Inputs } from '../steps/inputs.ts'
import { filesHash } from '../steps/plan/fingerprint.ts'
import type { Sought } from '../steps/target.ts'
import { check, type Ready } from './check.ts'
import { phase } from './phase.ts'
import type { Tools } from './tools.ts'

/** Files that may be sent, and where to. */
export type Prepared<S> = Ready & {
  readonly kind: 'ready'
  readonly sought: S
  /** `gh_files`. */
  readonly filesHash: string
}

/** Why there is nothing to publish: no pattern matched anything, or no file is of the share that is wanted. */
export type Nothing = {
  readonly kind: 'no files' | 'empty share'
  readonly sought: Sought | undefined
  /** Of what all shares were cut out of. */
  readonly filesHash: string
}

/** Everything that comes before a decision: the dataset, as `seek` finds it, the files, their rows. */
export async function prepare<S extends Sought | undefined>(
  inputs: Inputs,
  seek: () => Promise<S>,
  tools: Tools,
): Promise<Prepared<S> | Nothing> {
  const { logbook } = tools
  const search = await phase('Find the dataset and the files', tools, async () => {
    const sought = await seek()
    const all = await discover(inputs, tools)
    const found = takeShare(all, inputs.shard, tools.say)
    logbook.note({ found })
    refuseOverwriting(all, inputs)
    return { sought, all, found }
  })
  const { sought, all, found } = search
  if (found.length === 0) {
    return { kind: all.length === 0 ? 'no files' : 'empty share', sought, filesHash: filesHash(all) }
  }
  const ready = await phase('Check the files', tools, () => check(found, { inputs, sought }, tools))
  return { kind: 'ready', sought, filesHash: filesHash(all), ...ready }
}

/** Before anything is sent: afterwards it would be too late for the file. */
function refuseOverwriting(found: readonly FoundFile[], { rejectedRowsPath }: Inputs): void {
  if (rejectedRowsPath === '' || !found.some(({ path }) => mayBeOneFile(path, rejectedRowsPath))) return
  throw new Problem(`Cannot write the rejected rows to ${JSON.stringify(rejectedRowsPath)}: it is a file to publish`, {
    remedy: 'Choose a "rejected-rows-path" that "glob" does not match, in upper or lower case.',
  })
}
