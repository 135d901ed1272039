import { problem } from './answers.ts'
import { objectOf, ownValue, readJson, type JsonObject } from '../json.ts'
import { Refusal, type EmulatorAnswer } from './exchange.ts'
import type { Platform } from '../platform.ts'
import type { Dialect } from '../settings.ts'

/** A request that has passed the gate, as a route sees it. */
export type Call = {
  readonly platform: Platform
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** The parts of the path that the route names, percent-decoded once; `*` is the rest of the path. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly body: AsyncIterable<Uint8Array>
  readonly clientId: string
  readonly sandbox: string
  readonly strict: boolean
  readonly dialect: Dialect
}

export type Route = {
  readonly method: string
  /** `:name` stands for one segment; `*` at the end stands for all remaining segments. */
  readonly pattern: string
  answer(call: Call): EmulatorAnswer | Promise<EmulatorAnswer>
}

/** A query parameter, unless it is absent or empty: other clients send `name=` when they want no filter. */
export function asked(call: Call, name: string): string | undefined {
  return call.query.get(name) || undefined
}

/** A parameter from the route's pattern; empty if the pattern has no such parameter. */
export function param(call: Call, name: string): string {
  return ownValue(call.params, name) ?? ''
}

/** An object in the body. Troubleshooting guide of the platform: a body without its content type is refused. */
export async function sentObject({ strict, headers, body }: Call): Promise<JsonObject> {
  if (strict && !(headers['content-type'] ?? '').startsWith('application/json')) {
    throw new Refusal(problem(400, 'A valid content-type must be specified'))
  }
  return objectOf(await readJson(body))
}
