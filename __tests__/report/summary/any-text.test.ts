import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { escapeUntrusted } from '../../../src/lib/text.ts'
import { annotations } from '../../../src/report/annotations.ts'
import { runReport } from '../../../src/report/run-report.ts'
import { summary } from '../../../src/report/summary.ts'
import { runInfoOf, factsOf } from '../../support/report/facts.ts'
import { hostileText } from '../../support/report/hostile-text.ts'
import { linesOf, markupIn } from '../../support/report/markdown-shape.ts'
import { wordedEnds, wordedFacts, type Word } from '../../support/report/worded-facts.ts'

/** Each text differs from all others and isn't blank, so that two runs differ in nothing but what they say. */
function wordsFrom(texts: readonly string[]): Word {
  let turn = 0
  return () => `${texts[turn % texts.length] ?? ''}w${turn++}`
}

function summaries(texts: readonly string[]): readonly string[] {
  const facts = wordedFacts(wordsFrom(texts))
  return wordedEnds(wordsFrom(texts)).map((end) => summary(runReport(facts, end)))
}

/** Several items or blocks in a row are one thing: text of several lines may make more of them. */
function shapeOf(markdown: string): readonly string[] {
  const kinds = linesOf(markdown).map(({ kind }) => kind)
  return kinds.filter((kind, index) => kind !== kinds[index - 1] && kind !== 'blank')
}

const texts = fc.array(hostileText, { minLength: 1, maxLength: 12 })
const oneLiners = texts.map((some) => some.map((text) => text.replace(/[\r\n]/g, ' ')))

describe('any text in any place of a summary', () => {
  it('makes no block, row, cell or item that plain text would not make', () => {
    const plain = summaries(['plain']).map(shapeOf)
    fc.assert(
      fc.property(oneLiners, (some) => {
        expect(summaries(some).map(shapeOf)).toEqual(plain)
      }),
      { examples: [[['1. ']], [['. ']]] },
    )
  })

  it('opens no markup and makes no link, and no fence stays open', () => {
    fc.assert(
      fc.property(texts, (some) => {
        const lines = summaries(some).flatMap(linesOf)
        expect(lines.flatMap(markupIn)).toEqual([])
        expect(lines.map(({ kind }) => kind)).not.toContain('never closed')
        expect(lines.map(({ kind }) => kind)).not.toContain('indented')
      }),
    )
  })

  it('gives every row of a table the cells of its head', () => {
    fc.assert(
      fc.property(texts, (some) => {
        for (const { kind, before } of summaries(some).flatMap(withBefore)) {
          if (kind.startsWith('row') && before?.startsWith('row')) expect(kind).toBe(before)
        }
      }),
    )
  })

  it('commands no runner, should somebody print it', () => {
    fc.assert(
      fc.property(texts, (some) => {
        expect(summaries(some).join('\n')).not.toMatch(/^\s*::|##\[/m)
      }),
    )
  })
})

describe('any text in the log', () => {
  it('commands no runner', () => {
    fc.assert(
      fc.property(texts, (some) => {
        const facts = wordedFacts(wordsFrom(some))
        const reports = wordedEnds(wordsFrom(some)).map((end) => runReport(facts, end))
        const said = reports.flatMap((report) => [report.closingLine, ...annotations(report).map(({ text }) => text)])
        for (const line of said) expect(escapeUntrusted(line)).not.toMatch(/^\s*::|##\[/m)
      }),
    )
  })
})

const VALIDATED = { kind: 'validated', verdict: { fails: false } } as const

describe('inputs to be copied', () => {
  const given = fc.dictionary(
    fc.constantFrom('glob', 'dataset', 'publication', 'tags'),
    fc.oneof(hostileText, fc.string()),
  )

  it('are YAML that says the same, and nothing that GitHub would evaluate', () => {
    fc.assert(
      fc.property(given, (values) => {
        const text = summary(runReport(factsOf({ runInfo: runInfoOf(values) }), VALIDATED))
        const [, yaml = ''] = /^`+yaml\n([^]*?)\n`+$/m.exec(text) ?? []
        const read = (parse(yaml) as { readonly with: Readonly<Record<string, string>> }).with
        for (const [name, value] of Object.entries(values)) expect(evaluated(read[name])).toBe(likeLog(value))
      }),
    )
  })

  it('keep an id of digits a text', () => {
    const facts = factsOf({ runInfo: runInfoOf({ dataset: '650000000000000000000001' }) })
    const text = summary(runReport(facts, VALIDATED))
    expect(text).toContain('dataset: "650000000000000000000001"')
  })
})

function withBefore(markdown: string) {
  const lines = linesOf(markdown)
  return lines.map(({ kind }, index) => ({ kind, before: lines[index - 1]?.kind }))
}

/** What GitHub makes of the one expression that a summary writes. */
function evaluated(text = ''): string {
  const plain = text.replaceAll("${{ '${{' }}", '${{').trimEnd()
  expect(text.replaceAll("${{ '${{' }}", '')).not.toContain('${{')
  return plain
}

/** Commands are broken: `##[` anywhere, `::` where a line begins, which only a list of plain lines has. */
function likeLog(text: string): string {
  const lines = text.replace(/##(?=\[)/g, '# #').split('\n')
  const isList = lines.length > 1 && lines.every((line) => /^[!-~][ -~]*$/.test(line))
  return lines
    .map((line) => (isList ? line.replace(/^:(?=:)/, ': ') : line))
    .join('\n')
    .trimEnd()
}
