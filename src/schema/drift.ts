import type { CompiledSchema } from './compile.ts'
import type { Field, ObjectField } from './field.ts'
import { pointer } from '../lib/json-pointer.ts'

/** A difference between two schemas in one field. */
export type FieldDrift = {
  /** A pointer; `*` stands for items and for keys of maps. Empty for the schema itself. */
  readonly path: string
  /** From the stored schema to the current one. */
  readonly change: 'added' | 'removed' | 'changed'
  /** A description; empty if `change` says everything. */
  readonly detail: string
  /** Rows that are valid for the stored schema may be invalid for the current one. */
  readonly isBreaking: boolean
}

/** How a schema differs from an earlier stored one, as far as validation is concerned; breaking changes first. */
export function compareSchemas(stored: CompiledSchema, current: CompiledSchema): readonly FieldDrift[] {
  const found = [...compareIdentities(stored, current), ...compareFields(stored.root, current.root, [])]
  return [...found.filter(({ isBreaking }) => isBreaking), ...found.filter(({ isBreaking }) => !isBreaking)]
}

/** If the descriptors of one side could not be read, no difference is reported. */
function compareIdentities(stored: CompiledSchema, current: CompiledSchema): readonly FieldDrift[] {
  const [before, now] = [primaryText(stored), primaryText(current)]
  if (before === undefined || now === undefined || before === now) return []
  return [{ path: '', change: 'changed', detail: `primary identity ${before}, now ${now}`, isBreaking: true }]
}

function primaryText({ identities: { primary } }: CompiledSchema): string | undefined {
  if (primary.kind === 'unknown') return undefined
  return primary.kind === 'field' ? pointer(primary.path) : 'in identityMap'
}

type Path = readonly string[]

function compareFields(stored: Field, current: Field, path: Path): readonly FieldDrift[] {
  const [before, now] = [typeText(stored), typeText(current)]
  if (before !== now) {
    // A field without a type allows any value.
    const isWider = current.kind === 'any' || isWiderInteger(stored, current)
    return [{ path: pointer(path), change: 'changed', detail: `${before}, now ${now}`, isBreaking: !isWider }]
  }
  if (stored.kind === 'object' && current.kind === 'object') return compareObjects(stored, current, path)
  if (stored.kind === 'array' && current.kind === 'array')
    return compareFields(stored.items, current.items, [...path, '*'])
  if (stored.kind === 'map' && current.kind === 'map')
    return compareFields(stored.values, current.values, [...path, '*'])
  return compareValues(stored, current, path)
}

function compareObjects(stored: ObjectField, current: ObjectField, path: Path): readonly FieldDrift[] {
  const names = new Set([...stored.fields.keys(), ...current.fields.keys()])
  return Array.from(names).flatMap((name) => {
    const [before, now] = [stored.fields.get(name), current.fields.get(name)]
    const at = [...path, name]
    const required = compareRequired([stored, current], name, at)
    if (before === undefined)
      return [{ path: pointer(at), change: 'added', detail: '', isBreaking: false } as const, ...required]
    if (now === undefined)
      return [{ path: pointer(at), change: 'removed', detail: '', isBreaking: !current.isOpen } as const]
    return [...required, ...compareFields(before, now, at)]
  })
}

function compareRequired(
  [stored, current]: readonly [ObjectField, ObjectField],
  name: string,
  path: Path,
): readonly FieldDrift[] {
  const [was, is] = [stored.required.has(name), current.required.has(name)]
  if (was === is) return []
  return [
    { path: pointer(path), change: 'changed', detail: is ? 'now required' : 'no longer required', isBreaking: is },
  ]
}

function compareValues(stored: Field, current: Field, path: Path): readonly FieldDrift[] {
  const drift = (detail: string, isBreaking: boolean): FieldDrift => ({
    path: pointer(path),
    change: 'changed',
    detail,
    isBreaking,
  })
  return [...compareEnums(stored, current, drift), ...compareBounds(stored, current, drift)]
}

type MakeDrift = (detail: string, isBreaking: boolean) => FieldDrift

function compareEnums(stored: Field, current: Field, drift: MakeDrift): readonly FieldDrift[] {
  const [before, now] = [allowedBy(stored), allowedBy(current)]
  if (before === undefined && now === undefined) return []
  if (now === undefined) return [drift('any value is allowed now', false)]
  if (before === undefined) return [drift('only some values are allowed now', true)]
  const lost = Array.from(before).filter((value) => !now.has(value))
  const won = Array.from(now).filter((value) => !before.has(value))
  return [
    ...(lost.length === 0 ? [] : [drift(`no longer allowed: ${listed(lost)}`, true)]),
    ...(won.length === 0 ? [] : [drift(`now allowed: ${listed(won)}`, false)]),
  ]
}

function allowedBy(field: Field): ReadonlySet<unknown> | undefined {
  return 'allowed' in field ? field.allowed?.values : undefined
}

/** How many values are listed. They come from a schema, so they may be shown. */
const MOST_LISTED = 5

function listed(values: readonly unknown[]): string {
  const more = values.length - MOST_LISTED
  const shown = values.slice(0, MOST_LISTED).map((value) => JSON.stringify(value))
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function compareBounds(stored: Field, current: Field, drift: MakeDrift): readonly FieldDrift[] {
  if (!('bounds' in stored) || !('bounds' in current)) return []
  const [before, now] = [stored.bounds, current.bounds]
  const isNarrower =
    now.minimum > before.minimum ||
    now.exclusiveMinimum > before.exclusiveMinimum ||
    now.maximum < before.maximum ||
    now.exclusiveMaximum < before.exclusiveMaximum
  const isSame =
    now.minimum === before.minimum &&
    now.exclusiveMinimum === before.exclusiveMinimum &&
    now.maximum === before.maximum &&
    now.exclusiveMaximum === before.exclusiveMaximum
  return isSame ? [] : [drift('other minimum or maximum', isNarrower)]
}

/** Integer types differ by their range. */
function typeText(field: Field): string {
  return field.kind === 'integer' ? `integer from ${field.range.min} to ${field.range.max}` : field.kind
}

function isWiderInteger(stored: Field, current: Field): boolean {
  if (stored.kind !== 'integer') return false
  if (current.kind === 'number') return true
  return current.kind === 'integer' && current.range.min <= stored.range.min && current.range.max >= stored.range.max
}
