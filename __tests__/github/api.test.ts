import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type GithubAccess, type GithubProblem, type GithubRequest, openGithubApi } from '../../src/github/api.ts'
import { Cancelled } from '../../src/lib/errors.ts'
import { createWaitBudget, systemClock } from '../../src/lib/time.ts'
import { caught } from '../support/caught.ts'
import { ACCESS } from '../support/github/github-stand-in.ts'
import { farSide } from '../support/platform/http-far-side.ts'
import { never } from '../support/time/never.ts'

type ScriptedAnswer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** The connection ends instead. */
  readonly isReset?: true
}

const OK: ScriptedAnswer = { status: 200, body: '{"id":7}' }
const READ: GithubRequest = {
  route: 'GET /git/trees/{sha}',
  params: { sha: 'a/b' },
  expects: 200,
  needs: 'contents: read',
  isRepeatable: true,
  patienceMs: 120_000,
}
const WRITE: GithubRequest = { ...READ, route: 'POST /issues/{issue_number}/comments', isRepeatable: false }

/** Asks a GitHub that answers so, one time after the other, and the last time for ever. */
async function asked(script: readonly ScriptedAnswer[], request: GithubRequest, more: Partial<GithubAccess> = {}) {
  const urls: string[] = []
  const answer: RequestListener = ({ method, url }, response) => {
    const { status, headers, body = '', isReset } = script[Math.min(urls.length, script.length - 1)] ?? OK
    urls.push(`${method} ${url}`)
    if (isReset) response.destroy()
    else response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(body)
  }
  await using github = await farSide(answer)
  const pauses: number[] = []
  const clock = { ...systemClock, sleep: async (ms: number) => void pauses.push(ms) }
  const budget = createWaitBudget({ totalMs: 3_600_000, graceMs: 0 }, clock)
  const api = openGithubApi({ ...ACCESS, apiUrl: `${github.url.origin}/api/v3`, budget, ...more })
  const outcome = api.send(request, never()).then(
    (answered) => ({ answered, problem: undefined }),
    (problem: GithubProblem) => ({ answered: undefined, problem }),
  )
  return { ...(await outcome), urls, pauses }
}

describe('a request to GitHub', () => {
  it('goes below the repository of the server that the run is on, with each part of the path encoded', async () => {
    const { answered, urls } = await asked([OK], READ)
    expect(urls).toEqual(['GET /api/v3/repos/acme/loyalty-data/git/trees/a%2Fb'])
    expect(answered?.json.get('id').number()).toBe(7)
  })

  it('finds GraphQL beside the API of a server of one’s own, and of github.com', async () => {
    const { urls } = await asked([OK], { ...READ, route: 'POST graphql', params: { query: '{ viewer { login } }' } })
    expect(urls).toEqual(['POST /api/graphql'])
  })

  it('is sent again after a fault or no answer only where that does no harm', async () => {
    for (const bad of [
      { status: 502, body: '<html>' },
      { status: 200, isReset: true as const },
    ]) {
      const read = await asked([bad, bad, OK], READ)
      expect([read.answered?.status, read.urls.length, read.pauses.length]).toEqual([200, 3, 2])
      const written = await asked([bad, OK], { ...WRITE, expects: 201 })
      expect(written.urls).toHaveLength(1)
      expect(written.problem).toMatchObject({ mayHaveActed: true, isPassing: true })
    }
  })

  it('gives up a server that keeps failing after four attempts', async () => {
    const { problem, urls } = await asked([{ status: 500, body: '{"message":"Server Error"}' }], READ)
    expect(urls).toHaveLength(4)
    expect(problem).toMatchObject({ failure: 'fault', status: 500 })
  })

  it('is sent once where nobody has the patience', async () => {
    const { patienceMs: _, ...once } = READ
    const { urls } = await asked([{ status: 500 }], once)
    expect(urls).toHaveLength(1)
  })
})

