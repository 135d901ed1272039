import { readFileSync } from 'node:fs'
import { FORMAT_NAMES } from '../../src/formats/formats.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvalidRecords } from '../../src/check/judge.ts'
import { InvalidFiles } from '../../src/files/refusal.ts'
import { annotations } from '../../src/report/annotations.ts'
import { createRunFactsRecorder, type RunEnd } from '../../src/report/facts.ts'
import { jsonReport } from '../../src/report/json.ts'
import { runReport } from '../../src/report/run-report.ts'
import { summary } from '../../src/report/summary.ts'
import { validatedFile, finding } from '../support/check/validated-file.ts'
import { at, batchOf, diagnosis, factsOf, reason, rejection, runInfoOf } from '../support/report/facts.ts'
import { hostileText } from '../support/report/hostile-text.ts'
import { localPlatform } from '../support/emulator/local-platform.ts'
import { batchId } from '../support/make.ts'
import { badMember, contentOf } from '../support/files/members.ts'
import { reportFaults } from '../support/report/report-faults.ts'
import { wordedEnds, wordedFacts } from '../support/report/worded-facts.ts'
import { SITUATIONS } from './summary/situations/all.ts'

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
    const checks = [validatedFile('a', finding({ places, count: 400 })), validatedFile('b')]
    recorder.note({ validated: checks })
    const error = new InvalidRecords('Cannot publish these rows', { remedy: 'Correct them.' })
    expect(JSON.parse(jsonReport(runReport(recorder.facts(), { kind: 'stopped', error })))).toMatchObject({
      outcome: 'invalid',
      checks,
    })
  })

  it('tells when a batch was created, completed and seen to finish', () => {
    const batches = [
      batchOf('01HQ', { openedMs: 1, completedMs: 2, finishedMs: 3 }),
      batchOf('01HR', { finishedMs: undefined }),
    ]
    const { batches: told } = JSON.parse(jsonReport(runReport(factsOf({ batches }), VALIDATED)))
    expect(told).toMatchObject([{ times: { opened: 1, completed: 2, finished: 3 } }, { times: { finished: null } }])
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

type Json = Readonly<Record<string, unknown>>

const { 'partially-published': rejected } = SITUATIONS

describe('report.schema.json', () => {
  it.each(Object.entries(SITUATIONS))('describes the report of a run that ended as %s', (_, { facts, end }) => {
    expect(reportFaults(JSON.parse(jsonReport(runReport(facts, end))))).toEqual([])
  })

  it('describes the report of any run, whatever the texts', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const facts = wordedFacts(() => text)
        for (const end of wordedEnds(() => text)) {
          expect(reportFaults(JSON.parse(jsonReport(runReport(facts, end))))).toEqual([])
        }
      }),
    )
  })

  it.each([
    ['publishes', contentOf('1'), {}],
    [
      'loses a row',
      { 'data/a.jsonl': `${contentOf('1')['data/a.jsonl']}${badMember('2')}` },
      { 'error-threshold': '50', 'show-values': 'true' },
    ],
    ['checks rows, and stops', { 'data/a.jsonl': badMember('1') }, { validation: 'error' }],
    ['plans', contentOf('1'), { mode: 'plan' }],
    ['refuses a file', { 'data/a.jsonl': '' }, {}],
    ['cannot read its inputs', contentOf('1'), { mode: 'publsh' }],
  ] as const)('describes the report of a real run that %s', async (_, files, inputs) => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files, inputs })
    expect(reportFaults(JSON.parse(run.kept.report)), run.log).toEqual([])
  })

  it('knows every format', () => {
    const text = readFileSync(new URL('../../report.schema.json', import.meta.url), 'utf8')
    const [, formats = ''] = /"format": \{ "enum": (\[[^\]]*\]) \}/.exec(text) ?? []
    expect(JSON.parse(formats)).toEqual(expect.arrayContaining([...FORMAT_NAMES]))
  })

  it('knows every member: one more, one less or one of another type is a fault', () => {
    if (rejected === undefined) throw new Error('There is no such situation')
    const report = JSON.parse(jsonReport(runReport(rejected.facts, rejected.end))) as Json
    for (const name of Object.keys(report)) {
      const { [name]: _, ...less } = report
      expect(reportFaults(less), name).not.toEqual([])
      expect(reportFaults({ ...report, [name]: 7.5 }), name).not.toEqual([])
    }
    const [batch] = report['batches'] as readonly [Json]
    for (const mutant of [
      { ...report, more: 1 },
      { ...report, batches: [{ ...batch, more: 1 }] },
    ]) {
      expect(reportFaults(mutant)).toHaveLength(1)
    }
  })
})

describe('values of rows', () => {
  const MARK = 'jane.doe@example.com'
  const id = batchId('01B')
  const rejections = [
    rejection('100', at('data/a.jsonl', 7), { message: `not an integer: ${MARK}`, record: `{"a":"${MARK}"}` }),
  ]
  const batches = [batchOf(id, { diagnosis: diagnosis(id, { reasons: [reason('100', { rows: 1 })], rejections }) })]

  it.each([
    [false, 0],
    [true, 3],
  ])('are shown with show-values %s in %i places: report, summary and annotations', (showValues, places) => {
    const facts = factsOf({ runInfo: runInfoOf({}, { showValues }), batches })
    const report = runReport(facts, { kind: 'judged', verdict: { fails: false } })
    const texts = [jsonReport(report), summary(report), JSON.stringify(annotations(report))]
    expect(texts.filter((text) => text.includes(MARK) || text.includes('jane.doe'))).toHaveLength(places)
    expect(texts.join('\n')).not.toContain('"a"')
  })
})
