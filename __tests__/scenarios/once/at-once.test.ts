import { describe, expect, it } from 'vitest'
import { between } from '../../support/emulator/between.ts'
import { localPlatform, type LocalPlatform, NEVER_MS } from '../../support/emulator/local-platform.ts'
import { endsWhenWaitedFor, waitForRequest, type Seen } from '../../support/emulator/on-request.ts'
import type { ActionResult } from '../../support/runs/run-action.ts'
import { stepOf, mainPhase, type WorkflowStep } from '../../support/runs/workflow-step.ts'
import { activeMembers, stages } from '../../support/emulator/truth.ts'
import { waitUntil } from '../../support/time/wait-until.ts'

const PREVIOUS = { publication: 'members', 'replay-predecessors': 'previous' }
const UPLOAD: Seen = ['PUT', /jsonl$/]
const COMPLETE: Seen = ['POST', /COMPLETE$/]

const step = (ids: readonly string[], run: number, more: WorkflowStep = {}): WorkflowStep =>
  stepOf(ids, { run, ...more })

describe('two runs at once with the same content', () => {
  it.concurrent('publish it once where one sees the other in progress: it waits, and has nothing to send', async () => {
    await using platform = await localPlatform({ loadedMs: NEVER_MS })
    const [first, second] = await Promise.all([
      mainPhase(platform, step(['1'], 1001, { isInRealTime: true })),
      waitForRequest(platform, COMPLETE).then(() =>
        mainPhase(platform, step(['1'], 1002, { onLine: endsWhenWaitedFor(platform) })),
      ),
    ])
    expect(outcomes(first, second), first.log + second.log).toEqual(['published', 'published'])
    expect(second.outputs['batch-id']).toBe(first.outputs['batch-id'])
    expect(platform.requests('POST', /\/batches$/)).toHaveLength(1)
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('publish it once where one overtakes the other before COMPLETE', async () => {
    await using platform = await localPlatform()
    const { first, second } = await overtake(platform, UPLOAD, [step(['1'], 1001), step(['1'], 1002)])
    expect(outcomes(first, second), first.log + second.log).toEqual(['skipped', 'published'])
    const id = second.outputs['batch-id']
    expect(first.log).toContain(`Starting over, nothing was completed: batch ${id} has the same data`)
    expect(first.outputs['batch-ids']).toBe(`["${id}"]`)
    expect(await stages(platform)).toEqual(['aborted', 'success'])
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent(
    'that complete it in one moment: the later batch fails its run, and nobody names another one to revert',
    async () => {
      await using platform = await localPlatform()
      const { first, second } = await overtake(platform, COMPLETE, [step(['1'], 1001), step(['1'], 1002)])
      expect(second.exitCode, first.log + second.log).toBe(1)
      expect(second.outputs).toMatchObject({ outcome: 'failed', status: 'success' })
      expect(second.log).toContain(`Batch ${first.outputs['batch-id']} published the same data at the same moment`)
      expect(reverts(first.log + second.log)).toEqual(new Set([second.outputs['batch-id']]))
      expect(await activeMembers(platform)).toEqual(['1', '1'])
    },
  )

  it.concurrent('that a lagging catalogue hides from one another: one fails, and names the revert', async () => {
    await using platform = await localPlatform({ catalogueLagMs: { created: 0, completed: NEVER_MS } })
    const runs = Promise.all([
      mainPhase(platform, step(['1'], 1001, { isInRealTime: true })),
      waitForRequest(platform, COMPLETE).then(() => mainPhase(platform, step(['1'], 1002, { isInRealTime: true }))),
    ])
    await waitUntil(() => completed(platform).size === 2)
    platform.emulator.change({ catalogueLagMs: { created: 0, completed: 0 } })
    const [first, second] = await runs
    expect([first.exitCode, second.exitCode], first.log + second.log).toEqual([0, 1])
    expect(second.log).toContain(`To finish, revert ${second.outputs['batch-id']}: "mode: revert"`)
    expect(await activeMembers(platform)).toEqual(['1', '1'])
  })
})

describe('two runs at once under `previous`', () => {
  it.concurrent('replace one after the other where one sees the other in progress', async () => {
    await using platform = await localPlatform({ loadedMs: NEVER_MS, staleReads: 0 })
    const [first, second] = await Promise.all([
      mainPhase(platform, step(['1'], 1001, { inputs: PREVIOUS, isInRealTime: true })),
      waitForRequest(platform, COMPLETE).then(() =>
        mainPhase(platform, step(['2'], 1002, { inputs: PREVIOUS, onLine: endsWhenWaitedFor(platform) })),
      ),
    ])
    expect(outcomes(first, second), first.log + second.log).toEqual(['published', 'published'])
    expect(await activeMembers(platform)).toEqual(['2'])
  })

  it.concurrent('start over where a later one came in between, which must not be undone', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const steps = [step(['1'], 1001, { inputs: PREVIOUS }), step(['2'], 1002, { inputs: PREVIOUS })] as const
    const { first, second } = await overtake(platform, UPLOAD, steps)
    expect(outcomes(first, second), first.log + second.log).toEqual(['failed', 'published'])
    expect(first.log).toContain('Starting over, nothing was completed')
    expect(first.log).toMatch(/^::error::Cannot publish: a later run published/m)
    expect(await stages(platform)).toEqual(['aborted', 'success'])
    expect(await activeMembers(platform)).toEqual(['2'])
  })

  it.concurrent('start over where an earlier one came in between, which is replaced', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const steps = [step(['2'], 1002, { inputs: PREVIOUS }), step(['1'], 1001, { inputs: PREVIOUS })] as const
    const { first, second } = await overtake(platform, UPLOAD, steps)
    expect(outcomes(first, second), first.log + second.log).toEqual(['published', 'published'])
    expect(await stages(platform)).toEqual(['aborted', 'inactive', 'success'])
    expect(await activeMembers(platform)).toEqual(['2'])
  })

  it.concurrent('that complete in one moment leave two active: one fails, and names the revert', async () => {
    await using platform = await localPlatform({ staleReads: 0, catalogueLagMs: { created: 0, completed: NEVER_MS } })
    const runs = Promise.all([
      mainPhase(platform, step(['1'], 1001, { inputs: PREVIOUS, isInRealTime: true })),
      waitForRequest(platform, COMPLETE).then(() =>
        mainPhase(platform, step(['2'], 1002, { inputs: PREVIOUS, isInRealTime: true })),
      ),
    ])
    await waitUntil(() => completed(platform).size === 2)
    platform.emulator.change({ catalogueLagMs: { created: 0, completed: 0 } })
    const [first, second] = await runs
    expect([first.exitCode, second.exitCode], first.log + second.log).toEqual([0, 1])
    // What the later run brought stays.
    expect(second.log).toContain(`To finish, revert ${first.outputs['batch-id']}: "mode: revert"`)
    expect(await activeMembers(platform)).toEqual(['1', '2'])
  })

  it.concurrent(
    'of which one completes after the other: whoever fails names the revert of the earlier run',
    async () => {
      await using platform = await localPlatform({ staleReads: 0 })
      const steps = [step(['1'], 1001, { inputs: PREVIOUS }), step(['2'], 1002, { inputs: PREVIOUS })] as const
      const { first, second } = await overtake(platform, COMPLETE, steps)
      expect(outcomes(first, second), first.log + second.log).toContain('failed')
      expect(reverts(first.log + second.log)).toEqual(new Set([first.outputs['batch-id']]))
      expect(await activeMembers(platform)).toEqual(['1', '2'])
    },
  )
})

/** The first such request of the first is acted upon when the batch of the second is active. */
async function overtake(
  platform: LocalPlatform,
  [method, target]: Seen,
  [slow, quick]: readonly [WorkflowStep, WorkflowStep],
): Promise<{ readonly first: ActionResult; readonly second: ActionResult }> {
  const quicker: Promise<ActionResult>[] = []
  const before = async () => {
    quicker.push(mainPhase(platform, quick))
    await waitUntil(async () => (await stages(platform)).includes('success'))
  }
  between(platform, { method, target, nth: 1, before })
  const first = await mainPhase(platform, slow)
  const [second] = await Promise.all(quicker)
  if (second === undefined) throw new Error(`The first run never came to that request:\n${first.log}`)
  return { first, second }
}

function outcomes(...runs: readonly ActionResult[]): readonly (string | undefined)[] {
  return runs.map(({ outputs }) => outputs['outcome'])
}

/** Ids of the batches that a log says remain to be reverted. */
function reverts(log: string): ReadonlySet<string | undefined> {
  return new Set(Array.from(log.matchAll(/To finish, revert (\w+)/g), ([, id]) => id))
}

/** Targets of COMPLETE, each batch once. */
function completed(platform: LocalPlatform): ReadonlySet<string> {
  return new Set(platform.requests(...COMPLETE).map(({ target }) => target))
}
