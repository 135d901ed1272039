import { Problem } from '../lib/errors.ts'
import type { JsonReader } from '../lib/json-reader.ts'
import type { Client } from './http/client.ts'
import { SCHEMAS_MOST_PAGES } from './limits.ts'
import { type LookUp, findOrMiss } from './records.ts'

/** What a list shows of a schema. */
export type ListedSchema = { readonly id: string; readonly altId: string; readonly title: string }

export type SchemasApi = {
  /** The whole schema with everything resolved (`xed-full`), as the registry answers it. */
  schema(id: string, signal: AbortSignal): Promise<LookUp<unknown>>
  /** The descriptors of a schema, identities among them, by type. */
  descriptors(id: string, signal: AbortSignal): Promise<LookUp<unknown>>
  /** All that the organization made. */
  list(signal: AbortSignal): Promise<readonly ListedSchema[]>
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
    list: (signal) => readAll(client, signal),
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

/**
 * Schema Registry API, "List schemas": the first page is asked for without a cursor, since a registry answered `start=0`
 * with nothing at all; each further one with what the page before says.
 */
async function readAll(client: Client, signal: AbortSignal): Promise<readonly ListedSchema[]> {
  const all: ListedSchema[] = []
  let cursor = ''
  for (let page = 1; page <= SCHEMAS_MOST_PAGES; page++) {
    const path = `${BASE}/tenant/schemas${cursor === '' ? '' : `?start=${encodeURIComponent(cursor)}`}`
    const headers = { accept: 'application/vnd.adobe.xed-id+json' }
    const request = { method: 'GET', path, headers, purpose: 'read the list of schemas', repeatable: true } as const
    const answer = (await client.send(request, signal)).json()
    all.push(...answer.get('results').items().map(readListed))
    const next = answer.get('_page').get('next')
    const following = next.text() ?? next.number()?.toString() ?? ''
    if (following === '' || following === cursor) return uniqueById(all)
    cursor = following
  }
  throw new Problem('Cannot read the list of schemas: it does not end', {
    remedy: 'Set "schema" to the $id of the schema.',
  })
}

/** One that is changed while it is read comes twice: the list is ordered by the time of change. */
function uniqueById(all: readonly ListedSchema[]): readonly ListedSchema[] {
  return Array.from(new Map(all.map((schema) => [schema.id, schema])).values())
}

function readListed(at: JsonReader): ListedSchema {
  const text = (name: string) => at.get(name).text() ?? ''
  return { id: text('$id'), altId: text('meta:altId'), title: text('title') }
}
