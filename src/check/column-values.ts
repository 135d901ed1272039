import type { ColumnLeaf } from '../formats/parquet/tree.ts'
import type { StoredRange } from '../formats/parquet/values.ts'
import type { Field } from '../schema/field.ts'
import type { IntegerField, NumberField } from '../schema/kinds/number.ts'
import { EPOCH_SURELY } from '../schema/kinds/date.ts'

/** Whether every string is valid, because the field has no constraints. */
export function isAnyText(field: Field): boolean {
  if (field.kind === 'any') return field.allowed === undefined
  if (field.kind !== 'string') return false
  const { allowed, format, pattern, minLength, maxLength } = field
  return (
    allowed === undefined && format === undefined && pattern === undefined && minLength === 0 && maxLength === Infinity
  )
}

/**
 * The range in which the numbers of a leaf are certainly valid, so that most need no check of their own: milliseconds
 * of timestamps, days, or the numbers themselves. Undefined if each needs a check.
 */
export function surelyWithin(leaf: ColumnLeaf, field: Field): StoredRange | undefined {
  const kind = numbersOf(leaf)
  switch (field.kind) {
    case 'string':
      return kind === 'integers' || kind === 'decimals' ? whereverPlain(kind, field) : undefined
    case 'number':
      return kind === 'integers' || kind === 'decimals' ? within(field, WHOLE[kind]) : undefined
    case 'integer':
      return kind === 'integers' ? within(field, integersOf(field)) : undefined
    case 'date':
      return kind === 'days' && field.allowed === undefined ? DAYS : undefined
    case 'date-time':
      if (field.allowed !== undefined) return undefined
      return kind === 'moments' ? MOMENTS : kind === 'integers' ? EPOCH_SURELY : undefined
    default:
      return undefined
  }
}

type NumbersKind = 'integers' | 'decimals' | 'days' | 'moments'

/** What the numbers in the file stand for. */
function numbersOf({ storage: { physical }, annotation }: ColumnLeaf): NumbersKind | undefined {
  if (annotation?.kind === 'timestamp') return 'moments'
  if (annotation?.kind === 'date') return 'days'
  if (physical === 'INT32' || physical === 'INT64') return 'integers'
  return physical === 'FLOAT' || physical === 'DOUBLE' ? 'decimals' : undefined
}

const WHOLE = {
  integers: { low: Number.MIN_SAFE_INTEGER, high: Number.MAX_SAFE_INTEGER },
  decimals: { low: -Number.MAX_VALUE, high: Number.MAX_VALUE },
} as const satisfies Readonly<Record<string, StoredRange>>

/** The years of RFC 3339 have four digits. */
const MOMENTS: StoredRange = { low: Date.parse('0000-01-01T00:00:00Z'), high: Date.parse('9999-12-31T23:59:59.999Z') }
const DAYS: StoredRange = { low: Math.ceil(MOMENTS.low / 86_400_000), high: Math.floor(MOMENTS.high / 86_400_000) }

function whereverPlain(kind: 'integers' | 'decimals', field: Field): StoredRange | undefined {
  return isAnyText(field) ? WHOLE[kind] : undefined
}

function within({ bounds, allowed }: NumberField | IntegerField, { low, high }: StoredRange): StoredRange | undefined {
  if (allowed !== undefined || bounds.exclusiveMinimum !== -Infinity || bounds.exclusiveMaximum !== Infinity)
    return undefined
  return { low: Math.max(low, bounds.minimum), high: Math.min(high, bounds.maximum) }
}

function integersOf({ range: { min, max } }: IntegerField): StoredRange {
  return {
    low: Math.max(Number(min), Number.MIN_SAFE_INTEGER),
    high: Math.min(Number(max), Number.MAX_SAFE_INTEGER),
  }
}
