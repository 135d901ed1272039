import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeRows } from './check-rows.ts'
import { cpuMs } from './check-speed.ts'
import { type Line, alternate, limitLine, median, ratioLine } from './line.ts'
import type { MapRun } from './map-run.ts'
import { MAPPED_HEADER, MAPPED_SET, type MappedByHand, mapByHand, mappedRow } from './mapped-rows.ts'
import { measuredProgram } from './measured-program.ts'
import { openPlaces } from './open-places.ts'
import { publishBuilt } from './publish-built.ts'
import { sendToSink } from './send-to-sink.ts'
import type { Setting } from './setting.ts'

/** The number of rows mapped by hand, since csv-parse holds all of them in memory. */
const BY_HAND_ROWS = 100_000

/** The small file is this part of the large one; the comparison shows memory that grows with the file. */
const SMALL_PART = 8

const MOST_MB = 400

/**
 * CSV to XDM by twelve mappings, from the file's bytes to records and findings, per core. It is compared with a loop
 * written by hand, which checks almost nothing. The benchmark verifies that both give the same bytes for the same rows.
 */
export async function mapCsv(setting: Setting): Promise<readonly Line[]> {
  return [await speed(setting), ...(await peaks(setting))]
}

const WHAT = 'CSV to XDM by 12 mappings'

async function speed({ runs, sizes, signal }: Setting): Promise<Line> {
  await using scratch = await mkdtempDisposable(join(tmpdir(), 'bench-'))
  const [path, few] = [join(scratch.path, 'rows.csv'), join(scratch.path, 'few.csv')]
  const bytes = await writeCsv(path, sizes.rows)
  const fewBytes = await writeCsv(few, Math.min(sizes.rows, BY_HAND_ROWS))
  const csv = await readFile(few)
  const mapped = (file: string) => measuredProgram<MapRun>('map-run.ts', [file, few], signal)
  requireSame(await mapped(few), mapByHand(csv))
  const { ours, theirs } = await alternate(runs, {
    ours: () => mapped(path),
    theirs: async () => fewBytes / 1000 / cpuMs(() => void mapByHand(csv)),
  })
  return ratioLine({
    what: `${WHAT}, a core`,
    against: '`csv-parse`, objects and `JSON.stringify` by hand, without a check',
    unit: 'MB/s',
    ours: ours.map((run) => bytes / 1000 / run.cpuMs),
    theirs,
    target: { kind: 'at least', figure: 1 },
    more: { rows: ours[0]?.rows ?? 0, 'MB/s of all cores': median(ours.map(({ ms }) => bytes / 1000 / ms)) },
  })
}

/** Peak memory of the action's whole run. */
async function peaks({ bundle, runs, sizes, signal }: Setting): Promise<readonly Line[]> {
  await using places = await openPlaces()
  await writeFile(join(places.workspace, 'mapping.json'), JSON.stringify(MAPPED_SET))
  await writeCsv(join(places.workspace, 'rows.csv'), sizes.rows)
  await writeCsv(join(places.workspace, 'small.csv'), Math.ceil(sizes.rows / SMALL_PART))
  const peakMb = async (glob: string) => {
    const inputs = { glob, mapping: 'mapping.json', validation: 'warn' }
    const publish = (url: string) => publishBuilt({ ...places, bundle, url, inputs }, signal)
    const { result } = await sendToSink({ isTls: false, delayMs: 0 }, publish)
    return result.peakBytes / 1e6
  }
  const { ours, theirs } = await alternate(runs, { ours: () => peakMb('rows.csv'), theirs: () => peakMb('small.csv') })
  return [
    limitLine({ what: `${WHAT}: peak memory of the run`, figure: median(ours), most: MOST_MB, unit: 'MB' }),
    ratioLine({
      what: `${WHAT}: peak memory of the run`,
      against: `the same with 1/${SMALL_PART} of it`,
      unit: 'MB',
      ours,
      theirs,
      target: { kind: 'at most', figure: 1.2 },
    }),
  ]
}

async function writeCsv(path: string, rows: number): Promise<number> {
  await writeFile(path, `${MAPPED_HEADER.join(',')}\n`)
  return await writeRows(path, rows, mappedRow)
}

/** @throws Error if the two sides did not do the same */
function requireSame(ours: MapRun, theirs: MappedByHand): void {
  const [seen, wanted] = [
    [ours.records, ours.badRows, ours.sha256].join(' '),
    [theirs.records, theirs.errors, theirs.sha256].join(' '),
  ]
  if (seen !== wanted) throw new Error(`The records differ from those by hand: ${seen} and ${wanted}`)
}
