// Draws docs/summary.png: the job summary of the demo's last trial, as GitHub shows it.
import { existsSync, mkdirSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { findBrowser } from './find-browser.mjs'
import { demoSummary } from './demo-summary.mjs'

const HERE = import.meta.dirname
const PICTURE = join(HERE, '../../docs/summary.png')

const browser = findBrowser()
if (browser === undefined) {
  console.log('There is no Chromium or Chrome here, so no picture was drawn. Name one with CHROME_PATH.')
} else {
  install()
  const [{ asPage }, { screenshot }] = await Promise.all([import('./as-page.mjs'), import('./screenshot.mjs')])
  mkdirSync(join(PICTURE, '..'), { recursive: true })
  screenshot(asPage(demoSummary()), { browser, picture: PICTURE })
  console.log(`Drew ${PICTURE}`)
}

/** What only this needs is installed when it is needed, from a lock of its own. */
function install() {
  if (existsSync(join(HERE, 'node_modules/mermaid'))) return
  const npm = process.env['npm_execpath']
  const [command, ...first] = npm === undefined ? ['npm'] : [process.execPath, npm]
  execFileSync(command, [...first, 'ci', '--no-audit', '--no-fund'], { cwd: HERE, stdio: 'inherit' })
}
