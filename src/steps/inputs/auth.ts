import type { Auth } from '../../platform/token.ts'

/** As the table reads them; of the secret and the token, the one that was not given is empty. */
export type Credentials = {
  readonly clientId: string
  readonly clientSecret: string
  readonly accessToken: string
  readonly scopes: readonly string[]
}

/** How to get in. That not both of secret and token were given, and one where it is needed, has been seen to before. */
export function authOf({ clientId, clientSecret, accessToken, scopes }: Credentials): Auth {
  if (clientSecret === '' && accessToken === '') return { kind: 'none', clientId: '' }
  return accessToken === ''
    ? { kind: 'secret', clientId, clientSecret, scopes }
    : { kind: 'token', clientId, accessToken }
}
