import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** `lib` makes pauses and watches; the watch of GitHub's answers ends a wait, and is none. */
const MAY_SLEEP = /^src\/(lib\/|publish\/deployment\.ts)/

it('every pause of a run counts as one of its waits', () => {
  const files = globSync('src/**/*.ts').filter((path) => !MAY_SLEEP.test(path))
  const pauses = files.filter((path) => /(?<!budget\.)\bclock\.sleep\(/.test(readFileSync(path, 'utf8')))
  expect(files.length).toBeGreaterThan(100)
  expect(pauses).toEqual([])
})
