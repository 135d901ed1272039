import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../emulator/faults/faults.ts'
import { annotationsIn } from '../../support/runs/log.ts'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { rejectedIn } from '../../support/check/validated.ts'

const files = { 'data/a.jsonl': member('1') + member('2', { points: 'many' }) }

const DIAGNOSTICS = { path: '/data/foundation/export/batches/*/meta**', times: 0 } as const
const FAILED = { path: '/data/foundation/export/batches/*/failed', times: 0 } as const

function answering(status: number, body: string): readonly Fault[] {
  return [DIAGNOSTICS, FAILED].map((request) => ({ ...request, effect: { kind: 'answer', status, body } }))
}

/** The verdict of a batch that kept the other row is the same, whatever can be found out about the one that it lost. */
async function publishedWith(faults: readonly Fault[]) {
  await using platform = await localPlatform()
  platform.emulator.faults.add(...faults)
  const run = await platform.publish({ files, inputs: { 'error-threshold': '50' } })
  expect(run.exitCode, run.log).toBe(0)
  expect(run.outputs).toMatchObject({ outcome: 'partially-published', 'records-failed': '1', 'records-written': '1' })
  return { run, rejected: rejectedIn(run)[0], diagnosed: platform.requests('GET', /row_errors/).length }
}

describe('diagnostics', () => {
  it.concurrent('that nobody may read are a note that names the permission', async () => {
    const { run, rejected } = await publishedWith(answering(403, '{"title":"Forbidden","status":403}'))
    expect(rejected?.notes).toEqual([expect.stringMatching(/403.*permission/)])
    expect(run.summary).toMatch(/^- .*403.*permission/m)
    expect(run.log).toMatch(/^Batch \S+: .*403.*permission/m)
    expect(annotationsIn(run.log)).toEqual([])
  })

  it.concurrent('that come late are waited for', async () => {
    const late = [DIAGNOSTICS, FAILED].map((one) => ({ ...one, times: 3, effect: { kind: 'missing' } }) as const)
    const { run, rejected, diagnosed } = await publishedWith(late)
    expect(diagnosed).toBeGreaterThan(1)
    expect(rejected).toMatchObject({ isWhole: true, notes: [], rows: [{ code: '100' }] })
    expect(annotationsIn(run.log)).toMatchObject([{ line: 2 }])
  })

  it.concurrent('that are no diagnostics cannot command the runner', async () => {
    const { run, rejected } = await publishedWith(answering(200, 'x\n::error::hacked\n##[error]hacked\n'))
    expect(rejected?.isWhole).toBe(false)
    expect(run.log).not.toMatch(/^\s*::error::hacked|##\[/m)
  })
})
