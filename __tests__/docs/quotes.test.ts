import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { proseOf, readPages } from './read-pages.ts'

const ROOT = new URL('../../', import.meta.url)

const sources = globSync('src/**/*.ts', { cwd: ROOT })
  .map((path) => readFileSync(new URL(path, ROOT), 'utf8'))
  .join('\n')

/** Words in a row, so no name, no input with its value, no expression and no command; the messages of troubleshooting.md have a test of their own. */
const quotes = readPages()
  .filter(({ path }) => path !== 'docs/troubleshooting.md')
  .flatMap((page) =>
    Array.from(proseOf(page).matchAll(/`([^`\n]+)`/g), ([, quote = '']) => [page.path, quote] as const),
  )
  .filter(
    ([, quote]) => /[a-z]{2,} [a-z]/i.test(quote) && !/^(?:(?:npm|npx|node|git|curl) |--)|\.[a-z]+$|\$\{/.test(quote),
  )

describe('what README.md and docs/ quote from the log', () => {
  it('is more than a few words', () => {
    expect(quotes.length).toBeGreaterThan(10)
  })

  it.each(quotes)('in %s is what the action prints: %s', (_, quote) => {
    const parts = quote.split(/…|\d+/).map((part) => part.trim())
    expect(parts.filter((part) => !sources.includes(part))).toEqual([])
  })
})
