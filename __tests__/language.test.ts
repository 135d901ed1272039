import { describe, expect, it } from 'vitest'
import { pathsOf, readPage, type Page } from './docs/read-pages.ts'
import { NEVER } from './support/repository/phrases.ts'
import { readSources } from './support/repository/read-imports.ts'

/** What the local platform writes to a terminal; its answers are Adobe's words. */
const PROGRAMS = /^emulator\/(?:conformance\/)?(?:main|options)\.ts$/

/** What people read of a run: every text in the sources, and whole logs and summaries. */
const TEXTS: readonly Page[] = [
  ...(await readSources())
    .filter(({ path }) => path.startsWith('src/') || PROGRAMS.test(path))
    .map(({ path, text }) => ({ path, text: wordsIn(text) })),
  ...['__tests__/scenarios/logs/*.log', '__tests__/report/summary/situations/*.md', '__tests__/docs/logs/*.txt']
    .flatMap(pathsOf)
    .map(readPage),
  { path: 'report.schema.json', text: descriptionsIn(readPage('report.schema.json').text) },
]

describe('what the action writes', () => {
  it.each(Object.entries(NEVER))('has "%s" and nothing else for it', (_, phrases) => {
    const found = phrases.flatMap((phrase) =>
      TEXTS.flatMap(({ path, text }) =>
        Array.from(text.matchAll(new RegExp(phrase, `g${phrase.flags}`)), (match) => `${path}: ${around(match)}`),
      ),
    )
    expect(found).toEqual([])
  })
})

/** Members have their names from long ago; what they are is for people. */
function descriptionsIn(schema: string): string {
  return Array.from(schema.matchAll(/"description": "((?:\\.|[^"\\])*)"/g), ([, text]) => text).join('\n')
}

/** The strings of a source that have more than one word, one a line; comments and code are not for users. */
function wordsIn(source: string): string {
  const tokens = source.matchAll(
    /\/\*[^]*?\*\/|\/\/[^\n]*|(?<text>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)/g,
  )
  return Array.from(tokens, ({ groups }) => groups?.['text']?.slice(1, -1) ?? '')
    .filter((text) => /[a-z] [a-z]/i.test(text))
    .map((text) => text.replace(/\$\{[^}]*\}/g, '…'))
    .join('\n')
}

function around({ index, input }: RegExpExecArray): string {
  return input.slice(Math.max(0, index - 40), index + 40).replaceAll('\n', ' ')
}
