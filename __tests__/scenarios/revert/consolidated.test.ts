import { describe, expect, it } from 'vitest'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { expectPublished, stepOf } from '../../support/runs/workflow-step.ts'
import { activeMembers } from '../../support/emulator/truth.ts'
import { expectRefused, expectReverted, plain, reverting, revertingPrevious, reverts } from './reverting.ts'

const member = (platform: LocalPlatform, id: string, publication: string) =>
  expectPublished(platform, stepOf([id], { inputs: { publication } }))

describe('a batch that the platform consolidated', () => {
  it.concurrent('by itself goes with the batch that holds it', async () => {
    await using platform = await localPlatform()
    const id = await member(platform, '1', 'members')
    const holder = await platform.emulator.consolidate([id])
    const run = await reverting(platform, id)
    expectReverted(run, holder)
    expect(plain(run.summary)).toContain(`It contains ${id}, which the platform has consolidated into it.`)
    expect(await activeMembers(platform)).toEqual([])
    const again = await reverting(platform, id, { attempt: 2 })
    expectReverted(again, id)
    expect(reverts(platform)).toBe(1)
  })

  it.concurrent('with others stays: the others are listed, and nothing is sent', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const [id, other] = [await member(platform, '1', 'members'), await member(platform, 'o', 'orders')]
    const holder = await platform.emulator.consolidate([id, other])
    const message = new RegExp(`Cannot revert ${id}: the platform has consolidated it into ${holder}, .*more: ${other}`)
    expectRefused(await reverting(platform, id), message)
    expectRefused(await revertingPrevious(platform, 'members'), message)
    expect(reverts(platform)).toBe(0)
    expect(await activeMembers(platform)).toEqual(['1', 'o'])
  })

  it.concurrent('with others goes with them where the holder itself is named, as the refusal says', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const all = [await member(platform, '1', 'members'), await member(platform, 'o', 'orders')]
    const holder = await platform.emulator.consolidate(all)
    const run = await reverting(platform, holder)
    expectReverted(run, holder)
    for (const id of all) expect(plain(run.summary)).toContain(id)
    expect(await activeMembers(platform)).toEqual([])
  })

  it.concurrent('is the last publish of its publication all the same', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const id = await member(platform, '1', 'members')
    const holder = await platform.emulator.consolidate([await platform.emulator.consolidate([id])])
    expectReverted(await revertingPrevious(platform, 'members'), holder)
    expect(await activeMembers(platform)).toEqual([])
    const again = await revertingPrevious(platform, 'members', { run: 2002 })
    expect(again.outputs['outcome'], again.log).toBe('reverted')
    expect(reverts(platform)).toBe(1)
  })
})
