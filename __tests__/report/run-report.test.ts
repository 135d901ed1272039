import { describe, expect, it } from 'vitest'
import { Cancelled, Problem } from '../../src/lib/errors.ts'
import { InvalidFiles } from '../../src/files/refusal.ts'
import { InvalidRecords } from '../../src/check/judge.ts'
import type { BatchFact, RunEnd, RunFacts } from '../../src/report/facts.ts'
import { runReport } from '../../src/report/run-report.ts'
import {
  at,
  batchOf,
  countsOf,
  diagnosis,
  factsOf,
  published,
  reason,
  rejection,
  runInfoOf,
} from '../support/report/facts.ts'
import { batchId } from '../support/make.ts'
import { finding, validatedFile } from '../support/check/validated-file.ts'

const JUDGED: RunEnd = { kind: 'judged', verdict: { fails: false } }
const remedy = 'Look.'

function reportOf(error: unknown, facts: Partial<RunFacts> = {}) {
  return runReport(factsOf(facts), { kind: 'stopped', error })
}

describe('the report of a run that stopped', () => {
  it.each([
    ['cancelled', 'cancelled', new Cancelled('SIGINT')],
    ['refused-files', 'invalid', new InvalidFiles([{ path: 'a', reason: 'is empty', remedy }])],
    ['refused-rows', 'invalid', new InvalidRecords('Cannot publish: bad rows', { remedy })],
    ['problem', 'failed', new Problem('Cannot', { remedy })],
    ['unexpected', 'failed', new TypeError('x is not a function')],
    ['unexpected', 'failed', 'a text'],
  ])('says why (%s) and how it ended (%s)', (kind, outcome, error) => {
    expect(reportOf(error)).toMatchObject({ outcome, fails: true, stop: { kind } })
  })

  it('quotes an error that nobody foresaw in the log alone, and there only where values may be shown', () => {
    const runInfo = runInfoOf({}, { showValues: true })
    expect(reportOf(new TypeError('x is 47110815'), { runInfo }).failure).toMatch(/TypeError: x is 47110815\n +at /)
    expect(reportOf('47110815').failure).toBe('Unexpected error (please report it): string')
    const report = reportOf(new TypeError('x is 47110815'))
    expect(report.failure).toMatch(/^Unexpected error \(please report it\): TypeError\n +at /)
    expect(report.failure).not.toContain('47110815')
    expect(report.closingLine).toBe('Failed: unexpected error (TypeError)')
    expect(report.headline).toEqual({ symbol: '❌', text: report.closingLine })
    expect(report.remedy).toBe('')
  })

  it('shows of an unexpected error only where it was thrown, in few lines, whatever its stack holds', () => {
    const error = new RangeError('row 47110815')
    error.stack = `${error.stack}\n    [row]: { id: 47110815 }\n47110815,47110816\n${'    at deep (file.js:1:1)\n'.repeat(500)}`
    const { failure } = reportOf(error)
    expect(failure).toMatch(/^Unexpected error \(please report it\): RangeError\n +at /)
    expect(failure).not.toContain('47110815')
    expect(failure.split('\n').length).toBeLessThanOrEqual(30)
    const long = reportOf(new TypeError('x'.repeat(100_000)), { runInfo: runInfoOf({}, { showValues: true }) })
    expect(long.failure.length).toBeLessThan(15_000)
  })

  it('shows what the system says of its own failure', () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, open '/tmp/a'"), { syscall: 'open' })
    expect(reportOf(full).failure).toMatch(/ENOSPC: no space left on device, open '\/tmp\/a'\n +at /)
  })

  it('names what the platform goes on with, whatever the reason', () => {
    const batches = [batchOf('A'), batchOf('B', { isCompleted: false }), batchOf('C')]
    for (const error of [new Cancelled('SIGINT'), new Problem('Cannot', { remedy }), new Error('?')]) {
      const { completed, failure } = reportOf(error, { batches })
      expect(completed).toEqual(['A', 'C'])
      expect(failure).toMatch(/\nThe platform continues to ingest what was completed, or may have been: A, C$/)
    }
  })
})

