import { describe, expect, it } from 'vitest'
import type { ApiResponse, Client } from '../../../src/platform/http/client.ts'
import { jsonReader } from '../../../src/lib/json-reader.ts'
import { createTokens, type Auth, type Tokens } from '../../../src/platform/auth.ts'
import { caught } from '../../support/caught.ts'
import { fakeClock, settled, type FakeClock } from '../../support/time/fake-clock.ts'
import { never } from '../../support/time/never.ts'

const AUTH: Auth = { kind: 'secret', clientId: 'client', clientSecret: 'secret', scopes: ['openid', 'AdobeID'] }

type Bench = { readonly tokens: Tokens; readonly clock: FakeClock; readonly ims: Ims; readonly masked: string[] }
type Ims = Pick<Client, 'send'> & { readonly calls: () => number; fail: boolean }

/** An identity service that numbers its tokens. */
function bench(expiresIn: unknown = 86_399): Bench {
  let calls = 0
  const ims: Ims = {
    calls: () => calls,
    fail: false,
    async send() {
      const number = ++calls
      await settled()
      if (ims.fail) throw new Error('IMS is down')
      return answered({ access_token: `token-${number}`, expires_in: expiresIn })
    },
  }
  const clock = fakeClock()
  const masked: string[] = []
  return {
    tokens: createTokens(AUTH, { ims, clock, mask: (secret) => masked.push(secret), closing: never() }),
    clock,
    ims,
    masked,
  }
}

function answered(body: unknown): ApiResponse {
  return { status: 200, headers: {}, json: () => jsonReader(body, 'answer'), bytes: () => new Uint8Array() }
}

describe('the access token', () => {
  it('is fetched once for fifty callers at once, and masked before any of them has it', async () => {
    const { tokens, ims, masked } = bench()
    const all = await Promise.all(Array.from({ length: 50 }, () => tokens.get(never())))
    expect(new Set(all)).toEqual(new Set(['token-1']))
    expect(ims.calls()).toBe(1)
    expect(masked).toEqual(['token-1'])
  })

  it('is fetched once also for callers that come one microtask after the other', async () => {
    const { tokens, ims } = bench()
    const first = tokens.get(never())
    await settled()
    const others: Promise<string>[] = []
    for (let i = 0; i < 20; i++) {
      others.push(tokens.get(never()))
      await Promise.resolve()
    }
    expect(new Set(await Promise.all([first, ...others]))).toEqual(new Set(['token-1']))
    expect(ims.calls()).toBe(1)
  })

  it('is used until five minutes before it ends', async () => {
    const { tokens, clock } = bench(3600)
    await tokens.get(never())
    await clock.advance(3_299_000)
    expect(await tokens.get(never())).toBe('token-1')
    await clock.advance(1000)
    expect(await tokens.get(never())).toBe('token-2')
  })

  it('that lives shortly is used for half its life', async () => {
    const { tokens, clock } = bench(60)
    await tokens.get(never())
    await clock.advance(29_999)
    expect(await tokens.get(never())).toBe('token-1')
    await clock.advance(1)
    expect(await tokens.get(never())).toBe('token-2')
  })

  it('may have its life told in milliseconds', async () => {
    const { tokens, clock } = bench(86_399_992)
    await tokens.get(never())
    await clock.advance(86_399_992 - 300_000 - 1)
    expect(await tokens.get(never())).toBe('token-1')
    await clock.advance(1)
    expect(await tokens.get(never())).toBe('token-2')
  })

  it.each([[undefined], [0], [-5], ['soon']])('whose life is told as %j is refused', async (expiresIn) => {
    const { tokens } = bench(expiresIn ?? null)
    expect(await caught(tokens.get(never()))).toMatchObject({ message: expect.stringContaining('expiry time') })
  })
})

describe('a token that the platform refused', () => {
  it('is dropped, and another is fetched', async () => {
    const { tokens } = bench()
    expect(tokens.drop(await tokens.get(never()))).toBe(true)
    expect(await tokens.get(never())).toBe('token-2')
  })

  it('does not take a newer one with it', async () => {
    const { tokens, ims } = bench()
    tokens.drop(await tokens.get(never()))
    await tokens.get(never())
    tokens.drop('token-1')
    expect(await tokens.get(never())).toBe('token-2')
    expect(ims.calls()).toBe(2)
  })

  it('cannot be replaced when the workflow gave it', async () => {
    const { ims, clock } = bench()
    const auth: Auth = { kind: 'token', clientId: 'client', accessToken: 'ready' }
    const tokens = createTokens(auth, { ims, clock, mask: () => undefined, closing: never() })
    expect([await tokens.get(never()), tokens.drop('ready')]).toEqual(['ready', false])
  })
})

describe('a request for a token', () => {
  it('is not ended for the others when one of them no longer wants it', async () => {
    const { tokens, ims } = bench()
    const stop = new AbortController()
    const leaves = caught(tokens.get(stop.signal))
    const stays = tokens.get(never())
    stop.abort(new Error('cancelled'))
    expect(await leaves).toMatchObject({ message: 'cancelled' })
    expect(await stays).toBe('token-1')
    expect(ims.calls()).toBe(1)
  })

  it('is not made for one who does not want it any more', async () => {
    const { tokens, ims } = bench()
    ims.fail = true
    const signal = AbortSignal.abort(new Error('cancelled'))
    expect(await caught(tokens.get(signal))).toMatchObject({ message: 'cancelled' })
    await settled()
    await settled()
    expect(ims.calls()).toBe(0)
  })

  it('that failed is made anew by the next caller', async () => {
    const { tokens, ims } = bench()
    ims.fail = true
    expect(await caught(tokens.get(never()))).toMatchObject({ message: 'IMS is down' })
    ims.fail = false
    expect(await tokens.get(never())).toBe('token-2')
  })

  it('carries what IMS wants, in its body', async () => {
    const seen: unknown[] = []
    const ims: Pick<Client, 'send'> = {
      async send({ path, body, method }) {
        seen.push({ method, path, body })
        return answered({ access_token: 't', expires_in: 100 })
      },
    }
    await createTokens(AUTH, { ims, clock: fakeClock(), mask: () => undefined, closing: never() }).get(never())
    const fields = {
      grant_type: 'client_credentials',
      client_id: 'client',
      client_secret: 'secret',
      scope: 'openid,AdobeID',
    }
    expect(seen).toEqual([{ method: 'POST', path: '/ims/token/v3', body: { kind: 'form', fields } }])
  })
})
