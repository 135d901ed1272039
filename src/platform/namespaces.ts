import type { JsonReader } from '../lib/json-reader.ts'
import type { Client } from './http/client.ts'

/** An identity descriptor names a namespace by its code or its id. */
type NamespaceRecord = { readonly code: string; readonly id: string }

export type NamespacesApi = {
  /** All namespaces of the organization, including Adobe's own. */
  list(signal: AbortSignal): Promise<readonly NamespaceRecord[]>
}

/** Identity Service API guide, "List namespaces". */
export function namespacesApi(client: Client): NamespacesApi {
  return {
    list: async (signal) => {
      const request = {
        method: 'GET',
        path: '/data/core/idnamespace/identities',
        purpose: 'read the list of identity namespaces',
        repeatable: true,
        check: readNamespaces,
      } as const
      return readNamespaces((await client.send(request, signal)).json())
    },
  }
}

function readNamespaces(answer: JsonReader): readonly NamespaceRecord[] {
  return answer
    .mustItems()
    .map((at) => ({ code: at.get('code').text() ?? '', id: String(at.get('id').number() ?? '') }))
}
