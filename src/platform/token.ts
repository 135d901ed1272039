import type { Clock } from '../base/clock.ts'
import { Problem } from '../base/problem.ts'
import type { Client } from '../http/client.ts'

export type Auth =
  | {
      readonly kind: 'secret'
      readonly clientId: string
      readonly clientSecret: string
      readonly scopes: readonly string[]
    }
  | { readonly kind: 'token'; readonly clientId: string; readonly accessToken: string }
  | { readonly kind: 'none'; readonly clientId: string }

export type Tokens = {
  get(signal: AbortSignal): Promise<string>
  /** Forgets this token, if it is still the one at hand. @returns whether another can be had. */
  drop(token: string): boolean
}

export type TokenTools = {
  readonly ims: Client
  readonly clock: Clock
  /** Called with a token before anything else sees it. */
  readonly mask: (secret: string) => void
  /** Fires when nobody will ask for a token any more. */
  readonly closing: AbortSignal
}

type Cached = { readonly token: string; readonly staleMs: number }

/** A token is renewed this long before it ends, or at half its life if that is shorter. */
const MARGIN_MS = 300_000
/** Longer than any token lives: the retired JWT exchange said milliseconds (Developer Console, "Server to Server"). */
const SURELY_MILLISECONDS = 10_000_000

/** IMS OAuth server-to-server: one token for the whole run, one request for it at a time. */
export function createTokens(auth: Auth, tools: TokenTools): Tokens {
  if (auth.kind === 'token') return { get: async () => auth.accessToken, drop: () => false }
  if (auth.kind === 'none') return { get: () => Promise.reject(noCredentials()), drop: () => false }
  let cached: Cached | undefined
  let fetching: Promise<Cached> | undefined
  return {
    async get(signal) {
      signal.throwIfAborted()
      if (cached !== undefined && tools.clock.now() < cached.staleMs) return cached.token
      fetching ??= fetchToken(auth, tools)
        .then((fresh) => (cached = fresh))
        .finally(() => (fetching = undefined))
      return (await abortable(fetching, signal)).token
    },
    drop(token) {
      if (cached?.token === token) cached = undefined
      return true
    },
  }
}

function noCredentials(): Problem {
  return new Problem('Cannot reach the platform: there are no credentials', {
    remedy: 'Give "client-secret", or "access-token".',
  })
}

/** Shared by all that wait for it, so no caller's signal ends it; its own attempts and deadlines do. */
async function fetchToken(auth: Auth & { readonly kind: 'secret' }, tools: TokenTools): Promise<Cached> {
  const answer = await tools.ims.send(
    {
      method: 'POST',
      path: '/ims/token/v3',
      body: {
        kind: 'form',
        fields: {
          grant_type: 'client_credentials',
          client_id: auth.clientId,
          client_secret: auth.clientSecret,
          scope: auth.scopes.join(','),
        },
      },
      purpose: 'get an access token from Adobe IMS',
      repeatable: true,
      mostAttempts: 4,
    },
    tools.closing,
  )
  const body = answer.json()
  const token = body.get('access_token').mustText()
  tools.mask(token)
  return { token, staleMs: tools.clock.now() + freshMs(body.get('expires_in').number()) }
}

function freshMs(expiresIn: number | undefined): number {
  if (expiresIn === undefined || expiresIn <= 0) {
    throw new Problem('Cannot use the answer of Adobe IMS: it does not say when the token expires', {
      remedy: 'Check "ims-url": something else than Adobe may answer there.',
    })
  }
  const lifeMs = expiresIn > SURELY_MILLISECONDS ? expiresIn : expiresIn * 1000
  return lifeMs - Math.min(MARGIN_MS, lifeMs / 2)
}

async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
