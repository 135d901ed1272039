import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/lib/time.ts'
import { EARLIER_BATCH_MOST } from '../../../src/platform/limits.ts'
import { badMember, manyFiles } from '../../support/files/members.ts'
import { repeatingRandom, transportTo } from '../../support/emulator/in-memory-platform.ts'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { runStep } from '../../support/runs/in-memory-action.ts'
import { mainPhase } from '../../support/runs/workflow-step.ts'
import { leapingClock } from '../../support/time/fake-clock.ts'
import { waitUntil } from '../../support/time/wait-until.ts'

const [EARLIER] = EARLIER_BATCH_MOST
const INPUTS = { glob: 'data/**/*.jsonl', publication: 'members', 'error-threshold': '50', 'max-rejected-rows': '0' }

describe('data that an earlier version sent as two parts, which the platform has consolidated since', () => {
  it('is not sent again, and what one of the parts lost still fails the job', async () => {
    await using platform = await localPlatform()
    const { emulator } = platform
    const batchMost = { files: EARLIER?.files ?? 0, bytes: EARLIER?.bytes ?? 0 }
    const files = { ...manyFiles(batchMost.files + 1), 'data/day=1/0.jsonl': badMember('m0') }
    // The emulator of a scenario lives in real time.
    const clock = { ...leapingClock(), ...systemClock }
    const send = transportTo((request) => emulator.handle(request))
    const sent = await runStep(
      { emulator, clock, random: repeatingRandom(), batchMost, send },
      { files, inputs: { ...INPUTS, wait: 'false' } },
    )
    expect(sent.outputs['outcome'], sent.log).toBe('submitted')
    await waitUntil(async () => (await emulator.batches()).every(({ stage }) => stage === 'success'))
    const parts = (await emulator.batches()).map(({ id }) => id)
    const holder = await emulator.consolidate(parts)
    const run = await mainPhase(platform, { files, inputs: INPUTS, run: 1002 })
    expect(parts).toHaveLength(2)
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'partially-published', 'batch-ids': JSON.stringify([holder]) })
    expect(run.outputs).toMatchObject({ 'records-written': '1500', 'records-failed': '1' })
    expect(platform.requests('POST', /\/batches$/)).toHaveLength(2)
  })
})
