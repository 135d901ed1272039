import { pointer, pointerSegments } from '../lib/json-pointer.ts'
import type { JsonStep } from './json.ts'
import type { IntegerField, NumberField } from './kinds/number.ts'
import type { StringField } from './kinds/string.ts'
import type { Allowed, FieldCommon } from './node.ts'
import { hiddenName, isPlainName } from './walk.ts'

/** The rules of a schema for one value. */
export type Field =
  | StringField
  | NumberField
  | IntegerField
  | BooleanField
  | DateField
  | DateTimeField
  | ObjectField
  | MapField
  | ArrayField
  | AnyField

export type KindName = Field['kind']

export type BooleanField = FieldCommon & { readonly kind: 'boolean'; readonly allowed: Allowed | undefined }
export type DateField = FieldCommon & { readonly kind: 'date'; readonly allowed: Allowed | undefined }
export type DateTimeField = FieldCommon & { readonly kind: 'date-time'; readonly allowed: Allowed | undefined }

export type ObjectField = FieldCommon & {
  readonly kind: 'object'
  readonly fields: ReadonlyMap<string, Field>
  readonly required: ReadonlySet<string>
  /** An extension point: the schema lists no fields, so no field is unknown. */
  readonly isOpen: boolean
}

export type MapField = FieldCommon & { readonly kind: 'map'; readonly values: Field }
export type ArrayField = FieldCommon & { readonly kind: 'array'; readonly items: Field }
export type AnyField = FieldCommon & { readonly kind: 'any'; readonly allowed: Allowed | undefined }

/** A field without rules allows any value. */
export const ANY: AnyField = { kind: 'any', isDeprecated: false, hasDefault: false, allowed: undefined }

/**
 * The pointer that may be shown: names of the schema, and unknown member names if they look like field names. Map keys
 * are data, and so may be anything that the schema does not describe.
 */
export function shownPath(root: Field, way: readonly JsonStep[]): string {
  let field: Field | undefined = root
  const shown: (string | number)[] = []
  for (const step of way) {
    shown.push(isShown(step, field) ? nameOf(step) : hiddenName(step.at))
    field = fieldWithin(field, step)
  }
  return pointer(shown)
}

function isShown(step: JsonStep, field: Field | undefined): boolean {
  if (step.kind === 'item') return true
  return field?.kind === 'object' && (field.fields.has(step.name) || isPlainName(step.name))
}

function nameOf(step: JsonStep): string | number {
  return step.kind === 'item' ? step.at : step.name
}

/** Undefined if the schema does not describe it. */
function fieldWithin(field: Field | undefined, step: JsonStep): Field | undefined {
  switch (field?.kind) {
    case 'object':
      return step.kind === 'member' ? field.fields.get(step.name) : undefined
    case 'map':
      return field.values
    case 'array':
      return field.items
    default:
      return undefined
  }
}

/**
 * As {@link shownPath}, for a pointer from the platform: names of the schema and list indexes. For lists and maps on
 * the path, the platform writes the steps as its files name them (`list/element`, `key_value/value`), or omits them.
 */
export function shownPointer(root: Field, written: string): string {
  let field: Field | undefined = root
  const shown: string[] = []
  for (const name of pointerSegments(written)) {
    if (field?.kind === 'array' && !LIST_STEP.test(name)) field = field.items
    shown.push(isNamed(name, field) ? name : '*')
    field = fieldBelow(name, field)
  }
  return pointer(shown)
}

const LIST_STEP = /^(?:\d{1,9}|list|bag|array|element|item|array_element)$/

function isNamed(name: string, field: Field | undefined): boolean {
  return field?.kind === 'array' || (field?.kind === 'object' && field.fields.has(name))
}

function fieldBelow(name: string, field: Field | undefined): Field | undefined {
  if (field?.kind === 'array') return name === 'list' || name === 'bag' ? field : field.items
  return field?.kind === 'object' ? field.fields.get(name) : field?.kind === 'map' ? field.values : undefined
}
