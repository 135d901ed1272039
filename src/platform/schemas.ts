import type { Client } from '../http/client.ts'
import { findOrMiss, type Found } from './found.ts'

export type SchemasApi = {
  /** The whole schema with everything resolved (`xed-full`), as the registry answers it. */
  schema(id: string, signal: AbortSignal): Promise<Found<unknown>>
  /** The descriptors of a schema, identities among them, by type. */
  descriptors(id: string, signal: AbortSignal): Promise<Found<unknown>>
}

const BASE = '/data/foundation/schemaregistry'

/** Schema Registry API. A look-up needs a version in its Accept header, a list must not have one. */
export function schemasApi(client: Client): SchemasApi {
  const read = (what: string, path: string, accept: string, signal: AbortSignal) =>
    findOrMiss(async () => {
      const request = { method: 'GET', path: BASE + path, purpose: `read ${what}`, repeatable: true } as const
      return (await client.send({ ...request, headers: { accept } }, signal)).json().value()
    })
  return {
    schema: (id, signal) => {
      const path = `/${containerOf(id)}/schemas/${encodeURIComponent(id)}`
      return read(`schema "${id}"`, path, 'application/vnd.adobe.xed-full+json; version=1', signal)
    },
    descriptors: (id, signal) => {
      const path = `/tenant/descriptors?property=${encodeURIComponent(`xdm:sourceSchema==${id}`)}`
      return read(`the identities of schema "${id}"`, path, 'application/vnd.adobe.xdm+json', signal)
    },
  }
}

/** Schemas that Adobe made live apart from those of the organization. */
function containerOf(id: string): 'global' | 'tenant' {
  return id.startsWith('https://ns.adobe.com/xdm/') ? 'global' : 'tenant'
}
