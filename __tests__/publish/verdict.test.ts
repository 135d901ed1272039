import { describe, expect, it } from 'vitest'
import { judgeBatch } from '../../src/publish/outcome.ts'
import { jobVerdict } from '../../src/publish/verdict.ts'
import { JUDGED, NO_LIMITS } from '../support/publish/judged-jobs.ts'
import { batchRecord } from '../support/make.ts'

describe('whether the job fails', () => {
  it.each(JUDGED)('%s', (_, outcomes, limits, verdict) => {
    expect(jobVerdict(outcomes, { ...NO_LIMITS, ...limits }).fails).toBe(verdict === 'fails')
  })
})

it('a batch that the platform dropped as a duplicate is not to be published again before its rows were looked for', () => {
  const failedWith = (...codes: readonly string[]) => {
    const record = batchRecord('failed', { errors: codes.map((code) => ({ code })) })
    return judgeBatch({ kind: 'finished', record }, { rows: 1, readBack: undefined })
  }
  const remedyOf = (...codes: readonly string[]) => jobVerdict([failedWith(...codes)], NO_LIMITS)
  expect(remedyOf('140')).toMatchObject({
    fails: true,
    remedy: expect.stringMatching(/^The platform reports that it ingested these rows before/),
  })
  for (const codes of [['140', '100'], ['100'], []]) {
    expect(remedyOf(...codes)).toMatchObject({ fails: true, remedy: expect.stringMatching(/publish again/) })
    expect(remedyOf(...codes)).not.toMatchObject({
      remedy: expect.stringMatching(/duplicate|ingested these rows before/),
    })
  }
})

it.each(['aborted', 'abandoned', 'deleted'])(
  'a batch that ended as "%s" is not said to have failed at the platform, with rows to fix',
  (status) => {
    const record = batchRecord(status)
    const outcome = judgeBatch({ kind: 'finished', record }, { rows: 1, readBack: undefined })
    expect(jobVerdict([outcome], NO_LIMITS)).toEqual({
      fails: true,
      why: `the batch ended as "${status}"`,
      remedy: expect.stringMatching(/^None of its rows are in the dataset\. .* uploads the data again\.$/),
    })
  },
)

it.each([
  ['staging', /^Nothing was reverted, and the batch can still succeed\. Run the job again to continue waiting/],
  ['stalled', /give the batch id to Adobe support/],
])('what to do about a batch that is still "%s" when time runs out is told', (status, words) => {
  const verdict = jobVerdict([{ kind: 'timed-out', status, notes: [] }], NO_LIMITS)
  expect(verdict).toMatchObject({ fails: true, remedy: expect.stringMatching(words) })
})

describe('what is seen after success', () => {
  const failedBy = (faults: readonly string[]) => {
    const counts = { read: 1, written: 1, failed: 0 }
    return jobVerdict([{ kind: 'failed', status: 'success', counts, faults, notes: faults }], NO_LIMITS)
  }

  it('is why the job fails, and what remains to be done is what to do', () => {
    expect(failedBy(['Batch A is still active. Revert A'])).toMatchObject({
      why: 'Batch A is still active',
      remedy: expect.stringMatching(/^Revert A\. Until then/),
    })
  })

  it('is told whole: every fault, and everything that remains to be reverted', () => {
    expect(
      failedBy(['Batch A is still active. Revert A', 'Batch B brought the same. Revert C. Revert D.']),
    ).toMatchObject({
      why: 'Batch A is still active; Batch B brought the same',
      remedy: expect.stringMatching(/^Revert A\. Revert C\. Revert D\. Until then/),
    })
  })
})
