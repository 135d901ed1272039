import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { blocksOf, proseOf, readPage } from './read-pages.ts'

/** Of reading, a minute. */
const WORDS_A_MINUTE = 230

/** As the best read: what it is, whether it fits, a job that works, the words, the recipes, the rest for when one needs it. */
const ORDER = [
  'Quick start',
  'Append or replace',
  'Recipes',
  'Inputs',
  'Outcomes and exit codes',
  'Permissions and security',
  'Limitations',
  'Try it on your own files',
  'Versions, support, license',
]

const readme = readPage('README.md')
const { text } = readme

describe('README.md', () => {
  it('answers in this order what a stranger asks', () => {
    expect(Array.from(text.matchAll(/^## (.*)$/gm), ([, heading]) => heading)).toEqual(ORDER)
    expect(text).toMatch(/^# Publish to Experience Platform\n\n[^.\n]+\.\n\n- \*\*/)
    expect(text.indexOf('**Use it if**')).toBeLessThan(text.indexOf("**Don't use it if**"))
    expect(text.indexOf("**Don't use it if**")).toBeLessThan(text.indexOf('## Quick start'))
  })

  it('has at most 220 lines, and 2,000 words outside of code, tables included', () => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(220)
    expect(wordsIn(proseOf(readme))).toBeLessThanOrEqual(2_000)
  })

  it.each([
    ['what it does', 1, '**Use it if**'],
    ['whether it fits', 2, '## Quick start'],
    ['a workflow to copy', 3, '```yaml'],
    ['which permissions it needs', 4, '**4. Read the log'],
    ['how to append or replace', 5, '## Recipes'],
  ])('has told %s after %i minutes of reading', (_, minutes, end) => {
    const before = text.slice(0, text.indexOf(end))
    expect(wordsIn(before.replace(/<!--[^]*?-->/g, ''))).toBeLessThanOrEqual(minutes * WORDS_A_MINUTE)
  })

  it('has a workflow of at most 20 lines first', () => {
    const [first = ''] = blocksOf(readme, 'yaml')
    expect(first.trimEnd().split('\n').length).toBeLessThanOrEqual(20)
    expect(parse(first)).toMatchObject({ permissions: { contents: 'read' }, concurrency: { queue: 'max' } })
  })

  it('leads to every recipe, and to nothing else in their folder', () => {
    const named = Array.from(text.matchAll(/^\| \[[^\]]+\]\(examples\/([^)]+)\)/gm), ([, file]) => file)
    expect(new Set(named)).toEqual(new Set(readdirSync(new URL('../../examples/', import.meta.url))))
  })
})

function wordsIn(words: string): number {
  return words.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}
