import type { JsonObject } from './json.ts'
import { isObject, listOf } from './node.ts'

/** Reads a list, or lists by type, as the registry answers for `xdm+json`. @returns the descriptors of this schema */
export function descriptorsOf(schemaId: string, descriptors: unknown): readonly JsonObject[] | undefined {
  if (descriptors === undefined) return undefined
  const lists = isObject(descriptors) ? Object.values(descriptors) : [descriptors]
  const all = lists.flatMap(listOf).filter(isObject)
  return all.filter((one) => one['xdm:sourceSchema'] === undefined || one['xdm:sourceSchema'] === schemaId)
}

/** The fields that a descriptor is about, as `/personalEmail/address`: one path or a list of them. */
export function sourcePaths(descriptor: JsonObject | undefined): readonly string[] {
  const property = descriptor?.['xdm:sourceProperty']
  const paths = typeof property === 'string' ? [property] : listOf(property)
  return paths.filter((path) => typeof path === 'string')
}

/**
 * "Descriptors endpoint", "Deprecated field descriptor": how an organization deprecates a standard field in one of its
 * schemas. `xed-full` doesn't show it.
 *
 * @returns the paths, without steps into items of lists
 */
export function deprecatedPaths(descriptors: readonly JsonObject[]): ReadonlySet<string> {
  const own = descriptors.filter((descriptor) => descriptor['@type'] === 'xdm:descriptorDeprecated')
  return new Set(own.flatMap(sourcePaths).map((path) => path.replaceAll(/\[\*\]|\/\*(?=\/|$)/g, '')))
}
