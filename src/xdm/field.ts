import type { IntegerType } from './integer-range.ts'

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

export type FieldKind = Field['kind']

export type Common = {
  readonly isDeprecated: boolean
  /** Where a default stands in, an absent required field may pass. */
  readonly hasDefault: boolean
}

export type StringField = Common & {
  readonly kind: 'string'
  readonly allowed: Allowed | undefined
  readonly format: string | undefined
  readonly pattern: RegExp | undefined
  /** In code points. */
  readonly minLength: number
  readonly maxLength: number
}

export type NumberField = Common & {
  readonly kind: 'number'
  readonly allowed: Allowed | undefined
  readonly bounds: Bounds
}

export type IntegerField = Common & {
  readonly kind: 'integer'
  readonly type: IntegerType
  readonly allowed: Allowed | undefined
  readonly bounds: Bounds
}

type BooleanField = Common & { readonly kind: 'boolean' }
type DateField = Common & { readonly kind: 'date' }
type DateTimeField = Common & { readonly kind: 'date-time' }

export type ObjectField = Common & {
  readonly kind: 'object'
  readonly fields: ReadonlyMap<string, Field>
  readonly required: ReadonlySet<string>
  /** An extension point: the schema names no fields, so that none is unknown. */
  readonly isOpen: boolean
}

type MapField = Common & { readonly kind: 'map'; readonly values: Field }
type ArrayField = Common & { readonly kind: 'array'; readonly items: Field }
export type AnyField = Common & { readonly kind: 'any' }

/** The values of an `enum`; `isDeep` where the platform may not look at them. */
export type Allowed = { readonly values: ReadonlySet<unknown>; readonly isDeep: boolean }

export type Bounds = {
  readonly minimum: number
  readonly maximum: number
  readonly exclusiveMinimum: number
  readonly exclusiveMaximum: number
}

/** Where the schema says nothing, anything goes. */
export const ANY: AnyField = { kind: 'any', isDeprecated: false, hasDefault: false }
