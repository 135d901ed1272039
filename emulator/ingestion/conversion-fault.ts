import type { InboundType } from './conversion-matrix.ts'
import type { RowFault } from './row-fault.ts'

type Target = { readonly column: string; readonly isElement?: boolean }

/** The documents show either code for one pair of types only; here each stands for all pairs of its kind. */
export function cannotConvert(target: Target, from: InboundType, to: InboundType): RowFault {
  const step = 'conversion'
  return target.isElement === true
    ? { step, column: target.column, code: '123', message: `Cannot convert array element from ${from} to ${to}` }
    : { step, column: target.column, code: '100', message: `Cannot convert ${from} to ${to}` }
}
