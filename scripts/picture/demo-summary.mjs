import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/** The job summary of the demo's last run: the built action against the local platform, with two rejected rows. */
export function demoSummary() {
  const said = execFileSync(process.execPath, ['scripts/demo.ts'], { cwd: ROOT, encoding: 'utf8' })
  const [, summary] = /── job summary ─+\n\n((?:(?!── job summary)[^])*)$/.exec(said) ?? []
  if (summary === undefined) throw new Error('The demo shows no job summary')
  return summary.trim()
}
