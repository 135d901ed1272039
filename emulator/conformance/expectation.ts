import type { Pattern } from './pattern.ts'

/** A request of another client, and what the documents promise it. */
export type Expectation = {
  readonly by: Client
  /**
   * Method and target, character for character. `{D}` is a dataset, `{N}` its name, `{V}` its view, `{U}` the `$id` of its
   * schema (`{S}` encoded), `{A}` the schema's altId, `{X}` a descriptor of it, `{P}` the sandbox, `{M}` a mapping set, `{C}`
   * and `{K}` the credential and its secret, `{T}` its scopes. `{B}` is a successful batch, `{F}` a failed one, `{O}` an open
   * one with the file `rows.json`, `{I}` one whose file `big.json` was begun and holds two bytes.
   */
  readonly call: string
  /** Batches that the call doesn't name, but whose traces it must show. */
  readonly amid?: string
  /** Over the client's standing headers. */
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as it is; objects as JSON. */
  readonly body?: unknown
  readonly gets: Answered
  /** Which document promises the answer. */
  readonly source: string
  /** What it may be sent to; {@link reachOf} says where this is left out. */
  readonly reach?: Reach
}

export type Client = 'Postman' | 'aepp'

/**
 * `reads`: changes nothing. `own-batches`: changes batches alone that were created for it, and which are aborted. `emulator`:
 * changes more, or the answer is the emulator's own; never sent to anybody's sandbox.
 */
export type Reach = 'reads' | 'own-batches' | 'emulator'

type Answered = {
  readonly status: Pattern
  /** Some of them. */
  readonly headers?: Readonly<Record<string, Pattern>>
} & ({ readonly json: Pattern } | { readonly text: Pattern })

/** Reading is harmless; a write must say that it is, and what asks for a dialect is meant for the emulator. */
export function reachOf({ call, headers = {}, reach }: Expectation): Reach {
  if (Object.keys(headers).some((name) => name.startsWith('x-emu-'))) return 'emulator'
  return reach ?? (/^(?:GET|HEAD) /.test(call) ? 'reads' : 'emulator')
}

export const imports = '/data/foundation/import/batches'
export const catalog = '/data/foundation/catalog'
export const access = '/data/foundation/export'
export const registry = '/data/foundation/schemaregistry'
export const sandboxes = '/data/foundation/sandbox-management'

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
