// Says whether docs/summary.png shows what the action writes now.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoSummary } from './demo-summary.mjs'
import { fingerprint } from './fingerprint.mjs'

const drawn = readFileSync(join(import.meta.dirname, '../../docs/summary.sha256'), 'utf8').trim()
if (drawn !== fingerprint(demoSummary())) {
  console.error(
    'docs/summary.png shows another summary than the action writes now. Run "npm run picture", and look at it.',
  )
  process.exitCode = 1
}
