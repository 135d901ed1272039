import type { InboundType } from './conversion-matrix.ts'

export type ScalarType = Exclude<InboundType, 'object' | 'map' | 'array'>

/** What a schema says of a value, as far as promotion enforces it. `column` names it in row errors. */
export type Field = ObjectField | MapField | ArrayField | ScalarField | { readonly kind: 'anything' }

export type ObjectField = {
  readonly kind: 'object'
  readonly column: string
  readonly properties: ReadonlyMap<string, Field>
  readonly required: readonly string[]
}

export type MapField = { readonly kind: 'map'; readonly column: string; readonly values: Field }

export type ArrayField = { readonly kind: 'array'; readonly column: string; readonly items: Field }

export type ScalarField = {
  readonly kind: 'scalar'
  readonly column: string
  readonly type: ScalarType
  /** Left out where promotion doesn't look at it. */
  readonly allowed: ReadonlySet<string> | undefined
  /** Of a number; left out where the schema names none. */
  readonly bounds?: Bounds
  readonly isElement: boolean
}

/** The keywords of JSON Schema, infinite where a schema leaves one out. */
export type Bounds = Readonly<Record<'minimum' | 'maximum' | 'exclusiveMinimum' | 'exclusiveMaximum', number>>
