import { describe, expect, it } from 'vitest'
import { localPlatform, type LocalPlatform } from '../support/emulator/local-platform.ts'
import { member } from '../support/runs/platform-inputs.ts'
import { expectPublished, mainPhase, type WorkflowStep } from '../support/runs/workflow-step.ts'
import { activeMembers, stages } from '../support/emulator/truth.ts'

const file = (ids: readonly string[]) => ids.map((id) => member(id)).join('')

/** What two commits hold; the second one has a file more, and a row of the first one is gone. */
const FIRST = { 'data/a.jsonl': file(['1', '2']), 'data/b.jsonl': file(['3']) }
const SECOND = { 'data/a.jsonl': file(['1']), 'data/b.jsonl': file(['3', '4']), 'data/c.jsonl': file(['5']) }

const step = (files: WorkflowStep['files'], run: number, more: WorkflowStep = {}): WorkflowStep => ({
  ...more,
  ...(files === undefined ? {} : { files }),
  run,
  inputs: { publication: 'members', 'replay-predecessors': 'previous', ...more.inputs },
})

async function bothPublished(platform: LocalPlatform): Promise<void> {
  await expectPublished(platform, step(FIRST, 1001))
  await expectPublished(platform, step(SECOND, 1002))
  expect(await activeMembers(platform)).toEqual(['1', '3', '4', '5'])
}

describe('a new run with the files of an older commit, and `previous`,', () => {
  it.concurrent('brings back exactly what that commit held', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    await bothPublished(platform)
    await expectPublished(platform, step(FIRST, 1003))
    expect(await activeMembers(platform)).toEqual(['1', '2', '3'])
    expect(await stages(platform)).toEqual(['inactive', 'inactive', 'success'])
  })

  it.concurrent('does nothing when it is run again', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    await bothPublished(platform)
    await expectPublished(platform, step(FIRST, 1003))
    for (const again of [step(FIRST, 1003, { attempt: 2 }), step(FIRST, 1004)]) {
      expect((await mainPhase(platform, again)).outputs['outcome']).toBe('skipped')
    }
    expect(await activeMembers(platform)).toEqual(['1', '2', '3'])
  })

  it.concurrent('is followed by the newest commit in the same way', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    await bothPublished(platform)
    await expectPublished(platform, step(FIRST, 1003))
    await expectPublished(platform, step(SECOND, 1004))
    expect(await activeMembers(platform)).toEqual(['1', '3', '4', '5'])
  })

  it.concurrent('brings it back after the newer one was reverted, too', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    await bothPublished(platform)
    const inputs = { publication: 'members', mode: 'revert', 'batch-id': 'previous', glob: '' }
    expect((await mainPhase(platform, { run: 1003, inputs })).outputs['outcome']).toBe('reverted')
    expect(await activeMembers(platform)).toEqual([])
    await expectPublished(platform, step(FIRST, 1004))
    expect(await activeMembers(platform)).toEqual(['1', '2', '3'])
  })

  it.concurrent('says so from another branch, and replaces all the same', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    await bothPublished(platform)
    const run = await mainPhase(platform, step(FIRST, 1003, { ref: 'refs/tags/v1' }))
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(run.log).toMatch(/^::warning::.* was published from refs\/heads\/main, and is replaced/m)
    expect(await activeMembers(platform)).toEqual(['1', '2', '3'])
  })

  it.concurrent(
    'is stopped where that commit had much fewer rows, until the limit is raised for this run',
    async () => {
      await using platform = await localPlatform({ staleReads: 0 })
      await bothPublished(platform)
      const small = { 'data/a.jsonl': file(['1']) }
      const stopped = await mainPhase(platform, step(small, 1003))
      expect([stopped.exitCode, stopped.outputs['outcome']]).toEqual([1, 'failed'])
      expect(stopped.log).toContain('"max-shrink-percent" stops at 50')
      expect(await activeMembers(platform)).toEqual(['1', '3', '4', '5'])
      await expectPublished(platform, step(small, 1004, { inputs: { 'max-shrink-percent': '100' } }))
      expect(await activeMembers(platform)).toEqual(['1'])
    },
  )
})

describe('running an old run again', () => {
  it.concurrent('does not bring back what it held: a newer run is not undone (second guard)', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    await bothPublished(platform)
    const before = platform.requests('POST', /\/batches$/).length
    const again = await mainPhase(platform, step(FIRST, 1001, { attempt: 2 }))
    expect([again.exitCode, again.outputs['outcome']]).toEqual([1, 'failed'])
    expect(again.log).toMatch(/^::error::Cannot publish: a later run published .*Start a new run/m)
    expect(platform.requests('POST', /\/batches$/)).toHaveLength(before)
    expect(await activeMembers(platform)).toEqual(['1', '3', '4', '5'])
  })
})
