import { ownValue, type JsonObject } from '../json.ts'
import { json, problem } from '../http/answers.ts'
import { param, type Call, type Route } from '../http/call.ts'
import type { Answer } from '../http/exchange.ts'
import { registryAccept } from '../registry/accept.ts'
import { registryError } from '../registry/error.ts'
import { matchesProperties, registryPage, type Listing } from '../registry/page.ts'
import { sampleOf, flatForm, plainForm, withoutText } from '../registry/forms.ts'
import { seededOrg, seededTenant } from '../seed/ids.ts'

const base = '/data/foundation/schemaregistry'
const others = ['fieldgroups', 'mixins', 'classes', 'datatypes', 'behaviors', 'unions']

export const schemaRoutes: readonly Route[] = [
  { method: 'GET', pattern: `${base}/stats`, answer: stats },
  { method: 'GET', pattern: `${base}/rpc/sampledata/:id`, answer: sampleData },
  { method: 'GET', pattern: `${base}/tenant/schemas`, answer: (call) => listSchemas(call, 'tenant') },
  { method: 'GET', pattern: `${base}/global/schemas`, answer: (call) => listSchemas(call, 'global') },
  { method: 'POST', pattern: `${base}/tenant/schemas`, answer: refuseWrite },
  { method: 'GET', pattern: `${base}/tenant/schemas/:id`, answer: (call) => readSchema(call, 'tenant') },
  ...['PUT', 'PATCH', 'DELETE'].map((method) => ({
    method,
    pattern: `${base}/tenant/schemas/:id`,
    answer: refuseWrite,
  })),
  { method: 'GET', pattern: `${base}/global/schemas/:id`, answer: (call) => readSchema(call, 'global') },
  ...['tenant', 'global'].flatMap((container) => others.flatMap((kind) => emptyRoom(container, kind))),
]

function refuseWrite(): Answer {
  return problem(
    501,
    'The emulator composes no schemas: add a whole one, in its full form, with POST /_emulator/schemas.',
  )
}

/** The emulator has only whole schemas, not the classes, field groups or data types that form them. */
function emptyRoom(container: string, kind: string): readonly Route[] {
  const pattern = `${base}/${container}/${kind}`
  return [
    { method: 'GET', pattern, answer: (call) => listFault(call) ?? registryPage(call, [], listing(container, kind)) },
    { method: 'GET', pattern: `${pattern}/:id`, answer: (call) => notFound(param(call, 'id')) },
  ]
}

function listSchemas(call: Call, container: Container): Answer {
  const found = schemasIn(call, container).filter((schema) => matchesProperties(call, schema))
  const whole = registryAccept(call)?.form !== 'id'
  const shown = whole ? plainForm : shortForm
  return listFault(call) ?? registryPage(call, found, { ...listing(container, 'schemas'), shown })
}

function listing(container: string, kind: string): Listing {
  return { path: `/${container}/${kind}`, key: '$id', shown: (entry) => entry }
}

function listFault(call: Call): Answer | undefined {
  const accept = registryAccept(call)
  const known = accept !== undefined && (accept.form === 'id' || accept.form === '')
  if (known && accept.version === undefined) return undefined
  return registryError(
    'XDM-1006-400',
    'Accept header error',
    'A list needs application/vnd.adobe.xed-id+json or xed+json, without a version.',
  )
}

function readSchema(call: Call, container: Container): Answer {
  const accept = registryAccept(call)
  const id = param(call, 'id')
  if (accept === undefined || (accept.version === undefined && (call.strict || accept.form === 'id'))) {
    return registryError(
      'XDM-1007-400',
      'Accept header error',
      'A look-up needs an Accept header with a version, such as application/vnd.adobe.xed-full+json; version=1.',
    )
  }
  if ((accept.version ?? '1') !== '1')
    return registryError('EMU-406', 'Not acceptable', `Version ${String(accept.version)} is not available.`)
  const schema = schemasIn(call, container).find((one) => isNamed(one, id))
  if (schema === undefined) return notFound(id)
  const form = ownValue(forms, accept.form)
  if (form === undefined) return registryError('EMU-406', 'Not acceptable', `Form ${accept.form} is not available.`)
  return json(200, form(schema, call), { 'content-type': call.headers['accept'] ?? 'application/json' })
}

type Form = (schema: JsonObject, call: Call) => JsonObject

/**
 * "Schema Registry API: getting started", the Accept headers of a look-up. The seeded schemas are flat, like the full
 * forms; the references in the other forms come from `meta:extends`. No document describes `full-flat`, which aepp
 * requests: aepp uses its property names as paths.
 */
const forms: Readonly<Record<string, Form>> = {
  '': plainForm,
  full: (schema) => schema,
  'full-flat': flatForm,
  notext: (schema) => withoutText(plainForm(schema)),
  'full-notext': withoutText,
  'full-desc': (schema, { platform }) => ({
    ...schema,
    'meta:descriptors': descriptorsOf(platform.state.descriptors, schema),
  }),
  deprecatefield: plainForm,
  id: shortForm,
}

function descriptorsOf(descriptors: ReadonlyMap<string, JsonObject>, schema: JsonObject): readonly JsonObject[] {
  return [...descriptors.values()].filter((descriptor) => descriptor['xdm:sourceSchema'] === schema['$id'])
}

function shortForm(schema: JsonObject): JsonObject {
  return Object.fromEntries(['$id', 'meta:altId', 'version', 'title'].map((name) => [name, ownValue(schema, name)]))
}

type Container = 'tenant' | 'global'

/** "Schemas endpoint": Adobe's schemas are in the container `global`, those of the organization in `tenant`. */
function schemasIn({ platform }: Call, container: Container): readonly JsonObject[] {
  return [...platform.state.schemas.values()].filter(
    ({ $id }) => String($id).startsWith('https://ns.adobe.com/xdm/') === (container === 'global'),
  )
}

function isNamed(schema: JsonObject, id: string): boolean {
  return schema['$id'] === id || schema['meta:altId'] === id
}

function notFound(id: string): Answer {
  return registryError(
    'XDM-1012-404',
    'Resource Not Found',
    `The requested resource ${id} with version 1 is not found.`,
  )
}

function stats({ platform }: Call): Answer {
  const { schemas } = platform.state
  return json(200, {
    imsOrg: seededOrg,
    tenantId: seededTenant,
    counts: { schemas: schemas.size, mixins: 0, datatypes: 0, classes: 0, unions: 0 },
  })
}

/** The keys have the prefix `xdm:`, so the sample can't be ingested unchanged. */
function sampleData(call: Call): Answer {
  const id = param(call, 'id')
  const schema = [...call.platform.state.schemas.values()].find((one) => isNamed(one, id))
  return schema === undefined ? notFound(id) : json(200, sampleOf(schema))
}
