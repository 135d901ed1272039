import type { JsonReader } from '../lib/json-reader.ts'
import type { Client } from './http/client.ts'

export type SandboxRecord = {
  readonly id: string | undefined
  readonly name: string
  /** `development` or `production`; empty if the response does not say. */
  readonly type: string
  /** `active`, or another state. */
  readonly state: string
}

/** The sandboxes that the credential can use, and the time of the response by the platform's clock. */
export type SandboxList = {
  readonly sandboxes: readonly SandboxRecord[]
  /** Milliseconds since the epoch; undefined if the response has no date. */
  readonly answeredMs: number | undefined
}

export type SandboxesApi = {
  /** Fetches a token, or uses the cached one. @throws Problem when no token can be fetched */
  signIn(signal: AbortSignal): Promise<void>
  list(signal: AbortSignal): Promise<SandboxList>
}

type SignIn = (signal: AbortSignal) => Promise<unknown>

/** Sandbox API guide, "Available sandboxes": the one list that needs neither a permission nor a sandbox. */
export function sandboxesApi(client: Client, signIn: SignIn): SandboxesApi {
  return {
    signIn: async (signal) => void (await signIn(signal)),
    list: async (signal) => {
      const request = {
        method: 'GET',
        path: '/data/foundation/sandbox-management/',
        purpose: 'read the list of sandboxes',
        repeatable: true,
        check: readSandboxes,
      } as const
      const answer = await client.send(request, signal)
      const date = Date.parse(answer.headers['date'] ?? '')
      return {
        sandboxes: readSandboxes(answer.json()),
        answeredMs: Number.isNaN(date) ? undefined : date,
      }
    },
  }
}

function readSandboxes(answer: JsonReader): readonly SandboxRecord[] {
  return answer
    .get('sandboxes')
    .mustItems()
    .map((at) => ({
      id: at.get('id').text(),
      name: at.get('name').text() ?? '',
      type: at.get('type').text() ?? '',
      state: at.get('state').text() ?? 'active',
    }))
}
