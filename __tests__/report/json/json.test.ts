import { describe, expect, it } from 'vitest'
import type { RunEnd } from '../../../src/report/facts.ts'
import { createRunFactsRecorder } from '../../../src/report/facts.ts'
import { jsonReport } from '../../../src/report/json.ts'
import { runReport } from '../../../src/report/run-report.ts'
import { InvalidRecords } from '../../../src/check/judge.ts'
import { InvalidFiles } from '../../../src/files/discover.ts'
import { examined, finding } from '../../support/examined.ts'

const VALIDATED: RunEnd = { kind: 'validated', verdict: { fails: false } }

describe('the JSON report', () => {
  it('has a version, and null for what is not known', () => {
    expect(JSON.parse(jsonReport(runReport(createRunFactsRecorder().facts(), VALIDATED)))).toMatchObject({
      version: 1,
      outcome: 'validated',
      dataset: null,
      files: [],
      batches: [],
      refused: [],
      checks: null,
    })
  })

  it('lists all that was found, with every place that is known', () => {
    const recorder = createRunFactsRecorder()
    const places = Array.from({ length: 100 }, (_, index) => ({ kind: 'text', line: index + 1, column: 1 }) as const)
    const checks = [examined('a', finding({ places, count: 400 })), examined('b')]
    recorder.note({ examined: checks })
    const error = new InvalidRecords('Cannot publish these rows', { remedy: 'Correct them.' })
    expect(JSON.parse(jsonReport(runReport(recorder.facts(), { kind: 'stopped', error })))).toMatchObject({
      outcome: 'invalid',
      checks,
    })
  })

  it('lists the files that must not be sent', () => {
    const refusal = { path: 'data/a.json', reason: 'is empty', remedy: 'Exclude the file.' }
    const error = new InvalidFiles([refusal])
    expect(
      JSON.parse(jsonReport(runReport(createRunFactsRecorder().facts(), { kind: 'stopped', error }))),
    ).toMatchObject({
      outcome: 'invalid',
      refused: [refusal],
      checks: null,
    })
  })
})