describe('a rate limit of GitHub', () => {
  const used = { 'x-ratelimit-remaining': '0', 'x-ratelimit-limit': '1000' }
  const message = '{"message":"You have exceeded a secondary rate limit."}'

  it.each<[string, ScriptedAnswer, number]>([
    ['429 with retry-after', { status: 429, headers: { 'retry-after': '7' } }, 7_000],
    ['403 with retry-after', { status: 403, headers: { 'retry-after': '20' }, body: message }, 20_000],
    ['429 without a header', { status: 429 }, 60_000],
    ['403 that only its message tells from a missing permission', { status: 403, body: message }, 60_000],
  ])('is waited for as long as it wants, also before something is written again: %s', async (_, limit, pauseMs) => {
    const { answered, urls, pauses } = await asked([limit, { ...OK, status: 201 }], { ...WRITE, expects: 201 })
    expect(answered?.status).toBe(201)
    expect(urls).toHaveLength(2)
    expect(pauses).toEqual([pauseMs])
  })

  it('that ends after the patience is told at once, and as what it is', async () => {
    const reset = String(Math.ceil(systemClock.wallNow() / 1000) + 1_800)
    const limit = { status: 403, headers: { ...used, 'x-ratelimit-reset': reset }, body: message }
    const { problem, urls, pauses } = await asked([limit, OK], READ)
    expect([urls.length, pauses.length]).toEqual([1, 0])
    expect(problem).toMatchObject({ failure: 'limited', isPassing: true, mayHaveActed: false })
    expect(problem?.wishMs).toBeGreaterThan(1_000_000)
  })

  it('is not waited for longer than the run has time', async () => {
    const clock = { ...systemClock, sleep: () => Promise.reject(new Error('Nobody waits here')) }
    const budget = createWaitBudget({ totalMs: 30_000, graceMs: 0 }, clock)
    const { problem } = await asked([{ status: 429 }, OK], READ, { budget })
    expect(problem).toMatchObject({ failure: 'limited' })
  })

  it('is no missing permission, and a missing permission is no limit', async () => {
    const { problem, urls } = await asked(
      [
        {
          status: 403,
          headers: { 'x-ratelimit-remaining': '4000' },
          body: '{"message":"Resource not accessible by integration"}',
        },
      ],
      READ,
    )
    expect(urls).toHaveLength(1)
    expect(problem).toMatchObject({ failure: 'refused', remedy: expect.stringContaining('"contents: read"') })
  })
})

describe('the time of the run', () => {
  it('is over for GitHub too', async () => {
    const budget = createWaitBudget({ totalMs: 0, graceMs: 0 }, systemClock)
    const { problem, urls } = await asked([OK], READ, { budget })
    expect(urls).toEqual([])
    expect(problem).toMatchObject({ failure: 'time-over' })
  })

  it('ends a pause when the run is cancelled', async () => {
    const cancel = new AbortController()
    await using github = await farSide((_, response) => void response.writeHead(429, { 'retry-after': '60' }).end())
    const sleep = (_: number, signal: AbortSignal) => {
      queueMicrotask(() => cancel.abort(new Cancelled('SIGINT')))
      return new Promise<void>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    }
    const budget = createWaitBudget({ totalMs: 600_000, graceMs: 0 }, { ...systemClock, sleep })
    const api = openGithubApi({ ...ACCESS, apiUrl: github.url.origin, budget })
    expect(await caught(api.send(READ, cancel.signal))).toBeInstanceOf(Cancelled)
  })
})

describe('an answer that no GitHub gives', () => {
  const HOSTILE: Readonly<Record<string, ScriptedAnswer>> = {
    'a page of a proxy': { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' },
    'JSON that is none': { status: 200, body: '{"id":' },
    'a number': { status: 200, body: '7' },
    'an empty body': { status: 200 },
    'a content type that is none': { ...OK, headers: { 'content-type': ';;;' } },
  }

  it.each(Object.keys(HOSTILE))('has no member that somebody could take for one: %s', async (name) => {
    const { answered } = await asked([HOSTILE[name] ?? OK], READ)
    expect(answered?.json.get('id').value()).toBeUndefined()
    expect(answered?.json.items()).toEqual([])
  })

  it('is not read beyond its bound, whether it succeeds or fails, is packed or not', async () => {
    const large = Buffer.alloc(3_000_000, 0x20)
    const packed = { headers: { 'content-encoding': 'gzip' }, body: gzipSync(large) }
    for (const one of [{ body: large }, packed])
      for (const status of [200, 404]) {
        const { problem, urls } = await asked([{ ...one, status }], { ...READ, mostBytes: 1_000_000 })
        expect(problem?.message).toBe('the answer of GitHub is larger than 1.0 MB')
        expect(urls).toHaveLength(1)
      }
  })

  it('hands over the bytes of a file as they came, whatever it says that they are', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, value) => value)
    const headers = { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' }
    const { answered } = await asked([{ status: 200, headers, body: bytes }], {
      ...READ,
      accept: 'application/vnd.github.raw+json',
    })
    expect(Buffer.compare(answered?.bytes ?? Buffer.of(), bytes)).toBe(0)
  })

  it('never has the token in what it becomes', async () => {
    const lines: string[] = []
    const { problem } = await asked([{ status: 500, body: '{"message":"no"}' }], READ, {
      trace: (line) => void lines.push(line),
    })
    const told = [problem?.message, problem?.remedy, JSON.stringify(problem?.cause), problem?.stack, ...lines].join(
      '\n',
    )
    expect(told).toContain('GitHub answered 500')
    expect(told).not.toContain(ACCESS.token)
  })
})
