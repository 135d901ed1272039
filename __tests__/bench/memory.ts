import { join } from 'node:path'
import { writeLargeParquet } from '../support/parquet/parquet.ts'
import { writeRepeatedRows } from './check-rows.ts'
import { type Line, median, ratioLine } from './line.ts'
import { openPlaces } from './open-places.ts'
import { publishBuilt, type PublishRun } from './publish-built.ts'
import { sendToSink } from './send-to-sink.ts'
import type { Setting } from './setting.ts'

type Subject = {
  readonly name: string
  readonly file: string
  readonly inputs: Readonly<Record<string, string>>
  readonly write: (path: string, bytes: number) => Promise<void>
}

/** Writers make groups of 128 MiB and less. Each takes space in the footer, which is held in memory. */
const ROW_GROUP_BYTES = 32 * 2 ** 20

const SUBJECTS: readonly Subject[] = [
  {
    name: 'Parquet in row groups of 32 MiB',
    file: 'rows.parquet',
    inputs: {},
    write: (path, bytes) =>
      writeLargeParquet(path, Math.ceil(bytes / ROW_GROUP_BYTES), Math.min(bytes, ROW_GROUP_BYTES)),
  },
  { name: 'JSON Lines', file: 'rows.jsonl', inputs: {}, write: writeRepeatedRows },
  { name: 'JSON Lines, checked', file: 'rows.jsonl', inputs: { validation: 'error' }, write: writeRepeatedRows },
]

/** Peak of resident memory of the whole run, for a small and for a huge input. */
export async function memory(setting: Setting): Promise<readonly Line[]> {
  const lines: Line[] = []
  for (const subject of SUBJECTS) lines.push(await measure(subject, setting))
  return lines
}

async function measure(subject: Subject, setting: Setting): Promise<Line> {
  const { smallMb, hugeMb } = setting.sizes
  const small = await publish(subject, { mb: smallMb, runs: setting.runs }, setting)
  // One run: it takes long, and its peak covers very many moments.
  const huge = await publish(subject, { mb: hugeMb, runs: 1 }, setting)
  return ratioLine({
    what: `memory with ${hugeMb} MB of ${subject.name}`,
    against: `with ${smallMb} MB`,
    unit: 'MB',
    ours: huge.map(peakMb),
    theirs: small.map(peakMb),
    target: { kind: 'at most', figure: 1.2 },
    more: { 'whole run s': median(huge.map(({ ms }) => ms / 1000)) },
  })
}

type Load = { readonly mb: number; readonly runs: number }

async function publish(subject: Subject, { mb, runs }: Load, setting: Setting): Promise<readonly PublishRun[]> {
  const { file, write } = subject
  const { bundle, signal } = setting
  await using places = await openPlaces()
  await write(join(places.workspace, file), mb * 1e6)
  signal.throwIfAborted()
  const inputs = { ...subject.inputs, glob: file }
  const done: PublishRun[] = []
  while (done.length < runs) {
    const { result } = await sendToSink({ isTls: false, delayMs: 0 }, (url) =>
      publishBuilt({ ...places, bundle, url, inputs }, signal),
    )
    done.push(result)
  }
  return done
}

function peakMb({ peakBytes }: PublishRun): number {
  return peakBytes / 1e6
}
