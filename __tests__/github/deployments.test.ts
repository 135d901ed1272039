import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Cancelled } from '../../src/lib/errors.ts'
import type { Problem } from '../../src/lib/errors.ts'
import { openGithubApi } from '../../src/github/api.ts'
import { openDeployments, type DeploymentOrder } from '../../src/github/deployments.ts'
import { caught } from '../support/caught.ts'
import { ACCESS, githubStandIn, type GitHubStandIn, type Misfortune } from '../support/github/github-stand-in.ts'
import { farSide } from '../support/platform/http-far-side.ts'
import { never } from '../support/time/never.ts'
import { waitUntil } from '../support/time/wait-until.ts'

let github: GitHubStandIn
beforeEach(async () => {
  github = await githubStandIn()
})
afterEach(() => github[Symbol.asyncDispose]())

const ORDER: DeploymentOrder = {
  environment: 'production',
  sha: '0a1b2c3d',
  description: '3 files',
  payload: { fingerprint: 'f00', rows: 12 },
}
const LOG = 'https://github.com/acme/loyalty-data/actions/runs/1001'

const deployments = (access: object = {}) =>
  openDeployments(openGithubApi({ ...ACCESS, apiUrl: github.apiUrl, ...access }))

describe('creating a deployment', () => {
  it('names the commit, the environment and what is deployed, and asks for no merge and no checks', async () => {
    const id = await deployments().create(ORDER, never())
    expect(id).toBe(4_294_967_296)
    expect(github.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/v3/repos/acme/loyalty-data/deployments',
    ])
    expect(github.calls[0]?.headers.authorization).toBe(`token ${ACCESS.token}`)
    expect(github.deployments[0]?.body).toEqual({
      ref: '0a1b2c3d',
      environment: 'production',
      description: '3 files',
      payload: { fingerprint: 'f00', rows: 12 },
      auto_merge: false,
      required_contexts: [],
    })
  })

  it.each<[Misfortune, string, object]>([
    [403, 'GitHub answered 403 (Resource not accessible by integration', { isPassing: false, mayHaveActed: false }],
    [404, 'GitHub answered 404 (Not Found', { isPassing: false, mayHaveActed: false }],
    [409, 'GitHub answered 409 (Conflict: Commit status checks failed for main.', { isPassing: false }],
    [410, 'GitHub answered 410 (Deployments are disabled', { isPassing: false }],
    [422, 'GitHub answered 422 (Validation Failed', { isPassing: false }],
    [202, 'GitHub answered 202', { isPassing: false }],
    [307, 'GitHub answered 307', { isPassing: false }],
    [500, 'GitHub answered 500 (Server Error', { isPassing: true, mayHaveActed: true }],
    ['rate limit', 'GitHub answered 403 (API rate limit exceeded', { isPassing: true, mayHaveActed: false }],
    ['secondary limit', 'GitHub answered 403 (You have exceeded', { isPassing: true, mayHaveActed: false }],
    ['reset', 'GitHub did not answer (', { isPassing: true, mayHaveActed: true }],
    ['web page', 'GitHub answered 502 (<html>)', { isPassing: true, mayHaveActed: true }],
  ])('fails without a second attempt: %s', async (create, message, facts) => {
    github.change({ create })
    const problem = (await caught(deployments().create(ORDER, never()))) as Problem
    expect(problem.message.slice(0, message.length)).toBe(message)
    expect(problem).toMatchObject({ name: 'Problem', ...facts })
    expect(github.calls).toHaveLength(1)
  })

  it('says which permission is missing', async () => {
    for (const create of [403, 404]) {
      github.change({ create })
      const problem = await caught(deployments().create(ORDER, never()))
      expect(problem).toMatchObject({ remedy: expect.stringContaining('"deployments: write"') })
    }
  })

  it('is refused to a token that GitHub does not know', async () => {
    expect(await caught(deployments({ token: 'stale' }).create(ORDER, never()))).toMatchObject({
      message: expect.stringContaining('GitHub answered 401 (Bad credentials'),
    })
  })

  it('asks nobody without a token', async () => {
    const problem = await caught(deployments({ token: '' }).create(ORDER, never()))
    expect(problem).toMatchObject({ message: 'there is no token' })
    expect(github.calls).toEqual([])
  })

  it('does not go where an answer sends it', async () => {
    await using elsewhere = await farSide((_, response) => void response.writeHead(201).end('{"id":1}'))
    const asked = vi.fn<() => void>()
    elsewhere.server.on('request', asked)
    await using moved = await farSide(
      (_, response) => void response.writeHead(307, { location: elsewhere.url.href }).end(),
    )
    await caught(deployments({ apiUrl: moved.url.origin }).create(ORDER, never()))
    expect(asked).not.toHaveBeenCalled()
  })

  it('does not take what is no GitHub for one', async () => {
    await using portal = await farSide((_, response) => void response.writeHead(201).end('welcome'))
    const problem = await caught(deployments({ apiUrl: portal.url.origin }).create(ORDER, never()))
    expect(problem).toMatchObject({ message: 'the answer of GitHub contains no deployment id' })
  })

  it('ends with the reason of its signal, whoever keeps silent', async () => {
    github.change({ create: 'silence' })
    const cancel = new AbortController()
    const work = caught(deployments().create(ORDER, cancel.signal))
    await waitUntil(() => github.calls.length > 0)
    cancel.abort(new Cancelled('SIGINT'))
    expect(await work).toBeInstanceOf(Cancelled)
  })

  it('never lets a server write to the log', async () => {
    const spies = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')]
    await using old = await farSide((_, response) => {
      const headers = { 'content-type': 'application/json', deprecation: 'true', sunset: '::error::now' }
      response.writeHead(201, headers).end('{"id":7}')
    })
    expect(await deployments({ apiUrl: old.url.origin }).create(ORDER, never())).toBe(7)
    for (const spy of spies) expect(spy).not.toHaveBeenCalled()
    vi.restoreAllMocks()
  })
})

