import { describe, expect, it } from 'vitest'
import { localPlatform, type LocalPlatform } from '../../support/local-platform.ts'
import { member } from '../../support/platform-inputs.ts'
import { activeMembers, stages } from '../../support/truth.ts'
import { mainPhase, type WorkflowStep } from '../../support/workflow-step.ts'

const PREVIOUS = { 'replay-predecessors': 'previous' }
/** Predecessors read "inactive" at once, which spares a pause of seconds; that they may not is a case of its own. */
const AT_ONCE = { staleReads: 0 }

const step = (members: readonly string[], more: WorkflowStep = {}): WorkflowStep => ({
  files: { 'data/a.jsonl': members.map((id) => member(id)).join('') },
  ...more,
})

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
    for (const { log } of first) expect(log).toContain('it publishes without predecessors')
    const second = [
      await mainPhase(platform, { ...eu(['e2'], { publication: 'eu' }), run: 1002 }),
      await mainPhase(platform, { ...us(['u2'], { publication: 'us' }), run: 1002 }),
    ]
    expect(second.map(({ outputs }) => outputs['outcome'])).toEqual(['published', 'published'])
    expect(await activeMembers(platform)).toEqual(['e2', 'u2'])
    expect(await stages(platform)).toEqual(['inactive', 'inactive', 'success', 'success'])
  })

  it.concurrent('are stopped where they have none: the second finds the first, and can not tell (guard a)', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await mainPhase(platform, eu(['e1'], {}))
    const { id } = await platform.batch()
    const second = await mainPhase(platform, us(['u1'], {}))
    expect(second.exitCode).toBe(1)
    expect(second.outputs).toMatchObject({ outcome: 'failed', 'batch-id': '' })
    expect(second.log).toMatch(new RegExp(`^::error::Cannot publish.*${id} \\(glob:eu/\\*\\.json\\)`, 'm'))
    expect(second.log).toContain('give both steps a "publication"')
    expect(await activeMembers(platform)).toEqual(['e1'])
  })

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
  it.concurrent('under `previous` is stopped by guard a', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await mainPhase(platform, step(['1'], { inputs: PREVIOUS }))
    const second = await mainPhase(platform, step(['2'], { run: 1002, inputs: { ...PREVIOUS, glob: 'data/**' } }))
    expect(second.exitCode).toBe(1)
    expect(second.log).toMatch(/^::error::Cannot publish: "previous" finds nothing of "glob:data\/\*\*"/m)
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('under `previous` makes no difference where the publication has a name', async () => {
    await using platform = await localPlatform(AT_ONCE)
    const inputs = { ...PREVIOUS, publication: 'members' }
    await mainPhase(platform, step(['1'], { inputs }))
    const second = await mainPhase(platform, step(['2'], { run: 1002, inputs: { ...inputs, glob: 'data/**' } }))
    expect(second.exitCode, second.log).toBe(0)
    expect(await activeMembers(platform)).toEqual(['2'])
  })

  it.concurrent('without `previous` makes no new content', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await mainPhase(platform, step(['1']))
    const second = await mainPhase(platform, step(['1'], { run: 1002, inputs: { glob: 'data/**' } }))
    expect(second.exitCode, second.log).toBe(0)
    expect(second.outputs['outcome']).toBe('skipped')
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('without `previous` adds other content', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await mainPhase(platform, step(['1']))
    const second = await mainPhase(platform, step(['2'], { run: 1002, inputs: { glob: 'data/**' } }))
    expect(second.exitCode, second.log).toBe(0)
    expect(await activeMembers(platform)).toEqual(['1', '2'])
  })
})

describe('content that changed', () => {
  it.concurrent('is added, and the warning names what stays active', async () => {
    await using platform = await localPlatform(AT_ONCE)
    const first = await mainPhase(platform, step(['1']))
    const second = await mainPhase(platform, step(['2'], { run: 1002 }))
    expect(second.exitCode, second.log).toBe(0)
    expect(second.log).toMatch(new RegExp(`^::warning::Other content of this publication.*${first.outputs['batch-id']}`, 'm'))
    expect(await activeMembers(platform)).toEqual(['1', '2'])
  })

  it.concurrent('replaces what was there under `previous`, whatever the first reads say', async () => {
    await using platform = await localPlatform({ staleReads: 2 })
    await mainPhase(platform, step(['1'], { inputs: PREVIOUS }))
    const second = await mainPhase(platform, step(['2'], { run: 1002, inputs: PREVIOUS }))
    expect(second.exitCode, second.log).toBe(0)
    expect(second.outputs['outcome']).toBe('published')
    expect(await activeMembers(platform)).toEqual(['2'])
    const third = await mainPhase(platform, step(['3'], { run: 1003, inputs: PREVIOUS }))
    expect(third.exitCode, third.log).toBe(0)
    expect(await activeMembers(platform)).toEqual(['3'])
  })

  it.concurrent('under the same names in a later attempt of one run replaces what the earlier one published', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await mainPhase(platform, step(['1']))
    const again = await mainPhase(platform, step(['2'], { attempt: 2 }))
    expect(again.exitCode, again.log).toBe(0)
    expect(again.outputs['outcome']).toBe('published')
    expect(await activeMembers(platform)).toEqual(['2'])
    expect(await stages(platform)).toEqual(['inactive', 'success'])
  })

  it.concurrent('under several publishes can not be told by `previous`, which lists them', async () => {
    await using platform = await localPlatform(AT_ONCE)
    const ids = [await publishedId(platform, step(['1'])), await publishedId(platform, step(['2'], { run: 1002 }))]
    const third = await mainPhase(platform, step(['3'], { run: 1003, inputs: PREVIOUS }))
    expect(third.exitCode).toBe(1)
    for (const id of ids) expect(third.log).toMatch(new RegExp(`^::error::Cannot publish.*${id}`, 'm'))
    expect(await activeMembers(platform)).toEqual(['1', '2'])
    const fourth = await mainPhase(platform, step(['3'], { run: 1004, inputs: { 'replay-predecessors': ids.join() } }))
    expect(fourth.exitCode, fourth.log).toBe(0)
    expect(await activeMembers(platform)).toEqual(['3'])
  })
})

