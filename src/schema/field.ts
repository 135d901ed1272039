import type { IntegerField, NumberField } from './kinds/number.ts'
import type { StringField } from './kinds/string.ts'
import type { Allowed, FieldCommon } from './node.ts'

/** What a schema says of a value. */
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
  /** An extension point: the schema names no fields, so that none is unknown. */
  readonly isOpen: boolean
}

type MapField = FieldCommon & { readonly kind: 'map'; readonly values: Field }
type ArrayField = FieldCommon & { readonly kind: 'array'; readonly items: Field }
export type AnyField = FieldCommon & { readonly kind: 'any'; readonly allowed: Allowed | undefined }

/** Where the schema says nothing, anything goes. */
export const ANY: AnyField = { kind: 'any', isDeprecated: false, hasDefault: false, allowed: undefined }
