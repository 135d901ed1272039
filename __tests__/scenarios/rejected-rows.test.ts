import { expect } from 'vitest'
import { member } from '../support/runs/platform-inputs.ts'
import { describeScenarios } from '../support/runs/scenario.ts'

/** The seeded schema knows no such tier. */
const files = { 'data/a.jsonl': member('1') + member('2', { tier: 'iron' }) + member('3') + member('4') }

describeScenarios('a row that the platform rejects', {
  "fails the job, with the platform's own code and words": {
    files,
    exitCode: 1,
    outputs: { outcome: 'failed', status: 'failed' },
    batches: [{ stage: 'failed' }],
    summary: ['❌'],
    also: async ({ outputs, log }, platform) => {
      const { id, errors } = await platform.batch()
      expect(outputs['batch-id']).toBe(id)
      expect(errors.length).toBeGreaterThan(0)
      const [reason] = errors.filter(({ code }) => code !== 'INGEST-1212-400')
      expect(log).toContain(`${reason?.code}: ${reason?.description}`)
      expect(log).toMatch(new RegExp(`^::error::.*${id}`, 'm'))
    },
  },
  'is let pass under an error-threshold, and told': {
    files,
    inputs: { 'error-threshold': '25' },
    exitCode: 0,
    outputs: {
      outcome: 'partially-published',
      status: 'success',
      'records-read': '4',
      'records-written': '3',
      'records-failed': '1',
    },
    batches: [{ stage: 'success', thresholdPercent: 25 }],
    log: [/1 rejected row, located in your files/, /EMU-ENUM: /],
  },
  'fails the job where max-rejected-rows allows fewer': {
    files,
    inputs: { 'error-threshold': '50', 'max-rejected-rows': '0' },
    exitCode: 1,
    outputs: { outcome: 'partially-published', status: 'success', 'records-failed': '1' },
    log: [/^::error::Partially published: 1 rejected row, 0 allowed;/m],
  },
})