describe('a run that is run again', () => {
  it.concurrent('under `previous` does not undo what a later run published (guard b)', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await mainPhase(platform, step(['1'], { inputs: PREVIOUS }))
    const later = await publishedId(platform, step(['2'], { run: 1002, inputs: PREVIOUS }))
    const old = await mainPhase(platform, step(['1'], { attempt: 2, inputs: PREVIOUS }))
    expect(old.exitCode).toBe(1)
    expect(old.log).toMatch(new RegExp(`^::error::Cannot publish: a later run published ${later} .*/runs/1002`, 'm'))
    expect(old.log).toContain('Start a new run')
    expect(await activeMembers(platform)).toEqual(['2'])
    const fresh = await mainPhase(platform, step(['1'], { run: 1003, inputs: PREVIOUS }))
    expect(fresh.exitCode, fresh.log).toBe(0)
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('finds its content there, and sends nothing', async () => {
    await using platform = await localPlatform(AT_ONCE)
    const id = await publishedId(platform, step(['1']))
    const again = await mainPhase(platform, step(['1'], { attempt: 2 }))
    expect(again.exitCode, again.log).toBe(0)
    expect(again.outputs).toMatchObject({ outcome: 'skipped', 'batch-id': id, status: 'success', 'file-count': '1' })
    expect(platform.requests('POST', /\/batches$/)).toHaveLength(1)
  })
})

it('what another branch published is replaced with a warning', async () => {
  await using platform = await localPlatform(AT_ONCE)
  const id = await publishedId(platform, step(['1'], { inputs: PREVIOUS, ref: 'refs/heads/trial' }))
  const second = await mainPhase(platform, step(['2'], { run: 1002, inputs: PREVIOUS }))
  expect(second.exitCode, second.log).toBe(0)
  expect(second.log).toContain(`::warning::${id} was published from refs/heads/trial and is replaced`)
  expect(await activeMembers(platform)).toEqual(['2'])
})

describe('content that has not changed', () => {
  it.concurrent('is sent again under `if-unchanged: publish`, and then is there twice, which is said', async () => {
    await using platform = await localPlatform(AT_ONCE)
    const id = await publishedId(platform, step(['1']))
    const second = await mainPhase(platform, step(['1'], { run: 1002, inputs: { 'if-unchanged': 'publish' } }))
    expect(second.exitCode, second.log).toBe(0)
    expect(second.outputs['outcome']).toBe('published')
    expect(second.log).toMatch(new RegExp(`^::warning::.*${id}`, 'm'))
    expect(await activeMembers(platform)).toEqual(['1', '1'])
  })

  it.concurrent('is sent once by one run all the same, however often it is run again', async () => {
    await using platform = await localPlatform(AT_ONCE)
    const inputs = { 'if-unchanged': 'publish' }
    await mainPhase(platform, step(['1'], { inputs }))
    const again = await mainPhase(platform, step(['1'], { attempt: 2, inputs }))
    expect(again.outputs['outcome'], again.log).toBe('skipped')
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('takes its own place under `if-unchanged: publish` with `previous`', async () => {
    await using platform = await localPlatform(AT_ONCE)
    const inputs = { ...PREVIOUS, 'if-unchanged': 'publish' }
    await mainPhase(platform, step(['1'], { inputs }))
    const second = await mainPhase(platform, step(['1'], { run: 1002, inputs }))
    expect(second.outputs['outcome'], second.log).toBe('published')
    expect(await activeMembers(platform)).toEqual(['1'])
    expect(await stages(platform)).toEqual(['inactive', 'success'])
  })
})

it('what another repository published into the dataset is never touched', async () => {
  await using platform = await localPlatform(AT_ONCE)
  const inputs = { ...PREVIOUS, publication: 'members' }
  await mainPhase(platform, step(['theirs'], { inputs, env: { GITHUB_REPOSITORY_ID: '4712' } }))
  await mainPhase(platform, step(['1'], { run: 1002, inputs }))
  await mainPhase(platform, step(['2'], { run: 1003, inputs }))
  expect(await activeMembers(platform)).toEqual(['2', 'theirs'])
})

async function publishedId(platform: LocalPlatform, wanted: WorkflowStep): Promise<string> {
  const { outputs, log } = await mainPhase(platform, wanted)
  expect(outputs['outcome'], log).toBe('published')
  return outputs['batch-id'] ?? ''
}
