import { execFile } from 'node:child_process'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { xdmSchemaOf } from '../support/parquet/parquet-xdm.ts'
import type { CheckRun } from './check-program.ts'
import { alternate, limitLine, type Line, median, ratioLine } from './line.ts'
import { measuredProgram } from './measured-program.ts'
import { openPlaces } from './open-places.ts'
import { PARQUET_SUBJECTS, type ParquetSubject, writeParquetSubject } from './parquet-subjects.ts'
import { publishBuilt } from './publish-built.ts'
import type { ReadRun } from './read-parquet-program.ts'
import { sendToSink } from './send-to-sink.ts'
import type { Setting } from './setting.ts'

const MOST_MB = 400

/** How fast Parquet is checked against a schema, compared with a reader of the same columns, and its peak memory. */
export async function checkParquet(setting: Setting): Promise<readonly Line[]> {
  const reader = await findReader(setting.signal)
  const lines: Line[] = []
  for (const [key, subject] of Object.entries(PARQUET_SUBJECTS)) {
    lines.push(await speed({ key, subject, reader }, setting))
    const { checkedMb, largeParquetMb } = setting.sizes
    for (const mb of [checkedMb, largeParquetMb]) lines.push(await peak(subject, mb, setting))
  }
  return lines
}

type Comparison = { readonly key: string; readonly subject: ParquetSubject; readonly reader: ParquetReader }

async function speed({ key, subject, reader }: Comparison, { sizes, runs, signal }: Setting): Promise<Line> {
  await using scratch = await mkdtempDisposable(join(tmpdir(), 'bench-'))
  const [path, first] = [join(scratch.path, FILE), join(scratch.path, 'first.parquet')]
  await writeParquetSubject(first, subject, Math.min(sizes.checkedMb, FIRST_MB) * 1e6)
  const rows = await writeParquetSubject(path, subject, sizes.checkedMb * 1e6)
  const { ours, theirs } = await alternate(runs, {
    ours: () => measuredProgram<CheckRun>('check-parquet-program.ts', [path, key, first], signal),
    theirs: () => reader.read(reader.isSlow ? first : path),
  })
  return ratioLine({
    what: `${sizes.checkedMb} MB of Parquet, ${subject.name}: checked, a core`,
    against: `${reader.name} reads the same columns`,
    unit: 'rows/s',
    ours: ours.map(({ cpuMs }) => (rows / cpuMs) * 1000),
    theirs: theirs.map((run) => (run.rows / run.cpuMs) * 1000),
    target: { kind: 'at least', figure: reader.least },
    more: {
      rows: ours[0]?.rows ?? 0,
      'invalid rows': ours[0]?.badRows ?? 0,
      's by the clock': median(ours.map(({ ms }) => ms / 1000)),
    },
  })
}

/** Peak memory of the whole action, in `mode: validate`. One run suffices: its peak covers very many moments. */
async function peak(subject: ParquetSubject, mb: number, { bundle, signal }: Setting): Promise<Line> {
  await using places = await openPlaces()
  await writeParquetSubject(join(places.workspace, FILE), subject, mb * 1e6)
  await writeFile(join(places.workspace, SCHEMA_FILE), JSON.stringify(xdmSchemaOf(subject.columns)))
  signal.throwIfAborted()
  // Without a dataset: the schema is not that of the sink's.
  const inputs = { dataset: '', glob: FILE, mode: 'validate', validation: 'error', 'schema-file': SCHEMA_FILE }
  const { result } = await sendToSink({ isTls: false, delayMs: 0 }, (url) =>
    publishBuilt({ ...places, bundle, url, inputs }, signal),
  )
  const what = `${mb} MB of Parquet, ${subject.name}: peak memory`
  return limitLine({ what, figure: result.peakBytes / 1e6, most: MOST_MB, unit: 'MB' })
}

/** Large enough for every thread to get a part. */
const FIRST_MB = 20

const FILE = 'rows.parquet'
const SCHEMA_FILE = 'schema.json'

type ParquetReader = {
  readonly name: string
  /** The share of its speed that the check must reach. */
  readonly least: number
  /** Reads the smaller file: all rows would take minutes. */
  readonly isSlow: boolean
  readonly read: (path: string) => Promise<ReadRun>
}

/** pyarrow, which is native code, if Python has it; otherwise hyparquet. */
async function findReader(signal: AbortSignal): Promise<ParquetReader> {
  const python = async (...args: string[]) => (await promisify(execFile)('python3', args, { signal })).stdout
  try {
    const version = await python('-c', 'import pyarrow; print(pyarrow.__version__, end="")')
    const program = join(import.meta.dirname, 'read-parquet.py')
    const read = async (path: string) => JSON.parse(await python(program, path)) as ReadRun
    return { name: `pyarrow ${version}`, least: 0.3, isSlow: false, read }
  } catch {
    signal.throwIfAborted()
    const read = async (path: string) => await measuredProgram<ReadRun>('read-parquet-program.ts', [path], signal)
    return { name: 'hyparquet, column by column,', least: 1, isSlow: true, read }
  }
}
