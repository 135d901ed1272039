import { describe, expect, it } from 'vitest'
import type { BatchRecord } from '../../../src/platform/records.ts'
import { judgeBatch, type Outcome } from '../../../src/publish/outcome.ts'
import { jobVerdict } from '../../../src/publish/verdict.ts'
import { batchRecord } from '../../support/make.ts'

const PARTIAL = { code: 'INGEST-1212-400', description: 'some rows were dropped' }

function counted(read: number | undefined, written: number | undefined, failed?: number): object {
  return { metrics: { inputRecordCount: read, outputRecordCount: written, failedRecordCount: failed } }
}

type Rows = number | 'uncounted'

function judge(record: BatchRecord, rows: Rows = 10, readBack?: number): Outcome {
  return judgeBatch({ kind: 'finished', record }, { rows: rows === 'uncounted' ? undefined : rows, readBack })
}

/** "From status to outcome". */
const STATUSES: readonly (readonly [string, object, Outcome['kind']])[] = [
  ['success', counted(10, 10, 0), 'published'],
  ['active', counted(10, 10, 0), 'published'],
  ['success', {}, 'published'],
  ['success', counted(10, 8, 2), 'partially-published'],
  ['failed', {}, 'failed'],
  ['failure', {}, 'failed'],
  ['aborted', {}, 'failed'],
  ['abandoned', {}, 'failed'],
  ['deleted', counted(10, 10), 'failed'],
  ['inactive', counted(10, 10, 0), 'published'],
  ['inactive', counted(10, 9, 1), 'partially-published'],
  ['inactive', counted(undefined, undefined, 0), 'published'],
  ['inactive', counted(undefined, undefined, 1), 'partially-published'],
  ['inactive', {}, 'failed'],
  ['archived', counted(10, 10), 'published'],
  ['archived', counted(10, 9), 'partially-published'],
  ['retained', counted(undefined, undefined, 0), 'published'],
  ['retained', {}, 'failed'],
]

/** "Counts": sent, read, written, failed, errors → what was rejected. */
const COUNTS: readonly (readonly [string, Rows, object, object])[] = [
  ['all there', 10, counted(10, 10, 0), { kind: 'published' }],
  ['failed alone', 10, counted(undefined, undefined, 3), { kind: 'partially-published', rejected: 3 }],
  ['read less written', 10, counted(10, 7, 0), { kind: 'partially-published', rejected: 3 }],
  ['sent less read', 10, counted(6, 6, 0), { kind: 'partially-published', rejected: 4 }],
  ['the most of them', 10, counted(9, 7, 1), { kind: 'partially-published', rejected: 2 }],
  ['CSV, whose rows are not compared', 'uncounted', counted(10, 10, 0), { kind: 'published' }],
  ['CSV with losses', 'uncounted', counted(10, 9), { kind: 'partially-published', rejected: 1 }],
  [
    'the code of a partial success with a number',
    10,
    { ...counted(10, 8, 2), errors: [PARTIAL] },
    { kind: 'partially-published', rejected: 2 },
  ],
  [
    'the code of a partial success without a number',
    10,
    { errors: [PARTIAL] },
    { kind: 'partially-published', rejected: undefined },
  ],
  ['more read than sent', 10, counted(11, 10, 1), { kind: 'partially-published', hasSurplus: true }],
  ['more written than sent', 10, counted(10, 12, 0), { kind: 'partially-published', hasSurplus: true }],
]

describe('what became of a batch', () => {
  it.each(STATUSES)('in status %s with %j is %s', (status, body, kind) => {
    expect(judge(batchRecord(status, body)).kind).toBe(kind)
  })

  it.each(COUNTS)('with %s is told by the counts', (_, rows, body, outcome) => {
    expect(judge(batchRecord('success', body), rows)).toMatchObject(outcome)
  })

  it('counts what was sent and can not be read back as rejected, where it is known', () => {
    const whole = batchRecord('success', counted(10, 10, 0))
    expect(judge(whole, 10, 8)).toMatchObject({ kind: 'partially-published', rejected: 2 })
    expect(judge(whole, 10, 10)).toMatchObject({ kind: 'published' })
    expect(judge(whole, 'uncounted', 10)).toMatchObject({ kind: 'published' })
  })

  it('takes a difference between the metrics and the files for a loss, or for a surplus', () => {
    const whole = batchRecord('success', counted(10, 10, 0))
    expect(judge(whole, 'uncounted', 8)).toMatchObject({ kind: 'partially-published', rejected: 2 })
    expect(judge(whole, 'uncounted', 12)).toMatchObject({ kind: 'partially-published', hasSurplus: true })
  })

  it.each<readonly [string, object, Rows, number | undefined]>([
    ['were sent, without metrics', {}, 10, 20],
    ['were sent, when only reading was counted', counted(10, undefined), 10, 20],
    ['were sent, when only writing was counted', counted(undefined, 10), 10, 20],
    ['were sent, when only failures were counted', counted(undefined, undefined, 0), 10, 20],
    ['were sent, when the metrics agree with the files', counted(undefined, 20), 10, 20],
    ['were read, of CSV', counted(10, undefined), 'uncounted', 20],
    ['were read, of CSV, by the metrics alone', counted(10, 20), 'uncounted', undefined],
  ])('is never a whole success when it has more rows than %s', (_, body, rows, readBack) => {
    const outcome = judge(batchRecord('success', body), rows, readBack)
    expect(outcome).toMatchObject({ kind: 'partially-published', hasSurplus: true })
    expect(jobVerdict([outcome], { errorThreshold: 100, maxRejectedRows: 1e9, rowsSent: 10 }).fails).toBe(true)
    expect(outcome.notes.join()).toContain(`${rows === 'uncounted' ? '?' : rows} sent`)
  })

  it('keeps the platform’s own words for a failure, each once', () => {
    const errors = [
      { code: '106', description: 'no files', recordCount: 3 },
      { code: '106', description: 'no files', recordCount: 3 },
    ]
    expect(judge(batchRecord('failed', { errors })).notes).toEqual(['106: no files (3 rows)'])
    expect(judge(batchRecord('failed')).notes).toEqual(['The platform gave no reason.'])
  })

  it('says what could not be compared', () => {
    expect(judge(batchRecord('success')).notes.join()).toContain('no row counts')
    expect(judge(batchRecord('success', counted(10, 10)), 'uncounted').notes).toEqual([
      expect.stringMatching(
        /were not compared with the rows sent: for CSV, readers can differ .* without the tag gh_rows/,
      ),
    ])
  })

  it('says that a batch succeeded though it is no longer active', () => {
    expect(judge(batchRecord('inactive', counted(10, 10))).notes.join()).toContain('succeeded and is now inactive')
  })

  it.each([false, true])('when waiting ended (stalled: %j) is "timed out"', (isStalled) => {
    const record = batchRecord(isStalled ? 'stalled' : 'staging')
    const outcome = judgeBatch({ kind: 'timed-out', record, waitedMs: 1, isStalled }, { rows: 1, readBack: undefined })
    expect(outcome).toEqual({ kind: 'timed-out', status: record.status, notes: [] })
  })

  it('when nothing was ever seen of it has no status', () => {
    const outcome = judgeBatch(
      { kind: 'timed-out', record: undefined, waitedMs: 1, isStalled: false },
      { rows: 1, readBack: undefined },
    )
    expect(outcome).toMatchObject({ kind: 'timed-out', status: '' })
  })
})
