export type IntegerType = 'byte' | 'short' | 'int' | 'long'

type IntegerRange = { readonly min: number; readonly max: number }

/**
 * What each type truly holds. Some schemas print a maximum of 2^n, one too many; `long` ends where JavaScript and the
 * registry's own bounds do ("XDM field type constraints").
 */
export const INTEGER_RANGES: Readonly<Record<IntegerType, IntegerRange>> = {
  byte: { min: -128, max: 127 },
  short: { min: -32_768, max: 32_767 },
  int: { min: -2_147_483_648, max: 2_147_483_647 },
  long: { min: -9_007_199_254_740_991, max: 9_007_199_254_740_991 },
}

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

export type FieldCommon = {
  readonly isDeprecated: boolean
  /** Where a default stands in, an absent required field may pass. */
  readonly hasDefault: boolean
}

export type StringField = FieldCommon & {
  readonly kind: 'string'
  readonly allowed: Allowed | undefined
  readonly format: string | undefined
  readonly pattern: RegExp | undefined
  /** In code points. */
  readonly minLength: number
  readonly maxLength: number
}

export type NumberField = FieldCommon & {
  readonly kind: 'number'
  readonly allowed: Allowed | undefined
  readonly bounds: Bounds
}

export type IntegerField = FieldCommon & {
  readonly kind: 'integer'
  readonly type: IntegerType
  readonly allowed: Allowed | undefined
  readonly bounds: Bounds
}

type BooleanField = FieldCommon & { readonly kind: 'boolean' }
type DateField = FieldCommon & { readonly kind: 'date' }
type DateTimeField = FieldCommon & { readonly kind: 'date-time' }

export type ObjectField = FieldCommon & {
  readonly kind: 'object'
  readonly fields: ReadonlyMap<string, Field>
  readonly required: ReadonlySet<string>
  /** An extension point: the schema names no fields, so that none is unknown. */
  readonly isOpen: boolean
}

type MapField = FieldCommon & { readonly kind: 'map'; readonly values: Field }
type ArrayField = FieldCommon & { readonly kind: 'array'; readonly items: Field }
export type AnyField = FieldCommon & { readonly kind: 'any' }

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