describe('the report of a run that came to an answer', () => {
  it('has one line to be pasted, and no failure where there is none', () => {
    const report = runReport(factsOf({ batches: [batchOf('A', { outcome: published(3) })] }), JUDGED)
    expect(report).toMatchObject({ outcome: 'published', fails: false, stop: undefined, remedy: '' })
    expect(report.closingLine).toBe('Published: 3 rows written, batch A')
    expect(report.headline).toEqual({ symbol: '✅', text: 'Published: 3 rows written' })
  })

  it.each([
    ['published', JUDGED, 'Published with errors in 1 row: 3 rows written'],
    ['submitted', JUDGED, 'Submitted with errors in 1 row'],
    [
      'validated',
      { kind: 'validated', verdict: { fails: false } },
      'Validation found errors in 1 row, which would not stop a publish run',
    ],
    [
      'planned',
      { kind: 'planned', verdict: { fails: false } },
      'Plan only, nothing was changed: validation found errors in 1 row',
    ],
  ] as const)('warns of errors that it went on over, whatever the platform says (%s)', (outcome, end, text) => {
    const judged =
      outcome === 'submitted' ? ({ kind: 'submitted', status: 'staging', notes: [] } as const) : published(3)
    const batches = end.kind === 'judged' ? [batchOf('A', { outcome: judged })] : []
    for (const fate of ['rejected', 'changed'] as const) {
      const report = runReport(factsOf({ batches, validated: [validatedFile('a', finding({ fate }))] }), end)
      expect(report).toMatchObject({ outcome, headline: { symbol: '⚠️', text }, fails: false })
    }
    const warned = validatedFile('a', finding({ level: 'warning' }))
    expect(runReport(factsOf({ batches, validated: [warned] }), end).headline.symbol).not.toBe('⚠️')
  })

  it.each(['failed', 'cancelled'])('is not softened by errors found before, where the run %s', (outcome) => {
    const error = outcome === 'failed' ? new Problem('Cannot', { remedy }) : new Cancelled('SIGINT')
    const report = reportOf(error, { validated: [validatedFile('a', finding())] })
    expect(report.headline.symbol).toBe(outcome === 'failed' ? '❌' : '🛑')
  })

  it('fails with its line and what to do', () => {
    const end: RunEnd = { kind: 'judged', verdict: { fails: true, why: 'why', remedy } }
    const report = runReport(factsOf({ batches: [batchOf('A')] }), end)
    expect(report.failure).toBe('Failed: why; batch A\nLook.')
    expect(report.headline.text).toBe('Failed: why')
  })

  it.each([
    ['one fault', 'Cannot read:\n- "a" is empty', 'Cannot read: "a" is empty\nLook.'],
    [
      'several faults',
      'Cannot read:\n- "a" is empty\n- "b" is empty',
      'Cannot read\nLook.\n- "a" is empty\n- "b" is empty',
    ],
    ['no list', 'Cannot read', 'Cannot read\nLook.'],
  ])('says what failed in its first line and what to do in the second (%s)', (_, message, failure) => {
    expect(reportOf(new Problem(message, { remedy })).failure).toBe(failure)
  })

  it('has a headline of its own where nothing changed, and where the earlier data was replaced', () => {
    const headlineOf = (more: Partial<BatchFact>) =>
      runReport(factsOf({ batches: [batchOf('B', { outcome: published(3), ...more })] }), JUDGED).headline.text
    expect(headlineOf({})).toBe('Published: 3 rows written')
    expect(headlineOf({ replaced: [batchId('A')] })).toBe('Replaced the earlier data: 3 rows written')
    expect(
      headlineOf({ outcome: { kind: 'skipped', status: 'success', counts: countsOf({ written: 3 }), notes: [] } }),
    ).toBe('No change: the dataset already holds this data')
  })

  it('tells a note once: not again where the verdict or the rejected rows tell it', () => {
    const id = batchId('A')
    const notes = ['100: A value cannot be converted (1 row)', 'B is still active. Revert it', 'Look at it']
    const outcome = { kind: 'failed', status: 'success', counts: countsOf({}), notes } as const
    const batches = [batchOf(id, { outcome, diagnosis: diagnosis(id, { reasons: [reason('100')] }) })]
    const why = 'A is gone; B is still active'
    const end: RunEnd = { kind: 'judged', verdict: { fails: true, why, remedy } }
    expect(runReport(factsOf({ batches }), end).batches[0]?.notes).toEqual(['Look at it'])
  })

  it.each([
    [false, undefined],
    [true, 'found "iron"'],
  ])('holds what the platform quotes of rows only where it may be shown (%s)', (showValues, message) => {
    const id = batchId('A')
    const rejections = [rejection('100', at('a', 7), { message: 'found "iron"', record: '{"tier":"iron"}' })]
    const batches = [batchOf(id, { diagnosis: diagnosis(id, { rejections }) })]
    const report = runReport(factsOf({ runInfo: runInfoOf({}, { showValues }), batches }), JUDGED)
    expect(report.batches[0]?.diagnosis?.rejections[0]?.message).toBe(message)
    expect(JSON.stringify(report)).not.toContain('{\\"tier')
    expect(JSON.stringify(report).includes('iron')).toBe(showValues)
  })
})
