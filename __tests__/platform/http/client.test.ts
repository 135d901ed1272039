import { describe, expect, it } from 'vitest'
import { bytesContent } from '../../../src/lib/content.ts'
import { Problem } from '../../../src/lib/errors.ts'
import type { ApiRequest } from '../../../src/platform/http/client.ts'
import { HttpFailure } from '../../../src/platform/http/errors.ts'
import { caught } from '../../support/caught.ts'
import { clientAt } from '../../support/platform/client-at.ts'
import { never } from '../../support/time/never.ts'
import { answer, refused, reset, type Reply } from '../../support/platform/scripted-transport.ts'

const GET: ApiRequest = { method: 'GET', path: '/things?limit=1', purpose: 'read the things', repeatable: true }
const CREATE: ApiRequest = { ...GET, method: 'POST', path: '/things', purpose: 'make a thing', repeatable: false }
const OK = answer(200, { id: 7 })

describe('a request', () => {
  it('goes to the configured host, whatever its path looks like', async () => {
    const { client, far } = clientAt([OK])
    await client.send({ ...GET, path: '//evil.example/x' }, never())
    expect(far.requests[0]?.url.host).toBe('platform.example')
  })

  it('hands back the JSON of its answer', async () => {
    const { client } = clientAt([OK])
    expect((await client.send(GET, never())).json().get('id').number()).toBe(7)
  })

  it('that writes takes every 2xx for a success whose body is blank or JSON', async () => {
    for (const good of [answer(200), answer(201, '1'), answer(204), answer(200, ' \r\n'), answer(200, { ok: true })]) {
      const { client, far } = clientAt([good])
      expect((await client.send({ ...CREATE, method: 'PUT' }, never())).status).toBe(good.status)
      expect(far.requests).toHaveLength(1)
    }
  })

  it('for a file takes any body', async () => {
    const { client } = clientAt([answer(200, '<xml/>', { 'content-type': 'text/html' })])
    expect((await client.send({ ...GET, returns: 'file' }, never())).bytes()).toHaveLength(6)
  })

  it('does not follow redirects, and does not repeat after them', async () => {
    const { client, far } = clientAt([answer(302, '', { location: 'https://evil.example/' })])
    expect(await caught(client.send(GET, never()))).toMatchObject({ response: { status: 302 } })
    expect(far.requests).toHaveLength(1)
  })
})

describe('a request that fails for a while', () => {
  it.each([
    ['429', answer(429)],
    ['503', answer(503)],
    ['a refused connection', refused()],
  ])('is repeated after %s even when it is not repeatable, since nobody acted on it', async (_, reply) => {
    const { client, far, notices } = clientAt([reply, reply, OK])
    await client.send(CREATE, never())
    expect(far.requests).toHaveLength(3)
    expect(notices).toHaveLength(2)
    expect(notices[0]).toMatch(/^Cannot make a thing: .*; retry in 0\.5 s \(attempt 2 of 6\)$/)
  })

  it.each([
    ['500', answer(500)],
    ['504', answer(504)],
    ['a reset', reset()],
    ['silence', 'silence' as const],
  ])('is repeated after %s only when it is repeatable', async (_, reply) => {
    const good = clientAt([reply, OK])
    await good.client.send(GET, never())
    expect(good.far.requests).toHaveLength(2)
    const bad = clientAt([reply, OK])
    expect(await caught(bad.client.send(CREATE, never()))).toMatchObject({ mayHaveActed: true, isPassing: true })
    expect(bad.far.requests).toHaveLength(1)
  })

  it.each([-3_600_000, 3_600_000])('is silent for 90 s when the wall clock steps by %i ms', async (stepMs) => {
    const { client, clock } = clientAt(['silence', OK])
    const startMs = clock.now()
    const sent = client.send(GET, never())
    clock.stepWall(stepMs)
    expect((await sent).status).toBe(200)
    expect(clock.now() - startMs).toBeLessThan(91_000)
  })

  it('waits as long as Retry-After asks', async () => {
    const { client, clock } = clientAt([answer(429, '', { 'retry-after': '7' }), OK])
    const startMs = clock.now()
    await client.send(GET, never())
    expect(clock.now() - startMs).toBe(7250)
  })

  it('waits for no longer than the run may: a long wish is within "timeout-minutes", or not granted', async () => {
    const busy = answer(429, { title: 'Too many' }, { 'retry-after': '200' })
    const { client, far, clock } = clientAt([busy], undefined, { timeoutMs: 500_000 })
    const startMs = clock.now()
    expect(await caught(client.send(GET, never()))).toMatchObject({
      isPassing: true,
      message: expect.stringContaining('429'),
    })
    expect([far.requests.length, clock.now() - startMs]).toEqual([3, 400_500])
    const short = clientAt([answer(429, '', { 'retry-after': '20' }), OK], undefined, { timeoutMs: 0 })
    expect((await short.client.send(GET, never())).status).toBe(200)
  })

  it('has one deadline with those that belong to it, which is no silence of its own', async () => {
    const { client, far, clock } = clientAt(['silence'])
    const startMs = clock.now()
    const work = (limited: AbortSignal) => client.send(GET, limited)
    const error = await caught(client.within({ ms: 20_000, purpose: 'read all things' }, work, never()))
    expect(error).toMatchObject({ message: 'Cannot read all things: that took longer than 20.0 s', isPassing: true })
    expect([far.requests.length, clock.now() - startMs]).toEqual([1, 20_000])
  })

  it('is given up after six attempts, or as many as it says, with the number in its last word', async () => {
    const { client, far } = clientAt([reset()])
    expect(await caught(client.send(GET, never()))).toMatchObject({
      message: 'Cannot read the things: there was no answer, 6 times (ECONNRESET: read ECONNRESET)',
    })
    expect(far.requests).toHaveLength(6)
    const short = clientAt([reset()])
    await caught(short.client.send({ ...GET, mostAttempts: 2 }, never()))
    expect(short.far.requests).toHaveLength(2)
  })

  it('sends its body whole at every attempt', async () => {
    const content = bytesContent(Buffer.from('the whole body'))
    const { client, far } = clientAt([reset(), answer(502), OK])
    await client.send({ ...GET, method: 'PUT', body: { kind: 'content', content } }, never())
    expect(far.bodies).toEqual(['the whole body', 'the whole body', 'the whole body'])
  })

  it('leaves no sleeper behind', async () => {
    const { client, clock } = clientAt(['silence', answer(503), OK])
    await client.send(GET, never())
    expect(clock.sleeping()).toBe(0)
  })

  it('ends with the reason of its signal, also in the pause before another attempt', async () => {
    const stop = new AbortController()
    const { client, far } = clientAt([answer(503)])
    const end = caught(client.send(GET, stop.signal))
    await Promise.resolve()
    stop.abort(new Error('cancelled'))
    expect(await end).toMatchObject({ message: 'cancelled' })
    expect(far.requests.length).toBeLessThanOrEqual(1)
  })
})

