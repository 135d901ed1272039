import { execFile } from 'node:child_process'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeRows } from './check-rows.ts'
import type { DiffRun } from './diff-run.ts'
import { type Line, limitLine, median, ratioLine } from './line.ts'
import { measuredProgram } from './measured-program.ts'
import type { Setting } from './setting.ts'

const MOST_MB = 1_000

/**
 * Compares rows with those of a base, rotated by half the file: one in a hundred changes, one in a thousand is removed,
 * and one in a thousand is added. The other side is `sort` of both files and `comm`, which compare only whole lines.
 */
export async function diffRows(setting: Setting): Promise<readonly Line[]> {
  const lines: Line[] = []
  for (const rows of setting.sizes.comparedRows) lines.push(...(await measure(rows, setting)))
  return lines
}

async function measure(rows: number, { runs, signal }: Setting): Promise<readonly Line[]> {
  await using scratch = await mkdtempDisposable(join(tmpdir(), 'bench-'))
  const [base, head] = [join(scratch.path, 'base.jsonl'), join(scratch.path, 'head.jsonl')]
  await writeRows(base, rows, baseRow)
  await writeRows(head, rows, (number) => headRow((number + rows / 2) % rows, rows))
  const ours: number[] = []
  const theirs: number[] = []
  const peaks: number[] = []
  // Ten million rows take minutes.
  for (let run = 0; run < (rows > 1_000_000 ? 1 : runs); run++) {
    const { ms, peakBytes, ...counts } = await measuredProgram<DiffRun>('diff-run.ts', [base, head], signal)
    requireCounts(counts, rows)
    ours.push(ms / 1000)
    peaks.push(peakBytes / 1e6)
    theirs.push(await sortAndCompare(scratch.path, signal))
  }
  const what = `${rows.toLocaleString('en')} rows compared by key`
  return [
    ratioLine({
      what,
      against: '`sort` of both files and `comm`, whole lines',
      unit: 's',
      ours,
      theirs,
      target: { kind: 'at most', figure: 15 },
      more: { rows },
    }),
    limitLine({ what: `${what}: peak memory`, figure: median(peaks), most: MOST_MB, unit: 'MB' }),
  ]
}

function baseRow(id: number): string {
  return rowText(id, id % 50_000)
}

function headRow(number: number, rows: number): string {
  if (number % 1_000 === 7) return rowText(rows + number, number % 50_000)
  return rowText(number, number % 100 === 3 ? -1 : number % 50_000)
}

function rowText(id: number, points: number): string {
  const name = `Zoë Ångström ${id}`
  return `${JSON.stringify({ id, name, email: `user${id}@example.com`, points, tier: ['gold', 'silver'][id % 2] })}\n`
}

/** @throws Error if rows were lost or counted twice */
function requireCounts(seen: Omit<DiffRun, 'ms'>, rows: number): void {
  const moved = Math.ceil((rows - 7) / 1_000)
  const changed = Math.ceil((rows - 3) / 100)
  const wanted = { added: moved, changed, removed: moved, unchanged: rows - moved - changed }
  if (JSON.stringify(seen) !== JSON.stringify(wanted))
    throw new Error(`The counts differ: ${JSON.stringify(seen)} and ${JSON.stringify(wanted)}`)
}

/** In seconds. */
async function sortAndCompare(folder: string, signal: AbortSignal): Promise<number> {
  const begun = performance.now()
  const script =
    'sort -o base.sorted base.jsonl && sort -o head.sorted head.jsonl && comm -3 base.sorted head.sorted | wc -l'
  await promisify(execFile)('sh', ['-c', script], {
    cwd: folder,
    signal,
    env: { ...process.env, LC_ALL: 'C', TMPDIR: folder },
  })
  return (performance.now() - begun) / 1000
}
