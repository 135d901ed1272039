import { isObject, listOf } from './schema-node.ts'

/**
 * Where the primary identity of a record stands. `unknown`: descriptors could not be read, or in a way that can't be
 * followed; `identity-map`: no field is primary, so that the identityMap has to name it.
 */
export type PrimaryIdentity =
  | { readonly kind: 'field'; readonly path: readonly string[] }
  | { readonly kind: 'identity-map' }
  | { readonly kind: 'unknown' }

/** Schema Registry API guide, "Descriptors": an identity descriptor names its field as `/personalEmail/address`. */
export function primaryIdentity(schemaId: string, descriptors: unknown): PrimaryIdentity {
  if (descriptors === undefined) return { kind: 'unknown' }
  const primary = each(descriptors).find((descriptor) => isPrimaryOf(descriptor, schemaId))
  if (primary === undefined) return { kind: 'identity-map' }
  const property = primary['xdm:sourceProperty']
  if (typeof property !== 'string' || !/^(?:\/[^/[\]*]+)+$/.test(property)) return { kind: 'unknown' }
  const path = property.slice(1).split('/')
  return path[0] === 'identityMap' ? { kind: 'identity-map' } : { kind: 'field', path }
}

type Json = Readonly<Record<string, unknown>>

/** A list, or, as the registry answers for `xdm+json`, lists by their type. */
function each(descriptors: unknown): readonly Json[] {
  const lists = isObject(descriptors) ? Object.values(descriptors) : [descriptors]
  return lists.flatMap(listOf).filter(isObject)
}

function isPrimaryOf(descriptor: Json, schemaId: string): boolean {
  const of = descriptor['xdm:sourceSchema']
  return (
    descriptor['@type'] === 'xdm:descriptorIdentity' &&
    descriptor['xdm:isPrimary'] === true &&
    (of === undefined || of === schemaId)
  )
}
