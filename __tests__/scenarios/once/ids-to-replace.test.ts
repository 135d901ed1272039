import { describe, expect, it } from 'vitest'
import { leaveOpen } from '../../support/emulator/on-request.ts'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { datasets } from '../../support/runs/platform-inputs.ts'
import { expectPublished, stepOf, mainPhase, type WorkflowStep } from '../../support/runs/workflow-step.ts'
import { activeMembers } from '../../support/emulator/truth.ts'

const PREVIOUS = { publication: 'members', 'replay-predecessors': 'previous' }

const step = (ids: readonly string[], run: number, more: WorkflowStep = {}): WorkflowStep =>
  stepOf(ids, { inputs: PREVIOUS, run, ...more })

describe('ids to replace', () => {
  it.concurrent('may be of batches that somebody else published', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const env = { GITHUB_REPOSITORY_ID: '4712' }
    const theirs = await expectPublished(platform, step(['t'], 1001, { env, inputs: {} }))
    await expectPublished(platform, step(['1'], 1002, { inputs: { 'replay-predecessors': theirs } }))
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('are refused before anything is sent where they are no longer active', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const old = await expectPublished(platform, step(['1'], 1001))
    await expectPublished(platform, step(['2'], 1002))
    const third = await mainPhase(platform, step(['3'], 1003, { inputs: { 'replay-predecessors': old } }))
    expectFailed(third)
    expect(third.log).toMatch(new RegExp(`^::error::Cannot publish.*not active.*${old}`, 'm'))
    expect(await activeMembers(platform)).toEqual(['2'])
  })

  it.concurrent.each([
    ['are known to nobody', async () => '01HNOBODYKNOWSTHISBATCH000', /does not contain it/],
    ['are of another dataset', ofProducts, /it belongs to dataset/],
    ['were never completed', leaveOpen, /it is "loading"/],
  ] as const)('are refused before anything is sent where they %s', async (_, make, why) => {
    await using platform = await localPlatform({ staleReads: 0 })
    const id = await make(platform)
    const before = platform.requests('POST', /\/batches$/).length
    const run = await mainPhase(platform, step(['1'], 1002, { inputs: { 'replay-predecessors': id } }))
    expectFailed(run)
    expect(run.log).toMatch(new RegExp(`^::error::Cannot replace batch "${id}": .*${why.source}`, 'm'))
    expect(platform.requests('POST', /\/batches$/)).toHaveLength(before)
  })

  it.concurrent('that were replaced by what holds this content already need nothing', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const old = await expectPublished(platform, step(['1'], 1001))
    const inputs = { publication: 'members', 'replay-predecessors': old }
    await expectPublished(platform, step(['2'], 1002, { inputs }))
    const again = await mainPhase(platform, step(['2'], 1002, { attempt: 2, inputs }))
    expect(again.outputs['outcome'], again.log).toBe('skipped')
    expect(await activeMembers(platform)).toEqual(['2'])
  })
})

async function ofProducts(platform: LocalPlatform): Promise<string> {
  const files = { 'data/p.jsonl': `${JSON.stringify({ _9b1d0001: { sku: 'a' } })}\n` }
  await mainPhase(platform, { files, inputs: { dataset: datasets.products } })
  return (await platform.batch()).id
}

function expectFailed({ exitCode, outputs, log }: Awaited<ReturnType<typeof mainPhase>>): void {
  expect(exitCode, log).toBe(1)
  expect(outputs['outcome'], log).toBe('failed')
}
