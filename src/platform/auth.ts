import { raceAbort } from '../lib/async.ts'
import { Problem } from '../lib/errors.ts'
import type { JsonReader } from '../lib/json-reader.ts'
import type { Clock } from '../lib/time.ts'
import type { Client, Credentials } from './http/client.ts'
import { TOKEN_MARGIN_MS, TOKEN_MOST_ATTEMPTS, TOKEN_MOST_SECONDS } from './limits.ts'

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
  /** Forgets this token, if it is still the current one. @returns whether another one can be fetched. */
  drop(token: string): boolean
  /** No other token can be fetched. */
  readonly isOnly?: boolean
}

export type TokenTools = {
  readonly ims: Pick<Client, 'send'>
  readonly clock: Clock
  /** Called with each token before any other code sees it. */
  readonly mask: (secret: string) => void
  /** Fires when the run needs no more tokens. */
  readonly closing: AbortSignal
}

type CachedToken = { readonly token: string; readonly staleMs: number }

/** IMS OAuth server-to-server: one token for the whole run, and one token request at a time. */
export function createTokens(auth: Auth, tools: TokenTools): Tokens {
  if (auth.kind === 'token') return { get: async () => auth.accessToken, drop: () => false, isOnly: true }
  if (auth.kind === 'none') return { get: () => Promise.reject(noCredentialsProblem()), drop: () => false }
  let cached: CachedToken | undefined
  let fetching: Promise<CachedToken> | undefined
  return {
    async get(signal) {
      signal.throwIfAborted()
      if (cached !== undefined && tools.clock.now() < cached.staleMs) return cached.token
      fetching ??= fetchToken(auth, tools)
        .then((fresh) => (cached = fresh))
        .finally(() => (fetching = undefined))
      return (await raceAbort(fetching, signal)).token
    },
    drop(token) {
      if (cached?.token === token) cached = undefined
      return true
    },
  }
}

function noCredentialsProblem(): Problem {
  return new Problem('Cannot reach the platform: there are no credentials', {
    remedy: 'Set "client-secret" or "access-token".',
  })
}

/** All callers that wait share this request, so no caller's signal ends it. Only its own attempts and deadlines do. */
async function fetchToken(auth: Auth & { readonly kind: 'secret' }, tools: TokenTools): Promise<CachedToken> {
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
      check: readToken,
      mostAttempts: TOKEN_MOST_ATTEMPTS,
    },
    tools.closing,
  )
  const { token, lifeMs } = readToken(answer.json())
  tools.mask(token)
  return { token, staleMs: tools.clock.now() + lifeMs }
}

function readToken(body: JsonReader): { readonly token: string; readonly lifeMs: number } {
  return { token: body.get('access_token').mustText(), lifeMs: freshMs(body.get('expires_in').number()) }
}

function freshMs(expiresIn: number | undefined): number {
  if (expiresIn === undefined || expiresIn <= 0) {
    throw new Problem('Cannot use the answer of Adobe IMS: it has no expiry time for the token', {
      remedy: 'Check "ims-url": the answer may not come from Adobe.',
    })
  }
  const lifeMs = expiresIn > TOKEN_MOST_SECONDS ? expiresIn : expiresIn * 1000
  return lifeMs - Math.min(TOKEN_MARGIN_MS, lifeMs / 2)
}

export type Identity = { readonly clientId: string; readonly orgId: string; readonly sandbox: string }

/** The four headers of every platform request (API guide, "Gather values for required headers"). */
export function platformCredentials({ clientId, orgId, sandbox }: Identity, tokens: Tokens): Credentials {
  return {
    async headers(signal) {
      return {
        authorization: `Bearer ${await tokens.get(signal)}`,
        'x-api-key': clientId,
        'x-gw-ims-org-id': orgId,
        'x-sandbox-name': sandbox,
      }
    },
    isOnly: tokens.isOnly === true,
    renew: (refused) => tokens.drop((refused['authorization'] ?? '').slice('Bearer '.length)),
  }
}
