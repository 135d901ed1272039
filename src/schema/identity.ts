import { ownValue } from '../lib/json-reader.ts'
import { BACKSLASH, NINE, QUOTE, SPACE } from '../lib/text.ts'
import { type JsonObject, LosslessNumber, isPlainObject } from './json.ts'
import { type ScanOf, objectScan } from './kinds/object.ts'
import { itemPath, scanOf } from './kinds.ts'
import { arrayScan, mapScan } from './kinds/collection.ts'
import type { Field } from './field.ts'
import { DOUBT, type Scan, type ScanState } from './scan.ts'
import { afterDigits } from './scan/number.ts'
import { stringAt } from './scan/string.ts'
import type { Walk } from './walk.ts'

/** A field with an identity descriptor. */
type IdentityField = { readonly path: readonly string[]; readonly isEcid: boolean }

/**
 * Where the primary identity of a record is. `unknown`: the descriptors could not be read, or name a path that can't be
 * followed; `identity-map`: no field is primary, so the identityMap must contain the primary identity.
 */
type PrimaryIdentity =
  (IdentityField & { readonly kind: 'field' }) | { readonly kind: 'identity-map' } | { readonly kind: 'unknown' }

export type Identities = {
  readonly primary: PrimaryIdentity
  /** The other identity fields, as far as their descriptors can be followed. */
  readonly others: readonly IdentityField[]
}

/** Schema Registry API guide, "Descriptors": an identity descriptor names its field as `/personalEmail/address`. */
export function identitiesOf(descriptors: readonly JsonObject[] | undefined): Identities {
  if (descriptors === undefined) return { primary: { kind: 'unknown' }, others: [] }
  const all = descriptors.filter((descriptor) => descriptor['@type'] === 'xdm:descriptorIdentity')
  const primary = all.find((descriptor) => descriptor['xdm:isPrimary'] === true)
  const others = all
    .filter((descriptor) => descriptor !== primary)
    .flatMap((descriptor) => identityField(descriptor) ?? [])
  return {
    primary: primary === undefined ? { kind: 'identity-map' } : primaryOf(identityField(primary)),
    others: others.filter(({ path }) => path[0] !== 'identityMap'),
  }
}

function primaryOf(field: IdentityField | undefined): PrimaryIdentity {
  if (field === undefined) return { kind: 'unknown' }
  return field.path[0] === 'identityMap' ? { kind: 'identity-map' } : { kind: 'field', ...field }
}

/** Undefined for a path through a list. */
function identityField(descriptor: JsonObject): IdentityField | undefined {
  const property = descriptor['xdm:sourceProperty']
  if (typeof property !== 'string' || !/^(?:\/[^/[\]*]+)+$/.test(property)) return undefined
  return { path: property.slice(1).split('/'), isEcid: ECID_NAMES.has(descriptor['xdm:namespace']) }
}

/** The code of the namespace, and its id for descriptors with `xdm:id` ("Identity namespace overview"). */
const ECID_NAMES: ReadonlySet<unknown> = new Set(['ECID', '4', 4])

type IdentityCheck = (record: JsonObject, walk: Walk) => void

/**
 * XDM guide, "Identity fields": Profile identifies a record by its primary identity, which every record must have. Data
 * that the Identity Service skips stays in the data lake.
 */
export function identityCheck({ primary, others }: Identities): IdentityCheck {
  const fields = [...others, ...(primary.kind === 'field' ? [primary] : [])]
  return (record, walk) => {
    if (primary.kind === 'field') checkPrimary(record, primary, walk)
    for (const field of others) checkValue(valueAt(record, field), field, { code: 'identity-skipped', walk })
    const mapped = checkIdentityMap(record, walk, primary.kind)
    if (mapped + fields.length <= MOST_IDENTITIES) return
    const held = mapped + fields.filter((field) => !isAbsent(valueAt(record, field))).length
    if (held > MOST_IDENTITIES) reportMany(held, walk)
  }
}

