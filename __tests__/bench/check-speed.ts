import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { CheckRun } from './check-run.ts'
import type { Measurement } from './measurement.ts'

export type CheckSpeed = CheckRun & { readonly bytes: number; readonly peakBytes: number }

export type CheckSubject = {
  readonly path: string
  readonly bytes: number
  readonly format: 'json' | 'csv'
  /** Checked against a schema, or no more than parsed. */
  readonly depth: 'schema' | 'parse'
}

const PROGRAM = join(import.meta.dirname, 'check-run.ts')
const HOOK = new URL('peak-memory.mjs', import.meta.url).href

const RUNS = 3

/** Checks a file, several times, in processes of their own; the run that cost least counts. @throws Error when one fails */
export async function checkSpeed(subject: CheckSubject): Promise<CheckSpeed> {
  const runs: CheckSpeed[] = []
  while (runs.length < RUNS) runs.push(await runOnce(subject))
  return runs.reduce((best, one) => (one.cpuMs < best.cpuMs ? one : best))
}

async function runOnce({ path, bytes, format, depth }: CheckSubject): Promise<CheckSpeed> {
  const peak = `${path}.peak`
  const env = { ...process.env, PEAK_MEMORY_FILE: peak }
  const child = spawn(process.execPath, ['--import', HOOK, PROGRAM, path, format, depth], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const printed = await text(child.stdout)
  if (!printed.startsWith('{')) throw new Error(`The check of ${path} printed ${JSON.stringify(printed)}`)
  return { ...(JSON.parse(printed) as CheckRun), bytes, peakBytes: Number(await readFile(peak, 'utf8')) }
}

/** Of several runs the best, in time of the processor: what the machine does beside is not counted. */
export function bestCpuMs(runs: number, work: () => void): number {
  let best = Infinity
  for (let run = 0; run < runs; run++) {
    const begun = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(begun)
    best = Math.min(best, (user + system) / 1000)
  }
  return best
}

/** How what was checked in a second compares with what the library alone does in one; and so for each core that worked. */
export function asMeasurement(
  subject: string,
  { bytes, rows, ms, cpuMs, peakBytes }: CheckSpeed,
  alone: Alone,
): Measurement {
  return {
    benchmark: 'check',
    subject,
    figures: {
      rows,
      'MB/s': bytes / 1000 / ms,
      'MB/s a core': bytes / 1000 / cpuMs,
      [`${alone.name} MB/s a core`]: alone.mbs,
      'ratio a core': bytes / 1000 / cpuMs / alone.mbs,
      'peak resident MB': peakBytes / 1_000_000,
    },
  }
}

export type Alone = { readonly name: string; readonly mbs: number }
