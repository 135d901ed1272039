import { alternate, limitLine, type Line, median, ratioLine } from './line.ts'
import type { CheckRun } from './check-program.ts'
import { measuredProgram } from './measured-program.ts'
import type { Setting } from './setting.ts'

export type CheckSubject = {
  readonly name: string
  readonly path: string
  readonly bytes: number
  /** Checked against a schema, or only parsed. */
  readonly depth: 'schema' | 'parse'
  readonly alone: Alone
}

/** A library that only parses, in this thread. */
export type Alone = {
  readonly name: string
  readonly bytes: number
  readonly parse: () => void
  /** The share of its speed that the check must reach. */
  readonly least: number
}

const MOST_MB = 400

/**
 * How fast a file is checked per core, compared with a parser alone. It counts the processor time of all threads, so other
 * work on the machine matters little.
 */
export async function checkSpeed(subject: CheckSubject, { runs, signal }: Setting): Promise<readonly Line[]> {
  const { name, path, bytes, depth, alone } = subject
  const { ours, theirs } = await alternate(runs, {
    ours: () => measuredProgram<CheckRun>('check-run.ts', [path, depth], signal),
    theirs: async () => alone.bytes / 1000 / cpuMs(alone.parse),
  })
  const what = `${name}, ${depth}`
  return [
    ratioLine({
      what: `${what}, a core`,
      against: alone.name,
      unit: 'MB/s',
      ours: ours.map((run) => bytes / 1000 / run.cpuMs),
      theirs,
      target: { kind: 'at least', figure: alone.least },
      more: { rows: ours[0]?.rows ?? 0, 'MB/s of all cores': median(ours.map(({ ms }) => bytes / 1000 / ms)) },
    }),
    limitLine({
      what: `${what}: peak memory`,
      figure: median(ours.map(({ peakBytes }) => peakBytes / 1e6)),
      most: MOST_MB,
      unit: 'MB',
    }),
  ]
}

/** Processor time of all threads of this process. */
export function cpuMs(work: () => void): number {
  const begun = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}
