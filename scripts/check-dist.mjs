// Fails if dist/ differs from a build of the sources.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const fresh = join(mkdtempSync(join(tmpdir(), 'dist-')), 'dist')
execFileSync(process.execPath, ['scripts/build.mjs', fresh], { stdio: 'inherit' })
const list = (folder) => readdirSync(folder, { recursive: true }).toSorted()
const differing = [...new Set([...list(fresh), ...list('dist')])].filter((name) => {
  try {
    return !readFileSync(join(fresh, name)).equals(readFileSync(join('dist', name)))
  } catch {
    return true
  }
})
rmSync(fresh, { recursive: true, force: true })
if (differing.length > 0) {
  console.error(`dist/ is not what the sources build (${differing.join(', ')}). Run "npm run build" and commit dist/.`)
  process.exitCode = 1
}
