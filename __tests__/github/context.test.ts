import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { currentRun } from '../../src/github/context.ts'

let home = ''
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'context-'))
})
afterAll(() => rm(home, { recursive: true }))

const ENV = {
  GITHUB_REPOSITORY: 'acme/loyalty-data',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_SHA: '0a1b2c3d',
  GITHUB_RUN_ID: '1001',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_WORKFLOW: 'Publish',
  GITHUB_SERVER_URL: 'https://github.acme.example',
}

async function runOf(event: string, payload: string, env: NodeJS.ProcessEnv = ENV) {
  const path = join(home, 'event.json')
  await writeFile(path, payload)
  return currentRun({ ...env, GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: path })
}

describe('the current run', () => {
  it('is what the variables and the payload of the event say', async () => {
    expect(await runOf('push', '{"repository":{"id":4711}}')).toEqual({
      repository: 'acme/loyalty-data',
      repositoryId: '4711',
      ref: 'refs/heads/main',
      sha: '0a1b2c3d',
      runId: '1001',
      attempt: 2,
      workflow: 'Publish',
      url: 'https://github.acme.example/acme/loyalty-data/actions/runs/1001',
      event: { name: 'push', isMerged: false, isForeign: false, origin: '', isQueued: false, isOnPullRequest: false },
    })
  })

  it('knows the repository by the id that the server names, then by that of the event, then by its name', async () => {
    const named = await runOf('push', '{"repository":{"id":4711}}', { ...ENV, GITHUB_REPOSITORY_ID: '12' })
    expect(named.repositoryId).toBe('12')
    expect((await runOf('push', '{}')).repositoryId).toBe('acme/loyalty-data')
    expect(currentRun({}).repositoryId).toBe('unknown')
  })

  it('tells a pull request that was merged from one that was only closed', async () => {
    const closed = (isMerged: boolean) => `{"action":"closed","pull_request":{"merged":${isMerged}}}`
    expect((await runOf('pull_request', closed(true))).event.isMerged).toBe(true)
    expect((await runOf('pull_request', closed(false))).event.isMerged).toBe(false)
  })

  it('tells a run of a fork from one of our own', async () => {
    const setOff = (by: number) => `{"repository":{"id":1},"workflow_run":{"head_repository":{"id":${by}}}}`
    expect((await runOf('workflow_run', setOff(1))).event.isForeign).toBe(false)
    expect((await runOf('workflow_run', setOff(2))).event.isForeign).toBe(true)
  })

  it('tells the event of the run that set this one off', async () => {
    const setOff = (by: object) => JSON.stringify({ workflow_run: by })
    expect((await runOf('workflow_run', setOff({ event: 'pull_request' }))).event.origin).toBe('pull_request')
    expect((await runOf('workflow_run', setOff({ event: 7 }))).event.origin).toBe('')
  })

  it('tells a branch of a merge queue, also of the run that set this one off', async () => {
    const branch = 'gh-readonly-queue/main/pr-7-0a1b2c3d'
    const queued = { ...ENV, GITHUB_REF: `refs/heads/${branch}` }
    expect((await runOf('push', '{}', queued)).event.isQueued).toBe(true)
    const setOff = (by: string) => JSON.stringify({ workflow_run: { head_branch: by } })
    expect((await runOf('workflow_run', setOff(branch))).event.isQueued).toBe(true)
    expect((await runOf('workflow_run', setOff('main'))).event.isQueued).toBe(false)
  })

  it('tells a comment on a pull request from one on an issue', async () => {
    expect((await runOf('issue_comment', '{"issue":{"pull_request":{}}}')).event.isOnPullRequest).toBe(true)
    expect((await runOf('issue_comment', '{"issue":{}}')).event.isOnPullRequest).toBe(false)
    expect((await runOf('issue_comment', '{"iss')).event.isOnPullRequest).toBe(true)
  })

  it('tells which pull request set it off, and whether its branch is of a fork', async () => {
    const sides = (head: object) => ({ number: 12, state: 'open', base: { sha: 'b0' }, head: { sha: 'a1', ...head } })
    const event = (head: object) => JSON.stringify({ repository: { id: 1 }, pull_request: sides(head) })
    const known = { number: 12, baseSha: 'b0', headSha: 'a1', isFork: false, isByDependabot: false, isClosed: false }
    expect((await runOf('pull_request', event({ repo: { id: 1 } }))).event.pullRequest).toEqual(known)
    expect((await runOf('pull_request', event({ repo: { id: 2 } }))).event.pullRequest?.isFork).toBe(true)
    expect((await runOf('pull_request_target', event({ repo: null }))).event.pullRequest?.isFork).toBe(true)
    expect((await runOf('pull_request', '{"pull_request":{"number":12}}')).event.pullRequest).toBeUndefined()
    expect((await runOf('push', event({ repo: { id: 1 } }))).event.pullRequest).toBeUndefined()
  })

  it('takes a run whose event cannot be read for foreign and not merged', async () => {
    expect((await runOf('workflow_run', '{"repo')).event).toEqual({
      name: 'workflow_run',
      isMerged: false,
      isForeign: true,
      origin: '',
      isQueued: false,
      isOnPullRequest: false,
    })
    expect(currentRun({ ...ENV, GITHUB_EVENT_NAME: 'pull_request' }).event.isMerged).toBe(false)
  })
})
