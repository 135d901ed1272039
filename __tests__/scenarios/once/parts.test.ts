import type { ChildProcess } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { localPlatform, type LocalPlatform } from '../../support/local-platform.ts'
import { member } from '../../support/platform-inputs.ts'
import { activeMembers, stages } from '../../support/truth.ts'
import { bothPhases, mainPhase, type WorkflowStep } from '../../support/workflow-step.ts'
import { waitUntil } from '../../support/wait-until.ts'

const IDS = Array.from({ length: 1_501 }, (_, index) => String(index).padStart(4, '0'))
/** In partition directories, since JSON files in none may travel packed together. */
const files = Object.fromEntries(IDS.map((id) => [`data/day=1/${id}.jsonl`, member(id)]))
const step: WorkflowStep = { files, inputs: { glob: 'data/**/*.jsonl', concurrency: '32' } }

describe('1,501 files, which are two parts,', () => {
  it('of which the platform fails one: the next attempt sends only that', async () => {
    // A guardrail that the larger part breaks, as an older tenant has it.
    await using platform = await localPlatform({ maxFiles: 1_000 })
    const first = await mainPhase(platform, step)
    expect(first.exitCode, first.log).toBe(1)
    expect(first.outputs).toMatchObject({ outcome: 'failed', status: 'failed' })
    expect(await stages(platform)).toEqual(['failed', 'success'])
    expect(await activeMembers(platform)).toEqual(['1500'])
    platform.emulator.change({ maxFiles: 25_000 })
    await expectSentByNextAttempt(platform, 1_500)
  })

  it('of which one was completed before the step was killed: the next attempt sends only the other', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add(
      { path: '/**?action=COMPLETE', skip: 1, effect: { kind: 'latency', ms: 60_000 } },
      { path: '/**?action=COMPLETE', skip: 1, effect: { kind: 'answer', status: 500 } },
    )
    const kill = async (child: ChildProcess) => {
      await waitUntil(() => platform.requests('POST', /COMPLETE$/).length === 2)
      child.kill('SIGKILL')
    }
    const cut = await bothPhases(platform, { ...step, onLine: { match: /^Completed batch/m, act: kill } })
    expect(cut.exitCode, cut.log).toBe(null)
    expect(cut.post.exitCode, cut.post.log).toBe(0)
    const [one, two] = await platform.emulator.batches()
    // On a machine that is slow to answer the post phase can't look in time, and says so.
    expect(cut.post.log).toMatch(new RegExp(`Batch ${one?.id} (was|may have been) completed`))
    expect(cut.post.log).toContain(`Batch ${two?.id} may not have been completed`)
    await expectSentByNextAttempt(platform, 1)
  })
})

async function expectSentByNextAttempt(platform: LocalPlatform, expected: number): Promise<void> {
  const before = platform.requests('PUT', /./).length
  const again = await mainPhase(platform, { ...step, attempt: 2 })
  expect(again.exitCode, again.log).toBe(0)
  expect(again.outputs['outcome']).toBe('published')
  expect(JSON.parse(again.outputs['batch-ids'] ?? '')).toHaveLength(2)
  expect(again.outputs['records-written']).toBe('1501')
  expect(platform.requests('PUT', /./).length - before).toBe(expected)
  expect(await activeMembers(platform)).toEqual(IDS)
}