/** A path from the root of a record. */
export type IdentityPath = readonly string[]

/** The paths that {@link identityCheck} reads, and whether it reports a record that has nothing there. */
export function identityPaths({ primary, others }: Identities): {
  readonly paths: readonly IdentityPath[]
  readonly isNeeded: boolean
} {
  const fields = [...others, ...(primary.kind === 'field' ? [primary] : [])]
  return { paths: [['identityMap'], ...fields.map(({ path }) => path)], isNeeded: primary.kind !== 'unknown' }
}

function reportMany(held: number, walk: Walk): void {
  walk.report('identity-many', { expected: `at most ${MOST_IDENTITIES} identities`, received: `${held}` })
}

/** Identity Service guardrails. */
const MOST_IDENTITIES = 20

function checkPrimary(record: JsonObject, field: IdentityField, walk: Walk): void {
  const value = valueAt(record, field)
  if (isAbsent(value))
    reportAt(field.path, walk, () => walk.reportValue('identity-missing', value, 'the primary identity'))
  else checkValue(value, field, { code: 'identity-invalid', walk })
}

function valueAt(record: JsonObject, { path }: IdentityField): unknown {
  let value: unknown = record
  for (const name of path) value = isPlainObject(value) ? ownValue(value, name) : undefined
  return value
}

type IdentityFault = { readonly code: 'identity-invalid' | 'identity-skipped'; readonly walk: Walk }

/** A null is not an identity; another rule reports it. */
function checkValue(value: unknown, { path, isEcid }: IdentityField, { code, walk }: IdentityFault): void {
  const expected = wantedInstead(value, isEcid)
  if (expected !== undefined) reportAt(path, walk, () => walk.reportValue(code, value, expected))
}

function reportAt(path: readonly (string | number | MapKey)[], walk: Walk, report: () => void): void {
  for (const step of path) {
    if (typeof step === 'object') walk.enterKey(step.key, step.position)
    else walk.enter(step)
  }
  report()
  for (const _ of path) walk.leave()
}

/** A value that can't be an identity at all. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

/**
 * "Guardrails for Identity Service data", "Identity value validation": what the platform expects instead of a value
 * that it skips. The document does not say whether case matters. Undefined for valid values and for values that are not
 * text.
 */
function wantedInstead(value: unknown, isEcid: boolean): string | undefined {
  const text = value instanceof LosslessNumber ? value.text : typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string') return undefined
  if (isEcid) return isEcidText(text) ? undefined : 'an ECID of 38 digits'
  if (text.trim() === '') return 'an identity that is not empty'
  if (NOBODY.test(text)) return 'an identity other than "null", "anonymous" and "invalid"'
  return text.length > MOST_CHARACTERS ? `at most ${MOST_CHARACTERS} characters` : undefined
}

const NOBODY = /^\s*(?:null|anonymous|invalid)\s*$/i
const MOST_CHARACTERS = 1_024

/** Adobe knowledge base, "Invalid ECID": two 64-bit numbers of 19 digits each. */
function isEcidText(text: string): boolean {
  return /^\d{38}$/.test(text) && text.slice(0, 19) <= LONGEST_LONG && text.slice(19) <= LONGEST_LONG
}

const LONGEST_LONG = '9223372036854775807'

/** If no field is the primary identity, the map must contain it. Returns how many identities the map has. */
function checkIdentityMap(record: JsonObject, walk: Walk, primary: PrimaryIdentity['kind']): number {
  const mustName = primary === 'identity-map'
  const identityMap = record['identityMap']
  if (!isPlainObject(identityMap)) {
    if (mustName)
      reportAt(['identityMap'], walk, () => walk.reportValue('identity-missing', identityMap, 'the primary identity'))
    return 0
  }
  const mapped = mappedIdentities(identityMap)
  for (const identity of mapped) checkMapped(identity, walk, mustName && identity.isPrimary)
  const primaries = mapped.filter(({ isPrimary }) => isPrimary).length
  // If the map has no primary identity, a field may have it.
  if (primaries > 1 || (primaries === 0 && mustName)) {
    const words = { expected: 'one identity with "primary": true', received: `${primaries}` }
    reportAt(['identityMap'], walk, () => walk.report('identity-primary', words))
  }
  return mapped.length
}

