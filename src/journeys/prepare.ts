import { posix } from 'node:path'
import { Problem } from '../base/problem.ts'
import { discover, type FoundFile } from '../steps/discover.ts'
import type { Inputs } from '../steps/inputs.ts'
import type { Sought } from '../steps/target.ts'
import { check, type Ready } from './check.ts'
import { phase } from './phase.ts'
import type { Tools } from './tools.ts'

/** Files that may be sent, and where to. */
export type Prepared<S> = Ready & { readonly sought: S }

/**
 * Everything that comes before a decision: the dataset, as `seek` finds it, the files, their rows.
 *
 * @returns nothing where there are no files.
 */
export async function prepare<S extends Sought | undefined>(
  inputs: Inputs,
  seek: () => Promise<S>,
  tools: Tools,
): Promise<Prepared<S> | undefined> {
  const { logbook } = tools
  const search = await phase('Find the dataset and the files', tools, async () => {
    const sought = await seek()
    const found = await discover(inputs, tools)
    logbook.note({ found })
    refuseOverwriting(found, inputs)
    return { sought, found }
  })
  const { sought, found } = search
  if (found.length === 0) return undefined
  return { sought, ...(await phase('Check the files', tools, () => check(found, { inputs, sought }, tools))) }
}

/** Before anything is sent: afterwards it would be too late for the file. */
function refuseOverwriting(found: readonly FoundFile[], { rejectedRowsPath }: Inputs): void {
  const path = posix.normalize(rejectedRowsPath.replaceAll('\\', '/'))
  if (rejectedRowsPath === '' || found.every((file) => file.path !== path)) return
  throw new Problem(`Cannot write the rejected rows to ${JSON.stringify(rejectedRowsPath)}: it is a file to publish`, {
    remedy: 'Choose a "rejected-rows-path" that "glob" does not match.',
  })
}
