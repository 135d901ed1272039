import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { alternate, type Line, median } from './line.ts'
import { sharedMs } from './sink/moment.ts'

export type Start = {
  readonly what: string
  /** Returns the duration of one start, in milliseconds. */
  readonly ours: () => Promise<number>
  readonly starts: number
  /** The maximum time in addition to Node's own start. */
  readonly mostMs: number
}

/** A start of ours, compared with a Node process that does nothing. */
export async function startLine({ what, ours, starts, mostMs }: Start): Promise<Line> {
  const rounds = await alternate(starts, { ours, theirs: () => runMs(['-e', '0'], process.cwd()) })
  const medians = { ours: median(rounds.ours), theirs: median(rounds.theirs) }
  const target = { kind: 'at most', figure: mostMs, unit: 'ms more' } as const
  return {
    what,
    against: '`node -e 0` on the same Node',
    ...medians,
    unit: 'ms',
    judged: { figure: medians.ours - medians.theirs, target },
    more: { starts },
  }
}

/** How long Node runs with these arguments. @throws Error if it fails */
export async function runMs(args: readonly string[], cwd: string): Promise<number> {
  const startedMs = sharedMs()
  const child = spawn(process.execPath, args, { cwd, stdio: 'ignore' })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`)
  return sharedMs() - startedMs
}