/** `position` counts from 1. */
type MapKey = { readonly key: string; readonly position: number }

type MappedIdentity = {
  readonly namespace: MapKey
  /** The index within its namespace. */
  readonly at: number
  readonly id: unknown
  readonly isPrimary: boolean
}

function mappedIdentities(identityMap: JsonObject): readonly MappedIdentity[] {
  return Object.entries(identityMap).flatMap(([key, identities], index) => {
    const namespace = { key, position: index + 1 }
    return (Array.isArray(identities) ? identities : []).flatMap((identity: unknown, at) =>
      isPlainObject(identity) ? [{ namespace, at, id: identity['id'], isPrimary: identity['primary'] === true }] : [],
    )
  })
}

/** `mustBe`: it is the primary identity of the record. */
function checkMapped({ namespace, at, id }: MappedIdentity, walk: Walk, mustBe: boolean): void {
  const expected = isAbsent(id) ? 'an identity value' : wantedInstead(id, namespace.key === 'ECID')
  if (expected === undefined) return
  const code = isAbsent(id) ? 'identity-missing' : 'identity-invalid'
  reportAt(['identityMap', namespace, at, 'id'], walk, () =>
    walk.reportValue(mustBe ? code : 'identity-skipped', id, expected),
  )
}

/** Scans the fields of a record whose identity is checked. */
export type IdentityScan = {
  readonly scanOf: ScanOf
  /** Called after a record: whether the identity check would report nothing. */
  readonly isFound: (state: ScanState) => boolean
}

/** Undefined if a record may have too many identities even without an identityMap. */
export function identityScan(identities: Identities): IdentityScan | undefined {
  const { primary, others } = identities
  if (others.length >= MOST_IDENTITIES) return undefined
  const targets = others.map((field): ScanTarget => ({ ...field, isPrimary: false }))
  if (primary.kind === 'field') targets.push({ path: primary.path, isEcid: primary.isEcid, isPrimary: true })
  const along = scanAlong(targets)
  const isMapped = primary.kind === 'identity-map'
  return {
    scanOf: (field, name, path) => (name === 'identityMap' ? identityMapScan(field, path) : along(field, name, path)),
    isFound: ({ hasIdentity, identities: mapped, primaries }) =>
      (isMapped ? primaries === 1 : primaries <= 1) &&
      (hasIdentity || primary.kind !== 'field') &&
      mapped + targets.length <= MOST_IDENTITIES,
  }
}

/** Scans an identityMap as XDM defines it; any other form is left to the check. */
function identityMapScan(field: Field, path: string | undefined): Scan | undefined {
  const items = field.kind === 'map' && field.values.kind === 'array' ? field.values.items : undefined
  if (items?.kind !== 'object' || items.isOpen) return undefined
  const [lists, inside] = [itemPath(path), itemPath(itemPath(path))]
  let isEcid = false
  const scanMembers = objectScan(items, inside, (member, name, at) => {
    if (name === 'primary') return notePrimary(scanOf(member, at))
    return name === 'id' ? noteMapped(scanOf(member, at), () => isEcid) : scanOf(member, at)
  })
  const scanIdentity: Scan = (state, start) => {
    const before = state.identities
    const end = scanMembers(state, start)
    // Each identity must have exactly one id.
    return state.identities === before + 1 ? end : DOUBT
  }
  const scanList = arrayScan(scanIdentity, inside)
  const scanNamespace: Scan = (state, start) => {
    isEcid = isEcidKey(state)
    return scanList?.(state, start) ?? DOUBT
  }
  return field.isDeprecated ? undefined : mapScan(scanNamespace, lists)
}

