import { describe, expect, it } from 'vitest'
import { jobVerdict, verify } from '../../../src/publish/verdict.ts'
import { JUDGED, NO_LIMITS } from '../../support/judged-jobs.ts'
import { batchRecord } from '../../support/make.ts'

describe('whether the job fails', () => {
  it.each(JUDGED)('%s', (_, outcomes, limits, verdict) => {
    expect(jobVerdict(outcomes, { ...NO_LIMITS, ...limits }).fails).toBe(verdict === 'fails')
  })
})

it('a batch that the platform dropped as a duplicate is not to be published again before its rows were looked for', () => {
  const failedWith = (...codes: readonly string[]) => {
    const record = batchRecord('failed', { errors: codes.map((code) => ({ code })) })
    return verify({ kind: 'settled', record }, { rows: 1, readBack: undefined })
  }
  const remedyOf = (...codes: readonly string[]) => jobVerdict([failedWith(...codes)], NO_LIMITS)
  expect(remedyOf('140')).toMatchObject({ fails: true, remedy: expect.stringMatching(/^Check that the dataset holds/) })
  for (const codes of [['140', '100'], ['100'], []]) {
    expect(remedyOf(...codes)).toMatchObject({ fails: true, remedy: expect.stringMatching(/publish again/) })
    expect(remedyOf(...codes)).not.toMatchObject({ remedy: expect.stringMatching(/duplicate|^Check that/) })
  }
})
