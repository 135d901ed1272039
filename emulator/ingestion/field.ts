import type { InboundType } from './conversion-matrix.ts'

export type ScalarType = Exclude<InboundType, 'object' | 'map' | 'array'>

/** The rules of a schema for a value that promotion enforces. `column` names the field in row errors. */
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
  /** Undefined if promotion doesn't check it. */
  readonly allowed: ReadonlySet<string> | undefined
  /** Of numeric fields only. */
  readonly bounds?: Bounds
  readonly isElement: boolean
}

/** The keywords of JSON Schema; infinite if the schema leaves one out. */
export type Bounds = Readonly<Record<'minimum' | 'maximum' | 'exclusiveMinimum' | 'exclusiveMaximum', number>>
