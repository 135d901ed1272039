import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../emulator/faults/faults.ts'
import type { Settings } from '../../../emulator/settings.ts'
import { localPlatform, type LocalPlatform, NEVER_MS } from '../../support/emulator/local-platform.ts'
import { likened } from '../../support/runs/log.ts'
import { signalAt } from '../../support/emulator/on-request.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { mainPhase, type WorkflowStep } from '../../support/runs/workflow-step.ts'

const FILES = { 'data/eu.jsonl': member('1') + member('2'), 'data/us.jsonl': member('3') }
const BAD = {
  'data/eu.jsonl': member('1') + member('2', { points: 'many', tier: 'tin' }),
  'data/us.jsonl': member('3'),
}
const CHECKED = { validation: 'error' }
const SLOWLY: Fault = { method: 'PUT', times: 0, effect: { kind: 'slow-upload', bytesPerSecond: 1 } }

type Told = {
  /** Where it is not the name of the file. */
  readonly outcome?: string
  readonly settings?: Partial<Settings>
  readonly before?: WorkflowStep
  readonly faults?: readonly Fault[]
  readonly step: (platform: LocalPlatform) => WorkflowStep
}

/** Whole logs, as people read them: `vitest -u` writes them anew, and whoever reviews the change reads what it shows. */
const LOGS: Readonly<Record<string, Told>> = {
  published: { step: () => ({ files: FILES, inputs: CHECKED }) },
  skipped: { before: { files: FILES, inputs: CHECKED }, step: () => ({ files: FILES, inputs: CHECKED, run: 1002 }) },
  invalid: { step: () => ({ files: BAD, inputs: CHECKED }) },
  'partially-published': {
    step: () => ({ files: BAD, inputs: { 'error-threshold': '50', 'rejected-rows-path': 'rejected.jsonl' } }),
  },
  'too-many-rejected': {
    outcome: 'partially-published',
    step: () => ({ files: BAD, inputs: { 'error-threshold': '50', 'max-rejected-rows': '0' } }),
  },
  failed: { step: () => ({ files: BAD }) },
  'timed-out': {
    settings: { stagingMs: NEVER_MS },
    step: () => ({ files: FILES, inputs: { 'timeout-minutes': '0.005' } }),
  },
  'no-files': { step: () => ({ files: { 'README.md': 'Nothing' } }) },
  cancelled: {
    faults: [SLOWLY],
    step: (platform) => ({ files: FILES, onLine: signalAt('SIGINT', platform, ['PUT', /jsonl$/]) }),
  },
}

describe('the whole log of a run that ends as', () => {
  it.each(Object.entries(LOGS))('%s', async (name, { outcome = name, settings, before, faults = [], step }) => {
    await using platform = await localPlatform(settings)
    if (before !== undefined) await mainPhase(platform, before)
    platform.emulator.faults.add(...faults)
    const run = await mainPhase(platform, step(platform))
    expect(run.outputs['outcome'], run.log).toBe(outcome)
    await expect(likened(run.log)).toMatchFileSnapshot(`${name}.log`)
  })
})
