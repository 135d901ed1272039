import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEmulator, type RunningEmulator } from '../../src/emulator/server.ts'
import { member, platformInputs } from '../support/platform-inputs.ts'
import { runAction } from '../support/run-action.ts'

let platform: RunningEmulator
beforeAll(async () => {
  platform = await startEmulator({ settings: { loadedMs: 5, stagingMs: 5, stagedMs: 5 } })
})
afterAll(() => platform.close())

describe('publishing', () => {
  it('brings one JSON Lines file from the repository into the dataset', async () => {
    const files = { 'data/members.jsonl': member('1') + member('2') }
    const run = await runAction({ inputs: platformInputs(platform.url), files })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({ outcome: 'published', status: 'success', 'records-written': '2' })
  })
})
