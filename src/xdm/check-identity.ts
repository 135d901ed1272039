import { isPlainObject } from './is-plain-object.ts'
import type { PrimaryIdentity } from './primary-identity.ts'
import type { Walk } from './walk.ts'

type Json = Readonly<Record<string, unknown>>
type IdentityCheck = (record: Json, walk: Walk) => void

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
    for (const name of path) value = isPlainObject(value) ? value[name] : undefined
    if (value === undefined || value === null || value === '') sayMissing(value, walk, path)
  }
}

function sayMissing(value: unknown, walk: Walk, path: readonly string[]): void {
  for (const name of path) walk.enter(name)
  walk.wrong('identity-missing', value, 'the primary identity')
  for (const _ of path) walk.leave()
}

/** `mustName`: no other field can be the primary identity. */
function checkIdentityMap(record: Json, walk: Walk, mustName: boolean): void {
  const identityMap = record['identityMap']
  if (isPlainObject(identityMap)) {
    const primaries = countPrimaries(identityMap)
    if (primaries === 1 || (primaries === 0 && !mustName)) return
    walk.enter('identityMap')
    walk.say('identity-primary', { expected: 'one identity with "primary": true', received: `${primaries} of them` })
    walk.leave()
  } else if (mustName) sayMissing(identityMap, walk, ['identityMap'])
}

function countPrimaries(identityMap: Json): number {
  let primaries = 0
  for (const namespace in identityMap) {
    const identities = identityMap[namespace]
    if (!Array.isArray(identities)) continue
    for (const identity of identities) if (isPlainObject(identity) && identity['primary'] === true) primaries++
  }
  return primaries
}
