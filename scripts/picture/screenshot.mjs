import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const WIDTH = 1012
/** Enough time to draw the diagram, by the page's simulated clock. */
const DRAWN_MS = 10_000

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
  '--force-device-scale-factor=2',
  `--virtual-time-budget=${DRAWN_MS}`,
]

/** Draws a whole page: once to measure its height, and again at that height. */
export function screenshot(html, { browser, picture }) {
  const folder = mkdtempSync(join(tmpdir(), 'picture-'))
  try {
    const page = join(folder, 'page.html')
    writeFileSync(page, html)
    const draw = (height, ...how) =>
      execFileSync(
        browser,
        [
          ...FLAGS,
          `--user-data-dir=${join(folder, 'user')}`,
          `--window-size=${WIDTH},${height}`,
          ...how,
          String(pathToFileURL(page)),
        ],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 120_000 },
      )
    const [, height] = /data-height="(\d+)"/.exec(draw(1_000, '--dump-dom')) ?? []
    if (height === undefined) throw new Error('The page was not drawn')
    draw(height, `--screenshot=${picture}`)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
