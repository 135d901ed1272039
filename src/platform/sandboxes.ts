import type { JsonReader } from '../lib/json-reader.ts'
import type { Client } from './http/client.ts'

export type SandboxRecord = {
  readonly id: string | undefined
  readonly name: string
  /** `development` or `production`; empty where the answer does not tell. */
  readonly type: string
  /** `active`, or what else it is. */
  readonly state: string
}

/** The sandboxes that the credential can use, and when the platform answered by its own clock. */
export type SandboxList = {
  readonly sandboxes: readonly SandboxRecord[]
  /** Milliseconds since the epoch; undefined where the answer has no date. */
  readonly answeredMs: number | undefined
}

export type SandboxesApi = {
  /** Gets a token, or takes the one that is there. @throws Problem when there is none to be had */
  signIn(signal: AbortSignal): Promise<void>
  list(signal: AbortSignal): Promise<SandboxList>
}

type SignIn = (signal: AbortSignal) => Promise<unknown>

/** Sandbox API guide, "Available sandboxes": the one list that needs no permission, and no sandbox. */
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
