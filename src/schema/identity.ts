import { ownValue } from '../lib/json-reader.ts'
import { QUOTE } from '../lib/text.ts'
import { type JsonObject, isPlainObject } from './json.ts'
import { type ScanOf, objectScan } from './kinds/object.ts'
import { scanOf } from './kinds.ts'
import { isObject, listOf } from './node.ts'
import { DOUBT, type Scan } from './scan.ts'
import type { Walk } from './walk.ts'

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
  const primary = descriptorList(descriptors).find((descriptor) => isPrimaryOf(descriptor, schemaId))
  if (primary === undefined) return { kind: 'identity-map' }
  const property = primary['xdm:sourceProperty']
  if (typeof property !== 'string' || !/^(?:\/[^/[\]*]+)+$/.test(property)) return { kind: 'unknown' }
  const path = property.slice(1).split('/')
  return path[0] === 'identityMap' ? { kind: 'identity-map' } : { kind: 'field', path }
}

/** A list, or, as the registry answers for `xdm+json`, lists by their type. */
function descriptorList(descriptors: unknown): readonly JsonObject[] {
  const lists = isObject(descriptors) ? Object.values(descriptors) : [descriptors]
  return lists.flatMap(listOf).filter(isObject)
}

function isPrimaryOf(descriptor: JsonObject, schemaId: string): boolean {
  const of = descriptor['xdm:sourceSchema']
  return (
    descriptor['@type'] === 'xdm:descriptorIdentity' &&
    descriptor['xdm:isPrimary'] === true &&
    (of === undefined || of === schemaId)
  )
}

type IdentityCheck = (record: JsonObject, walk: Walk) => void

/** XDM guide, "Identity fields": Profile takes a record by its primary identity, which each record has to hold. */
export function identityCheck(identity: PrimaryIdentity): IdentityCheck {
  switch (identity.kind) {
    case 'field':
      return fieldCheck(identity.path)
    case 'identity-map':
      return (record, walk) => checkIdentityMap(record, walk, true)
    case 'unknown':
      return (record, walk) => checkIdentityMap(record, walk, false)
    default:
      return identity satisfies never
  }
}

function fieldCheck(path: readonly string[]): IdentityCheck {
  return (record, walk) => {
    let value: unknown = record
    for (const name of path) value = isPlainObject(value) ? ownValue(value, name) : undefined
    if (value === undefined || value === null || value === '') reportMissing(value, walk, path)
  }
}

function reportMissing(value: unknown, walk: Walk, path: readonly string[]): void {
  for (const name of path) walk.enter(name)
  walk.reportValue('identity-missing', value, 'the primary identity')
  for (const _ of path) walk.leave()
}

/** `mustName`: no other field can be the primary identity. */
function checkIdentityMap(record: JsonObject, walk: Walk, mustName: boolean): void {
  const identityMap = record['identityMap']
  if (isPlainObject(identityMap)) {
    const primaries = countPrimaries(identityMap)
    if (primaries === 1 || (primaries === 0 && !mustName)) return
    walk.enter('identityMap')
    walk.report('identity-primary', { expected: 'one identity with "primary": true', received: `${primaries} of them` })
    walk.leave()
  } else if (mustName) reportMissing(identityMap, walk, ['identityMap'])
}

function countPrimaries(identityMap: JsonObject): number {
  let primaries = 0
  for (const namespace in identityMap) {
    const identities = identityMap[namespace]
    if (!Array.isArray(identities)) continue
    for (const identity of identities) if (isPlainObject(identity) && identity['primary'] === true) primaries++
  }
  return primaries
}

/** How the fields of a record are scanned that needs its identity. */
export type IdentityScan = {
  readonly scanOf: ScanOf
  /** A record is doubtful unless the scan comes by its identity. */
  readonly mustFind: boolean
}

/** Absent where no record can be recognised, since the identityMap has to be looked into. */
export function identityScan(identity: PrimaryIdentity): IdentityScan | undefined {
  switch (identity.kind) {
    case 'field':
      return { scanOf: scanAlong(identity.path), mustFind: true }
    case 'identity-map':
      return undefined
    case 'unknown':
      // Nobody knows whether an identity is missing, but a map that is there may mark too many of its own as primary.
      return { scanOf: (field, name) => (name === 'identityMap' ? undefined : scanOf(field)), mustFind: false }
    default:
      return identity satisfies never
  }
}

/** A path through anything but objects leads nowhere: the identity is then never seen. */
function scanAlong([first, ...rest]: readonly string[]): ScanOf {
  return (field, name) => {
    if (name === first && rest.length === 0) return noteIdentity(scanOf(field))
    if (name === first && field.kind === 'object' && !field.isDeprecated) return objectScan(field, scanAlong(rest))
    return scanOf(field)
  }
}

/** An empty string is no identity. */
function noteIdentity(scan: Scan | undefined): Scan | undefined {
  if (scan === undefined) return undefined
  return (state, start) => {
    const end = scan(state, start)
    state.hasIdentity = end !== DOUBT && !(state.bytes[start] === QUOTE && end === start + 2)
    return end
  }
}
