import { ownValue } from '../json.ts'
import { json } from '../answers.ts'
import { param, type Call, type Route } from '../call.ts'
import type { Answer } from '../exchange.ts'
import type { JsonObject } from '../json.ts'
import { registryAccept } from '../registry-accept.ts'
import { registryError } from '../registry-error.ts'
import { matchesProperties } from '../registry-page.ts'

const base = '/data/foundation/schemaregistry'

export const descriptorRoutes: readonly Route[] = ['tenant', 'global'].flatMap((container) => [
  { method: 'GET', pattern: `${base}/${container}/descriptors`, answer: listDescriptors },
  { method: 'GET', pattern: `${base}/${container}/descriptors/:id`, answer: readDescriptor },
])

/** Schema Registry guide, "Descriptors": the Accept header decides the shape of the list. */
function listDescriptors(call: Call): Answer {
  const accept = registryAccept(call)
  const shape = accept?.prefix === 'xdm' && accept.version === undefined ? ownValue(shapes, accept.form) : undefined
  if (shape === undefined) {
    return registryError(
      'XDM-1008-400',
      'Accept header error',
      'A list of descriptors needs application/vnd.adobe.xdm-id+json, xdm-link+json, xdm+json or xdm-v2+json.',
    )
  }
  return json(
    200,
    shape([...call.platform.state.descriptors.values()].filter((found) => matchesProperties(call, found))),
  )
}

type Shape = (descriptors: readonly JsonObject[]) => unknown

const shapes: Readonly<Record<string, Shape>> = {
  '': (all) => byType(all, (descriptor) => descriptor),
  id: (all) => byType(all, (descriptor) => descriptor['@id']),
  link: (all) => byType(all, (descriptor) => `/tenant/descriptors/${String(descriptor['@id'])}`),
  v2: (all) => ({ results: all, _page: { orderby: '@id', next: null, count: all.length }, _links: { next: null } }),
}

function byType(all: readonly JsonObject[], shown: (descriptor: JsonObject) => unknown): JsonObject {
  const groups = Object.groupBy(all, (descriptor) => String(descriptor['@type']))
  return Object.fromEntries(Object.entries(groups).map(([type, group = []]) => [type, group.map(shown)]))
}

function readDescriptor(call: Call): Answer {
  const id = param(call, 'id')
  const accept = registryAccept(call)
  if (accept?.prefix !== 'xdm' || accept.form !== '' || accept.version !== undefined) {
    return registryError(
      'XDM-1009-400',
      'Accept header error',
      'A descriptor needs application/vnd.adobe.xdm+json without a version.',
    )
  }
  const found = call.platform.state.descriptors.get(id)
  return found === undefined
    ? registryError('XDM-1012-404', 'Resource Not Found', `Descriptor ${id} is not found.`)
    : json(200, found)
}
