import type { Pattern } from './pattern.ts'

/** A request of another client, and the answer that the documents promise. */
export type Expectation = {
  readonly by: Client
  /**
   * Method and target, character for character. `{D}` is a dataset, `{N}` its name, `{V}` its view, `{U}` the `$id` of its
   * schema (`{S}` encoded), `{A}` the schema's altId, `{X}` a descriptor of it, `{P}` the sandbox, `{M}` a mapping set, `{C}`
   * and `{K}` the credential and its secret, `{T}` its scopes. `{B}` is a successful batch, `{F}` a failed one, `{O}` an open
   * one with the file `rows.json`, `{I}` one whose file `big.json` was started and holds two bytes.
   */
  readonly call: string
  /** Batches that the call doesn't name but whose traces the answer must show. */
  readonly amid?: string
  /** Override the headers that the client always sends. */
  readonly headers?: Readonly<Record<string, string>>
  /** Sent unchanged; objects are sent as JSON. */
  readonly body?: unknown
  readonly gets: Answered
  /** The document that promises the answer. */
  readonly source: string
  /** Where the request can be sent; {@link reachOf} gives the default. */
  readonly reach?: Reach
}

export type Client = 'Postman' | 'aepp'

/**
 * `reads`: changes nothing. `own-batches`: changes only batches that are created for the request and aborted afterwards.
 * `emulator`: changes more, or only the emulator gives this answer; never sent to a sandbox.
 */
export type Reach = 'reads' | 'own-batches' | 'emulator'

type Answered = {
  readonly status: Pattern
  /** Other headers are not compared. */
  readonly headers?: Readonly<Record<string, Pattern>>
} & ({ readonly json: Pattern } | { readonly text: Pattern })

/** A read is harmless, a write must declare that it is, and a request that names a dialect is for the emulator only. */
export function reachOf({ call, headers = {}, reach }: Expectation): Reach {
  if (Object.keys(headers).some((name) => name.startsWith('x-emu-'))) return 'emulator'
  return reach ?? (/^(?:GET|HEAD) /.test(call) ? 'reads' : 'emulator')
}

export const imports = '/data/foundation/import/batches'
export const catalog = '/data/foundation/catalog'
export const access = '/data/foundation/export'
export const registry = '/data/foundation/schemaregistry'
export const sandboxes = '/data/foundation/sandbox-management'

/** Most headers that each client sends with every request, including body headers on requests without a body. */
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
