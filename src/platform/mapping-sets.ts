import type { JsonReader } from '../lib/json-reader.ts'
import type { Client } from './http/client.ts'
import { VIEW_SOURCES } from './permissions.ts'
import { type LookUp, findOrMiss } from './records.ts'

export type MappingSetsApi = {
  /** A mapping set of Data Prep, as the API returns it. */
  mappingSet(id: string, signal: AbortSignal): Promise<LookUp<unknown>>
}

/** Data Prep API, "Mapping sets API endpoint guide". */
export function mappingSetsApi(client: Client): MappingSetsApi {
  return {
    mappingSet: (id, signal) =>
      findOrMiss(async () => {
        const check = (answer: JsonReader) => answer.mustEntries()
        const request = { method: 'GET', path: mappingSetPath(id), purpose: `read mapping set "${id}"`, check } as const
        return (await client.send({ ...request, repeatable: true, permission: VIEW_SOURCES }, signal)).json().value()
      }),
  }
}

export function mappingSetPath(id: string): string {
  return `/data/foundation/conversion/mappingSets/${encodeURIComponent(id)}`
}
