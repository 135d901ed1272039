import { json } from '../http/answers.ts'
import type { Route } from '../http/call.ts'
import type { Answer } from '../http/exchange.ts'
import { seededNamespaces } from '../seed/namespaces.ts'

/** Identity Service API guide, "List namespaces": Adobe's namespaces and those of the organization. */
export const namespaceRoutes: readonly Route[] = [
  { method: 'GET', pattern: '/data/core/idnamespace/identities', answer: listNamespaces },
]

function listNamespaces(): Answer {
  return json(
    200,
    seededNamespaces.map(({ code, id, idType, custom }) => ({
      updateTime: 1_700_000_000_000,
      code,
      status: 'ACTIVE',
      description: code,
      id,
      createTime: 1_700_000_000_000,
      idType,
      name: code,
      custom,
    })),
  )
}
