import { expect, it } from 'vitest'
import { localPlatform } from '../support/emulator/local-platform.ts'
import { member } from '../support/runs/platform-inputs.ts'

const files = { 'data/a.jsonl': member('1') }

// The platform would take ten minutes, which no test has.
it.concurrent.each([
  ['lists batches', 'GET', '/data/foundation/catalog/batches', 0],
  ['creates a batch', 'POST', '/data/foundation/import/batches', 1],
] as const)(
  'a platform that never answers when it %s ends the run with timeout-minutes',
  async (_, method, path, made) => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({ method, path, effect: { kind: 'latency', ms: 600_000 } })
    const run = await platform.publish({ files, inputs: { 'timeout-minutes': '0.05' } })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs['outcome'], run.log).toBe('timed-out')
    expect(run.log).toMatch(/^::error::/m)
    expect(platform.requests('POST', /import\/batches$/).length).toBeLessThanOrEqual(made)
  },
)
