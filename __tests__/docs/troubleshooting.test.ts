import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { RunEnd } from '../../src/report/facts.ts'
import { runReport } from '../../src/report/run-report.ts'
import { jobVerdict } from '../../src/publish/verdict.ts'
import { batchOf, factsOf } from '../support/report/facts.ts'
import { JUDGED, NO_LIMITS } from '../support/publish/judged-jobs.ts'

const ROOT = new URL('../../', import.meta.url)
const page = read('docs/troubleshooting.md')

/** Quotes of messages, each as its parts between ellipses; codes of one word are the platform's. */
const quotes = Array.from(page.matchAll(/^\| (.*?) \|/gm), ([, cell = '']) => cell)
  .flatMap((cell) => Array.from(cell.matchAll(/`([^`]+)`/g), ([, quote = '']) => quote))
  .filter((quote) => quote.includes(' '))

/** What jobs that failed by their batches said at last. */
const verdicts = JUDGED.filter(([, , , verdict]) => verdict === 'fails').map(([name, outcomes, limits]) => {
  const batches = outcomes.map((outcome, index) => batchOf(`01JNDQ${index}`, { status: outcome.status, outcome }))
  const end: RunEnd = { kind: 'judged', verdict: jobVerdict(outcomes, { ...NO_LIMITS, ...limits }) }
  const { closingLine, remedy } = runReport(factsOf({ batches }), end)
  return { name, line: closingLine, remedy }
})

/** Whole logs of the built action; those of runs that failed end with an error. */
const logs = globSync('__tests__/scenarios/logs/*.log', { cwd: ROOT }).map((file) => ({ file, lines: linesOf(file) }))
const failed = logs.flatMap(({ file, lines }) =>
  lines.at(-1)?.startsWith('::error') ? [{ file, end: said(lines) }] : [],
)

const summaries = globSync('__tests__/report/summary/situations/*.md', { cwd: ROOT }).map(read)
const printed = [
  ...verdicts.map(({ line }) => line),
  ...logs.flatMap(({ lines }) => lines),
  ...summaries.map(unescaped),
]

/** Of what is refused or warned of, the sources are the list; of a verdict they are not: a part of it may not be shown. */
const sources = globSync('src/**/*.ts', {
  cwd: ROOT,
  exclude: ['src/report/headline.ts'],
})
  .map(read)
  .join('\n')

describe('docs/troubleshooting.md', () => {
  it('explains many a message', () => {
    expect(quotes.length).toBeGreaterThan(30)
  })

  it.each(quotes)('quotes "%s" as the action says it', (quote) => {
    const isPrinted = printed.some((text) => text.split('\n').some((line) => holds(line, quote)))
    expect(isPrinted || partsOf(quote).every((part) => sources.includes(part))).toBe(true)
  })

  it.each(verdicts)('explains how a job ends with this: $name', ({ line, remedy: way }) => {
    expect(way).not.toBe('')
    expect(
      quotes.filter((quote) => holds(line, quote)),
      line,
    ).not.toEqual([])
  })

  it.each(failed)('explains the end of $file', ({ end }) => {
    expect(
      quotes.filter((quote) => holds(end, quote)),
      end,
    ).not.toEqual([])
  })
})

function holds(line: string, quote: string): boolean {
  const pattern = partsOf(quote).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(pattern.join('.*')).test(line)
}

function partsOf(quote: string): readonly string[] {
  return quote.split('…').map((part) => part.trim())
}

function linesOf(file: string): readonly string[] {
  return read(file)
    .split('\n')
    .filter((line) => line !== '')
}

/** The last error without what to do, which stands in the lines below. */
function said(lines: readonly string[]): string {
  return (lines.at(-1) ?? '').replace(/%0A.*$/, '')
}

/** Without what keeps a text from being read as markup. */
function unescaped(markdown: string): string {
  return markdown.replaceAll('\\', '').replaceAll('&quot;', '"')
}

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8')
}
