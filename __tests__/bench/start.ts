import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { alternate, type Line, median } from './line.ts'
import { sharedMs } from './sink/moment.ts'

export type Start = {
  readonly what: string
  /** How long it takes, in milliseconds. */
  readonly ours: () => Promise<number>
  readonly starts: number
  /** So much longer than Node alone it may take. */
  readonly mostMs: number
}

/** A start of ours, beside that of a Node that does nothing. */
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

/** How long Node runs with these arguments. @throws Error where it fails */
export async function runMs(args: readonly string[], cwd: string): Promise<number> {
  const startedMs = sharedMs()
  const child = spawn(process.execPath, args, { cwd, stdio: 'ignore' })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`)
  return sharedMs() - startedMs
}
