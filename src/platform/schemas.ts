import { Problem } from '../lib/errors.ts'
import type { JsonReader } from '../lib/json-reader.ts'
import type { Client } from './http/client.ts'
import { SCHEMAS_MOST_PAGES } from './limits.ts'
import { VIEW_SCHEMAS } from './permissions.ts'
import { type LookUp, findOrMiss } from './records.ts'

/** The fields of a schema in a list. */
export type ListedSchema = { readonly id: string; readonly altId: string; readonly title: string }

export type SchemasApi = {
  /** The whole schema with everything resolved (`xed-full`), as the registry returns it. */
  schema(id: string, signal: AbortSignal): Promise<LookUp<unknown>>
  /** The descriptors of a schema, including identities, by type. */
  descriptors(id: string, signal: AbortSignal): Promise<LookUp<unknown>>
  /** All schemas that the organization made. */
  list(signal: AbortSignal): Promise<readonly ListedSchema[]>
}

const BASE = '/data/foundation/schemaregistry'

/** Schema Registry API. A look-up needs a version in its Accept header; a list must not have one. */
export function schemasApi(client: Client): SchemasApi {
  const read = ({ what, path, accept, check }: RegistryQuestion, signal: AbortSignal) =>
    findOrMiss(async () => {
      const request = { method: 'GET', path: BASE + path, purpose: `read ${what}`, repeatable: true, check } as const
      const headers = { accept }
      return (await client.send({ ...request, headers, permission: VIEW_SCHEMAS }, signal)).json().value()
    })
  return {
    schema: (id, signal) => {
      const path = `/${containerOf(id)}/schemas/${encodeURIComponent(id)}`
      const accept = 'application/vnd.adobe.xed-full+json; version=1'
      return read({ what: `schema "${id}"`, path, accept, check: requireSchema }, signal)
    },
    list: (signal) => readAll(client, signal),
    descriptors: (id, signal) => {
      const path = `/tenant/descriptors?property=${encodeURIComponent(`xdm:sourceSchema==${id}`)}`
      const accept = 'application/vnd.adobe.xdm+json'
      return read({ what: `the identities of schema "${id}"`, path, accept, check: requireGroups }, signal)
    },
  }
}

type RegistryQuestion = {
  readonly what: string
  readonly path: string
  readonly accept: string
  readonly check: (answer: JsonReader) => void
}

/** A schema that only extends others has `allOf`; any other has `properties`. */
function requireSchema(answer: JsonReader): void {
  if (answer.get('allOf').value() === undefined) answer.get('properties').mustEntries()
}

/** The response groups descriptors by type. It leaves out types without descriptors, and can be empty. */
function requireGroups(answer: JsonReader): void {
  const entries = answer.mustEntries()
  if (!entries.some(([, group]) => Array.isArray(group.value()))) entries[0]?.[1].mustItems()
}

/** Adobe's schemas are in another container than those of the organization. */
function containerOf(id: string): 'global' | 'tenant' {
  return id.startsWith('https://ns.adobe.com/xdm/') ? 'global' : 'tenant'
}

/**
 * Schema Registry API, "List schemas": the first page is requested without a cursor, since a registry answered `start=0`
 * with nothing at all. Each further page is requested with the cursor of the page before.
 */
async function readAll(client: Client, signal: AbortSignal): Promise<readonly ListedSchema[]> {
  const all: ListedSchema[] = []
  let cursor = ''
  for (let page = 1; page <= SCHEMAS_MOST_PAGES; page++) {
    const path = `${BASE}/tenant/schemas${cursor === '' ? '' : `?start=${encodeURIComponent(cursor)}`}`
    const headers = { accept: 'application/vnd.adobe.xed-id+json' }
    const purpose = 'read the list of schemas'
    const request = { method: 'GET', path, headers, purpose, repeatable: true, check: readResults } as const
    const answer = (await client.send({ ...request, permission: VIEW_SCHEMAS }, signal)).json()
    all.push(...readResults(answer))
    const next = answer.get('_page').get('next')
    const following = next.text() ?? next.number()?.toString() ?? ''
    if (following === '' || following === cursor) return uniqueById(all)
    cursor = following
  }
  throw new Problem('Cannot read the list of schemas: it does not end', {
    remedy: 'Set "schema" to the $id of the schema.',
  })
}

/** A schema that is changed during reading appears twice: the list is ordered by the time of change. */
function uniqueById(all: readonly ListedSchema[]): readonly ListedSchema[] {
  return Array.from(new Map(all.map((schema) => [schema.id, schema])).values())
}

function readResults(answer: JsonReader): readonly ListedSchema[] {
  return answer.get('results').mustItems().map(readListed)
}

function readListed(at: JsonReader): ListedSchema {
  const text = (name: string) => at.get(name).text() ?? ''
  return { id: text('$id'), altId: text('meta:altId'), title: text('title') }
}
