import { ownValue } from '../lib/json-reader.ts'
import { elementOf } from './expression/operators.ts'
import { ValueFault } from './fault.ts'
import type { PathStep, SourcePath } from './path.ts'
import { type Value, isArrayValue, isObjectValue, valueOf } from './value.ts'

type SourceRow = Readonly<Record<string, unknown>>

/** Returns the value at a path in a row. `indexes` are those of its `[*]` steps, the outermost first. */
export type PathReader = (row: SourceRow, indexes: readonly number[]) => Value

/** Finds the columns of a file; `keyOf` returns a name as the header spells it. */
export type ColumnNames = {
  readonly keyOf: (name: string) => string
  /** Position in the header, or -1. */
  readonly indexOf: (name: string) => number
}

/** The position in the header for a path that is only the name of a column; otherwise -1. */
export function columnIndex({ steps }: SourcePath, { indexOf }: ColumnNames): number {
  const [first] = steps
  return first?.kind === 'name' && steps.length === 1 ? indexOf(first.name) : -1
}

/**
 * A column named like the whole path takes precedence, since `Full.Name` can be one. A step into a missing value gives
 * null.
 *
 * The reader throws a ValueFault for a name in an array, and for an element of a value that is not an array.
 */
export function pathReader({ steps, whole }: SourcePath, { keyOf }: Pick<ColumnNames, 'keyOf'>): PathReader {
  const [first, ...others] = steps
  if (first?.kind !== 'name') return () => null
  const key = keyOf(first.name)
  if (others.length === 0) return (row) => valueOf(ownValue(row, key))
  const wholeKey = whole === undefined ? undefined : keyOf(whole)
  const levels = new Map(others.filter(({ kind }) => kind === 'every').map((step, level) => [step, level]))
  return (row, indexes) => {
    if (wholeKey !== undefined && Object.hasOwn(row, wholeKey)) return valueOf(ownValue(row, wholeKey))
    let value: Value = valueOf(ownValue(row, key))
    for (const step of others) {
      if (value === null) return null
      value = stepInto(value, step, step.kind === 'every' ? (indexes[levels.get(step) ?? 0] ?? 0) : 0)
    }
    return value
  }
}

function stepInto(value: Value, step: PathStep, index: number): Value {
  if (step.kind === 'name') return elementOf(value, step.name)
  if (!isArrayValue(value)) throw new ValueFault('an array', isObjectValue(value) ? 'an object' : 'a single value')
  return elementOf(value, step.kind === 'every' ? index : step.index)
}

/** Whether the path leads to an existing value, even null. */
export function pathExists(row: SourceRow, { steps, whole }: SourcePath): boolean {
  if (whole !== undefined && Object.hasOwn(row, whole)) return true
  let value: unknown = row
  for (const step of steps) {
    const key = step.kind === 'name' ? step.name : String(step.kind === 'index' ? step.index : 0)
    const isThere = (isObjectValue(value) || isArrayValue(value)) && Object.hasOwn(value, key)
    if (!isThere) return false
    value = elementOf(valueOf(value), step.kind === 'name' ? step.name : Number(key))
  }
  return true
}
