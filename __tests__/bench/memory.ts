import { mkdir, mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeLargeParquet } from '../support/parquet.ts'
import { writeRepeatedRows } from './check-rows.ts'
import type { Line } from './line.ts'
import { median } from './median.ts'
import { publishOnce, type PublishRun } from './publish-once.ts'
import type { Setting } from './setting.ts'
import { startSink } from './start-sink.ts'

type Subject = {
  readonly name: string
  readonly file: string
  readonly inputs: Readonly<Record<string, string>>
  readonly write: (path: string, bytes: number) => Promise<void>
}

const MIB = 2 ** 20

const SUBJECTS: readonly Subject[] = [
  {
    name: 'Parquet',
    file: 'rows.parquet',
    inputs: {},
    write: (path, bytes) => writeLargeParquet(path, Math.max(1, Math.round(bytes / MIB)), MIB),
  },
  { name: 'JSON Lines', file: 'rows.jsonl', inputs: {}, write: writeRepeatedRows },
  { name: 'JSON Lines, checked', file: 'rows.jsonl', inputs: { validation: 'error' }, write: writeRepeatedRows },
]

/** Peak of resident memory of the whole run, of a small and of a huge input. */
export async function memory(setting: Setting): Promise<readonly Line[]> {
  const lines: Line[] = []
  for (const subject of SUBJECTS) lines.push(await measure(subject, setting))
  return lines
}

async function measure(subject: Subject, setting: Setting): Promise<Line> {
  const { runs, sizes } = setting
  const { smallMb, hugeMb } = sizes
  const small = await publish(subject, { mb: smallMb, runs }, setting)
  // Once: it takes long, and its peak is that of very many moments.
  const huge = await publish(subject, { mb: hugeMb, runs: 1 }, setting)
  const [peakMb, smallPeakMb] = [huge, small].map((side) => median(side.map(({ peakBytes }) => peakBytes / 1e6)))
  return {
    what: `memory with ${hugeMb} MB of ${subject.name}`,
    against: `with ${smallMb} MB`,
    ours: peakMb ?? NaN,
    theirs: smallPeakMb,
    unit: 'MB',
    judged: { figure: (peakMb ?? NaN) / (smallPeakMb ?? NaN), target: { kind: 'at most', figure: 1.2, unit: '×' } },
    more: { 'whole run s': median(huge.map(({ ms }) => ms / 1000)) },
  }
}

type Load = { readonly mb: number; readonly runs: number }

async function publish(
  { file, inputs, write }: Subject,
  { mb, runs }: Load,
  { bundle, signal }: Setting,
): Promise<readonly PublishRun[]> {
  await using scratch = await mkdtempDisposable(join(tmpdir(), 'bench-'))
  const places = { workspace: join(scratch.path, 'workspace'), temp: join(scratch.path, 'temp') }
  for (const folder of Object.values(places)) await mkdir(folder)
  await write(join(places.workspace, file), mb * 1e6)
  const done: PublishRun[] = []
  while (done.length < runs) {
    await using sink = await startSink({ isTls: false, delayMs: 0 })
    done.push(await publishOnce({ ...places, bundle, url: sink.url, inputs: { ...inputs, glob: file } }, signal))
  }
  return done
}
