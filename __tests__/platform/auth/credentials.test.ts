import { describe, expect, it } from 'vitest'
import type { ApiRequest, Credentials } from '../../../src/platform/http/client.ts'
import { caught } from '../../support/caught.ts'
import { clientAt } from '../../support/platform/client-at.ts'
import { never } from '../../support/time/never.ts'
import { answer, reset } from '../../support/platform/scripted-transport.ts'

const GET: ApiRequest = { method: 'GET', path: '/things', purpose: 'read the things', repeatable: true }
const OK = answer(200, {})
const SECRET = 'eyJhbGciOi-the-secret'

function credentials(): Credentials & { readonly refused: readonly string[] } {
  const refused: string[] = []
  let number = 1
  return {
    refused,
    headers: async () => ({ authorization: `Bearer ${SECRET}-${number}` }),
    renew(headers) {
      refused.push(headers['authorization'] ?? '')
      number++
      return true
    },
  }
}

describe('a token that is refused', () => {
  it.each([
    ['401', answer(401, { error_code: '401013' })],
    ['403 with the code of an invalid token', answer(403, { error_code: '401013' })],
  ])('with %s is renewed once, and the request goes out with the new one', async (_, refusal) => {
    const given = credentials()
    const { client, far } = clientAt([refusal, OK], given)
    await client.send({ ...GET, mostAttempts: 1, repeatable: false }, never())
    expect(far.requests.map(({ headers }) => headers['authorization'])).toEqual([
      `Bearer ${SECRET}-1`,
      `Bearer ${SECRET}-2`,
    ])
    expect(given.refused).toEqual([`Bearer ${SECRET}-1`])
  })

  it('does not use up an attempt', async () => {
    const { client, far } = clientAt([reset(), answer(401), reset(), OK], credentials())
    await client.send({ ...GET, mostAttempts: 3 }, never())
    expect(far.requests).toHaveLength(4)
  })

  it('is not renewed twice in one request', async () => {
    const given = credentials()
    const { client, far } = clientAt([answer(401)], given)
    expect(await caught(client.send(GET, never()))).toMatchObject({ response: { status: 401 } })
    expect(far.requests).toHaveLength(2)
  })

  it('is final when there is no other to be had', async () => {
    const { client, far } = clientAt([answer(401), OK], { ...credentials(), renew: () => false })
    await caught(client.send(GET, never()))
    expect(far.requests).toHaveLength(1)
  })

  it('is not renewed after 403 for another reason', async () => {
    const given = credentials()
    await caught(clientAt([answer(403, { error_code: '403003' })], given).client.send(GET, never()))
    expect(given.refused).toEqual([])
  })
})

describe('the log', () => {
  it('never shows a token, whatever fails', async () => {
    const { client, traces, notices } = clientAt([answer(503), reset(), 'silence', answer(401), answer(400)], {
      ...credentials(),
    })
    const error = await caught(client.send(GET, never()))
    expect([...traces, ...notices, String(error), JSON.stringify(error)].join('\n')).not.toContain(SECRET)
    expect(traces).toHaveLength(5)
  })

  it('has a line for each attempt: method, address, outcome, time, and headers that may be shown', async () => {
    const headers = { 'x-request-id': 'req-9', 'set-cookie': 'session=hidden' }
    const { client, traces } = clientAt([answer(200, {}, headers)])
    await client.send(GET, never())
    expect(traces).toEqual(['GET platform.example/things → 200 in 0 ms, x-request-id=req-9'])
  })

  it('outlives a query that is badly encoded', async () => {
    const { client, traces } = clientAt([OK])
    await client.send({ ...GET, path: '/things?token=%zz' }, never())
    expect(traces).toHaveLength(1)
  })
})
