import { describe, expect, it } from 'vitest'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { runShard, expectPublished, mainPhase } from '../../support/runs/workflow-step.ts'
import { filesOf, idOf, namesOf } from '../../support/files/shard-files.ts'
import { activeMembers } from '../../support/emulator/truth.ts'

const FIRST = namesOf(1, 2, 2)
const SECOND = namesOf(2, 2, 2)
const files = filesOf([...FIRST, ...SECOND])
const inputs = { publication: 'members', 'replay-predecessors': 'previous' }

describe('a shard', () => {
  it('that saw other files than the others of its run publishes nothing, and says what to do', async () => {
    await using platform = await localPlatform()
    await runShard(platform, '1/2', { files })
    const second = await runShard(platform, '2/2', { files: filesOf([...FIRST, ...SECOND, ...namesOf(1, 2, 3)]) })
    expect([second.exitCode, second.outputs['outcome']], second.log).toEqual([1, 'failed'])
    expect(second.log).toContain('("members (1/2)") found other names or sizes than this one')
    expect(second.log).toContain('start a new run')
    expect(await activeMembers(platform)).toEqual(FIRST.map(idOf).toSorted())
  })

  it.each([
    ['"previous" is to be replaced', inputs],
    ['the files are the same', { publication: 'members' }],
  ])('does not go beside another number of shards where %s', async (_, asked) => {
    await using platform = await localPlatform()
    const whole = await expectPublished(platform, { files, inputs })
    const shard = await runShard(platform, '2/2', { files, inputs: asked, run: 1002 })
    expect(shard.exitCode, shard.log).toBe(1)
    expect(shard.log).toContain(`"mode: revert" and its "batch-id": ${whole}`)
    expect(await activeMembers(platform)).toEqual([...FIRST, ...SECOND].map(idOf).toSorted())
    await mainPhase(platform, { inputs: { mode: 'revert', 'batch-id': whole } })
    expect((await runShard(platform, '2/2', { files, inputs: asked, run: 1003 })).exitCode).toBe(0)
    expect(await activeMembers(platform)).toEqual(SECOND.map(idOf).toSorted())
  })

  it('of which no file is there ends well, and names the batch whose files are gone', async () => {
    await using platform = await localPlatform()
    const { outputs } = await runShard(platform, '2/2', { files, inputs })
    const id = outputs['batch-id']
    const empty = await runShard(platform, '2/2', { files: filesOf(FIRST), inputs, run: 1002 })
    expect(empty.exitCode, empty.log).toBe(0)
    expect(empty.outputs).toMatchObject({ outcome: 'no-files', 'file-count': '0', 'batch-ids': '[]' })
    expect(empty.log).toContain('Shard 2 of 2: 0 of 2 files')
    expect(empty.log).toMatch(new RegExp(`::warning::Batch ${id} of this shard stays .*"batch-id: ${id}"`))
    const back = await mainPhase(platform, {
      inputs: { ...inputs, 'replay-predecessors': '', mode: 'revert', 'batch-id': 'previous', shard: '2/2' },
      run: 1003,
    })
    expect([back.outputs['outcome'], back.outputs['batch-id']], back.log).toEqual(['reverted', id])
    expect(await activeMembers(platform)).toEqual([])
  })
})
