import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { STOP_SIGNALS, type SignalSource } from '../lib/async.ts'

/** The version that runners have, and that `engines` of package.json requires. */
const LEAST_NODE = 24

type Started = {
  /** The version of the Node.js that runs this, such as `v20.20.2`. */
  readonly version: string
  /** The root folder of the clone or the package. */
  readonly home: string
  readonly program: string
  readonly args: readonly string[]
  /** The signals that stop this process, which passes them on to the other. */
  readonly signals: SignalSource
}

/** How the process that replaced this one ended, or why none could start. */
export type Rerun = { readonly exitCode: number; readonly message?: string }

/**
 * A shell may have an older Node.js than a runner, and a clone installs a newer one: the program is restarted with that
 * one. It keeps its arguments, environment and streams.
 *
 * @returns undefined if this Node.js is new enough
 */
export async function runByNewerNode({ version, home, program, args, signals }: Started): Promise<Rerun | undefined> {
  if (Number(/^v(\d+)/.exec(version)?.[1]) >= LEAST_NODE) return undefined
  const newer = join(home, 'node_modules', '.bin', 'node')
  const message = `Node.js ${LEAST_NODE} or later is needed, and this is ${version}. Install it, or run "npm ci" in the folder of the clone, which brings one on Linux.\n`
  if (!existsSync(newer)) return { exitCode: 2, message }
  const child = spawn(newer, [program, ...args], { stdio: 'inherit' })
  // Ctrl-C reaches both processes, and this one must not end before the other; `kill` reaches only this one.
  for (const name of STOP_SIGNALS) signals.on(name, () => void child.kill(name))
  try {
    const [status, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
    return { exitCode: status ?? 128 + (signal === null ? 0 : constants.signals[signal]) }
  } catch {
    return { exitCode: 2, message }
  }
}
