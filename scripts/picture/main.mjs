// Draws the pictures of docs/: the job summary and the pull request comment, as GitHub shows them. The fingerprint next to
// each picture shows later whether it is out of date.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { findBrowser } from './find-browser.mjs'
import { fingerprint } from './fingerprint.mjs'
import { PICTURES } from './pictures.mjs'

const HERE = import.meta.dirname
const DOCS = join(HERE, '../../docs')

const browser = findBrowser()
if (browser === undefined) {
  console.log('There is no Chromium or Chrome here, so no picture was drawn. Name one with CHROME_PATH.')
} else {
  install()
  const [{ asPage }, { screenshot }] = await Promise.all([import('./as-page.mjs'), import('./screenshot.mjs')])
  mkdirSync(DOCS, { recursive: true })
  for (const { name, frame, markdown } of PICTURES) {
    const text = markdown()
    const picture = join(DOCS, `${name}.png`)
    screenshot(asPage(text, frame), { browser, picture })
    writeFileSync(join(DOCS, `${name}.sha256`), `${fingerprint(text)}\n`)
    console.log(`Drew ${picture}`)
  }
}

/** Installs the packages that only this script needs, from their own lock file. */
function install() {
  if (existsSync(join(HERE, 'node_modules/mermaid'))) return
  const npm = process.env['npm_execpath']
  const [command, ...first] = npm === undefined ? ['npm'] : [process.execPath, npm]
  execFileSync(command, [...first, 'ci', '--no-audit', '--no-fund'], { cwd: HERE, stdio: 'inherit' })
}
