import { ownValue } from '../lib/json-reader.ts'
import type { CompiledSchema } from '../schema/compile.ts'
import { pointer, pointerSegments } from '../lib/json-pointer.ts'
import { LosslessNumber, isPlainObject } from '../schema/json.ts'
import type { DiffKey } from './row-diff.ts'
import { canonicalText } from './row-hash.ts'

/** How the key of a row is found: plain data that can be passed to a thread. */
export type KeyPlan =
  | { readonly kind: 'parts'; readonly parts: readonly KeyPart[] }
  | { readonly kind: 'identity-map' }
  | { readonly kind: 'whole-row' }

export type KeyPart = {
  /** The record that is sent, or the row from which a mapping makes it. */
  readonly of: 'record' | 'row'
  readonly path: readonly string[]
  /** A member or a column with exactly this name is used if there is nothing at the path. */
  readonly name?: string
}

export type ChosenKey = { readonly plan: KeyPlan; readonly key: DiffKey }

type KeyChoice = {
  /** The input `key`; empty where it is not given. */
  readonly given: readonly string[]
  /** Undefined if it was not read. */
  readonly schema: CompiledSchema | undefined
  /** A mapping makes records of the rows. */
  readonly isMapped: boolean
}

/**
 * The key that identifies rows, the first of these that exists:
 *
 * 1. the input `key`: each entry that begins with `/` is a JSON pointer into the record; any other is a column, or a
 *    path with dots, of the row in the file, which is not the record if there is a mapping;
 * 2. the primary key of a relational schema, whose rows replace each other by it;
 * 3. `_id` of events (XDM guide: "a unique identifier for the event");
 * 4. the field that the schema's primary identity descriptor names;
 * 5. the primary identity of `identityMap`, where the schema has that field and no other primary identity;
 * 6. none: rows are compared as a whole.
 */
export function chooseKey({ given, schema, isMapped }: KeyChoice): ChosenKey {
  if (given.length > 0) {
    const parts = given.map((entry) => partOf(entry, isMapped))
    return { plan: { kind: 'parts', parts }, key: { kind: 'input', paths: given } }
  }
  const relationalKey = schema?.relational?.key ?? []
  if (relationalKey.length > 0)
    return keyOfFields(
      'primary-key',
      relationalKey.map((name) => [name]),
    )
  const primary = schema?.identities.primary
  if (schema?.behaviour === 'time-series') return keyOfFields('event-id', [['_id']])
  if (primary?.kind === 'field') return keyOfFields('identity', [primary.path])
  if (primary?.kind === 'identity-map' && schema?.root.fields.has('identityMap') === true) {
    return { plan: { kind: 'identity-map' }, key: { kind: 'identity-map', paths: ['/identityMap'] } }
  }
  return { plan: { kind: 'whole-row' }, key: { kind: 'whole-row', paths: [] } }
}

type FieldKeyKind = 'event-id' | 'identity' | 'primary-key'

function keyOfFields(kind: FieldKeyKind, paths: readonly (readonly string[])[]): ChosenKey {
  const parts = paths.map((path): KeyPart => ({ of: 'record', path }))
  return { plan: { kind: 'parts', parts }, key: { kind, paths: paths.map((path) => pointer(path)) } }
}

function partOf(entry: string, isMapped: boolean): KeyPart {
  if (!entry.startsWith('/')) return { of: isMapped ? 'row' : 'record', name: entry, path: entry.split('.') }
  return { of: 'record', path: pointerSegments(entry) }
}

/** A row of a file, and the record that is sent for it; without a mapping they are the same. */
export type KeyedRow = {
  readonly row: unknown
  readonly record: unknown
  /** The record is a row of columns (CSV), in which the last name of a path stands for the whole path. */
  readonly hasColumns?: boolean
}

/** @returns undefined where the row lacks a part of the key. */
export function keyText(plan: KeyPlan, keyed: KeyedRow): string | undefined {
  switch (plan.kind) {
    case 'parts':
      return textOfParts(plan.parts, keyed)
    case 'identity-map':
      return identityText(keyed.record)
    case 'whole-row':
      return undefined
    default:
      return plan satisfies never
  }
}

function textOfParts(parts: readonly KeyPart[], keyed: KeyedRow): string | undefined {
  let text = 'key'
  for (const part of parts) {
    const value = valueOf(part, keyed)
    if (value === undefined || value === null || value === '') return undefined
    text += `:${canonicalText(value)}`
  }
  return text
}

function valueOf({ of, path, name }: KeyPart, keyed: KeyedRow): unknown {
  const from = keyed[of]
  const along = path.reduce<unknown>((value, step) => (isPlainObject(value) ? ownValue(value, step) : undefined), from)
  const named = name ?? (keyed.hasColumns === true ? path.at(-1) : undefined)
  if (along !== undefined || named === undefined || !isPlainObject(from)) return along
  const value = ownValue(from, named)
  return typeof value === 'object' && !(value instanceof LosslessNumber) ? undefined : value
}

/** Identity Service guide, "identityMap": the identity whose `primary` is true, by namespace and value. */
function identityText(record: unknown): string | undefined {
  const map = isPlainObject(record) ? ownValue(record, 'identityMap') : undefined
  if (!isPlainObject(map)) return undefined
  const primaries = Object.entries(map).flatMap(([namespace, identities]) =>
    (Array.isArray(identities) ? identities : []).flatMap((identity: unknown) =>
      isPlainObject(identity) && identity['primary'] === true && isValue(identity['id'])
        ? [canonicalText([namespace, identity['id']])]
        : [],
    ),
  )
  return primaries.length === 0 ? undefined : `identity:${primaries.toSorted().join()}`
}

function isValue(id: unknown): boolean {
  return id !== undefined && id !== null && id !== ''
}
