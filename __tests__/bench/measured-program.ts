import { execFile } from 'node:child_process'
import { mkdtempDisposable, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const HOOK = new URL('peak-memory.mjs', import.meta.url).href

/** Runs a program of this folder in a separate process, and reads the line of JSON that it prints. */
export async function measuredProgram<T>(name: string, args: readonly string[], signal: AbortSignal) {
  await using scratch = await mkdtempDisposable(join(tmpdir(), 'bench-'))
  const peak = join(scratch.path, 'peak')
  const program = ['--import', HOOK, join(import.meta.dirname, name), ...args]
  const env = { ...process.env, PEAK_MEMORY_FILE: peak }
  const { stdout } = await promisify(execFile)(process.execPath, program, { env, signal })
  return { ...(JSON.parse(stdout) as T), peakBytes: Number(await readFile(peak, 'utf8')) }
}
