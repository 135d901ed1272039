import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CsvDepth } from './check-csv-program.ts'
import type { CheckRun } from './check-program.ts'
import { writeRows } from './check-rows.ts'
import { FLAT_HEADER, flatRow } from './check-schema.ts'
import { type Line, alternate, limitLine, median, ratioLine } from './line.ts'
import { measuredProgram } from './measured-program.ts'
import type { CsvLibrary, ParsedCsv } from './parse-csv-program.ts'
import type { Setting } from './setting.ts'

/** The number of rows that a library parses at once, since it holds all of them in memory. */
const AT_ONCE_ROWS = 100_000

const MOST_MB = 400

const DEPTHS = ['parse', 'check', 'schema'] as const satisfies readonly CsvDepth[]

/** Libraries that only parse, and the share of their speed that the check must reach. */
const LIBRARIES = [
  { name: 'csv-parse', least: 2 },
  { name: 'udsv', least: 0.5 },
] as const satisfies readonly { readonly name: CsvLibrary; readonly least: number }[]

type CsvFiles = { readonly path: string; readonly few: string; readonly bytes: number; readonly rows: number }

/**
 * How fast CSV is read and checked from the file's bytes to the findings, per core, compared with libraries that turn a
 * string into arrays of strings. Both sides count the processor time of all threads, after a warm-up run.
 */
export async function checkCsv(setting: Setting): Promise<readonly Line[]> {
  const { rows } = setting.sizes
  await using scratch = await mkdtempDisposable(join(tmpdir(), 'bench-'))
  const [path, few] = [join(scratch.path, 'rows.csv'), join(scratch.path, 'few.csv')]
  const bytes = await writeCsv(path, rows)
  await writeCsv(few, Math.min(rows, AT_ONCE_ROWS))
  const lines: Line[] = []
  for (const depth of DEPTHS) lines.push(...(await compare(depth, { path, few, bytes, rows }, setting)))
  return lines
}

async function compare(depth: CsvDepth, { path, few, bytes, rows }: CsvFiles, { runs, signal }: Setting) {
  const parse = (library: CsvLibrary) => {
    const times = Math.ceil(rows / AT_ONCE_ROWS)
    return measuredProgram<ParsedCsv>('parse-csv-program.ts', [library, few, String(times)], signal)
  }
  const { ours, theirs } = await alternate(runs, {
    ours: () => measuredProgram<CheckRun>('check-csv-program.ts', [path, depth, few], signal),
    theirs: async () => ({ 'csv-parse': await parse('csv-parse'), udsv: await parse('udsv') }),
  })
  const what = `CSV, ${depth}`
  const speeds = LIBRARIES.map(({ name, least }) =>
    ratioLine({
      what: `${what}, a core`,
      against: `\`${name}\` alone`,
      unit: 'MB/s',
      ours: ours.map((run) => bytes / 1000 / run.cpuMs),
      theirs: theirs.map((run) => run[name].bytes / 1000 / run[name].cpuMs),
      target: { kind: 'at least', figure: least },
      more: { rows: ours[0]?.rows ?? 0, 'MB/s of all cores': median(ours.map(({ ms }) => bytes / 1000 / ms)) },
    }),
  )
  const figure = median(ours.map(({ peakBytes }) => peakBytes / 1e6))
  return [...speeds, limitLine({ what: `${what}: peak memory`, figure, most: MOST_MB, unit: 'MB' })]
}

async function writeCsv(path: string, rows: number): Promise<number> {
  await writeFile(path, `${FLAT_HEADER.join(',')}\n`)
  return await writeRows(path, rows, flatRow)
}
