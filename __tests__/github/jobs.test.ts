import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type GithubApi, openGithubApi } from '../../src/github/api.ts'
import { jsonReader } from '../../src/lib/json-reader.ts'
import { openJobs } from '../../src/github/jobs.ts'
import { ACCESS, type GitHubStandIn, githubStandIn } from '../support/github/github-stand-in.ts'
import { never } from '../support/time/never.ts'

let github: GitHubStandIn

beforeEach(async () => {
  github = await githubStandIn()
})
afterEach(() => github[Symbol.asyncDispose]())

const list = (attempt = 2) =>
  openJobs(openGithubApi({ ...ACCESS, apiUrl: github.apiUrl })).list({ runId: '1001', attempt }, never())

describe('the jobs of an attempt of a run', () => {
  it('are all listed, however many pages they take', async () => {
    const names = Array.from({ length: 256 }, (_, index) => `call / publish (${index})`)
    github.jobs.set(
      '1001/2',
      names.map((name, id) => ({ id, name, runner_name: id === 7 ? null : `Runner ${id}` })),
    )
    const jobs = await list()
    expect(jobs.map(({ name }) => name)).toEqual(names)
    expect(jobs.slice(6, 8)).toEqual([
      { id: '6', name: 'call / publish (6)', runner: 'Runner 6' },
      { id: '7', name: 'call / publish (7)', runner: '' },
    ])
    expect(github.calls.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET'])
  })

  it.each([403, 404, 'web page', 'reset'] as const)('that can not be read are an error (%s)', async (misfortune) => {
    github.jobs.set('1001/2', [])
    github.change({ jobs: misfortune })
    await expect(list()).rejects.toThrow(/^GitHub (answered|did not answer)/)
  })

  it('that end with an answer that lists none are an error, since others may have the same name', async () => {
    const page = { jobs: Array.from({ length: 100 }, (_, id) => ({ id, name: `publish (${id})` })) }
    const answers = [page, { message: 'later' }]
    const send: GithubApi['send'] = async () => ({
      status: 200,
      json: jsonReader(answers.shift(), 'answer'),
      bytes: new Uint8Array(),
    })
    const jobs = openJobs({ send }).list({ runId: '1001', attempt: 2 }, never())
    await expect(jobs).rejects.toThrow('the answer of GitHub does not contain the jobs of a run')
  })
})
