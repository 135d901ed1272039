import { seededDatasetIds } from '../../../emulator/seed/ids.ts'

/** What a client of Adobe's sends, and what it must get. */
export type Asked = {
  readonly by: Client
  /**
   * Method and target, character for character. `{B}` is a successful batch, `{F}` a failed one, `{O}` an open one with
   * the file `rows.json`, `{I}` one whose file `big.json` was begun and holds two bytes.
   */
  readonly call: string
  /** Batches that the call doesn't name, but whose traces it must show. */
  readonly amid?: string
  /** Over the client's standing headers. */
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as it is; objects as JSON. */
  readonly body?: unknown
  readonly gets: Answered
}

export type Client = 'Postman' | 'aepp'

type Answered = {
  readonly status: number
  /** Some of them. */
  readonly headers?: Readonly<Record<string, string>>
} & ({ readonly json: unknown } | { readonly text: string })

export const imports = '/data/foundation/import/batches'
export const catalog = '/data/foundation/catalog'
export const access = '/data/foundation/export'
export const registry = '/data/foundation/schemaregistry'
export const sandboxes = '/data/foundation/sandbox-management'
export const dataset = seededDatasetIds.loyalty

/** Most headers that both clients send with every request, those of a body also where there is none. */
export const standing: Readonly<Record<Client, Readonly<Record<string, string>>>> = {
  Postman: {
    accept: 'application/json',
    'content-type': 'application/json',
    'accept-encoding': 'gzip, deflate, br',
    'user-agent': 'PostmanRuntime/7.43.0',
    'cache-control': 'no-cache',
  },
  aepp: {
    accept: 'application/json',
    'content-type': 'application/json',
    'accept-encoding': 'gzip, deflate',
    'user-agent': 'python-requests/2.32.3',
  },
}
