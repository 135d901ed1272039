import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'

/** The runner's own, and what `engines` of package.json asks for. */
const LEAST_NODE = 24

type Started = {
  /** `v20.20.2`, of the Node.js that runs this. */
  readonly version: string
  /** The folder that the program came in. */
  readonly home: string
  readonly program: string
  readonly args: readonly string[]
}

/** What ended in place of this process, or why nothing could. */
export type Rerun = { readonly exitCode: number; readonly message?: string }

/**
 * A shell may have an older Node.js than a runner, and a clone installs a newer one: the program starts again with that.
 * It has the same arguments, environment and streams.
 *
 * @returns undefined where this Node.js is new enough
 */
export function runByNewerNode({ version, home, program, args }: Started): Rerun | undefined {
  if (Number(/^v(\d+)/.exec(version)?.[1]) >= LEAST_NODE) return undefined
  const newer = join(home, 'node_modules', '.bin', 'node')
  const message = `Node.js ${LEAST_NODE} or later is needed, and this is ${version}. Install it, or run "npm ci" in the folder of the clone, which brings one on Linux.\n`
  if (!existsSync(newer)) return { exitCode: 2, message }
  const { status, signal, error } = spawnSync(newer, [program, ...args], { stdio: 'inherit' })
  if (error !== undefined) return { exitCode: 2, message }
  return { exitCode: status ?? 128 + (signal === null ? 0 : constants.signals[signal]) }
}
