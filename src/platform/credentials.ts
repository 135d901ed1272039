import type { Credentials } from '../http/client.ts'
import type { Tokens } from './token.ts'

export type Identity = { readonly clientId: string; readonly orgId: string; readonly sandbox: string }

/** The four headers of every platform call (API guide, "Gather values for required headers"). */
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
    renew: (refused) => tokens.drop((refused['authorization'] ?? '').slice('Bearer '.length)),
  }
}
