import { mayBeOneFile } from '../base/may-be-one-file.ts'
import { Problem } from '../base/problem.ts'
import { discover, type FoundFile } from '../steps/discover.ts'
import type { Inputs } from '../steps/inputs.ts'
import { preflight, type CheckedFile } from '../steps/preflight.ts'
import type { Sought } from '../steps/target.ts'
import { check, looksAtRows } from './check.ts'
import { phase } from './phase.ts'
import type { Tools } from './tools.ts'

/** Files that may be sent, and where to. */
export type Prepared<S> = {
  readonly sought: S
  readonly files: readonly CheckedFile[]
  /** Undefined where nobody counted them. */
  readonly rows: number | undefined
}

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
  const ready = await phase('Find the dataset and the files', tools, async () => {
    const sought = await seek()
    const found = await discover(inputs, tools)
    logbook.note({ found })
    if (found.length === 0) return undefined
    refuseOverwriting(found, inputs)
    const files = await preflight(found, inputs, tools)
    logbook.note({ files })
    return { sought, files }
  })
  if (ready === undefined) return undefined
  const checking = () => check(ready.files, { inputs, sought: ready.sought }, tools)
  const rows = await (looksAtRows(inputs) ? phase('Check the rows', tools, checking) : checking())
  return { ...ready, rows }
}

/** Before anything is sent: afterwards it would be too late for the file. */
function refuseOverwriting(found: readonly FoundFile[], { rejectedRowsPath }: Inputs): void {
  if (rejectedRowsPath === '' || !found.some(({ path }) => mayBeOneFile(path, rejectedRowsPath))) return
  throw new Problem(`Cannot write the rejected rows to ${JSON.stringify(rejectedRowsPath)}: it is a file to publish`, {
    remedy: 'Choose a "rejected-rows-path" that "glob" does not match, in upper or lower case.',
  })
}
