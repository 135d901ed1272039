import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { alternate, type Line, ratioLine } from './line.ts'
import { openPlaces } from './open-places.ts'
import type { PlanningRun } from './planning-program.ts'
import type { Setting } from './setting.ts'

const PROGRAM = join(import.meta.dirname, 'planning-program.ts')
const FILES_A_FOLDER = 500
const EXCLUDED_NAMES = 20

/** Finds and names many files and splits them into batches, without reading them, compared with only the search. */
export async function planning({ runs, sizes, signal }: Setting): Promise<readonly Line[]> {
  await using places = await openPlaces()
  await writeTree(places.workspace, sizes.plannedFiles)
  const named = Array.from({ length: sizes.namedFiles }, (_, number) => pathOf(number))
  const folder = named.slice(0, FILES_A_FOLDER)
  const excluded = [...named.slice(0, EXCLUDED_NAMES).map((path) => `!${path}`), '!**/_*', '!other/**']
  const kinds: readonly PlannedPatterns[] = [
    { what: `planning ${sizes.plannedFiles} files, contents not counted`, patterns: ['**/*.parquet'] },
    {
      what: `planning ${sizes.namedFiles} files by name, with ${excluded.length} excludes`,
      patterns: [...named, ...excluded],
    },
    {
      what: `planning ${folder.length} files by \`folder/**/name\`, with ${excluded.length} excludes`,
      patterns: [...folder.map((path) => `${dirname(path)}/**/${basename(path)}`), ...excluded],
    },
  ]
  const lines: Line[] = []
  for (const kind of kinds) lines.push(await planLine(kind, { ...places, runs, signal }))
  return lines
}

type PlannedPatterns = { readonly what: string; readonly patterns: readonly string[] }

type PlanningPlace = Pick<Setting, 'runs' | 'signal'> & { readonly workspace: string; readonly temp: string }

async function planLine({ what, patterns }: PlannedPatterns, place: PlanningPlace): Promise<Line> {
  const { runs, signal, workspace, temp } = place
  const list = join(temp, 'patterns')
  await writeFile(list, patterns.join('\n'))
  const run = async (side: 'glob' | 'plan'): Promise<PlanningRun> => {
    const args = [PROGRAM, side, workspace, temp, list]
    const { stdout } = await promisify(execFile)(process.execPath, args, { signal, maxBuffer: 64 * 1024 ** 2 })
    // @actions/glob writes debug lines before the result.
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as PlanningRun
  }
  const { ours, theirs } = await alternate(runs, { ours: () => run('plan'), theirs: () => run('glob') })
  return ratioLine({
    what,
    against: '`@actions/glob` alone',
    unit: 'ms',
    ours: ours.map(({ ms }) => ms),
    theirs: theirs.map(({ ms }) => ms),
    target: { kind: 'at most', figure: 2 },
    more: { files: ours[0]?.files ?? 0, 'files by glob': theirs[0]?.files ?? 0, batches: ours[0]?.batches ?? 0 },
  })
}

function pathOf(number: number): string {
  return `part=${Math.floor(number / FILES_A_FOLDER)}/${number}.parquet`
}

async function writeTree(workspace: string, files: number): Promise<void> {
  for (let number = 0; number < files; number++) {
    const path = join(workspace, pathOf(number))
    if (number % FILES_A_FOLDER === 0) await mkdir(dirname(path))
    await writeFile(path, 'PAR1')
  }
}
