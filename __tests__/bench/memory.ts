import { mkdir, mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { datasets } from '../support/platform-inputs.ts'
import { writeLargeParquet } from '../support/parquet.ts'
import { startPlatformProcess } from './platform-process.ts'
import type { Measurement } from './measurement.ts'
import { measuredPublish, type Publishing } from './measured-publish.ts'
import { writeLargeJsonLines } from './write-large-json-lines.ts'

export type Size = { readonly sizeMib: number; readonly signal: AbortSignal }

type Subject = Pick<Publishing, 'dataset' | 'file'> & {
  readonly name: string
  readonly write: (path: string, sizeMib: number) => Promise<void>
}

const MIB = 2 ** 20

const SUBJECTS: readonly Subject[] = [
  { name: 'JSON Lines', file: 'rows.jsonl', dataset: datasets.loyalty, write: writeLargeJsonLines },
  {
    name: 'Parquet',
    file: 'rows.parquet',
    dataset: datasets.products,
    write: (path, sizeMib) => writeLargeParquet(path, sizeMib, MIB),
  },
]

/** How much memory the built action takes to publish one large file, and how fast it checks and uploads it. */
export async function memory(size: Size): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = []
  for (const subject of SUBJECTS) measurements.push(await measure(subject, size))
  return measurements
}

async function measure(subject: Subject, { sizeMib, signal }: Size): Promise<Measurement> {
  await using scratch = await mkdtempDisposable(join(tmpdir(), 'bench-'))
  const workspace = join(scratch.path, 'workspace')
  await mkdir(workspace)
  await subject.write(join(workspace, subject.file), sizeMib)
  signal.throwIfAborted()
  await using platform = await startPlatformProcess(scratch.path)
  const publishing = { ...subject, workspace, temp: scratch.path, url: platform.url }
  const { bytes, rows, peakBytes, checkMs, uploadMs } = await measuredPublish(publishing, signal)
  const perSecond = (ms: number) => bytes / 1000 / ms
  return {
    benchmark: 'memory',
    subject: subject.name,
    figures: {
      'size MiB': bytes / MIB,
      rows,
      'peak resident MB': peakBytes / 1_000_000,
      'check MB/s': perSecond(checkMs),
      'upload MB/s': perSecond(uploadMs),
    },
  }
}