describe('setting the status of a deployment', () => {
  it('says state, description and where to read on', async () => {
    const id = await deployments().create(ORDER, never())
    await deployments().setStatus(id, { state: 'in_progress', description: 'Sending', logUrl: LOG }, never())
    const page = 'https://experience.adobe.com/dataset'
    const done = { state: 'success', description: 'Sent', logUrl: LOG, environmentUrl: page } as const
    await deployments().setStatus(id, done, never())
    expect(github.deployments[0]?.statuses).toEqual([
      { state: 'in_progress', description: 'Sending', log_url: LOG, auto_inactive: false },
      { state: 'success', description: 'Sent', log_url: LOG, environment_url: page, auto_inactive: false },
    ])
  })

  it('fails for a deployment that is gone', async () => {
    const status = { state: 'failure', description: '', logUrl: LOG } as const
    const problem = await caught(deployments().setStatus(9, status, never()))
    expect(problem).toMatchObject({ message: expect.stringContaining('GitHub answered 404 (Not Found') })
  })
})

describe('a call to GitHub', () => {
  it('is one debug line: method, address, status and time, and never the token', async () => {
    const lines: string[] = []
    const told = deployments({ trace: (line: string) => void lines.push(line) })
    const id = await told.create(ORDER, never())
    await caught(told.setStatus(id + 1, { state: 'failure', description: '', logUrl: LOG }, never()))
    const at = `POST ${github.apiUrl}/repos/acme/loyalty-data/deployments`
    expect(lines.map((line) => line.replace(/in \d+ ms$/, 'in N ms'))).toEqual([
      `${at} → 201 in N ms`,
      `${at}/${id + 1}/statuses → 404 in N ms`,
    ])
    expect(lines.join()).not.toContain(ACCESS.token)
  })

  it('that gets no answer says so', async () => {
    const lines: string[] = []
    const nowhere = deployments({ apiUrl: 'http://127.0.0.1:1', trace: (line: string) => void lines.push(line) })
    await caught(nowhere.create(ORDER, never()))
    expect(lines).toEqual([expect.stringMatching(/^POST http:\/\/127\.0\.0\.1:1\/.* → no answer in \d+ ms$/)])
  })
})
