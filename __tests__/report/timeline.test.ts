import { describe, expect, it } from 'vitest'
import type { RunFacts } from '../../src/report/facts.ts'
import { runReport } from '../../src/report/run-report.ts'
import { timeline } from '../../src/report/timeline.ts'
import { START_MS, batchOf, factsOf, spansOf } from '../support/report/facts.ts'

/** The statements of Mermaid's "gantt" that are used, as its documentation has them. */
const STATEMENT = /^(?:gantt| {2}dateFormat x| {2}axisFormat %[\w:%. ]+| {2}section [\w ]+| {2}[A-Za-z ]+ :\d+, \d+)$/

const restarted = spansOf([
  ['Check existing batches', 1_000],
  ['Upload', 2_000],
  ['Check existing batches', 500],
  ['Upload', 0],
])

function reportOf(facts: Partial<RunFacts>) {
  return runReport(factsOf(facts), { kind: 'judged', verdict: { fails: false } })
}

describe('the timeline', () => {
  it('is a diagram and a table that say the same, and adds up what was done again', () => {
    const [text = ''] = timeline(reportOf({ spans: restarted }), true)
    expect(text).toContain('Where the time went: 3.5 s')
    expect(text).toContain('| Check existing batches (2 times) | 1.5 s |')
    expect(text.match(/^ {2}Upload :/gm)).toHaveLength(2)
  })

  it('has only statements that Mermaid knows, and no bar that ends before it begins', () => {
    const batches = [batchOf('end'), batchOf('_-', { part: { number: 2, of: 2 }, finishedMs: START_MS })]
    const [text = ''] = timeline(reportOf({ spans: restarted, batches }), true)
    const [, diagram = ''] = /```mermaid\n([^]*?)\n```/.exec(text) ?? []
    for (const line of diagram.split('\n')) expect(line).toMatch(STATEMENT)
    for (const [, start, end] of diagram.matchAll(/:(\d+), (\d+)$/gm))
      expect(Number(end)).toBeGreaterThan(Number(start))
  })

  it('shows no more bars than one can read', () => {
    const spans = Array.from({ length: 30 }, () => restarted).flat()
    const batches = Array.from({ length: 50 }, (_, index) => batchOf(`B${index}`))
    const [text = ''] = timeline(reportOf({ spans, batches }), true)
    expect(text.match(/ :\d+, \d+$/gm)).toHaveLength(40)
  })

  it('is a table alone where there is no room, and nothing for one step', () => {
    expect(timeline(reportOf({ spans: restarted }), false).join()).not.toContain('mermaid')
    expect(timeline(reportOf({ spans: restarted.slice(0, 1) }), true)).toEqual([])
  })
})
