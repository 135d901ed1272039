import { describe, expect, it } from 'vitest'
import { Problem } from '../../../src/lib/errors.ts'
import { asConnectionFailure } from '../../../src/platform/http/transport.ts'
import { HttpFailure, readFailureResponse } from '../../../src/platform/http/errors.ts'
import { decideRetry } from '../../../src/platform/http/retry.ts'
import { answer } from '../../support/platform/scripted-transport.ts'

const BASE = { attempts: 1, mostAttempts: 6, doubts: 0, mostDoubts: 6, repeatable: false } as const

const clock = { wallNow: () => Date.UTC(2026, 0, 1) }

function decide(
  failure: unknown,
  more: { readonly repeatable?: boolean; readonly attempts?: number; readonly doubts?: number } = {},
) {
  return decideRetry({ failure, ...BASE, ...more }, clock, () => 0.5)
}

function status(code: number, headers: Readonly<Record<string, string>> = {}): HttpFailure {
  return new HttpFailure('try', readFailureResponse(answer(code, {}, headers)))
}

function broken(code: string): Error {
  return asConnectionFailure(Object.assign(new Error('it broke'), { code }))
}

function refusedTunnel(code: number): Error {
  return asConnectionFailure(new Error(`Proxy response (${code}) !== 200 when HTTP Tunneling`))
}

type Repeats = 'anything' | 'only what is repeatable' | 'nothing'

const TABLE: readonly (readonly [string, unknown, Repeats])[] = [
  ['a refused connection', broken('ECONNREFUSED'), 'anything'],
  ['an unknown host', broken('ENOTFOUND'), 'anything'],
  ['a name server that is busy', broken('EAI_AGAIN'), 'anything'],
  ['a connection that takes too long to make', broken('UND_ERR_CONNECT_TIMEOUT'), 'anything'],
  ['425', status(425), 'anything'],
  ['429', status(429), 'anything'],
  ['503', status(503), 'anything'],
  ['408', status(408), 'only what is repeatable'],
  ['500', status(500), 'only what is repeatable'],
  ['502', status(502), 'only what is repeatable'],
  ['504', status(504), 'only what is repeatable'],
  ['a reset', broken('ECONNRESET'), 'only what is repeatable'],
  ['a closed socket', broken('UND_ERR_SOCKET'), 'only what is repeatable'],
  ['an answer that was cut off', broken('UND_ERR_RES_CONTENT_LENGTH_MISMATCH'), 'only what is repeatable'],
  ['a certificate that has expired', broken('CERT_HAS_EXPIRED'), 'nothing'],
  ['a certificate of nobody we know', broken('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'nothing'],
  ['a proxy that refuses', refusedTunnel(407), 'nothing'],
  ['a proxy that is overloaded', refusedTunnel(503), 'anything'],
  ['a proxy that does not reach the server', refusedTunnel(502), 'anything'],
  ['a proxy that closes before it has opened a tunnel', broken('UND_ERR_PRX_CONN'), 'anything'],
  ['301', status(301), 'nothing'],
  ['400', status(400), 'nothing'],
  ['401', status(401), 'nothing'],
  ['403', status(403), 'nothing'],
  ['404', status(404), 'nothing'],
  ['409', status(409), 'nothing'],
  ['413', status(413), 'nothing'],
  ['428', status(428), 'nothing'],
  ['a file that changed', asConnectionFailure(new Problem('changed', { remedy: 'none' })), 'nothing'],
]

describe('after a failed attempt', () => {
  it.each(TABLE)('with %s, the request is repeated as the table says', (_, failure, repeats) => {
    expect(decide(failure, { repeatable: false }).kind).toBe(repeats === 'anything' ? 'wait' : 'stop')
    expect(decide(failure, { repeatable: true }).kind).toBe(repeats === 'nothing' ? 'stop' : 'wait')
  })

  it('it is given up when that was the last one', () => {
    expect(decide(status(503), { attempts: 5 }).kind).toBe('wait')
    expect(decide(status(503), { attempts: 6 }).kind).toBe('stop')
  })

  it('it is given up when it may have been acted upon as often as is bearable', () => {
    const failure = status(502)
    const doubts = (number: number) =>
      decideRetry({ ...BASE, failure, repeatable: true, doubts: number, mostDoubts: 2 }, clock, () => 0)
    expect([doubts(1).kind, doubts(2).kind]).toEqual(['wait', 'stop'])
  })

  it.each([
    ['seconds', '10'],
    ['a date', new Date(clock.wallNow() + 10_000).toUTCString()],
  ])('the wait is what Retry-After asks for in %s, and a little', (_, wish) => {
    expect(decide(status(429, { 'retry-after': wish }))).toEqual({ kind: 'wait', ms: 10_250 })
  })
})
