import type { RowPlace } from '../rows/row.ts'
import { explain } from '../steps/diagnose/explain.ts'
import type { Rejection } from '../steps/diagnose/rejection.ts'
import type { Placed } from '../steps/examine/finding.ts'
import { sentence } from './sentence.ts'

type Telling = { readonly place: RowPlace; readonly showsValues: boolean }

/** Why the platform rejected a row: as the check had said it, where it did, and in the platform's words where they may be shown. */
export function rejectedText(
  { code, pointer, quoted }: Rejection,
  before: Placed | undefined,
  { place, showsValues }: Telling,
): string {
  const why = showsValues ? quoted.message : (explain(code)?.cause ?? '')
  const because = why === '' ? '' : `: ${why}`
  if (before !== undefined) return `${sentence(before)}. The platform rejected the row (${code})${because}`
  const row = place.kind === 'row' ? ` (row ${place.row})` : ''
  const where = pointer === '' ? 'the record' : pointer
  return `${where}${row}: the platform rejected the row (${code})${because}`
}
