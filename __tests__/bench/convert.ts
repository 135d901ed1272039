import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { alternate, type Line, ratioLine } from './line.ts'
import type { ConvertRun } from './convert-program.ts'
import { measuredProgram } from './measured-program.ts'
import type { ParseRun } from './parse-program.ts'
import type { Setting } from './setting.ts'
import { writeArray, type ArrayShape } from './check-files.ts'

/** The small file is this part of the large one; the comparison shows memory that grows with the file. */
const SMALL_PART = 16

/**
 * Converts an array file to JSON Lines, which are discarded, compared with `JSON.parse` of its records one by one. Both
 * sides count the processor time of all threads.
 */
export async function convert(setting: Setting): Promise<readonly Line[]> {
  return [...(await compare('compact', setting)), ...(await compare('pretty', setting))]
}

async function compare(shape: ArrayShape, { runs, sizes, signal }: Setting): Promise<readonly Line[]> {
  await using scratch = await mkdtempDisposable(join(tmpdir(), 'bench-'))
  const [path, small] = [join(scratch.path, 'array.json'), join(scratch.path, 'small.json')]
  const bytes = sizes.arrayMib * 2 ** 20
  await writeArray(path, shape, bytes)
  await writeArray(small, shape, bytes / SMALL_PART)
  const convertOne = (file: string) => measuredProgram<ConvertRun>('convert-program.ts', [file], signal)
  const parse = [shape, String(sizes.parsedRecords)]
  const { ours, theirs } = await alternate(runs, {
    ours: () => convertOne(path),
    theirs: () => measuredProgram<ParseRun>('parse-program.ts', parse, signal),
  })
  const what = `${shape} array of ${sizes.arrayMib} MiB to JSON Lines`
  return [
    ratioLine({
      what,
      against: '`JSON.parse` of the same records one by one',
      unit: 'MB/s',
      ours: ours.map(mbPerSecond),
      theirs: theirs.map(mbPerSecond),
      target: { kind: 'at least', figure: 1.5 },
      more: { rows: ours[0]?.rows ?? 0, 'parsed records': sizes.parsedRecords },
    }),
    ratioLine({
      what: `${what}: peak memory`,
      against: `the same with 1/${SMALL_PART} of it`,
      unit: 'MB',
      ours: ours.map(peakMb),
      theirs: [peakMb(await convertOne(small))],
      target: { kind: 'at most', figure: 1.2 },
    }),
  ]
}

function mbPerSecond({ bytes, cpuMs }: { readonly bytes: number; readonly cpuMs: number }): number {
  return bytes / 1000 / cpuMs
}

function peakMb({ peakBytes }: { readonly peakBytes: number }): number {
  return peakBytes / 1e6
}
