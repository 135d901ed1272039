import { describe, expect, it } from 'vitest'
import { NEVER } from '../support/repository/phrases.ts'
import { pathsOf, proseOf, readPage, type Page } from './read-pages.ts'

const PAGES: readonly Page[] = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'BENCHMARKS.md',
  'emulator/README.md',
  'action.yml',
  ...pathsOf('docs/*.md'),
  ...pathsOf('examples/*.yml'),
  ...pathsOf('.github/ISSUE_TEMPLATE/*.yml'),
].map(readPage)

describe.each(PAGES)('the English of $path', (page) => {
  const prose = page.path.endsWith('.md') ? withoutQuotes(proseOf(page)) : page.text

  it.each(Object.entries(NEVER))('has "%s" and nothing else for it', (_, phrases) => {
    const found = phrases.flatMap((phrase) =>
      Array.from(prose.matchAll(new RegExp(phrase, `g${phrase.flags}`)), around),
    )
    expect(found).toEqual([])
  })
})

/** Names of things, and what the action prints, which is compared elsewhere. */
function withoutQuotes(text: string): string {
  return text.replace(/``[^`\n]+``|`[^`\n]+`/g, '`…`').replace(/\]\([^)]*\)/g, ']')
}

function around({ index, input }: RegExpExecArray): string {
  return input.slice(Math.max(0, index - 30), index + 40)
}
