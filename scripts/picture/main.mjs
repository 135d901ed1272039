// Draws docs/summary.png: the job summary of the demo's last trial, as GitHub shows it. The fingerprint beside it tells later
// whether it is out of date.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { findBrowser } from './find-browser.mjs'
import { demoSummary } from './demo-summary.mjs'
import { fingerprint } from './fingerprint.mjs'

const HERE = import.meta.dirname
const PICTURE = join(HERE, '../../docs/summary.png')

const browser = findBrowser()
if (browser === undefined) {
  console.log('There is no Chromium or Chrome here, so no picture was drawn. Name one with CHROME_PATH.')
} else {
  install()
  const [{ asPage }, { screenshot }] = await Promise.all([import('./as-page.mjs'), import('./screenshot.mjs')])
  mkdirSync(join(PICTURE, '..'), { recursive: true })
  const summary = demoSummary()
  screenshot(asPage(summary), { browser, picture: PICTURE })
  writeFileSync(PICTURE.replace(/png$/, 'sha256'), `${fingerprint(summary)}\n`)
  console.log(`Drew ${PICTURE}`)
}

/** What only this needs is installed when it is needed, from a lock of its own. */
function install() {
  if (existsSync(join(HERE, 'node_modules/mermaid'))) return
  const npm = process.env['npm_execpath']
  const [command, ...first] = npm === undefined ? ['npm'] : [process.execPath, npm]
  execFileSync(command, [...first, 'ci', '--no-audit', '--no-fund'], { cwd: HERE, stdio: 'inherit' })
}
