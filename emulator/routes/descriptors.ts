import { ownValue, type JsonObject } from '../json.ts'
import { json, problem } from '../http/answers.ts'
import { param, type Call, type Route } from '../http/call.ts'
import type { Answer } from '../http/exchange.ts'
import { registryAccept } from '../registry/accept.ts'
import { registryError } from '../registry/error.ts'
import { matchesProperties, registryPage } from '../registry/page.ts'

const base = '/data/foundation/schemaregistry'

export const descriptorRoutes: readonly Route[] = ['tenant', 'global'].flatMap((container) => [
  { method: 'GET', pattern: `${base}/${container}/descriptors`, answer: (call) => listDescriptors(call, container) },
  { method: 'GET', pattern: `${base}/${container}/descriptors/:id`, answer: readDescriptor },
  { method: 'POST', pattern: `${base}/${container}/descriptors`, answer: refuseWrite },
  { method: 'PUT', pattern: `${base}/${container}/descriptors/:id`, answer: refuseWrite },
  { method: 'DELETE', pattern: `${base}/${container}/descriptors/:id`, answer: refuseWrite },
])

/** Refused: descriptors belong to a schema, and the emulator receives schemas whole. */
function refuseWrite(): Answer {
  return problem(501, 'The emulator writes no descriptors: give `emulator.addDescriptor` what a schema needs.')
}

/**
 * "Descriptors endpoint", "Retrieve a list of descriptors", and the OpenAPI file of the Schema Registry: the Accept header
 * decides the shape. Without `v2`, the descriptors are grouped by type, and empty types are left out. With `v2`, they come
 * in pages: whole, as ids or as links.
 */
function listDescriptors(call: Call, container: string): Answer {
  const accept = registryAccept(call)
  const wanted = accept?.prefix === 'xdm' && accept.version === undefined ? accept.form : undefined
  const [isPaged, form] = wanted?.startsWith('v2') === true ? [true, wanted.slice('v2'.length + 1)] : [false, wanted]
  const shown = form === undefined ? undefined : ownValue(shapes, form)
  if (shown === undefined) {
    return registryError(
      'XDM-1008-400',
      'Accept header error',
      'A list of descriptors needs application/vnd.adobe.xdm+json, xdm-id+json, xdm-link+json, xdm-v2+json, xdm-v2-id+json or xdm-v2-link+json, without a version.',
    )
  }
  const found = [...call.platform.state.descriptors.values()].filter((one) => matchesProperties(call, one))
  if (!isPaged) return json(200, byType(found, shown))
  return registryPage(call, found, { path: `/${container}/descriptors`, key: '@id', shown })
}

type Shown = (descriptor: JsonObject) => unknown

const shapes: Readonly<Record<string, Shown>> = {
  '': (descriptor) => descriptor,
  id: (descriptor) => descriptor['@id'],
  link: (descriptor) => `/tenant/descriptors/${String(descriptor['@id'])}`,
}

function byType(all: readonly JsonObject[], shown: Shown): JsonObject {
  const groups = Object.groupBy(all, (descriptor) => String(descriptor['@type']))
  return Object.fromEntries(Object.entries(groups).map(([type, group = []]) => [type, group.map(shown)]))
}

/** "Descriptors endpoint", "Look up a descriptor": descriptors have no version, so no Accept header is needed. */
function readDescriptor(call: Call): Answer {
  const id = param(call, 'id')
  const accept = registryAccept(call)
  const isPlain = accept === undefined && !(call.headers['accept'] ?? '').includes('vnd.adobe')
  if (!isPlain && (accept?.prefix !== 'xdm' || accept.form !== '' || accept.version !== undefined)) {
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
