import type { InboundType } from './conversion-matrix.ts'

/** A fault of a row: the step of promotion that refused it, and an entry of its `_errors`. */
export type RowFault = {
  readonly step: 'parsing' | 'conversion' | 'validation'
  readonly code: string
  readonly message: string
  readonly column?: string
}

type Target = { readonly column: string; readonly isElement?: boolean }

/** The documents show each code for one pair of types only; here, each stands for all pairs of its kind. */
export function cannotConvert(target: Target, from: InboundType, to: InboundType): RowFault {
  const step = 'conversion'
  return target.isElement === true
    ? { step, column: target.column, code: '123', message: `Cannot convert array element from ${from} to ${to}` }
    : { step, column: target.column, code: '100', message: `Cannot convert ${from} to ${to}` }
}