const PORTAL = answer(200, '<html><body>Welcome, please sign in</body></html>', { 'x-request-id': 'req-1' })

describe('a 200 that Adobe never gave', () => {
  it.each<readonly [string, ApiRequest, Reply]>([
    ['a page where something is read', GET, PORTAL],
    ['a page where something is written', { ...CREATE, repeatable: true }, PORTAL],
    ['a page without a body, for HEAD', { ...GET, method: 'HEAD' }, answer(200, '', { 'content-type': 'text/html' })],
    ['nothing where something is read', GET, answer(204)],
    ['JSON that is cut off', GET, answer(200, '{"id":')],
    ['plain text', { ...CREATE, repeatable: true }, answer(200, 'OK', { 'content-type': 'text/plain' })],
  ])('is asked for again after %s', async (_, request, reply) => {
    const { client, far } = clientAt([reply, OK])
    expect((await client.send(request, never())).status).toBe(200)
    expect(far.requests).toHaveLength(2)
  })

  it('leaves in doubt what may not be repeated, and quotes the page', async () => {
    const { client, far } = clientAt([PORTAL, OK])
    const error = await caught(client.send(CREATE, never()))
    expect(error).toMatchObject({ mayHaveActed: true, isPassing: true, remedy: expect.stringContaining('login page') })
    expect(String(error)).toContain(
      'the answer was 200 "Welcome, please sign in", which does not appear to come from Adobe (request req-1)',
    )
    expect(far.requests).toHaveLength(1)
  })

  it('is not quoted when it is no page: it may hold a token, or rows', async () => {
    const { client } = clientAt([answer(200, '{"access_token":"abc')])
    expect(String(await caught(client.send(GET, never())))).not.toContain('abc')
  })

  it('is told by a missing request id where the service has given one to each answer before', async () => {
    const path = '/data/foundation/import/batches'
    const named = answer(201, { id: 'B' }, { 'x-request-id': 'req-1' })
    const write = { ...CREATE, path, method: 'PUT', repeatable: true } as const
    const always = clientAt([named, answer(200), named])
    for (let i = 0; i < 2; i++) await always.client.send(write, never())
    expect(always.far.requests).toHaveLength(3)
    const sometimes = clientAt([named, answer(200, { id: 'B' }), answer(200), named])
    await sometimes.client.send(write, never())
    await sometimes.client.send({ ...write, method: 'GET' }, never())
    await sometimes.client.send(write, never())
    expect(sometimes.far.requests).toHaveLength(3)
  })
})

describe('whether the platform may have acted', () => {
  it('stays in doubt when a later attempt is refused for good', async () => {
    const { client } = clientAt([answer(502), answer(428, { code: 'ERR-BI-104' })])
    const error = await caught(client.send(GET, never()))
    expect(error).toBeInstanceOf(HttpFailure)
    expect(error).toMatchObject({ mayHaveActed: true, isPassing: false, response: { code: 'ERR-BI-104' } })
  })

  it('is ruled out when every attempt was refused', async () => {
    const { client } = clientAt([answer(503), refused(), answer(400)])
    expect(await caught(client.send(GET, never()))).toMatchObject({ mayHaveActed: false })
  })

  it('stays in doubt when there is no token for the next attempt', async () => {
    let asked = 0
    const headers = async () => {
      if (++asked === 1) return {}
      throw new Problem('Cannot get a token', { remedy: 'Check it' })
    }
    const { client } = clientAt([answer(502)], { headers, renew: () => false })
    const error = await caught(client.send(GET, never()))
    expect(error).toMatchObject({ message: 'Cannot get a token', remedy: 'Check it', mayHaveActed: true })
  })

  it('has nothing to do with what became of the request for a token', async () => {
    const failure = new HttpFailure('get a token', { ...REFUSAL, status: 404 }, true)
    const { client } = clientAt([OK], { headers: () => Promise.reject(failure), renew: () => false })
    const error = await caught(client.send(GET, never()))
    expect(error).toMatchObject({ message: failure.message, mayHaveActed: false })
    expect(error).not.toBeInstanceOf(HttpFailure)
  })
})

const REFUSAL = {
  code: undefined,
  text: '',
  isTextHidden: false,
  requestId: undefined,
  retryAfter: undefined,
  isJson: true,
}
