import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { alternate, type Line, ratioLine } from './line.ts'
import { openPlaces } from './open-places.ts'
import type { PlanningRun } from './planning-program.ts'
import type { Setting } from './setting.ts'

const PROGRAM = join(import.meta.dirname, 'planning-program.ts')
const FILES_A_FOLDER = 500

/** Finding, naming and cutting many files into batches, their contents unread, beside the search for them alone. */
export async function planning({ runs, sizes, signal }: Setting): Promise<readonly Line[]> {
  await using places = await openPlaces()
  const { workspace, temp } = places
  await writeTree(workspace, sizes.plannedFiles)
  const run = async (side: 'glob' | 'plan'): Promise<PlanningRun> => {
    const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, side, workspace, temp], { signal })
    // @actions/glob writes debug lines before it.
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as PlanningRun
  }
  const { ours, theirs } = await alternate(runs, { ours: () => run('plan'), theirs: () => run('glob') })
  return [
    ratioLine({
      what: `planning ${sizes.plannedFiles} files, contents not counted`,
      against: '`@actions/glob` alone',
      unit: 'ms',
      ours: ours.map(({ ms }) => ms),
      theirs: theirs.map(({ ms }) => ms),
      target: { kind: 'at most', figure: 2 },
      more: { files: ours[0]?.files ?? 0, 'files by glob': theirs[0]?.files ?? 0, batches: ours[0]?.batches ?? 0 },
    }),
  ]
}

async function writeTree(workspace: string, files: number): Promise<void> {
  for (let number = 0; number < files; number++) {
    const folder = join(workspace, `part=${Math.floor(number / FILES_A_FOLDER)}`)
    if (number % FILES_A_FOLDER === 0) await mkdir(folder)
    await writeFile(join(folder, `${number}.parquet`), 'PAR1')
  }
}
