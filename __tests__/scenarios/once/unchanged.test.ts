import { describe, expect, it } from 'vitest'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { expectPublished, stepOf, mainPhase } from '../../support/runs/workflow-step.ts'
import { activeMembers, stages } from '../../support/emulator/truth.ts'

const PREVIOUS = { 'replay-predecessors': 'previous' }
/** Predecessors read "inactive" at once, which spares a pause of seconds; that they may not is a case of its own. */
const AT_ONCE = { staleReads: 0 }

describe('content that changed', () => {
  it.concurrent('is added, and the warning names what stays active', async () => {
    await using platform = await localPlatform(AT_ONCE)
    const first = await mainPhase(platform, stepOf(['1']))
    const second = await mainPhase(platform, stepOf(['2'], { run: 1002 }))
    expect(second.exitCode, second.log).toBe(0)
    expect(second.log).toMatch(
      new RegExp(`^::warning::An earlier run of this publication is still active.*${first.outputs['batch-id']}`, 'm'),
    )
    expect(await activeMembers(platform)).toEqual(['1', '2'])
  })

  it.concurrent('replaces what was there under `previous`, whatever the first reads say', async () => {
    await using platform = await localPlatform({ staleReads: 2 })
    await mainPhase(platform, stepOf(['1'], { inputs: PREVIOUS }))
    const second = await mainPhase(platform, stepOf(['2'], { run: 1002, inputs: PREVIOUS }))
    expect(second.exitCode, second.log).toBe(0)
    expect(second.outputs['outcome']).toBe('published')
    expect(await activeMembers(platform)).toEqual(['2'])
  })

  it.concurrent(
    'under the same names in a later attempt of one run stays beside it where nothing proves that it was one step',
    async () => {
      await using platform = await localPlatform(AT_ONCE)
      await mainPhase(platform, stepOf(['1']))
      const again = await mainPhase(platform, stepOf(['2'], { attempt: 2 }))
      expect(again.exitCode, again.log).toBe(0)
      expect(again.outputs['outcome']).toBe('published')
      expect(again.log).toContain('nothing proves that this step did')
      expect(await activeMembers(platform)).toEqual(['1', '2'])
      expect(await stages(platform)).toEqual(['success', 'success'])
    },
  )

  it.concurrent('under several publishes can not be told by `previous`, which lists them', async () => {
    await using platform = await localPlatform(AT_ONCE)
    const ids = [
      await expectPublished(platform, stepOf(['1'])),
      await expectPublished(platform, stepOf(['2'], { run: 1002 })),
    ]
    const third = await mainPhase(platform, stepOf(['3'], { run: 1003, inputs: PREVIOUS }))
    expect(third.exitCode).toBe(1)
    for (const id of ids) expect(third.log).toMatch(new RegExp(`^::error::Cannot publish.*${id}`, 'm'))
    expect(await activeMembers(platform)).toEqual(['1', '2'])
    const fourth = await mainPhase(
      platform,
      stepOf(['3'], { run: 1004, inputs: { 'replay-predecessors': ids.join() } }),
    )
    expect(fourth.exitCode, fourth.log).toBe(0)
    expect(await activeMembers(platform)).toEqual(['3'])
  })
})

describe('a run that is run again', () => {
  it.concurrent('under `previous` does not undo what a later run published (second guard)', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await mainPhase(platform, stepOf(['1'], { inputs: PREVIOUS }))
    const later = await expectPublished(platform, stepOf(['2'], { run: 1002, inputs: PREVIOUS }))
    const old = await mainPhase(platform, stepOf(['1'], { attempt: 2, inputs: PREVIOUS }))
    expect(old.exitCode).toBe(1)
    expect(old.log).toMatch(new RegExp(`^::error::Cannot publish: a later run published ${later} .*/runs/1002`, 'm'))
    expect(old.log).toContain('Start a new run')
    expect(await activeMembers(platform)).toEqual(['2'])
    const fresh = await mainPhase(platform, stepOf(['1'], { run: 1003, inputs: PREVIOUS }))
    expect(fresh.exitCode, fresh.log).toBe(0)
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('finds its content there, and sends nothing', async () => {
    await using platform = await localPlatform(AT_ONCE)
    const id = await expectPublished(platform, stepOf(['1']))
    const again = await mainPhase(platform, stepOf(['1'], { attempt: 2 }))
    expect(again.exitCode, again.log).toBe(0)
    expect(again.outputs).toMatchObject({ outcome: 'skipped', 'batch-id': id, status: 'success', 'file-count': '1' })
    expect(platform.requests('POST', /\/batches$/)).toHaveLength(1)
  })
})

it('what another branch published is replaced with a warning', async () => {
  await using platform = await localPlatform(AT_ONCE)
  const id = await expectPublished(platform, stepOf(['1'], { inputs: PREVIOUS, ref: 'refs/heads/trial' }))
  const second = await mainPhase(platform, stepOf(['2'], { run: 1002, inputs: PREVIOUS }))
  expect(second.exitCode, second.log).toBe(0)
  expect(second.log).toContain(`::warning::${id} was published from refs/heads/trial, and is replaced`)
  expect(await activeMembers(platform)).toEqual(['2'])
})

describe('content that has not changed', () => {
  it.concurrent('is sent again under `if-unchanged: publish`, and then is there twice, which is said', async () => {
    await using platform = await localPlatform(AT_ONCE)
    const id = await expectPublished(platform, stepOf(['1']))
    const second = await mainPhase(platform, stepOf(['1'], { run: 1002, inputs: { 'if-unchanged': 'publish' } }))
    expect(second.exitCode, second.log).toBe(0)
    expect(second.outputs['outcome']).toBe('published')
    expect(second.log).toMatch(new RegExp(`^::warning::.*${id}`, 'm'))
    expect(await activeMembers(platform)).toEqual(['1', '1'])
  })

  it.concurrent('is sent once by one run all the same, however often it is run again', async () => {
    await using platform = await localPlatform(AT_ONCE)
    const inputs = { 'if-unchanged': 'publish' }
    await mainPhase(platform, stepOf(['1'], { inputs }))
    const again = await mainPhase(platform, stepOf(['1'], { attempt: 2, inputs }))
    expect(again.outputs['outcome'], again.log).toBe('skipped')
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('takes its own place under `if-unchanged: publish` with `previous`', async () => {
    await using platform = await localPlatform(AT_ONCE)
    const inputs = { ...PREVIOUS, 'if-unchanged': 'publish' }
    await mainPhase(platform, stepOf(['1'], { inputs }))
    const second = await mainPhase(platform, stepOf(['1'], { run: 1002, inputs }))
    expect(second.outputs['outcome'], second.log).toBe('published')
    expect(await activeMembers(platform)).toEqual(['1'])
    expect(await stages(platform)).toEqual(['inactive', 'success'])
  })
})

it('what another repository published into the dataset is never touched', async () => {
  await using platform = await localPlatform(AT_ONCE)
  const inputs = { ...PREVIOUS, publication: 'members' }
  await mainPhase(platform, stepOf(['theirs'], { inputs, env: { GITHUB_REPOSITORY_ID: '4712' } }))
  await mainPhase(platform, stepOf(['1'], { run: 1002, inputs }))
  await mainPhase(platform, stepOf(['2'], { run: 1003, inputs }))
  expect(await activeMembers(platform)).toEqual(['2', 'theirs'])
})
