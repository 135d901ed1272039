import { describe, expect, it } from 'vitest'
import { localPlatform } from '../support/local-platform.ts'
import { member } from '../support/platform-inputs.ts'

const files = { 'data/a.jsonl': member('1') }
const repository = { id: 4711 }
const merged = { repository, action: 'closed', pull_request: { merged: true } }
const rejected = { repository, action: 'closed', pull_request: { merged: false } }
const opened = { repository, action: 'opened', pull_request: { merged: false } }
const runOf = (id: number) => ({ repository, workflow_run: { head_repository: { id } } })

describe('unreviewed content', () => {
  it.each([
    ['pull_request', 'an open one', opened],
    ['pull_request', 'one closed without merging', rejected],
    ['pull_request_target', 'an open one', opened],
    ['merge_group', 'any', { repository }],
    ['workflow_run', 'one of a fork', runOf(1)],
    ['workflow_run', 'one of a fork that is gone', { repository, workflow_run: { head_repository: null } }],
  ])('is refused before anything is asked: %s, %s', async (name, _, payload) => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files, event: { name, payload } })
    expect(run.exitCode).toBe(1)
    expect(run.outputs['outcome']).toBe('failed')
    expect(run.log).toContain(`::error::Cannot run for the event "${name}"`)
    expect(platform.emulator.requests()).toEqual([])
  })

  it('is let through by allow-pull-request', async () => {
    await using platform = await localPlatform()
    const event = { name: 'pull_request', payload: opened }
    const run = await platform.publish({ files, event, inputs: { 'allow-pull-request': 'true' } })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs['outcome']).toBe('published')
  })
})

describe('reviewed content', () => {
  it.each([
    ['pull_request', 'a merged one', merged],
    ['pull_request_target', 'a merged one', merged],
    ['workflow_run', 'one of this repository', runOf(4711)],
    ['schedule', 'any', { repository }],
  ])('is published: %s, %s', async (name, _, payload) => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files, event: { name, payload } })
    expect(run.exitCode, run.log).toBe(0)
  })
})
