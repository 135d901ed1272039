import { describe, expect, it } from 'vitest'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { stepOf, mainPhase, type WorkflowStep } from '../../support/runs/workflow-step.ts'
import { activeMembers, stages } from '../../support/emulator/truth.ts'

const PREVIOUS = { 'replay-predecessors': 'previous' }
/** Predecessors read "inactive" at once, which spares a pause of seconds; that they may not is a case of its own. */
const AT_ONCE = { staleReads: 0 }

const eu = (ids: readonly string[], inputs: Readonly<Record<string, string>>): WorkflowStep => ({
  files: { 'eu/a.json': ids.map((id) => member(id)).join('') },
  inputs: { ...PREVIOUS, glob: 'eu/*.json', ...inputs },
})

const us = (ids: readonly string[], inputs: Readonly<Record<string, string>>): WorkflowStep => ({
  files: { 'us/a.json': ids.map((id) => member(id)).join('') },
  inputs: { ...PREVIOUS, glob: 'us/*.json', ...inputs },
})

describe('two steps that publish into one dataset with `previous`', () => {
  it.concurrent('each replace their own, where they have names', async () => {
    await using platform = await localPlatform(AT_ONCE)
    const first = [
      await mainPhase(platform, eu(['e1'], { publication: 'eu' })),
      await mainPhase(platform, us(['u1'], { publication: 'us' })),
    ]
    expect(first.map(({ exitCode }) => exitCode)).toEqual([0, 0])
    for (const { log } of first) expect(log).toContain('"previous" has nothing to replace')
    const second = [
      await mainPhase(platform, { ...eu(['e2'], { publication: 'eu' }), run: 1002 }),
      await mainPhase(platform, { ...us(['u2'], { publication: 'us' }), run: 1002 }),
    ]
    expect(second.map(({ outputs }) => outputs['outcome'])).toEqual(['published', 'published'])
    expect(await activeMembers(platform)).toEqual(['e2', 'u2'])
    expect(await stages(platform)).toEqual(['inactive', 'inactive', 'success', 'success'])
  })

  it.concurrent(
    'are stopped where they have none: the second finds the first, and can not tell (first guard)',
    async () => {
      await using platform = await localPlatform(AT_ONCE)
      await mainPhase(platform, eu(['e1'], {}))
      const { id } = await platform.batch()
      const second = await mainPhase(platform, us(['u1'], {}))
      expect(second.exitCode).toBe(1)
      expect(second.outputs).toMatchObject({ outcome: 'failed', 'batch-id': '' })
      expect(second.log).toMatch(new RegExp(`^::error::Cannot publish.*${id} \\(glob:eu/\\*\\.json\\)`, 'm'))
      expect(second.log).toContain('give both steps their own "publication"')
      expect(await activeMembers(platform)).toEqual(['e1'])
    },
  )

  it.concurrent('go on where the id is named for one run, and the first is replaced', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await mainPhase(platform, eu(['e1'], {}))
    const { id } = await platform.batch()
    const second = await mainPhase(platform, us(['u1'], { 'replay-predecessors': id }))
    expect(second.exitCode, second.log).toBe(0)
    expect(await activeMembers(platform)).toEqual(['u1'])
  })
})

describe('a pattern that is worded anew', () => {
  it.concurrent('under `previous` is stopped by the first guard', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await mainPhase(platform, stepOf(['1'], { inputs: PREVIOUS }))
    const second = await mainPhase(platform, stepOf(['2'], { run: 1002, inputs: { ...PREVIOUS, glob: 'data/**' } }))
    expect(second.exitCode).toBe(1)
    expect(second.log).toMatch(/^::error::Cannot publish: nothing is published as "glob:data\/\*\*" yet/m)
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('under `previous` makes no difference where the publication has a name', async () => {
    await using platform = await localPlatform(AT_ONCE)
    const inputs = { ...PREVIOUS, publication: 'members' }
    await mainPhase(platform, stepOf(['1'], { inputs }))
    const second = await mainPhase(platform, stepOf(['2'], { run: 1002, inputs: { ...inputs, glob: 'data/**' } }))
    expect(second.exitCode, second.log).toBe(0)
    expect(await activeMembers(platform)).toEqual(['2'])
  })

  it.concurrent('without `previous` makes no new content', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await mainPhase(platform, stepOf(['1']))
    const second = await mainPhase(platform, stepOf(['1'], { run: 1002, inputs: { glob: 'data/**' } }))
    expect(second.exitCode, second.log).toBe(0)
    expect(second.outputs['outcome']).toBe('skipped')
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('without `previous` adds other content', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await mainPhase(platform, stepOf(['1']))
    const second = await mainPhase(platform, stepOf(['2'], { run: 1002, inputs: { glob: 'data/**' } }))
    expect(second.exitCode, second.log).toBe(0)
    expect(await activeMembers(platform)).toEqual(['1', '2'])
  })
})
