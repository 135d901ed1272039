import { describe, expect, it } from 'vitest'
import { jobVerdict } from '../../../src/publish/verdict.ts'
import { JUDGED, NO_LIMITS } from '../../support/judged-jobs.ts'

describe('whether the job fails', () => {
  it.each(JUDGED)('%s', (_, outcomes, limits, verdict) => {
    expect(jobVerdict(outcomes, { ...NO_LIMITS, ...limits }).fails).toBe(verdict === 'fails')
  })
})