function isEcidKey({ bytes, keyStart, keyEnd }: ScanState): boolean {
  return keyEnd - keyStart === ECID_KEY.length && ECID_KEY.equals(bytes.subarray(keyStart, keyEnd))
}

const ECID_KEY = Buffer.from('"ECID"')

function notePrimary(scan: Scan | undefined): Scan | undefined {
  if (scan === undefined) return undefined
  return (state, start) => {
    if (state.bytes[start] === T) state.primaries++
    return scan(state, start)
  }
}

const T = 0x74

function noteMapped(scan: Scan | undefined, isEcidNow: () => boolean): Scan | undefined {
  if (scan === undefined) return undefined
  return (state, start) => {
    const end = scan(state, start)
    if (end === DOUBT || !isIdentityAt(state.bytes, start, { end, isEcid: isEcidNow() })) return DOUBT
    state.identities++
    return end
  }
}

type ScanTarget = IdentityField & { readonly isPrimary: boolean }

/** A path through anything but objects is left to the check. */
function scanAlong(targets: readonly ScanTarget[]): ScanOf {
  return (field, name, at) => {
    const [here, ...others] = targets.filter(({ path }) => path[0] === name)
    if (here === undefined) return scanOf(field, at)
    const within = [here, ...others].map(({ path, ...target }) => ({ ...target, path: path.slice(1) }))
    if (others.length === 0 && within[0]?.path.length === 0) return noteIdentity(scanOf(field, at), here)
    if (field.kind !== 'object' || field.isDeprecated || within.some(({ path }) => path.length === 0)) return undefined
    return objectScan(field, at, scanAlong(within))
  }
}

/** Accepts a value that the check would accept, without decoding it if its first character is sufficient. */
function noteIdentity(scan: Scan | undefined, { isEcid, isPrimary }: ScanTarget): Scan | undefined {
  if (scan === undefined) return undefined
  return (state, start) => {
    const end = scan(state, start)
    if (end === DOUBT || !isIdentityAt(state.bytes, start, { end, isEcid })) return DOUBT
    if (isPrimary) state.hasIdentity = true
    return end
  }
}

type ScannedValue = { readonly end: number; readonly isEcid: boolean }

/** For a value that is otherwise valid. */
function isIdentityAt(bytes: Buffer, start: number, { end, isEcid }: ScannedValue): boolean {
  if (bytes[start] !== QUOTE) return !isEcid && end - start <= MOST_CHARACTERS
  const length = end - start - 2
  if (isEcid && length === ECID_LENGTH && isEcidAt(bytes, start + 1)) return true
  const isPlain = !isEcid && length <= MOST_CHARACTERS && isPlainlySomebody(bytes, start + 1)
  return isPlain || wantedInstead(stringAt(bytes, start, end), isEcid) === undefined
}

const ECID_LENGTH = 38

/** Accepts only halves that don't begin with a nine, because larger ones may exceed 64 bits. */
function isEcidAt(bytes: Buffer, start: number): boolean {
  if (bytes[start] === NINE || bytes[start + ECID_LENGTH / 2] === NINE) return false
  return afterDigits(bytes, start) === start + ECID_LENGTH
}

/** Begins with neither whitespace nor an escape nor an excluded word. */
function isPlainlySomebody(bytes: Buffer, at: number): boolean {
  const [first = 0, second = 0, third = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]]
  if (BEGINS_VALUE[first] === 0 || second === BACKSLASH || third === BACKSLASH) return false
  const inLowerCase = (first << 16) | (second << 8) | third | 0x202020
  return inLowerCase !== NUL && inLowerCase !== ANO && inLowerCase !== INV
}

const BEGINS_VALUE = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte > SPACE && byte < 127 && byte !== QUOTE && byte !== BACKSLASH),
)

/** As the words of {@link NOBODY} begin. */
const [NUL, ANO, INV] = ['nul', 'ano', 'inv'].map((letters) => Buffer.from(letters).readUIntBE(0, 3))
